"""The folder of a data set: written beside its target, there whole or not at all."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from protocol.errors import Refused

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def check_target(target: Path) -> None:
    """Refuse a target that holds something, or whose place cannot be written to."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise Refused(f"{target} exists and is no folder; name one that does not exist")
    if target.is_dir() and any(target.iterdir()):
        raise Refused(f"{target} is not empty; name a folder that does not exist")


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A folder beside the target to write in; it becomes the target, or goes if anything fails."""
    check_target(target)
    partial = target.with_name(f"{target.name}.partial-{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.mkdir()
    except OSError as error:
        raise Refused(f"{target} cannot be written: {error.strerror}") from error
    try:
        yield partial
        _sync(partial)
        check_target(target)
        partial.rename(target)
        _sync(target.parent)
    except OSError as error:
        if error.errno in FULL:
            raise Refused(
                f"there is no room for {target} ({error.strerror}); nothing of it was left"
            ) from error
        raise
    finally:
        if partial.exists():
            shutil.rmtree(partial)


def _sync(folder: Path) -> None:
    """Make the folder's entries durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
