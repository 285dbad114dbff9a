"""The images of a data set: the display form that people judged, named by its content."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import IO

from protocol.errors import Refused

FOLDER = "images"
SUFFIX = ".webp"
CHUNK = 1 << 20
REMEMBERED = 50_000
"""How many images' names are kept in memory; an older one is read again."""

OpenImage = Callable[[str], IO[bytes]]
"""Opens the display form of an image by the SHA-256 of its original."""


class MissingImageError(Refused):
    """The storage has lost an image."""


class ImageFolder:
    """Copies each image once, without its metadata, as `images/{sha256 of the copy}.webp`."""

    def __init__(self, root: Path, open_image: OpenImage) -> None:
        self.bytes = 0
        self.count = 0
        self._root, self._open = root, open_image
        self._names: OrderedDict[str, str] = OrderedDict()
        (root / FOLDER).mkdir()

    def place(self, original: str, what: str) -> str:
        """The path of an image in the data set; `what` says whose it is if it is lost."""
        if (path := self._names.get(original)) is not None:
            self._names.move_to_end(original)
            return path
        try:
            with self._open(original) as stored:
                path = self._copy(stored)
        except FileNotFoundError as error:
            raise MissingImageError(
                f"the display form of {what} is missing from the storage (image {original}); "
                "`manage.py doctor` lists what else is"
            ) from error
        self._names[original] = path
        if len(self._names) > REMEMBERED:
            self._names.popitem(last=False)
        return path

    def _copy(self, stored: IO[bytes]) -> str:
        """Copy an open image to its place; where the same content is there, leave it."""
        incoming = self._root / "incoming"
        content = hashlib.sha256()
        size = 0
        with incoming.open("wb") as file:
            while chunk := stored.read(CHUNK):
                content.update(chunk)
                size += len(chunk)
                file.write(chunk)
        path = f"{FOLDER}/{content.hexdigest()}{SUFFIX}"
        if (self._root / path).exists():
            incoming.unlink()
        else:
            incoming.rename(self._root / path)
            self.count += 1
            self.bytes += size
        return path
