"""Which images show the same picture: groups that grow in the order of import; pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 6
"""Bits of 64 in which two perceptual hashes of one picture may differ; see docs/formats.md."""


class Fingerprint(NamedTuple):
    """What an image is compared by.

    `content` is its pixel_sha256. `bits` is its perceptual hash, signed 64 bits, or None for an
    image so flat that its bits are noise: that one is compared by content only.
    """

    content: str
    bits: int | None


class Groups:
    """Groups of tasks whose pictures are near-duplicates; numbered from 0 in the order of founding.

    Two tasks are near where one's source is near any image of the other: two edits that look
    alike say nothing. A task that is near several groups belongs to the first of them; whoever
    needs to know that it bridges them asks `near`.
    """

    def __init__(self, threshold: int = THRESHOLD) -> None:
        self.count = 0
        self._threshold = threshold
        self._sources = _Shelf()
        self._edits = _Shelf()

    def near(self, source: Fingerprint, edits: Iterable[Fingerprint]) -> list[int]:
        """The groups that a task of these images is near, ascending."""
        found = self._sources.near(source, self._threshold)
        found |= self._edits.near(source, self._threshold)
        for edit in edits:
            found |= self._sources.near(edit, self._threshold)
        return sorted(found)

    def found(self, source: Fingerprint, edits: Sequence[Fingerprint]) -> int:
        """Begin a group with a task; its number."""
        self.count += 1
        self.join(self.count - 1, source, edits)
        return self.count - 1

    def join(self, group: int, source: Fingerprint, edits: Iterable[Fingerprint]) -> None:
        """Add a task to a group."""
        self._sources.add(source, group)
        for edit in edits:
            self._edits.add(edit, group)


class _Shelf:
    """Fingerprints with the group of each; a search compares with all of them."""

    def __init__(self) -> None:
        self._by_content: dict[str, set[int]] = {}
        self._bits: NDArray[np.uint64] = np.empty(1024, dtype=np.uint64)
        self._groups: NDArray[np.int64] = np.empty(1024, dtype=np.int64)
        self._size = 0

    def add(self, image: Fingerprint, group: int) -> None:
        groups = self._by_content.setdefault(image.content, set())
        if image.bits is None or group in groups:
            groups.add(group)
            return
        groups.add(group)
        if self._size == len(self._bits):
            self._bits = np.concatenate([self._bits, np.empty_like(self._bits)])
            self._groups = np.concatenate([self._groups, np.empty_like(self._groups)])
        self._bits[self._size] = unsigned(image.bits)
        self._groups[self._size] = group
        self._size += 1

    def near(self, image: Fingerprint, threshold: int) -> set[int]:
        found = set(self._by_content.get(image.content, ()))
        if image.bits is not None and self._size:
            bits = self._bits[: self._size]
            close = np.bitwise_count(bits ^ unsigned(image.bits)) <= threshold
            found.update(self._groups[: self._size][close].tolist())
        return found


def unsigned(bits: int) -> np.uint64:
    """The same 64 bits without a sign."""
    return np.uint64(bits & (2**64 - 1))


def distance(first: int, second: int) -> int:
    """In how many of 64 bits two hashes differ."""
    return int(np.bitwise_count(unsigned(first) ^ unsigned(second)))
