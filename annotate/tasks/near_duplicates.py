"""Which images show the same picture: groups that grow in the order of import; pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 6
"""Bits of 64 in which the perceptual hashes of one picture may differ: see docs/formats.md."""
MOST = 16
BLOCK = 1 << 22
"""Pairs compared at once: bounds the memory."""

Values = NDArray[np.uint64]
Places = NDArray[np.int64]


class Fingerprint(NamedTuple):
    """What an image is compared by.

    `content` is its pixel_sha256. `bits` is its perceptual hash, signed 64 bits, or None for an
    image so flat that its bits are noise: that one is compared by content only.
    """

    content: str
    bits: int | None


class Pictures(NamedTuple):
    """The images of a task."""

    source: Fingerprint
    edits: Sequence[Fingerprint]


class Groups:
    """Groups of tasks whose pictures are near-duplicates, numbered from 0 as they are founded.

    Two tasks are near where one's source is near any image of the other: two edits that look
    alike say nothing. Tasks are asked for and put into groups one after the other, in the order of
    import, so that a later task never changes what an earlier one belongs to.
    """

    def __init__(self, tasks: Sequence[Pictures], threshold: int = THRESHOLD) -> None:
        self.count = 0
        self._tasks = tasks
        self._near = _neighbours(tasks, threshold)
        self._with_source: dict[str | int, set[int]] = defaultdict(set)
        self._with_edit: dict[str | int, set[int]] = defaultdict(set)

    def near(self, task: int) -> list[int]:
        """The groups that a task is near, ascending."""
        found: set[int] = set()
        source, edits = self._tasks[task]
        for key in self._around(source):
            found |= self._with_source.get(key, set())
            found |= self._with_edit.get(key, set())
        for edit in edits:
            for key in self._around(edit):
                found |= self._with_source.get(key, set())
        return sorted(found)

    def found(self, task: int) -> int:
        """Begin a group with a task; its number."""
        self.count += 1
        self.join(task, self.count - 1)
        return self.count - 1

    def join(self, task: int, group: int) -> None:
        """Put a task into a group."""
        source, edits = self._tasks[task]
        for key in _keys(source):
            self._with_source[key].add(group)
        for edit in edits:
            for key in _keys(edit):
                self._with_edit[key].add(group)

    def _around(self, image: Fingerprint) -> Iterator[str | int]:
        """The keys of the images that this one is near, its own first."""
        yield from _keys(image)
        if image.bits is not None:
            yield from self._near.get(image.bits, ())


def _keys(image: Fingerprint) -> Iterator[str | int]:
    """What an image is found under: its content, and its bits."""
    yield image.content
    if image.bits is not None:
        yield image.bits


def _neighbours(tasks: Sequence[Pictures], threshold: int) -> dict[int, list[int]]:
    """For each hash the others within the threshold; one of two is always a source's."""
    sources = {task.source.bits for task in tasks if task.source.bits is not None}
    edits = {edit.bits for task in tasks for edit in task.edits if edit.bits is not None}
    values = np.array(sorted(sources | edits), dtype=np.int64).view(np.uint64)
    is_source = np.array([value in sources for value in values.view(np.int64).tolist()], dtype=bool)
    found: dict[int, set[int]] = defaultdict(set)
    for left, right in _close_pairs(values, np.flatnonzero(is_source), threshold):
        pairs = zip(values[left].view(np.int64), values[right].view(np.int64), strict=True)
        for one, other in pairs:
            found[int(one)].add(int(other))
            found[int(other)].add(int(one))
    return {value: sorted(others) for value, others in found.items()}


def _close_pairs(
    values: Values, sources: Places, threshold: int
) -> Iterator[tuple[Places, Places]]:
    """Places (source, any) of values that differ in at most so many bits, in blocks.

    Of threshold + 1 bands of bits at least one is equal in such a pair: only values that share a
    band are compared.
    """
    edges = np.linspace(0, 64, threshold + 2).round().astype(int)
    for low, high in pairwise(edges.tolist()):
        band = (values >> np.uint64(low)) & np.uint64(2 ** (high - low) - 1)
        order = np.argsort(band, kind="stable")
        start = np.searchsorted(band[order], band[sources], side="left")
        stop = np.searchsorted(band[order], band[sources], side="right")
        for part in _blocks(stop - start):
            counts = (stop - start)[part]
            left = np.repeat(sources[part], counts)
            inside = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts, counts)
            right = order[np.repeat(start[part], counts) + inside]
            close = np.bitwise_count(values[left] ^ values[right]) <= threshold
            close &= left != right
            yield left[close], right[close]


def _blocks(counts: Places) -> Iterator[slice]:
    """Slices of rows whose counts sum to about a block."""
    ends = np.searchsorted(counts.cumsum(), np.arange(BLOCK, counts.sum() + BLOCK, BLOCK))
    begin = 0
    for end in [*(ends + 1).tolist(), len(counts)]:
        if begin < min(end, len(counts)):
            yield slice(begin, min(end, len(counts)))
            begin = min(end, len(counts))


def distance(first: int, second: int) -> int:
    """In how many of 64 bits two hashes differ."""
    return ((first ^ second) & (2**64 - 1)).bit_count()
