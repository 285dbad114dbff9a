"""From the judgments of a task to preference pairs and ties."""

import hashlib
import hmac
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from modelbridge.dataset.consensus import agreed
from modelbridge.dataset.facts import SCALE, JudgmentFacts, TaskFacts, plain
from modelbridge.dataset.options import Options, Ties

FEW = "few_common_raters"
NO_MAJORITY = "no_majority"
TIE = "tie"


class Scores(NamedTuple):
    """A candidate's consensus over one set of raters.

    `overall` is the sum over the dimensions as a numerator: the denominator follows from the
    raters, so that two candidates of a pair compare by it. `shown` are the dimensions' values
    and their sum as the files hold them, worked out once and not for every pair.
    """

    overall: int
    shown: tuple[int | float, ...]


class Pair(NamedTuple):
    """Two candidates, the preferred first; of a tie the side was drawn.

    `votes` are (first, tie, second), from each common rater's own sum over the dimensions.
    """

    first: int
    second: int
    scores: tuple[Scores, Scores]
    votes: tuple[int, int, int]
    simulated: int
    tie: bool
    weight: int | float


class TaskPairs:
    """The rows of one task; iterating counts the pairs, and what is dropped by reason."""

    def __init__(self, task: TaskFacts, options: Options, key: bytes) -> None:
        self.drops: dict[str, int] = {}
        self.counts = {"pairs": 0, "ties": 0, "simulated_pairs": 0}
        self._task, self._options, self._key = task, options, key
        self._raters = [_Rater(task, judgment) for judgment in task.judgments]
        self._scores: dict[tuple[int, int], Scores | None] = {}
        self._covers = [
            sum(1 << i for i, rater in enumerate(self._raters) if position in rater.sums)
            for position in range(len(task.candidates))
        ]
        self._simulated = sum(1 << i for i, rater in enumerate(self._raters) if rater.simulated)

    def __iter__(self) -> Iterator[Pair]:
        for a, b in combinations(range(len(self._task.candidates)), 2):
            yield from self._rows(a, b)

    def _rows(self, a: int, b: int) -> Iterator[Pair]:
        """The rows of two candidates: one, none, or two where ties are duplicated."""
        raters = self._covers[a] & self._covers[b]
        if raters.bit_count() < self._options.min_raters:
            self._drop(FEW)
            return
        scores = self._score(a, raters), self._score(b, raters)
        if scores[0] is None or scores[1] is None:
            self._drop(NO_MAJORITY)
            return
        tie = scores[0].overall == scores[1].overall
        turned = scores[1].overall > scores[0].overall
        if tie and self._options.ties is Ties.DROP:
            self._drop(TIE)
            return
        if tie:
            turned = self._drawn(a, b)
        twice = tie and self._options.ties is Ties.DUPLICATE
        pair = Pair(
            first=a,
            second=b,
            scores=(scores[0], scores[1]),
            votes=self._votes(a, b, raters),
            simulated=(raters & self._simulated).bit_count(),
            tie=tie,
            weight=0.5 if twice else 1,
        )
        self.counts["pairs"] += 1
        self.counts["ties"] += tie
        self.counts["simulated_pairs"] += pair.simulated > 0
        yield turn(pair) if turned else pair
        if twice:
            yield pair if turned else turn(pair)

    def _drop(self, reason: str) -> None:
        self.drops[reason] = self.drops.get(reason, 0) + 1

    def _score(self, candidate: int, raters: int) -> Scores | None:
        """The candidate's consensus over a set of raters, computed once."""
        if (candidate, raters) not in self._scores:
            self._scores[candidate, raters] = self._consensus(candidate, raters)
        return self._scores[candidate, raters]

    def _consensus(self, candidate: int, raters: int) -> Scores | None:
        chosen = [rater for i, rater in enumerate(self._raters) if raters >> i & 1]
        numerators, denominator = [], 1
        for dimension in range(len(self._task.protocol.dimensions)):
            ratings = [rater.ratings[candidate, dimension] for rater in chosen]
            parts = agreed(ratings, self._options.consensus)
            if parts is None:
                return None
            numerators.append(parts[0])
            denominator = parts[1] * SCALE
        overall = sum(numerators)
        shown = tuple([plain(value, denominator) for value in (*numerators, overall)])
        return Scores(overall, shown)

    def _votes(self, a: int, b: int, raters: int) -> tuple[int, int, int]:
        """How many raters' own sums favour a, neither, b."""
        first = second = n = 0
        for i, rater in enumerate(self._raters):
            if raters >> i & 1:
                n += 1
                mine, other = rater.sums[a], rater.sums[b]
                if mine > other:
                    first += 1
                elif mine < other:
                    second += 1
        return first, n - first - second, second

    def _drawn(self, a: int, b: int) -> bool:
        """Whether the sides of a tie are turned: drawn by the project's key, the same each time."""
        ids = sorted((self._task.candidates[a].id, self._task.candidates[b].id))
        text = f"side:{ids[0]}:{ids[1]}".encode()
        bit = hmac.digest(self._key, text, hashlib.sha256)[0] & 1
        return ids[bit] == self._task.candidates[b].id


class _Rater:
    """One annotator's ratings, with the sums of the candidates rated on every dimension."""

    def __init__(self, task: TaskFacts, judgment: JudgmentFacts) -> None:
        self.ratings = judgment.ratings
        self.simulated = judgment.simulated
        self.sums: dict[int, int] = {}
        dimensions = range(len(task.protocol.dimensions))
        for candidate in range(len(task.candidates)):
            try:
                total = sum([judgment.ratings[candidate, d] for d in dimensions])
            except KeyError:
                continue
            self.sums[candidate] = total


def turn(pair: Pair) -> Pair:
    """The pair with its sides exchanged."""
    return Pair(
        first=pair.second,
        second=pair.first,
        scores=(pair.scores[1], pair.scores[0]),
        votes=(pair.votes[2], pair.votes[1], pair.votes[0]),
        simulated=pair.simulated,
        tie=pair.tie,
        weight=pair.weight,
    )


def confidence(votes: tuple[int, int, int], *, tie: bool) -> int | float:
    """How surely the outcome is the raters' own: (votes for it + 1/3) / (votes + 1)."""
    agreeing = votes[1] if tie else votes[0]
    return plain(3 * agreeing + 1, 3 * (sum(votes) + 1))
