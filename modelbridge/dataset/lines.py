"""From a line of the `groups` format back to the facts it was written from."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from modelbridge.dataset.assemble import SIMULATED
from modelbridge.dataset.facts import (
    SCALE,
    CandidateFacts,
    CannotJudgeFacts,
    ComparisonFacts,
    DimensionFacts,
    JudgmentFacts,
    ProtocolFacts,
    TaskFacts,
)


def scaled(value: float) -> int:
    """A number of the files in ten-thousandths."""
    return round(value * SCALE)


def facts_of(line: Mapping[str, Any]) -> TaskFacts:
    """The facts of a line that the schema accepts; KeyError names an id that it does not hold."""
    protocol = line["protocol"]
    candidates = tuple(
        CandidateFacts(entry["id"], entry["system"], entry["seed"], entry["path"])
        for entry in line["candidates"]
    )
    places = {candidate.id: place for place, candidate in enumerate(candidates)}
    return TaskFacts(
        id=line["task"],
        external_id=line["external_id"],
        category=line["category"],
        instruction=line["instruction"],
        protocol=ProtocolFacts(
            key=protocol["key"],
            version=protocol["version"],
            digest=protocol["digest"],
            document="",
            dimensions=tuple(
                DimensionFacts(entry["key"], tuple(map(scaled, entry["levels"])))
                for entry in protocol["dimensions"]
            ),
        ),
        source=line["source"]["path"],
        candidates=candidates,
        judgments=_judgments(line, places),
        split=line["split"],
        cluster=line["source"]["cluster"],
    )


def paths_of(task: TaskFacts) -> dict[str, str]:
    """The image paths of a task that was read from a line: they stand where contents stood."""
    images = [task.source, *(candidate.image for candidate in task.candidates)]
    return {image: image for image in images}


def _judgments(line: Mapping[str, Any], places: Mapping[str, int]) -> tuple[JudgmentFacts, ...]:
    """What each annotator said, annotators in order."""
    dimensions = {e["key"]: place for place, e in enumerate(line["protocol"]["dimensions"])}
    ratings: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    comparisons: dict[str, list[ComparisonFacts]] = defaultdict(list)
    cannot: dict[str, list[CannotJudgeFacts]] = defaultdict(list)
    for entry in line["ratings"]:
        cell = places[entry["candidate"]], dimensions[entry["dimension"]]
        ratings[entry["annotator"]][cell] = scaled(entry["value"])
    for entry in line["comparisons"]:
        comparisons[entry["annotator"]].append(
            ComparisonFacts(
                places[entry["a"]], places[entry["b"]], entry["dimension"], entry["outcome"]
            )
        )
    for entry in line["cannot_judge"]:
        candidate = None if entry["candidate"] is None else places[entry["candidate"]]
        cannot[entry["annotator"]].append(
            CannotJudgeFacts(candidate, entry["dimension"], entry["reason"])
        )
    return tuple(
        JudgmentFacts(
            annotator=name,
            simulated=name.startswith(f"{SIMULATED}-"),
            ratings=ratings.get(name, {}),
            comparisons=tuple(comparisons.get(name, ())),
            cannot_judge=tuple(cannot.get(name, ())),
        )
        for name in sorted({*ratings, *comparisons, *cannot})
    )
