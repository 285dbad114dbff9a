"""From several ratings to one value, exactly: integers and fractions, never a float sum."""

import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from modelbridge.dataset.options import Consensus


def agreed(values: Sequence[int], kind: Consensus) -> Fraction | None:
    """The consensus of at least one value; None where a majority has no single mode.

    >>> agreed([3, 4, 4], Consensus.MEAN), agreed([3, 4], Consensus.MEDIAN)
    (Fraction(11, 3), Fraction(7, 2))
    >>> agreed([3, 4, 4], Consensus.MAJORITY), agreed([3, 4], Consensus.MAJORITY)
    (Fraction(4, 1), None)
    """
    if kind is Consensus.MEAN:
        return Fraction(sum(values), len(values))
    if kind is Consensus.MEDIAN:
        return _median(values)
    return _mode(values)


def _median(values: Sequence[int]) -> Fraction:
    """The middle value; of an even number the midpoint of the two middle ones."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[half])
    return Fraction(ordered[half - 1] + ordered[half], 2)


def _mode(values: Sequence[int]) -> Fraction | None:
    """The one value named most often; None where two are named equally often."""
    leading = Counter(values).most_common(2)
    if len(leading) == 2 and leading[0][1] == leading[1][1]:
        return None
    return Fraction(leading[0][0])


def deviation(values: Sequence[int], scale: int = 1) -> int | float | None:
    """The sample standard deviation (n - 1) of values / scale; None for one value.

    >>> deviation([1, 2, 3, 4]), deviation([30, 30], 10)
    (1.290994, 0)
    """
    n = len(values)
    if n < 2:
        return None
    spread = n * sum(value * value for value in values) - sum(values) ** 2
    rounded = round(math.sqrt(spread / (n * (n - 1) * scale * scale)), 6)
    return int(rounded) if rounded.is_integer() else rounded
