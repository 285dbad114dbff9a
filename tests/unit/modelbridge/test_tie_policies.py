"""What becomes of a pair that nobody wins."""

from itertools import product

import pytest

from modelbridge.dataset.labels import confidence, is_contested, soft, vote_share
from modelbridge.dataset.options import resolve
from modelbridge.dataset.pairs import Pair, TaskPairs, TieKind, turn
from protocol.errors import Refused
from tests.unit.modelbridge.facts import task_of

KEY = b"k" * 32
TRADE = task_of(((4, 2), (2, 4)), ((4, 2), (3, 3)), ((3, 2), (3, 2)))
"""A is better in the first dimension by 3, B in the second by 3."""
PURE = task_of(((3, 2), (3, 2)), ((2, 2), (2, 2)))


def rows(task, **words) -> list[Pair]:
    return list(TaskPairs(task, resolve(formats=["editreward"], **words), KEY))


def drops(task, **words) -> dict[str, int]:
    pairs = TaskPairs(task, resolve(formats=["editreward"], **words), KEY)
    list(pairs)
    return pairs.drops


def test_it_works():
    """A trade-off gives a row for each dimension, its winner first."""
    first, second = rows(TRADE, ties="disentangle")
    assert [(row.first, row.second, row.dimension) for row in (first, second)] == [
        (0, 1, 0),
        (1, 0, 1),
    ]
    assert (first.votes, second.votes) == ((2, 1, 0), (2, 1, 0))
    assert {row.tie_kind for row in (first, second)} == {TieKind.TRADE_OFF}
    assert not first.tie
    assert not second.tie


def test_a_dimension_that_does_not_differ_gives_no_row():
    task = task_of(((4, 2), (4, 2)), ((3, 1), (3, 1)))
    assert [row.dimension for row in rows(task, ties="disentangle")] == [None]


def test_other_ties_are_kept_or_dropped():
    (kept,) = rows(PURE, ties="disentangle")
    assert (kept.tie, kept.tie_kind, kept.dimension) == (True, TieKind.PURE, None)
    assert rows(PURE, ties="disentangle", pure_ties="drop") == []
    assert drops(PURE, ties="disentangle", pure_ties="drop") == {"pure_tie": 1}
    assert len(rows(TRADE, ties="disentangle", pure_ties="drop")) == 2


def test_soft_keeps_one_row():
    (row,) = rows(TRADE, ties="soft")
    assert (row.tie, row.weight, row.votes) == (True, 1, (0, 3, 0))


@pytest.mark.parametrize(("margin", "tie"), [("0", False), ("0.9999", False), ("1", True)])
def test_a_win_needs_more_than_the_margin(margin, tie):
    task = task_of(((3, 3), (3, 2)), ((3, 3), (3, 2)))
    (row,) = rows(task, margin=margin)
    assert (row.tie, row.tie_kind) == (tie, TieKind.MARGIN if tie else None)


def test_the_margin_is_exact_in_thirds():
    """1/3 is more than 0.3333 and less than 0.3334."""
    task = task_of(((3, 3), (3, 2)), ((3, 3), (3, 3)), ((3, 3), (3, 3)))
    assert [rows(task, margin=text)[0].tie for text in ("0.3333", "0.3334")] == [False, True]


def test_every_panel_against_whole_numbers():
    """Every panel of 2 to 3 raters and one level of margin: the outcome is that of the sums."""
    for raters in (2, 3):
        panels = list(product((1, 2, 3), repeat=raters))
        for left, right in product(panels, panels):
            task = task_of(*[((a, 1), (b, 1)) for a, b in zip(left, right, strict=True)])
            (row,) = rows(task, margin="1")
            difference = sum(left) - sum(right)
            assert row.tie == (abs(difference) <= raters)
            if not row.tie:
                assert row.first == (0 if difference > 0 else 1)


@pytest.mark.parametrize(
    ("stated", "decided", "first"),
    [
        (("B", "B", "A"), "tie_break", 1),
        (("A", "", ""), "tie_break", 0),
        (("A", "B", ""), "consensus", None),
        (("A", "tie", ""), "consensus", None),
        (("", "", ""), "consensus", None),
    ],
)
def test_stated_comparisons_decide_where_more_than_half_agree(stated, decided, first):
    panel = (((3, 2), (2, 3)), ((3, 2), (2, 3)), ((2, 2), (2, 2)))
    task = task_of(*panel, stated=stated)
    (row,) = rows(task, tie_breaks="use")
    assert row.decided_by == decided
    assert row.tie == (first is None)
    assert first in {None, row.first}
    (ignored,) = rows(task)
    assert (ignored.tie, ignored.decided_by) == (True, "consensus")
    expected = tuple(stated.count(word) for word in ("A", "tie", "B"))
    assert ignored.stated == (expected if ignored.first == 0 else expected[::-1])


def test_a_stated_comparison_changes_no_win():
    task = task_of(((4, 4), (1, 1)), ((4, 4), (1, 1)), stated=("B", "B"))
    (row,) = rows(task, tie_breaks="use")
    assert (row.first, row.decided_by, row.stated) == (0, "consensus", (0, 0, 2))


def test_what_the_votes_say():
    votes = (2, 1, 1)
    assert soft(votes) == 0.6
    assert vote_share(votes, tie=False) == 0.5
    assert vote_share(votes, tie=True) == 0.25
    assert confidence(votes, tie=True) == 0.266667
    assert soft((1, 1, 2)) == 0.4


@pytest.mark.parametrize(
    ("votes", "tie", "contested"),
    [
        ((1, 0, 2), False, True),
        ((2, 0, 1), False, False),
        ((1, 1, 1), False, False),
        ((1, 2, 0), False, True),
        ((0, 2, 1), True, False),
        ((2, 1, 0), True, True),
        ((1, 0, 1), True, False),
    ],
)
def test_contested_means_that_most_votes_are_for_another_outcome(votes, tie, contested):
    assert is_contested(votes, tie=tie) == contested


def test_swapping_the_sides_changes_nothing_but_sides():
    for task in (TRADE, PURE):
        for row in rows(task, ties="soft"):
            back = turn(turn(row))
            assert back == row
            assert turn(row)._replace(first=row.first, second=row.second).tie_kind == row.tie_kind


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"margin": "-1"}, "margin '-1' is not accepted"),
        ({"margin": "0.00001"}, "at most four decimals"),
        ({"margin": "x"}, "margin 'x' is not accepted"),
        ({"ties": "split"}, "ties 'split' is unknown; accepted are keep, drop, duplicate"),
        ({"pure_ties": "drop"}, "pure_ties drop goes with ties disentangle only, not with keep"),
        ({"tie_breaks": "maybe"}, "tie_breaks 'maybe' is unknown"),
        ({"colour": "red"}, "option 'colour' is unknown"),
    ],
)
def test_what_is_not_accepted_is_refused_by_name(words, said):
    with pytest.raises(Refused, match=said):
        resolve(formats=["editreward"], **words)


@pytest.mark.parametrize(("text", "kept"), [("1.50", "1.5"), ("007", "7"), ("0.0", "0")])
def test_a_margin_has_one_form(text, kept):
    assert resolve(formats=["editreward"], margin=text).margin == kept
