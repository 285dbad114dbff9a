"""Where image files lie: keys by content, through the storage that the settings name."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

FULL = 0
"""The display level of the whole image."""

LEVELS = (512, 1024, 2048)
"""The smaller display levels by their longest side; one exists where the image is larger."""

DISPLAY_FORMAT = "WEBP"
"""Lossless for every image. On photographs it took 1.07 bytes a pixel at 24 megapixels a second;
PNG took 1.26 at 4, or 1.41 at 15."""

DISPLAY_TYPE = "image/webp"
"""The media type of every display level, whatever the original was."""


def _sharded(folder: str, sha256: str) -> str:
    return f"{folder}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def original_path(sha256: str) -> str:
    """The key of the file as it was imported."""
    return _sharded("originals", sha256)


def level_path(sha256: str, level: int) -> str:
    """The key of a display level; 0 is the full size, else the longest side."""
    return _sharded(f"levels/{level}", sha256)


def best_level(levels: list[int], wanted: int) -> int:
    """The smallest existing level that is at least as large as the wanted one; else the full."""
    if wanted == FULL:
        return FULL
    return min((level for level in levels if level >= wanted), default=FULL)


def exists(key: str) -> bool:
    """Whether something is stored under the key."""
    return default_storage.exists(key)


def open_stored(key: str) -> IO[bytes]:
    """The stored file, open for reading; FileNotFoundError where there is none."""
    return default_storage.open(key, "rb")


def size(key: str) -> int:
    """The stored file's size in bytes."""
    return int(default_storage.size(key))


def put(key: str, content: bytes) -> None:
    """Store the content under its key, whole or not at all."""
    with scratch() as folder:
        path = folder / "content"
        path.write_bytes(content)
        take_in(key, path)


def take_in(key: str, path: Path) -> None:
    """Move a finished file of a scratch folder under its key, whole or not at all."""
    take_all_in({key: path})


def take_all_in(files: Mapping[str, Path]) -> None:
    """Move finished files of a scratch folder under their keys; on the disk when it returns.

    All are flushed before the first is renamed: then one flush pays for most of the others.
    """
    if not isinstance(default_storage, FileSystemStorage):
        for key, path in files.items():
            with path.open("rb") as file:
                default_storage.save(key, File(file))
            path.unlink()
        return
    for path in files.values():
        _flush(path)
    folders = set()
    for key, path in files.items():
        target = Path(default_storage.path(key))
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        folders.add(target.parent)
    for folder in folders:
        _flush(folder)


def _flush(path: Path) -> None:
    """Put a file's content, or a folder's names, on the disk."""
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


@contextmanager
def scratch() -> Iterator[Path]:
    """A private folder from which files can be taken in; it goes with everything left in it."""
    base = _scratch_base()
    with _locked(base):
        _sweep(base)
        folder = Path(tempfile.mkdtemp(dir=base))
        held = os.open(folder, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        os.close(held)


def _scratch_base() -> Path:
    """Inside the folder storage, so that taking in is a rename."""
    folder = isinstance(default_storage, FileSystemStorage)
    base = Path(default_storage.path("scratch")) if folder else settings.BASE_DIR / "var/scratch"
    base.mkdir(parents=True, exist_ok=True)
    return base


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _sweep(base: Path) -> None:
    """Remove the folders of imports that were killed: nobody holds their lock."""
    for folder in base.iterdir():
        with suppress(FileNotFoundError):
            held = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
            except BlockingIOError:
                continue
            finally:
                os.close(held)
