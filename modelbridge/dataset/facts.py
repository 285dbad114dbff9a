"""What was judged, as the reader hands it to the pure part: no database behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

SCALE = 10_000
"""Ratings are whole numbers of ten-thousandths: four decimals, never a float."""


@dataclass(frozen=True, slots=True)
class DimensionFacts:
    """A dimension of a protocol version and its levels, ascending."""

    key: str
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProtocolFacts:
    """A protocol version that judgments were made under."""

    key: str
    version: int
    digest: str
    document: str = field(repr=False)
    dimensions: tuple[DimensionFacts, ...]


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """One edited image, by the SHA-256 of its original, and who made it."""

    id: str
    system: str
    seed: int | None
    image: str


@dataclass(frozen=True, slots=True)
class ComparisonFacts:
    """A stated preference: `outcome` is `a`, `b` or `tie`; no dimension means overall."""

    a: int
    b: int
    dimension: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class CannotJudgeFacts:
    """What an annotator could not judge; no candidate means the task."""

    candidate: int | None
    dimension: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class JudgmentFacts:
    """All that one annotator said of one task; candidates and dimensions by their position."""

    annotator: str
    simulated: bool
    ratings: dict[tuple[int, int], int]
    comparisons: tuple[ComparisonFacts, ...] = ()
    cannot_judge: tuple[CannotJudgeFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task with its candidates and the judgments that count, annotators in order."""

    id: str
    external_id: str
    category: str
    instruction: str
    protocol: ProtocolFacts
    source: str
    candidates: tuple[CandidateFacts, ...]
    judgments: tuple[JudgmentFacts, ...]
    split: str
    cluster: str


@dataclass(frozen=True)
class Source:
    """A project as it stood at one moment: its tasks in order, and what was left out."""

    project: str
    key: bytes
    as_of: datetime
    total: int
    tasks: Iterator[TaskFacts]
    drops: dict[str, dict[str, int]]


MILLION = 10**6


def plain(numerator: int, denominator: int = 1) -> int | float:
    """A fraction as the files hold it: whole where it is whole, else rounded to six decimals.

    >>> plain(8, 3), plain(4, 2), plain(-5, 2)
    (2.666667, 2, -2.5)
    """
    whole, rest = divmod(numerator, denominator)
    if not rest:
        return whole
    millionths, rest = divmod(numerator * MILLION, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and millionths % 2):
        millionths += 1
    return millionths / MILLION


def unscaled(value: int) -> int | float:
    """A rating of ten-thousandths as the files hold it."""
    whole, rest = divmod(value, SCALE)
    return whole if rest == 0 else value / SCALE
