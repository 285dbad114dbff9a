"""The folder of a manifest: opens regular files inside it and nothing else."""

import errno
import os
import stat
from pathlib import Path, PurePosixPath
from typing import IO, Self

from annotate.tasks.faults import RowFault

STEP = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC
LAST = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
"""Not to wait for the other end of a FIFO."""


class LinkMetError(Exception):
    """A component of the path is a link."""


class Folder:
    """A folder held open; paths are walked from it one component at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.root = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.root)

    def open(self, name: str) -> IO[bytes]:
        """The file of that relative path, open for reading; a RowFault where it may not be."""
        parts = _parts(name)
        try:
            return self._walk(parts)
        except LinkMetError:
            return self._follow(parts, name)

    def _follow(self, parts: tuple[str, ...], name: str) -> IO[bytes]:
        """What a link inside the folder leads to, walked without links from the folder again."""
        try:
            target = Path(os.path.realpath(self.path.joinpath(*parts)))
        except OSError as error:
            raise RowFault("missing", f"{name} was changed while it was read") from error
        if not target.is_relative_to(self.path):
            raise RowFault("link_outside", f"{name} leads out of the manifest's folder")
        try:
            return self._walk(target.relative_to(self.path).parts)
        except LinkMetError:
            raise RowFault("link_outside", f"{name} was changed while it was read") from None

    def _walk(self, parts: tuple[str, ...]) -> IO[bytes]:
        held = os.dup(self.root)
        try:
            for part in parts[:-1]:
                deeper = _enter(part, STEP, held)
                os.close(held)
                held = deeper
            return _regular(_enter(parts[-1] if parts else ".", LAST, held))
        finally:
            os.close(held)


def _parts(name: str) -> tuple[str, ...]:
    """The components of a path that stays inside by its text alone."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise RowFault("path_outside", f"{name} is not a path inside the manifest's folder")
    return path.parts


def _enter(part: str, flags: int, folder: int) -> int:
    try:
        return os.open(part, flags, dir_fd=folder)
    except OSError as error:
        if error.errno == errno.ELOOP or (error.errno == errno.ENOTDIR and _is_link(part, folder)):
            raise LinkMetError from error
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
            raise RowFault("missing", f"there is no file {part}") from error
        if error.errno in (errno.ENXIO, errno.ENODEV):
            raise RowFault("not_a_regular_file", f"{part} is not a regular file") from error
        if error.errno in (errno.EACCES, errno.EPERM):
            raise RowFault("unreadable", f"{part} may not be read") from error
        raise


def _is_link(part: str, folder: int) -> bool:
    """Linux answers "not a directory" for a link where a folder must stand."""
    try:
        return stat.S_ISLNK(os.stat(part, dir_fd=folder, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return False


def _regular(file: int) -> IO[bytes]:
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise RowFault("not_a_regular_file", "not a regular file")
    return os.fdopen(file, "rb")
