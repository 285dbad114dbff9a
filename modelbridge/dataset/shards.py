"""Numbered files of rows, hashed as they are written."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file of the data set: its path in it, size and content."""

    path: str
    bytes: int
    sha256: str

    def as_json(self) -> dict[str, Any]:
        """The file as the manifest lists it."""
        return {"path": self.path, "bytes": self.bytes, "sha256": self.sha256}


class HashedFile:
    """A new file whose content is hashed on its way; closing makes it durable."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("xb", buffering=BUFFER)
        self._hash = hashlib.sha256()
        self.bytes = 0

    def write(self, content: bytes) -> None:
        """Append."""
        self._file.write(content)
        self._hash.update(content)
        self.bytes += len(content)

    def close(self) -> str:
        """Close the file, on disk; its SHA-256."""
        with self._file as file:
            file.flush()
            os.fsync(file.fileno())
        return self._hash.hexdigest()

    def abandon(self) -> None:
        """Close the file as it is: it is about to be removed."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the rows of a shard, and how many it holds."""

    suffix: str
    start: bytes
    between: bytes
    after: bytes
    end: bytes
    rows: int


LINES = Frame("jsonl", start=b"", between=b"", after=b"\n", end=b"", rows=10_000)
LIST = Frame("json", start=b"[\n", between=b",\n", after=b"", end=b"\n]\n", rows=50_000)


class ShardWriter:
    """Writes rows to `{name}/{split}-00000-of-NNNNN.*`; the total is known at the end."""

    def __init__(self, root: Path, name: str, split: str, frame: Frame) -> None:
        self.rows = 0
        self._split = split
        self._root, self._name, self._frame = root, name, frame
        self._file: HashedFile | None = None
        self._in_shard = 0
        self._done: list[tuple[Path, int, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.abandon()

    def write(self, row: str) -> None:
        """Append a row of JSON, in a new shard where the last is full."""
        if self._in_shard == self._frame.rows:
            self._close()
        file = self._open()
        between = self._frame.between if self._in_shard else b""
        file.write(between + row.encode() + self._frame.after)
        self._in_shard += 1
        self.rows += 1

    def finish(self) -> list[Written]:
        """Close the last shard, give every shard its name and return them; one at least."""
        if self._file is not None or not self._done:
            self._open()
            self._close()
        total = len(self._done)
        written = []
        for number, (part, size, sha256) in enumerate(self._done):
            path = f"{self._name}/{self._split}-{number:05d}-of-{total:05d}.{self._frame.suffix}"
            part.rename(self._root / path)
            written.append(Written(path, size, sha256))
        return written

    def _open(self) -> HashedFile:
        """The open shard, a new one where none is open."""
        if self._file is None:
            path = self._root / self._name / f"{self._split}-{len(self._done):05d}.part"
            self._file = HashedFile(path)
            self._file.write(self._frame.start)
        return self._file

    def _close(self) -> None:
        """End the open shard."""
        file = self._open()
        file.write(self._frame.end)
        sha256 = file.close()
        self._done.append((file.path, file.bytes, sha256))
        self._file, self._in_shard = None, 0
