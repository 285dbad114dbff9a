"""Pairs and ties follow from the ratings exactly."""

from itertools import product

import pytest

from modelbridge.dataset.labels import confidence
from modelbridge.dataset.options import Options, resolve
from modelbridge.dataset.pairs import Pair, TaskPairs, turn
from modelbridge.dataset.panel import Scores
from tests.unit.modelbridge.facts import task_of

KEY = b"k" * 32
MEAN = resolve(formats=["editreward"])


def pairs_of(task, options: Options = MEAN, key=KEY) -> list[Pair]:
    """The rows of a task."""
    return list(TaskPairs(task, options, key))


def names(pairs) -> list[str]:
    """The rows as words: `AB` prefers A, `A=B` is a tie."""
    letters = "ABCDEFG"
    return [f"{letters[pair.first]}{'=' * pair.tie}{letters[pair.second]}" for pair in pairs]


def values(scores: Scores) -> list[float]:
    """The dimensions' values and their sum."""
    return list(scores.shown)


def drops(task, options: Options = MEAN) -> dict[str, int]:
    """What a task drops."""
    rows = TaskPairs(task, options, KEY)
    list(rows)
    return rows.drops


def test_it_works():
    """The three examples of EditReward's own guide: 6 = 6, 4 > 3, 7 > 6."""
    rater = ((4, 2), (4, 2), (1, 3), (1, 2), (4, 3), (3, 3))
    pairs = pairs_of(task_of(rater, rater))
    by_name = {tuple(sorted((p.first, p.second))): p for p in pairs}
    assert len(pairs) == 15
    tie, low, high = by_name[0, 1], by_name[2, 3], by_name[4, 5]
    assert tie.tie
    assert [values(s)[-1] for s in tie.scores] == [6, 6]
    assert (low.first, low.second, low.tie) == (2, 3, False)
    assert [values(s) for s in low.scores] == [[1, 3, 4], [1, 2, 3]]
    assert (high.first, high.second, high.tie) == (4, 5, False)
    assert [values(s)[-1] for s in high.scores] == [7, 6]


def test_three_raters_in_thirds():
    """8/3 + 7/3 against 3 + 2: equal sums of thirds are a tie, not a win of a rounding error."""
    task = task_of(((2, 2), (3, 2)), ((3, 2), (3, 2)), ((3, 3), (3, 2)))
    (pair,) = pairs_of(task)
    assert pair.tie
    assert sorted(map(values, pair.scores)) == [[2.666667, 2.333333, 5], [3, 2, 5]]
    assert sorted(pair.votes) == [1, 1, 1]


@pytest.mark.parametrize("raters", [2, 3])
def test_every_pair_of_sums_of_small_panels(raters):
    """Every panel on one dimension: the outcome is that of the integer sums."""
    for left in product((1, 2, 3, 4), repeat=raters):
        for right in product((1, 2, 3, 4), repeat=raters):
            panel = [((a, 1), (b, 1)) for a, b in zip(left, right, strict=True)]
            (pair,) = pairs_of(task_of(*panel))
            assert pair.tie == (sum(left) == sum(right))
            if not pair.tie:
                assert pair.first == (0 if sum(left) > sum(right) else 1)


def test_the_median_of_two_is_their_midpoint():
    options = resolve(formats=["editreward"], consensus="median")
    task = task_of(((1, 1), (2, 1)), ((4, 1), (2, 1)))
    (pair,) = pairs_of(task, options)
    assert (pair.first, values(pair.scores[0])) == (0, [2.5, 1, 3.5])
    assert pair.votes == (1, 0, 1)


def test_the_majority_needs_one_mode():
    options = resolve(formats=["editreward"], consensus="majority")
    task = task_of(((1, 1), (3, 1)), ((4, 1), (3, 1)), ((4, 1), (3, 1)))
    (pair,) = pairs_of(task, options)
    assert (pair.first, values(pair.scores[0])) == (0, [4, 1, 5])
    torn = task_of(((1, 1), (3, 1)), ((4, 1), (3, 1)))
    assert pairs_of(torn, options) == []
    assert drops(torn, options) == {"no_majority": 1}


def test_the_three_kinds_can_disagree():
    task = task_of(*[((a, 1), (2, 1)) for a in (1, 1, 4, 1, 4)])
    found = {
        kind: names(pairs_of(task, resolve(formats=["editreward"], consensus=kind)))
        for kind in ("mean", "median", "majority")
    }
    assert found == {"mean": ["AB"], "median": ["BA"], "majority": ["BA"]}


def test_only_common_raters_speak():
    """A's third rater did not rate B: A's 1s are not heard in the pair."""
    task = task_of(((4, 4), (3, 3)), ((4, 4), (3, 3)), ((1, 1), None))
    (pair,) = pairs_of(task)
    assert (pair.first, values(pair.scores[0]), sum(pair.votes)) == (0, [4, 4, 8], 2)


def test_a_half_rated_candidate_does_not_count():
    task = task_of(((4,), (3, 3)), ((4, 4), (3, 3)))
    assert pairs_of(task) == []
    assert drops(task) == {"few_common_raters": 1}


@pytest.mark.parametrize(("min_raters", "rows"), [(1, 1), (2, 1), (3, 0)])
def test_too_few_common_raters(min_raters, rows):
    options = resolve(formats=["editreward"], min_raters=min_raters)
    task = task_of(((4, 4), (3, 3)), ((4, 4), (3, 3)))
    assert len(pairs_of(task, options)) == rows
    assert drops(task, options) == ({} if rows else {"few_common_raters": 1})


TIED = task_of(((3, 2), (2, 3)), ((3, 2), (2, 3)), ((2, 2), (2, 2)))


def test_ties_are_kept_dropped_or_duplicated():
    kept = pairs_of(TIED)
    assert [(pair.tie, pair.weight) for pair in kept] == [(True, 1)]
    dropping = resolve(formats=["editreward"], ties="drop")
    assert pairs_of(TIED, dropping) == []
    assert drops(TIED, dropping) == {"tie": 1}
    twice = pairs_of(TIED, resolve(formats=["editreward"], ties="duplicate"))
    assert [pair.weight for pair in twice] == [0.5] * 2
    assert twice[1] == turn(twice[0])
    assert twice[0].first == kept[0].first


def test_the_side_of_a_tie_is_drawn_by_the_key():
    """The same key draws the same side; over many keys both sides come up."""
    firsts = [pairs_of(TIED, key=bytes([n]) * 32)[0].first for n in range(64)]
    assert firsts == [pairs_of(TIED, key=bytes([n]) * 32)[0].first for n in range(64)]
    assert 16 <= sum(firsts) <= 48


def test_votes_are_each_raters_own_sums():
    task = task_of(((4, 1), (2, 2)), ((2, 2), (2, 2)), ((4, 4), (1, 1)), ((1, 1), (2, 1)))
    (pair,) = pairs_of(task)
    assert (pair.first, pair.votes) == (0, (2, 1, 1))
    assert confidence(pair.votes, tie=False) == 0.466667
    assert turn(pair).votes == (1, 1, 2)


def test_simulated_raters_are_counted():
    task = task_of(((4, 4), (3, 3)), ((4, 4), (3, 3)), ((4, 4), None), simulated=(1, 2))
    (pair,) = pairs_of(task)
    assert pair.simulated == 1
