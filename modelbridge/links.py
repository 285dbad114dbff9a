"""Short links to the files of an export: signed, bound to their user, minutes long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tarfile import BLOCKSIZE, NUL, RECORDSIZE, USTAR_FORMAT, TarInfo
from typing import Any
from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from annotate.errors import MissingError
from annotate.people.models import User
from modelbridge.dataset.manifest import SUMS
from modelbridge.exports import export_folder
from modelbridge.models import Export

SALT = "modelbridge.export"
LIFETIME = timedelta(minutes=15)
ARCHIVE = "export.tar"
"""The name of the whole export as one file."""
CHUNK = 1 << 20


@dataclass(frozen=True)
class Link:
    """What a link says once its signature and age are checked."""

    export: UUID
    name: str


def links_of(export: Export, user: User) -> list[dict[str, Any]]:
    """A link to the whole as one archive, and one to each file but the images."""
    expires = timezone.now() + LIFETIME
    files = (export.manifest or {}).get("files", [])
    names = [ARCHIVE, SUMS, "manifest.json", *(entry["path"] for entry in files)]
    return [
        {
            "name": name,
            "url": reverse("export-download", args=[_sign(export, name, user)]),
            "expires_at": expires,
        }
        for name in names
    ]


def _sign(export: Export, name: str, user: User) -> str:
    said = {"export": str(export.pk), "name": name, "user": user.pk}
    return signing.dumps(said, salt=SALT, compress=False)


def read_link(token: str, user: User) -> Link:
    """What a link of this user points at; 404 for any other, expired or forged one."""
    try:
        said = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        raise MissingError("This link has expired or is not valid.") from None
    if said["user"] != user.pk:
        raise MissingError("This link has expired or is not valid.")
    return Link(UUID(said["export"]), said["name"])


def file_of(link: Link) -> Path:
    """The file that a link points at; 404 where it has gone."""
    root = export_folder(link.export)
    path = root / link.name
    if not path.resolve().is_relative_to(root.resolve()) or not path.is_file():
        raise MissingError("The files of this export are no longer there.")
    return path


def read_file(path: Path) -> Iterator[bytes]:
    """The content of a file, piece by piece."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def archive_size(root: Path) -> int:
    """How many bytes the archive of a folder has."""
    padded = sum(-(-path.stat().st_size // BLOCKSIZE) * BLOCKSIZE for path in _files(root))
    size = padded + len(_files(root)) * BLOCKSIZE + 2 * BLOCKSIZE
    return -(-size // RECORDSIZE) * RECORDSIZE


def archive(root: Path) -> Iterator[bytes]:
    """The folder as a tar, piece by piece; no times, owners or paths of this machine in it."""
    sent = 0
    for path in _files(root):
        info = TarInfo(f"{ARCHIVE.removesuffix('.tar')}/{path.relative_to(root).as_posix()}")
        info.size = path.stat().st_size
        yield info.tobuf(USTAR_FORMAT)
        yield from read_file(path)
        padding = -info.size % BLOCKSIZE
        yield NUL * padding
        sent += BLOCKSIZE + info.size + padding
    yield NUL * (archive_size(root) - sent)


def _files(root: Path) -> list[Path]:
    """Every file below a folder, in order."""
    return sorted(path for path in root.rglob("*") if path.is_file())
