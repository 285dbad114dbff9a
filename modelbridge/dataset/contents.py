"""Whether the files of a data set are those that its manifest lists."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modelbridge.dataset.manifest import FORMAT_VERSION, NAME
from modelbridge.dataset.options import Options, resolve
from protocol.errors import Refused

CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """A manifest that could be read."""

    options: Options
    counts: dict[str, int]
    drops: dict[str, dict[str, int]]
    files: dict[str, dict[str, Any]]


class BrokenManifestError(Exception):
    """The manifest cannot be read: nothing else can be checked by it."""


def read_manifest(root: Path) -> Manifest:
    """The manifest of a data set; the error says what is wrong with it."""
    try:
        raw = json.loads((root / NAME).read_bytes())
        if raw["format_version"] != FORMAT_VERSION:
            raise BrokenManifestError(
                f"format_version is {raw['format_version']}, this program reads {FORMAT_VERSION}"
            )
        return Manifest(
            options=resolve(**raw["options"]),
            counts=dict(raw["counts"]),
            drops={what: dict(reasons) for what, reasons in raw["drops"].items()},
            files={entry["path"]: entry for entry in raw["files"]},
        )
    except FileNotFoundError:
        raise BrokenManifestError("missing") from None
    except (ValueError, KeyError, TypeError, AttributeError, Refused) as error:
        raise BrokenManifestError(f"not a manifest ({type(error).__name__}: {error})") from error


def file_faults(root: Path, files: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Every listed file that is missing or differs, and every file that is not listed."""
    for path, entry in files.items():
        yield from (f"{path}: {fault}" for fault in _differences(root / path, entry))
    for found in sorted(root.rglob("*")):
        path = found.relative_to(root).as_posix()
        if not found.is_dir() and path not in files and path != NAME:
            yield f"{path}: is not listed in {NAME}"


def _differences(file: Path, entry: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one listed file."""
    if file.is_symlink() or not file.is_file():
        yield "missing"
        return
    size, sha256 = _measure(file)
    if size != entry.get("bytes"):
        yield f"holds {size} bytes, the manifest says {entry.get('bytes')}"
    elif sha256 != entry.get("sha256"):
        yield f"has the SHA-256 {sha256}, the manifest says {entry.get('sha256')}"
    if file.parent.name in {"images", "protocols"} and file.stem != sha256:
        yield f"is named after another content than its own, {sha256}"


def _measure(file: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    content, size = hashlib.sha256(), 0
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            content.update(chunk)
            size += len(chunk)
    return size, content.hexdigest()
