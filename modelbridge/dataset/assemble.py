"""From the rows of a page to the facts of its tasks; knows no database."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from modelbridge.dataset.facts import (
    CandidateFacts,
    CannotJudgeFacts,
    ComparisonFacts,
    JudgmentFacts,
    ProtocolFacts,
    TaskFacts,
)
from modelbridge.dataset.splits import Placement

SIMULATED = "simulated"
PREFIXES = {"human": "a", "simulated": SIMULATED, "imported": "imported"}
"""What a pseudonym begins with, by the kind of account."""


class JudgmentRow(NamedTuple):
    """A judgment with its ratings as three lists of one length, none without ratings."""

    id: int
    task: int
    annotator: int
    kind: str
    version: int
    simulated: bool
    cannot_judge: list[dict[str, Any]]
    candidates: list[int] | None
    dimensions: list[str] | None
    values: list[int] | None


class ComparisonRow(NamedTuple):
    """A stated comparison as it is stored."""

    judgment: int
    lower: int
    higher: int
    dimension: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task without what was said of it."""

    key: int
    id: str
    external_id: str
    category: str
    instruction: str
    source: str
    placement: Placement


class Pseudonyms:
    """Names of annotators that only the holder of the project's key can lead back."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._names: dict[int, str] = {}

    def name(self, row: JudgmentRow) -> str:
        """The annotator's name in every data set of the project; it shows who is simulated."""
        annotator = row.annotator
        if annotator not in self._names:
            digest = hmac.digest(self._key, f"annotator:{annotator}".encode(), hashlib.sha256)
            self._names[annotator] = digest.hex()[:16]
        return f"{SIMULATED if row.simulated else PREFIXES[row.kind]}-{self._names[annotator]}"


def by_system(candidates: list[tuple[int, CandidateFacts]]) -> list[tuple[int, CandidateFacts]]:
    """A task's candidates with their keys in the order of the files: system, then seed."""
    return sorted(candidates, key=lambda c: (c[1].system, c[1].seed is not None, c[1].seed or 0))


def task_facts(
    task: TaskRow,
    protocol: ProtocolFacts,
    candidates: list[tuple[int, CandidateFacts]],
    judgments: Sequence[tuple[JudgmentRow, Sequence[ComparisonRow]]],
    names: Pseudonyms,
) -> TaskFacts:
    """The facts of a task; judgments by the annotators' names, candidates by system."""
    ordered = by_system(candidates)
    places = {key: place for place, (key, _) in enumerate(ordered)}
    dimensions = {entry.key: place for place, entry in enumerate(protocol.dimensions)}
    said = [
        JudgmentFacts(
            annotator=names.name(row),
            simulated=row.simulated,
            ratings=_ratings(row, places, dimensions),
            comparisons=_comparisons(comparisons, places),
            cannot_judge=_cannot_judge(row, places),
        )
        for row, comparisons in judgments
    ]
    return TaskFacts(
        id=task.id,
        external_id=task.external_id,
        category=task.category,
        instruction=task.instruction,
        protocol=protocol,
        source=task.source,
        candidates=tuple(facts for _, facts in ordered),
        judgments=tuple(sorted(said, key=lambda entry: entry.annotator)),
        split=str(task.placement.split),
        cluster=task.placement.cluster,
    )


def _ratings(
    row: JudgmentRow, places: Mapping[int, int], dimensions: Mapping[str, int]
) -> dict[tuple[int, int], int]:
    """The ratings by (candidate, dimension)."""
    cells = zip(row.candidates or (), row.dimensions or (), row.values or (), strict=True)
    return {
        (places[candidate], dimensions[dimension]): value for candidate, dimension, value in cells
    }


def _comparisons(
    rows: Sequence[ComparisonRow], places: Mapping[int, int]
) -> tuple[ComparisonFacts, ...]:
    """The comparisons with `a` before `b` in the order of the candidates."""
    found = []
    for row in rows:
        a, b = places[row.lower], places[row.higher]
        outcome = {"lower": "a", "higher": "b", "tie": "tie"}[row.outcome]
        if a > b:
            a, b = b, a
            outcome = {"a": "b", "b": "a", "tie": "tie"}[outcome]
        found.append(ComparisonFacts(a, b, row.dimension, outcome))
    return tuple(sorted(found, key=lambda entry: (entry.a, entry.b, entry.dimension or "")))


def _cannot_judge(row: JudgmentRow, places: Mapping[int, int]) -> tuple[CannotJudgeFacts, ...]:
    """What could not be judged, in a fixed order."""
    found = [
        CannotJudgeFacts(
            None if entry.get("candidate") is None else places[entry["candidate"]],
            entry.get("dimension"),
            entry["reason"],
        )
        for entry in row.cannot_judge
    ]
    return tuple(
        sorted(
            found,
            key=lambda e: (
                -1 if e.candidate is None else e.candidate,
                e.dimension or "",
                e.reason,
            ),
        )
    )
