"""`manifest.json`: what a data set holds, what was left out and why, and every file's content."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from modelbridge.dataset.facts import Source
from modelbridge.dataset.images import FOLDER, SUFFIX
from modelbridge.dataset.options import Options
from modelbridge.dataset.shards import HashedFile, Written

NAME = "manifest.json"
SUMS = "SHA256SUMS"
FORMAT_VERSION = 2
"""Raised whenever the same judgments and options would give other bytes."""


def moment(value: datetime) -> str:
    """A time as the files hold it: UTC with microseconds."""
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def build(
    source: Source,
    options: Options,
    counts: dict[str, int],
    drops: dict[str, dict[str, int]],
    protocols: list[dict[str, Any]],
    splits: dict[str, dict[str, int]],
) -> dict[str, Any]:
    """The manifest without its list of files."""
    return {
        "format_version": FORMAT_VERSION,
        "project": source.project,
        "as_of": moment(source.as_of),
        "options": options.as_json(),
        "splits": splits,
        "protocols": protocols,
        "counts": counts,
        "drops": drops,
    }


def image_files(root: Path) -> Iterator[Written]:
    """The images of the folder in order; their names are their contents."""
    for name in sorted(entry.name for entry in (root / FOLDER).iterdir()):
        size = (root / FOLDER / name).stat().st_size
        yield Written(f"{FOLDER}/{name}", size, name.removesuffix(SUFFIX))


def write_sums(root: Path, files: Iterable[Written], manifest_sha256: str) -> str:
    """Write what `sha256sum -c` checks, by path; its own SHA-256, the data set's digest."""
    lines = {entry.path: entry.sha256 for entry in chain(files, image_files(root))}
    lines[NAME] = manifest_sha256
    file = HashedFile(root / SUMS)
    for path in sorted(lines):
        file.write(f"{lines[path]}  {path}\n".encode())
    return file.close()


def write(root: Path, manifest: dict[str, Any], files: Iterable[Written]) -> str:
    """Write the manifest with its files, one a line; the SHA-256 of what was written."""
    file = HashedFile(root / NAME)
    head = json.dumps(manifest, indent=1, ensure_ascii=False, allow_nan=False)
    file.write(head.removesuffix("\n}").encode() + b',\n "files": [\n')
    between = b"  "
    for entry in chain(files, image_files(root)):
        file.write(between + json.dumps(entry.as_json(), ensure_ascii=False).encode())
        between = b",\n  "
    file.write(b"\n ]\n}\n")
    return file.close()
