"""Random numbers that depend on what they are for, not on when or where they are drawn."""

import hashlib
import json
from random import Random
from statistics import NormalDist

NORMAL = NormalDist()
SMALLEST = 2.0**-53


def drawn(*key: str | int | None) -> Random:
    """The source that belongs to a key: SHA-256 of its JSON is the seed.

    >>> drawn(7, "a").random() == drawn(7, "a").random()
    True
    """
    text = json.dumps(key, ensure_ascii=True, separators=(",", ":"))
    return Random(int.from_bytes(hashlib.sha256(text.encode()).digest()))  # noqa: S311 - planted


def normal(chance: Random) -> float:
    """The next draw of a standard normal; one uniform each, the same in every Python."""
    return NORMAL.inv_cdf(max(chance.random(), SMALLEST))
