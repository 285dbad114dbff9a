"""Splits that cannot leak: near-duplicate groups are never parted; pure."""

import hashlib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from annotate.tasks.near_duplicates import THRESHOLD, Groups, Pictures
from protocol.errors import Refused

BRIDGES = "bridges_splits"


class Split(StrEnum):
    """The parts of a data set."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


class Placement(NamedTuple):
    """Where a task belongs: its group, named by the first source's content, and its split.

    No split where the task is near groups of different splits: whichever it went to, the other
    would leak.
    """

    cluster: str
    split: Split | None


def read_shares(text: str) -> tuple[int, ...]:
    """Shares of train, validation and test in percent, from `80/10/10` or `100`."""
    parts = text.split("/")
    if len(parts) in {1, 3} and all(part.isascii() and part.isdigit() for part in parts):
        shares = tuple(int(part) for part in parts)
        if sum(shares) == 100:
            return (*shares, 0, 0)[:3]
    raise Refused(
        f"split {text!r} is not accepted; give train/validation/test in whole percent that sum "
        "to 100, e.g. 80/10/10, or 100"
    )


def drawn(seed: str, content: str, shares: Sequence[int]) -> Split:
    """The split of a group: the first 8 bytes of SHA-256(seed, content) over 2^64 picks it."""
    digest = hashlib.sha256(f"{seed}:{content}".encode()).digest()
    u = int.from_bytes(digest[:8], "big")
    upto = 0
    for split, share in zip(Split, shares, strict=True):
        upto += share
        if u * 100 < upto << 64:
            return split
    raise AssertionError(shares)


def place(
    tasks: Sequence[Pictures],
    *,
    shares: Sequence[int],
    seed: str,
    threshold: int = THRESHOLD,
) -> Iterator[Placement]:
    """Where each task belongs, in the order of import: a later task never moves an earlier one."""
    groups = Groups(tasks, threshold)
    clusters: list[str] = []
    splits: list[Split] = []
    for number, task in enumerate(tasks):
        near = groups.near(number)
        if len({splits[group] for group in near}) > 1:
            yield Placement(clusters[near[0]], None)
            continue
        if near:
            groups.join(number, near[0])
        else:
            content = task.source.content
            near = [groups.found(number)]
            clusters.append(content)
            splits.append(drawn(seed, content, shares))
        yield Placement(clusters[near[0]], splits[near[0]])
