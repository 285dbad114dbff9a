"""What was done already: digests of the files that a step depends on."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from embedded import processes


def digest(files: Iterable[Path], *words: str) -> str:
    """SHA-256 over names and contents."""
    total = hashlib.sha256(repr(words).encode())
    for path in sorted(files):
        total.update(f"{path.parent.name}/{path.name}".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Stamps:
    """The last digest of each step, kept in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def holds(self, name: str, value: str) -> bool:
        """Whether the step was done for exactly these files."""
        return bool(processes.read_json(self._path).get(name) == value)

    def set(self, name: str, value: str) -> None:
        """Note that the step is done."""
        processes.write_json(self._path, processes.read_json(self._path) | {name: value})
