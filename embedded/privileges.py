"""PostgreSQL refuses to run as root: what to put before its commands, and whose its files are."""

import functools
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from embedded.errors import EmbeddedError


@functools.cache
def prefix() -> tuple[str, ...]:
    """The words before a PostgreSQL command so that it does not run as root."""
    if os.geteuid() != 0:
        return ()
    for candidate in (("unshare", "-U"), _as_nobody()):
        if candidate and shutil.which(candidate[0]) and _works(candidate):
            return candidate
    message = (
        "PostgreSQL does not run as root, and neither `unshare -U` nor `setpriv` (to the user "
        "nobody) works here. Run this as an ordinary user, or set DATABASE_URL and REDIS_URL "
        "to servers of yours."
    )
    raise EmbeddedError(message)


def _as_nobody() -> tuple[str, ...]:
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return ()
    return ("setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")


def _works(words: tuple[str, ...]) -> bool:
    return subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0


def hand_over(path: Path) -> None:
    """Give a file or folder to the user that PostgreSQL runs as."""
    if prefix()[:1] == ("setpriv",):
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def owner() -> int:
    """The user id that PostgreSQL's files must have."""
    return pwd.getpwnam("nobody").pw_uid if prefix()[:1] == ("setpriv",) else os.geteuid()
