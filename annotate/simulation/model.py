"""Planted annotators: how each one errs, and what it gives for a candidate; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from annotate.simulation.draws import drawn, normal
from annotate.simulation.truth import Truth
from protocol.document import Dimension

Key = tuple[str | int | None, ...]
"""What a rating's noise is drawn for: task, round, system and seed of the candidate."""

DOUBT = 0.08
"""An annotator is unsure where so little, in steps, would have made it another level."""


@dataclass(frozen=True)
class Annotator:
    """How one planted annotator errs; everything but the pace in steps of the scale."""

    seed: int
    number: int
    severity: Mapping[str, float]
    noise: float
    position_bias: float
    cell_ms: int

    def as_json(self) -> dict[str, Any]:
        """The planted parameters, for comparing estimates with them."""
        return {
            "number": self.number,
            "severity": dict(self.severity),
            "noise": self.noise,
            "position_bias": self.position_bias,
            "cell_ms": self.cell_ms,
        }


class Rated(NamedTuple):
    """A level, and whether it was a close call."""

    value: Decimal
    unsure: bool


def plant_annotator(*, seed: int, number: int, dimensions: Sequence[str]) -> Annotator:
    """The annotator of this number under a seed; how many others there are changes nothing."""
    chance = drawn(seed, "annotator", number)
    strictness = 0.3 * normal(chance)
    noise = chance.uniform(0.15, 0.55)
    bias = 0.2 * normal(chance)
    pace = chance.uniform(0.6, 1.6)
    return Annotator(
        seed=seed,
        number=number,
        severity={
            key: round(strictness + 0.12 * normal(drawn(seed, "severity", number, key)), 4)
            for key in dimensions
        },
        noise=round(noise, 4),
        position_bias=round(bias, 4),
        cell_ms=round(4500 * pace),
    )


def rate(
    annotator: Annotator, dimension: Dimension, truth: Truth, *, key: Key, lean: float
) -> Rated:
    """The level nearest to truth + severity + position bias + noise, the lower one of two.

    `severity` is added, so that a strict annotator's is negative. The noise depends on the seed,
    the annotator, the dimension and `key` alone; `lean` is the place shown (`lean_of`).
    """
    chance = drawn(annotator.seed, annotator.number, *key, dimension.key)
    step = step_of(dimension)
    own = annotator.severity[dimension.key] + annotator.position_bias * lean
    own += annotator.noise * normal(chance)
    felt = truth.value + step * own + truth.noise * normal(chance)
    nearest = sorted(dimension.values, key=lambda value: abs(float(value) - felt))
    gap = abs(float(nearest[1]) - felt) - abs(float(nearest[0]) - felt)
    return Rated(nearest[0], gap < 2 * DOUBT * step)


def step_of(dimension: Dimension) -> float:
    """The mean distance between neighbouring levels."""
    values = dimension.values
    return float(values[-1] - values[0]) / (len(values) - 1)


def lean_of(place: int, count: int) -> float:
    """Where a candidate stands: 1 for the first shown, falling evenly to -1 for the last.

    >>> [lean_of(place, 3) for place in range(3)], lean_of(0, 1)
    ([1.0, 0.0, -1.0], 0.0)
    """
    return 1.0 - 2.0 * place / (count - 1) if count > 1 else 0.0
