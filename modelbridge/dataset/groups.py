"""The `groups` format: one line a task with the raw facts, from which all else is derived."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from modelbridge.dataset.consensus import agreed, deviation
from modelbridge.dataset.facts import SCALE, TaskFacts, plain, unscaled
from modelbridge.dataset.options import Consensus

SCHEMA = "editjury.groups/1"
"""The name and version of the line's schema; `schemas/groups-1.json` describes it."""


def group_line(task: TaskFacts, kind: Consensus, files: Mapping[str, str]) -> dict[str, Any]:
    """The line of a task; `files` gives each image's exported name by its content."""
    protocol = task.protocol
    return {
        "schema": SCHEMA,
        "task": task.id,
        "external_id": task.external_id,
        "split": task.split,
        "category": task.category,
        "instruction": task.instruction,
        "protocol": {
            "key": protocol.key,
            "version": protocol.version,
            "digest": protocol.digest,
            "dimensions": [
                {"key": entry.key, "levels": [unscaled(level) for level in entry.levels]}
                for entry in protocol.dimensions
            ],
        },
        "source": {**_image(files[task.source]), "cluster": task.cluster},
        "candidates": [
            {
                "id": candidate.id,
                "system": candidate.system,
                "seed": candidate.seed,
                **_image(files[candidate.image]),
            }
            for candidate in task.candidates
        ],
        "ratings": _ratings(task),
        "comparisons": [
            {
                "a": task.candidates[entry.a].id,
                "b": task.candidates[entry.b].id,
                "dimension": entry.dimension,
                "outcome": entry.outcome,
                "annotator": judgment.annotator,
            }
            for judgment in task.judgments
            for entry in judgment.comparisons
        ],
        "cannot_judge": [
            {
                "candidate": None
                if entry.candidate is None
                else task.candidates[entry.candidate].id,
                "dimension": entry.dimension,
                "reason": entry.reason,
                "annotator": judgment.annotator,
            }
            for judgment in task.judgments
            for entry in judgment.cannot_judge
        ],
        "consensus": _consensus(task, kind),
    }


def _image(path: str) -> dict[str, str]:
    """An exported image by its content and where it lies."""
    return {"sha256": path.rpartition("/")[2].partition(".")[0], "path": path}


def _ratings(task: TaskFacts) -> list[dict[str, Any]]:
    """Every rating, by candidate, dimension and annotator."""
    ids = [candidate.id for candidate in task.candidates]
    keys = [dimension.key for dimension in task.protocol.dimensions]
    return [
        {
            "candidate": ids[candidate],
            "dimension": keys[dimension],
            "value": unscaled(value),
            "annotator": judgment.annotator,
            "weight": 1,
        }
        for candidate, dimension, value, judgment in _cells(task)
    ]


def _cells(task: TaskFacts) -> list[tuple[int, int, int, Any]]:
    """(candidate, dimension, value, judgment) of every rating in the order of the line."""
    return [
        (candidate, dimension, judgment.ratings[candidate, dimension], judgment)
        for candidate in range(len(task.candidates))
        for dimension in range(len(task.protocol.dimensions))
        for judgment in task.judgments
        if (candidate, dimension) in judgment.ratings
    ]


def _consensus(task: TaskFacts, kind: Consensus) -> dict[str, dict[str, Any]]:
    """By candidate and dimension the consensus of all its ratings; null without a majority."""
    found: dict[str, dict[str, Any]] = {}
    for position, candidate in enumerate(task.candidates):
        found[candidate.id] = cells = {}
        for d, dimension in enumerate(task.protocol.dimensions):
            values = [j.ratings[position, d] for j in task.judgments if (position, d) in j.ratings]
            if values:
                value, sd = _agreed_and_spread(tuple(values), kind)
                cells[dimension.key] = {"value": value, "n": len(values), "sd": sd}
    return found


@lru_cache(maxsize=10_000)
def _agreed_and_spread(
    values: tuple[int, ...], kind: Consensus
) -> tuple[int | float | None, int | float | None]:
    value = agreed(values, kind)
    return (
        None if value is None else plain(value[0], value[1] * SCALE),
        deviation(values, SCALE),
    )
