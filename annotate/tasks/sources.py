"""Where a manifest's images are: in its folder, or elsewhere if the setting allows that."""

import re
from contextlib import AbstractContextManager
from typing import IO

from annotate.tasks.faults import RowFault
from annotate.tasks.folder import Folder
from annotate.tasks.remote import Remote

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
REMOTE = ("http", "https", "s3")


class Sources:
    """Opens what a manifest names."""

    def __init__(self, *, folder: Folder, remote: Remote | None) -> None:
        self.folder = folder
        self.remote = remote

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """The file, open for reading; a RowFault where it may not be."""
        if not ADDRESS.match(name):
            return self.folder.open(name)
        scheme = name.partition("://")[0].lower()
        if scheme not in REMOTE:
            raise RowFault("bad_scheme", f"{scheme}: accepted are {', '.join(REMOTE)}")
        if self.remote is None:
            raise RowFault("remote_not_allowed", "the setting IMPORT_REMOTE is off")
        return self.remote.open(name)
