"""The annotators of one task: who rated what, and what any set of them says together."""

from typing import NamedTuple

from modelbridge.dataset.consensus import agreed
from modelbridge.dataset.facts import SCALE, JudgmentFacts, TaskFacts, plain
from modelbridge.dataset.options import Consensus

Votes = tuple[int, int, int]
"""How many favour the first, neither, the second."""


class Scores(NamedTuple):
    """A candidate's consensus over one set of raters.

    `values` are the dimensions and their sum as numerators over `denominator`, which follows from
    the raters, so that two candidates of a pair compare by whole numbers. `shown` are the same as
    the files hold them, worked out once and not for every pair.
    """

    values: tuple[int, ...]
    denominator: int
    shown: tuple[int | float, ...]


class Panel:
    """The raters of one task; a set of them is a bit mask."""

    def __init__(self, task: TaskFacts, consensus: Consensus) -> None:
        self._dimensions = range(len(task.protocol.dimensions))
        self._consensus = consensus
        self._raters = [_Rater(task, judgment) for judgment in task.judgments]
        self._scores: dict[tuple[int, int], Scores | None] = {}
        self._covers = [
            sum(1 << i for i, rater in enumerate(self._raters) if position in rater.sums)
            for position in range(len(task.candidates))
        ]
        self._simulated = sum(1 << i for i, rater in enumerate(self._raters) if rater.simulated)

    def common(self, a: int, b: int) -> int:
        """Those who rated both candidates on every dimension."""
        return self._covers[a] & self._covers[b]

    def simulated(self, raters: int) -> int:
        """How many of them are simulated."""
        return (raters & self._simulated).bit_count()

    def scores(self, candidate: int, raters: int) -> Scores | None:
        """The candidate's consensus over a set of raters; None where a majority has no mode."""
        if (candidate, raters) not in self._scores:
            self._scores[candidate, raters] = self._agreed(candidate, raters)
        return self._scores[candidate, raters]

    def _agreed(self, candidate: int, raters: int) -> Scores | None:
        chosen = [rater for i, rater in enumerate(self._raters) if raters >> i & 1]
        numerators, denominator = [], 1
        for dimension in self._dimensions:
            ratings = [rater.ratings[candidate, dimension] for rater in chosen]
            parts = agreed(ratings, self._consensus)
            if parts is None:
                return None
            numerators.append(parts[0])
            denominator = parts[1] * SCALE
        values = (*numerators, sum(numerators))
        return Scores(values, denominator, tuple([plain(v, denominator) for v in values]))

    def votes(self, a: int, b: int, raters: int) -> Votes:
        """How many raters' own sums over the dimensions favour a, neither, b."""
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

    def votes_on(self, a: int, b: int, raters: int, dimension: int) -> Votes:
        """How many raters' own levels on one dimension favour a, neither, b."""
        signs = [
            _sign(rater.ratings[a, dimension] - rater.ratings[b, dimension])
            for i, rater in enumerate(self._raters)
            if raters >> i & 1
        ]
        return signs.count(1), signs.count(0), signs.count(-1)


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


def stated(task: TaskFacts) -> dict[tuple[int, int], Votes]:
    """The stated overall comparisons of each pair (a < b): for a, tie, for b."""
    found: dict[tuple[int, int], list[int]] = {}
    for judgment in task.judgments:
        for entry in judgment.comparisons:
            if entry.dimension is None:
                votes = found.setdefault((entry.a, entry.b), [0, 0, 0])
                votes[("a", "tie", "b").index(entry.outcome)] += 1
    return {pair: (a, tie, b) for pair, (a, tie, b) in found.items()}


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)
