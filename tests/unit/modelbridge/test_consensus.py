"""Consensus is exact."""

import statistics
from fractions import Fraction
from itertools import product

import pytest

from modelbridge.dataset.consensus import agreed, deviation
from modelbridge.dataset.options import Consensus

MEAN, MEDIAN, MAJORITY = Consensus.MEAN, Consensus.MEDIAN, Consensus.MAJORITY


def exact(values, kind) -> Fraction | None:
    """The consensus as a fraction."""
    parts = agreed(values, kind)
    return None if parts is None else Fraction(*parts)


@pytest.mark.parametrize(
    ("kind", "values", "value"),
    [
        (MEAN, [3, 4, 4], Fraction(11, 3)),
        (MEAN, [2], Fraction(2)),
        (MEDIAN, [1, 4, 2], Fraction(2)),
        (MEDIAN, [1, 2, 3, 4], Fraction(5, 2)),
        (MAJORITY, [1, 2, 2, 4], Fraction(2)),
        (MAJORITY, [4], Fraction(4)),
        (MAJORITY, [1, 1, 2, 2], None),
        (MAJORITY, [1, 2, 3], None),
        (MAJORITY, [1, 1, 1, 2, 2, 3], Fraction(1)),
    ],
)
def test_it_works(kind, values, value):
    assert exact(values, kind) == value


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_every_small_panel_against_the_standard_library(n):
    for values in product((1, 2, 3, 4), repeat=n):
        fractions = [Fraction(value) for value in values]
        assert exact(values, MEAN) == statistics.mean(fractions)
        assert exact(values, MEDIAN) == statistics.median(fractions)
        modes = statistics.multimode(values)
        assert exact(values, MAJORITY) == (modes[0] if len(modes) == 1 else None)


@pytest.mark.parametrize("values", [[1, 4], [1, 2, 4], [3, 3, 3, 4], [1, 1, 4, 4, 2]])
def test_deviation_is_that_of_the_sample(values):
    assert deviation([value * 10_000 for value in values], 10_000) == pytest.approx(
        statistics.stdev(values), abs=5e-7
    )


def test_one_rating_has_no_deviation():
    assert deviation([30_000], 10_000) is None
