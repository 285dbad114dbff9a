"""From several ratings to one value, exactly: whole numbers, never a float sum."""

import math
from collections import Counter
from collections.abc import Sequence

from modelbridge.dataset.options import Consensus

Parts = tuple[int, int]
"""A value as numerator and denominator; the denominator follows from the kind and the number."""


def agreed(values: Sequence[int], kind: Consensus) -> Parts | None:
    """The consensus of at least one value; None where a majority has no single mode.

    >>> agreed([3, 4, 4], Consensus.MEAN), agreed([3, 4], Consensus.MEDIAN)
    ((11, 3), (7, 2))
    >>> agreed([3, 4, 4], Consensus.MAJORITY), agreed([3, 4], Consensus.MAJORITY)
    ((4, 1), None)
    """
    if kind is Consensus.MEAN:
        return sum(values), len(values)
    if kind is Consensus.MEDIAN:
        return _twice_the_median(values), 2
    mode = _mode(values)
    return None if mode is None else (mode, 1)


def _twice_the_median(values: Sequence[int]) -> int:
    """Twice the middle value; of an even number the sum of the two middle ones."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] + ordered[-1 - half]


def _mode(values: Sequence[int]) -> int | None:
    """The one value named most often; None where two are named equally often."""
    leading = Counter(values).most_common(2)
    if len(leading) == 2 and leading[0][1] == leading[1][1]:
        return None
    return leading[0][0]


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
