"""What a planted annotator gives: nearest level, planted errors, and nothing left to chance."""

from decimal import Decimal
from statistics import mean, stdev

import pytest

from annotate.simulation.draws import drawn
from annotate.simulation.model import Annotator, lean_of, plant_annotator, rate, step_of
from annotate.simulation.truth import Truth, Truths
from protocol.document import Dimension, Level


def dimension(*values: str) -> Dimension:
    """A dimension with these levels."""
    levels = tuple(Level(Decimal(value), {}, {}) for value in values)
    return Dimension("d0", {}, {}, (), levels, ())


FINE = dimension(*map(str, range(1, 101)))
FOUR = dimension("1", "2", "3", "4")
HALVES = dimension("0", "0.5", "1")


def annotator(severity: float = 0, noise: float = 0, bias: float = 0) -> Annotator:
    return Annotator(7, 1, {"d0": severity}, noise, bias, 4500)


def given(who: Annotator, scale: Dimension, value: float, **options) -> float:
    truth = Truth(value, options.get("noise", 0))
    key = ("task", 1, "system", options.get("seed"))
    return float(rate(who, scale, truth, key=key, lean=options.get("lean", 0)).value)


def test_it_works():
    assert given(annotator(severity=-1), FOUR, 3) == 2
    assert given(annotator(bias=1), FOUR, 3, lean=1) == 4
    assert given(annotator(bias=1), FOUR, 3, lean=-1) == 2


@pytest.mark.parametrize(
    ("scale", "value", "level"),
    [
        (FOUR, -9, 1),
        (FOUR, 1.4, 1),
        (FOUR, 1.6, 2),
        (FOUR, 2.5, 2),
        (FOUR, 9, 4),
        (HALVES, 0.2, 0),
        (HALVES, 0.3, 0.5),
        (HALVES, 0.75, 0.5),
        (dimension("1", "10"), 6, 10),
    ],
)
def test_the_nearest_level_is_given(scale, value, level):
    assert given(annotator(), scale, value) == level


def test_errors_are_in_steps_of_the_scale():
    assert step_of(HALVES) == 0.5
    assert given(annotator(severity=1), HALVES, 0) == 0.5
    assert given(annotator(severity=2), HALVES, 0) == 1


def test_a_close_call_is_unsure():
    close = rate(annotator(), FOUR, Truth(2.45, 0), key=("t",), lean=0)
    clear = rate(annotator(), FOUR, Truth(2.3, 0), key=("t",), lean=0)
    assert (float(close.value), close.unsure) == (2, True)
    assert (float(clear.value), clear.unsure) == (2, False)


def test_planted_errors_are_found_again():
    """8,000 ratings on a fine scale: each estimate within four of its standard errors."""
    who = annotator(severity=-3, noise=6, bias=2)
    leans = [lean_of(seed % 4, 4) for seed in range(8000)]
    errors = [
        given(who, FINE, 50, noise=8, seed=seed, lean=lean) - 50 for seed, lean in enumerate(leans)
    ]
    spread = (6**2 + 8**2) ** 0.5
    assert mean(errors) == pytest.approx(-3, abs=4 * spread / 8000**0.5)
    square = sum(lean * lean for lean in leans)
    slope = sum(lean * error for lean, error in zip(leans, errors, strict=True)) / square
    assert slope == pytest.approx(2, abs=4 * spread / square**0.5)
    left = [error - slope * lean for lean, error in zip(leans, errors, strict=True)]
    assert stdev(left) == pytest.approx(spread, abs=4 * spread / (2 * 8000) ** 0.5)


def test_a_rating_depends_on_what_it_is_for_alone():
    who = plant_annotator(seed=7, number=2, dimensions=["d0"])
    forth = [given(who, FINE, 50, seed=seed, noise=5) for seed in range(50)]
    back = [given(who, FINE, 50, seed=seed, noise=5) for seed in reversed(range(50))]
    assert forth == back[::-1]
    assert len(set(forth)) > 5
    # Pinned: the same in every version of Python and on every machine.
    assert forth[:8] == [55, 52, 54, 53, 49, 52, 57, 48]


def test_an_annotator_is_the_same_among_any_number_of_others():
    one = plant_annotator(seed=7, number=3, dimensions=["a", "b"])
    assert one == plant_annotator(seed=7, number=3, dimensions=["a", "b"])
    assert one.severity["a"] == plant_annotator(seed=7, number=3, dimensions=["a"]).severity["a"]
    assert one.severity["a"] != one.severity["b"]
    assert one != plant_annotator(seed=8, number=3, dimensions=["a", "b"])
    assert one.noise != plant_annotator(seed=7, number=4, dimensions=["a", "b"]).noise


def test_keys_do_not_run_into_each_other():
    drawings = {drawn(*key).random() for key in [("a", "b"), ("ab",), ("a", None), ("a", 1)]}
    assert len(drawings) == 4


@pytest.mark.parametrize("scale", [FOUR, HALVES, FINE])
def test_drawn_truth_covers_the_scale(scale):
    truths = Truths(seed=7)
    values = [truths.of(f"t{task}", f"s{task % 5}", None, scale).value for task in range(400)]
    low, high = float(scale.values[0]), float(scale.values[-1])
    assert low <= min(values) < low + 0.1 * (high - low)
    assert high >= max(values) > high - 0.1 * (high - low)
    assert truths.of("t1", "s1", None, scale) == Truths(seed=7).of("t1", "s1", None, scale)
    assert truths.of("t1", "s1", 1, scale) != truths.of("t1", "s1", 2, scale)


def test_a_truth_line_stands_before_a_draw():
    truths = Truths(7, {("t", "s", None, "d0"): Truth(2, 0), ("t", "s", 5, "d0"): Truth(3, 1)})
    assert truths.of("t", "s", None, FOUR) == Truth(2, 0)
    assert truths.of("t", "s", 4, FOUR) == Truth(2, 0)
    assert truths.of("t", "s", 5, FOUR) == Truth(3, 1)
    assert truths.of("t", "other", 5, FOUR).noise == 0.25
