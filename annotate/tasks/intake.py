"""Takes a manifest's image files in: copies, hashes, checks them, and stores what is accepted."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, TypeVar

from annotate.tasks import storage
from annotate.tasks.decoding import DecodingPool, Facts
from annotate.tasks.faults import RowFault
from annotate.tasks.imaging import MAX_BYTES
from annotate.tasks.models import Image

CHUNK = 1 << 20
T = TypeVar("T")


class Opener(Protocol):
    """Where files come from: a folder, or the network where a setting allows it."""

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """The file of that name, open for reading; a RowFault where it may not be."""


@dataclass(frozen=True)
class Copy:
    """A private copy of a file, not yet stored."""

    sha256: str
    size: int
    path: Path


class Intake:
    """The images of one batch of rows, by the SHA-256 of their bytes."""

    def __init__(self, *, opener: Opener, pool: DecodingPool, scratch: Path) -> None:
        self.opener = opener
        self.pool = pool
        self.scratch = scratch
        self.copies: dict[str, Copy] = {}

    def take(self, name: str) -> str:
        """Copy one file; returns its SHA-256."""
        with self.opener.open(name) as file:
            copy = _copy(file, self.scratch / "incoming")
        if copy.sha256 not in self.copies:
            kept = copy.path.rename(self.scratch / f"{copy.sha256}.original")
            self.copies[copy.sha256] = Copy(copy.sha256, copy.size, kept)
        return copy.sha256

    def bytes(self) -> int:
        """How much the copies take."""
        return sum(copy.size for copy in self.copies.values())

    def check(self, hashes: Iterable[str]) -> dict[str, Facts | RowFault]:
        """What each copy is, or why it is not accepted."""
        asked = {sha256: self.pool.check(self.copies[sha256].path) for sha256 in hashes}
        outcomes: dict[str, Facts | RowFault] = {}
        for sha256, future in asked.items():
            outcome = _outcome(future)
            outcomes[sha256] = outcome
        return outcomes

    def make_levels(self, hashes: Iterable[str]) -> dict[str, list[int] | RowFault]:
        """Make and store the display levels of each copy; returns which there are."""
        asked = {sha256: self._ask_levels(sha256) for sha256 in hashes}
        outcomes: dict[str, list[int] | RowFault] = {}
        files: dict[str, Path] = {}
        for sha256, future in asked.items():
            made = _outcome(future)
            outcomes[sha256] = made
            for level in made if isinstance(made, list) else ():
                files[storage.level_path(sha256, level)] = self._level(sha256, level)
        storage.take_all_in(files)
        return outcomes

    def _ask_levels(self, sha256: str) -> "Future[list[int]]":
        out = self._level(sha256, storage.FULL).parent
        out.mkdir()
        return self.pool.make_levels(self.copies[sha256].path, out=out, levels=storage.LEVELS)

    def _level(self, sha256: str, level: int) -> Path:
        return self.scratch / f"{sha256}.levels" / str(level)

    def store(self, facts: Mapping[str, Facts], levels: Mapping[str, list[int]]) -> list[Image]:
        """Store the originals of these; returns their rows, not yet inserted."""
        copies = {sha256: self.copies[sha256] for sha256 in sorted(facts)}
        storage.take_all_in(
            {storage.original_path(sha256): copy.path for sha256, copy in copies.items()}
        )
        return [_row(copy, facts[sha256], levels[sha256]) for sha256, copy in copies.items()]

    def drop(self) -> None:
        """Forget what was copied and not stored."""
        for copy in self.copies.values():
            copy.path.unlink(missing_ok=True)
            shutil.rmtree(self._level(copy.sha256, storage.FULL).parent, ignore_errors=True)
        self.copies.clear()


def _outcome(future: "Future[T]") -> T | RowFault:
    try:
        return future.result()
    except RowFault as fault:
        return fault


def _copy(file: IO[bytes], target: Path) -> Copy:
    """Copy and hash as it is read, so that what is checked is what is stored."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as copy:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > MAX_BYTES:
                raise RowFault("too_large", f"over {MAX_BYTES} bytes")
            digest.update(chunk)
            copy.write(chunk)
    return Copy(digest.hexdigest(), size, target)


def _row(copy: Copy, facts: Facts, levels: list[int]) -> Image:
    return Image(
        sha256=copy.sha256,
        pixel_sha256=facts.pixel_sha256,
        perceptual_hash=facts.perceptual_hash,
        format=facts.format,
        width=facts.width,
        height=facts.height,
        size=copy.size,
        levels=levels,
    )
