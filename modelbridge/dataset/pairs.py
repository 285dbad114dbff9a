"""From the judgments of a task to preference pairs and ties."""

import hashlib
import hmac
from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from modelbridge.dataset.facts import SCALE, TaskFacts
from modelbridge.dataset.options import Options, PureTies, TieBreaks, Ties
from modelbridge.dataset.panel import Panel, Scores, Votes, stated

FEW = "few_common_raters"
NO_MAJORITY = "no_majority"
TIE = "tie"
PURE_TIE = "pure_tie"


class TieKind(StrEnum):
    """Why nobody wins."""

    PURE = "pure"
    """Equal in every dimension."""
    TRADE_OFF = "trade_off"
    """Each is better in a dimension."""
    MARGIN = "margin"
    """The difference is within the margin, and no dimension opposes another."""


class DecidedBy(StrEnum):
    """What an outcome rests on."""

    CONSENSUS = "consensus"
    TIE_BREAK = "tie_break"


class Pair(NamedTuple):
    """Two candidates, the preferred first; of a tie the side was drawn.

    `votes` are (first, tie, second), from each common rater's own sum over the dimensions, or of
    a row about one dimension from the raters' levels there. `stated` are the stated overall
    comparisons of the pair in the same order.
    """

    first: int
    second: int
    scores: tuple[Scores, Scores]
    votes: Votes
    stated: Votes
    simulated: int
    tie: bool
    tie_kind: TieKind | None
    decided_by: DecidedBy
    dimension: int | None
    weight: int | float


class TaskPairs:
    """The rows of one task; iterating counts the pairs, and what is dropped by reason."""

    def __init__(self, task: TaskFacts, options: Options, key: bytes) -> None:
        self.drops: dict[str, int] = {}
        self.counts = {"pairs": 0, "ties": 0, "trade_offs": 0, "simulated_pairs": 0}
        self._task, self._options, self._key = task, options, key
        self._panel = Panel(task, options.consensus)
        self._stated = stated(task)

    def __iter__(self) -> Iterator[Pair]:
        for a, b in combinations(range(len(self._task.candidates)), 2):
            yield from self._rows(a, b)

    def _rows(self, a: int, b: int) -> Iterator[Pair]:
        """The rows of two candidates: one, none, or several where ties are taken apart."""
        raters = self._panel.common(a, b)
        if raters.bit_count() < self._options.min_raters:
            return self._drop(FEW)
        mine, other = self._panel.scores(a, raters), self._panel.scores(b, raters)
        if mine is None or other is None:
            return self._drop(NO_MAJORITY)
        votes = self._stated.get((a, b), (0, 0, 0))
        won = _winner(mine, other, self._options.scaled_margin)
        by = DecidedBy.CONSENSUS
        if won == 0 and self._options.tie_breaks is TieBreaks.USE:
            won = _strict_majority(votes)
            by = DecidedBy.TIE_BREAK if won else by
        pair = Pair(
            first=a,
            second=b,
            scores=(mine, other),
            votes=self._panel.votes(a, b, raters),
            stated=votes,
            simulated=self._panel.simulated(raters),
            tie=won == 0,
            tie_kind=None if won else _tie_kind(mine, other),
            decided_by=by,
            dimension=None,
            weight=1,
        )
        return self._policy(pair, raters) if pair.tie else self._won(pair, won)

    def _won(self, pair: Pair, won: int) -> Iterator[Pair]:
        self._count(pair)
        yield pair if won > 0 else turn(pair)

    def _policy(self, tie: Pair, raters: int) -> Iterator[Pair]:
        """What becomes of a tie."""
        policy = self._options.ties
        if policy is Ties.DROP:
            yield from self._drop(TIE)
            return
        if policy is Ties.DISENTANGLE and tie.tie_kind is TieKind.TRADE_OFF:
            self._count(tie)
            yield from self._apart(tie, raters)
            return
        if policy is Ties.DISENTANGLE and self._options.pure_ties is PureTies.DROP:
            yield from self._drop(PURE_TIE)
            return
        self._count(tie)
        drawn = turn(tie) if self._drawn(tie.first, tie.second) else tie
        if policy is Ties.DUPLICATE:
            drawn = drawn._replace(weight=0.5)
            yield drawn
            drawn = turn(drawn)
        yield drawn

    def _apart(self, tie: Pair, raters: int) -> Iterator[Pair]:
        """One row for each dimension that differs, its winner first."""
        first, second = tie.scores
        for dimension in range(len(first.values) - 1):
            difference = first.values[dimension] - second.values[dimension]
            if difference:
                votes = self._panel.votes_on(tie.first, tie.second, raters, dimension)
                row = tie._replace(votes=votes, dimension=dimension, tie=False)
                yield row if difference > 0 else turn(row)

    def _count(self, pair: Pair) -> None:
        self.counts["pairs"] += 1
        self.counts["ties"] += pair.tie
        self.counts["trade_offs"] += pair.tie_kind is TieKind.TRADE_OFF
        self.counts["simulated_pairs"] += pair.simulated > 0

    def _drop(self, reason: str) -> Iterator[Pair]:
        self.drops[reason] = self.drops.get(reason, 0) + 1
        return iter(())

    def _drawn(self, a: int, b: int) -> bool:
        """Whether the sides of a tie are turned: drawn by the project's key, the same each time."""
        ids = sorted((self._task.candidates[a].id, self._task.candidates[b].id))
        text = f"side:{ids[0]}:{ids[1]}".encode()
        bit = hmac.digest(self._key, text, hashlib.sha256)[0] & 1
        return ids[bit] == self._task.candidates[b].id


def turn(pair: Pair) -> Pair:
    """The pair with its sides exchanged."""
    return pair._replace(
        first=pair.second,
        second=pair.first,
        scores=(pair.scores[1], pair.scores[0]),
        votes=(pair.votes[2], pair.votes[1], pair.votes[0]),
        stated=(pair.stated[2], pair.stated[1], pair.stated[0]),
    )


def _winner(first: Scores, second: Scores, margin: int) -> int:
    """1 or -1 where a sum is higher by more than the margin (ten-thousandths), else 0."""
    difference = (first.values[-1] - second.values[-1]) * SCALE
    least = margin * first.denominator
    return (difference > least) - (-difference > least)


def _strict_majority(votes: Votes) -> int:
    """1 or -1 where more than half of the stated comparisons prefer that side, else 0."""
    half = sum(votes)
    return (2 * votes[0] > half) - (2 * votes[2] > half)


def _tie_kind(first: Scores, second: Scores) -> TieKind:
    pairs = zip(first.values[:-1], second.values[:-1], strict=True)
    signs = {(a > b) - (a < b) for a, b in pairs}
    if signs == {0}:
        return TieKind.PURE
    return TieKind.TRADE_OFF if {1, -1} <= signs else TieKind.MARGIN
