"""Whether the files of a data set are those that its manifest lists."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modelbridge.dataset.manifest import FORMAT_VERSION, NAME, SUMS
from modelbridge.dataset.options import Options, resolve
from protocol.errors import Refused

CHUNK = 1 << 20
LINE = re.compile(r"[0-9a-f]{64}  \S.*")


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


@dataclass(frozen=True)
class Sums:
    """What SHA256SUMS says of each file; `faults` are its own."""

    by_path: dict[str, str]
    faults: list[str]
    is_known: bool
    """Whether it is the one that the digest asked for names."""


def read_sums(root: Path, digest: str | None) -> Sums:
    """SHA256SUMS of a data set, and what is wrong with it."""
    path = root / SUMS
    if path.is_symlink() or not path.is_file():
        return Sums({}, [f"{SUMS}: missing"], is_known=False)
    found = _measure(path)[1]
    faults = []
    if digest is not None and found != digest:
        faults.append(f"{SUMS}: has the SHA-256 {found}, the digest asked for is {digest}")
    text = path.read_text(encoding="utf-8", errors="replace")
    by_path = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if LINE.fullmatch(line):
            by_path[line[66:]] = line[:64]
        else:
            faults.append(f"{SUMS}:{number}: is no line of a SHA-256 and a path")
    if text != "".join(f"{by_path[path]}  {path}\n" for path in sorted(by_path)) and not faults:
        faults.append(f"{SUMS}: its lines are in another order, there twice, or not ended")
    return Sums(by_path, faults, is_known=found == digest)


def file_faults(root: Path, files: dict[str, dict[str, Any]], sums: Sums) -> Iterator[str]:
    """Every file that is missing, added or changed.

    The manifest and SHA256SUMS both hold each file's SHA-256: a fault stands in the one of the
    three that differs from the two others.
    """
    for path, entry in files.items():
        yield from _differences(root, path, entry, sums.by_path.get(path))
    for found in sorted(root.rglob("*")):
        path = found.relative_to(root).as_posix()
        if not found.is_dir() and path not in files and path not in {NAME, SUMS}:
            yield f"{path}: is not listed in {NAME}"
    for path in sorted(sums.by_path.keys() - files.keys() - {NAME}):
        yield f"{SUMS}: names {path}, which is not listed in {NAME}"


def manifest_faults(root: Path, sums: Sums) -> Iterator[str]:
    """Whether the manifest is the one that SHA256SUMS names."""
    said = sums.by_path.get(NAME)
    found = _measure(root / NAME)[1]
    if said is None and not sums.faults:
        yield f"{SUMS}: says nothing of {NAME}"
    elif said not in {None, found}:
        other = "" if sums.is_known else "; one of the two was changed"
        yield f"{NAME}: has the SHA-256 {found}, {SUMS} says {said}{other}"


def _differences(root: Path, path: str, entry: dict[str, Any], said: str | None) -> Iterator[str]:
    """What is wrong with one listed file, or with what is said of it."""
    file, listed = root / path, entry.get("sha256")
    if file.is_symlink() or not file.is_file():
        yield f"{path}: missing"
        return
    size, sha256 = _measure(file)
    yield from _told_apart(path, (size, sha256), (entry.get("bytes"), listed), said)
    if file.parent.name in {"images", "protocols"} and file.stem != sha256:
        yield f"{path}: is named after another content than its own, {sha256}"


def _told_apart(
    path: str, real: tuple[int, str], listed: tuple[Any, Any], said: str | None
) -> Iterator[str]:
    """Which of a file, the manifest and SHA256SUMS differs from the two others."""
    if real[1] != listed[1] and said == real[1]:
        yield f"{NAME}: says that {path} has the SHA-256 {listed[1]}, it has {real[1]}"
    elif real[1] != listed[1] and real[0] != listed[0]:
        yield f"{path}: holds {real[0]} bytes, the manifest says {listed[0]}"
    elif real[1] != listed[1]:
        yield f"{path}: has the SHA-256 {real[1]}, the manifest says {listed[1]}"
    elif real[0] != listed[0]:
        yield f"{NAME}: says that {path} holds {listed[0]} bytes, it holds {real[0]}"
    elif said is None:
        yield f"{SUMS}: says nothing of {path}"
    elif said != real[1]:
        yield f"{SUMS}: says that {path} has the SHA-256 {said}, it has {real[1]}"


def _measure(file: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    content, size = hashlib.sha256(), 0
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            content.update(chunk)
            size += len(chunk)
    return size, content.hexdigest()
