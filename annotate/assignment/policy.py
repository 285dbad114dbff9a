"""What chance decides about assignments, as pure functions of a random source."""

import hashlib
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

WINDOW = 64
"""How many claimable tasks past the cursor a draw is made from."""


def queue_rank(seed: bytes, position: int, external_id: str) -> int:
    """The rank of an imported task: by position, and shuffled within blocks of 64.

    Imports keep their order on the whole, so that a manifest's first tasks complete first;
    within a block the order says nothing about the manifest.
    """
    block, _ = divmod(position, WINDOW)
    digest = hashlib.blake2b(external_id.encode(), key=seed[:64], digest_size=4).digest()
    return (block << 32) + int.from_bytes(digest)


def draw(chance: Random, size: int = WINDOW) -> list[int]:
    """A preference for each place of a window: a random permutation of 1 to size."""
    return chance.sample(range(1, size + 1), size)


def draw_purposes(
    chance: Random, count: int, *, gold_rate: float, repeat_rate: float
) -> tuple[int, int]:
    """How many of so many new assignments are to be gold and how many repeats."""
    gold = repeat = 0
    for _ in range(count):
        drawn = chance.random()
        gold += drawn < gold_rate
        repeat += gold_rate <= drawn < gold_rate + repeat_rate
    return gold, repeat


def shuffled(chance: Random, items: Sequence[T]) -> list[T]:
    """The items in a drawn order; presentation takes it from the system's secure source."""
    return chance.sample(items, len(items))
