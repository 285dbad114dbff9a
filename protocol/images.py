"""The image files of an edition's examples, checked before anything is stored."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from protocol.rules import Fault, Place

FOLDER = "images"
LARGEST_FILE = 128 * 1024
LONGEST_SIDE = 512
FORMATS = {"WEBP": "image/webp", "JPEG": "image/jpeg", "PNG": "image/png"}
"""The media type of each format that is accepted."""


@dataclass(frozen=True, slots=True)
class ImageFile:
    """One image file whose content is what the edition says."""

    sha256: str
    media_type: str
    content: bytes


def read_images(
    named: Sequence[Mapping[str, str]], folder: Path | None
) -> tuple[tuple[ImageFile, ...], list[Fault]]:
    """Return the files that an edition names and the faults of those that cannot be taken."""
    files: list[ImageFile] = []
    faults: list[Fault] = []
    for position, entry in enumerate(named):
        found = _read(entry, folder, ("images", position))
        (files if isinstance(found, ImageFile) else faults).append(found)  # type: ignore[arg-type]
    return tuple(files), faults


def _read(entry: Mapping[str, str], folder: Path | None, place: Place) -> ImageFile | Fault:
    path = folder and folder / FOLDER / entry["file"]
    if path is None or not path.is_file():
        return Fault((*place, "file"), "no such file", f"a file in {FOLDER}/ beside the edition")
    if (size := path.stat().st_size) > LARGEST_FILE:
        return Fault((*place, "file"), f"{size} bytes", f"at most {LARGEST_FILE}")
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != entry["sha256"]:
        return Fault(
            (*place, "sha256"), repr(entry["sha256"]), f"the SHA-256 of the file, {digest}"
        )
    media_type = _media_type(content)
    if media_type is None:
        accepted = f"an image in WebP, JPEG or PNG of at most {LONGEST_SIDE} pixels a side"
        return Fault((*place, "file"), "another content", accepted)
    return ImageFile(digest, media_type, content)


def _media_type(content: bytes) -> str | None:
    """Return the media type of a small image, read to its end; None for anything else."""
    try:
        with Image.open(BytesIO(content), formats=tuple(FORMATS)) as image:
            if max(image.size) > LONGEST_SIDE:
                return None
            image.load()
            return FORMATS[image.format or ""]
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None
