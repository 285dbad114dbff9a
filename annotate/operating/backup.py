"""A backup: the database, the images and the written exports, whole or not at all."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from annotate.operating.postgres_tools import dump_database, load_database
from protocol.errors import Refused

FORM = 1
Progress = Callable[[int], object]


def _folders() -> dict[str, Path]:
    """The folders that a backup carries, by their name in it; images in S3 stay there."""
    folders = {"exports": Path(settings.EXPORT_ROOT)}
    if isinstance(default_storage, FileSystemStorage):
        folders["media"] = Path(default_storage.location)
    return folders


def _files(folder: Path) -> Iterator[Path]:
    """Every whole file below the folder, in order; unfinished work is left out."""
    for path in sorted(folder.rglob("*")):
        partial = any(".partial" in part for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not partial:
            yield path


def _copy(source: Path, target: Path) -> str:
    """Copy one file to disk for good; the SHA-256 of what was written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("xb") as writing:
        while chunk := reading.read(1 << 20):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_backup(*, target: Path, progress: Progress) -> dict[str, Any]:
    """Write a backup folder and return its manifest.

    The database is dumped first: files are content-addressed and never deleted, so every file
    that the snapshot names is still there when the files are copied.

    Raises:
        Refused: the target exists, or the disk or PostgreSQL refused.
    """
    if target.exists():
        raise Refused(f"{target} exists; accepted is a path where nothing is yet.")
    building = target.with_name(f"{target.name}.partial-{os.getpid()}")
    try:
        building.mkdir(parents=True, mode=0o700)
        manifest = _fill(building, progress)
        building.rename(target)
    except OSError as error:
        raise Refused(f"The backup was not written: {error}") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return manifest


def _fill(building: Path, progress: Progress) -> dict[str, Any]:
    dump = building / "database.dump"
    dump_database(dump)
    files = {"database.dump": _digest(dump)}
    progress(1)
    for name, folder in _folders().items():
        for path in _files(folder):
            inside = f"{name}/{path.relative_to(folder).as_posix()}"
            files[inside] = _copy(path, building / inside)
            progress(1)
    applied = sorted(map(list, MigrationRecorder(connection).applied_migrations()))
    manifest = {
        "form": FORM,
        "made_at": datetime.now(tz=UTC).isoformat(),
        "server_version": connection.cursor().connection.info.server_version,
        "migrations": applied,
        "files": files,
    }
    text = json.dumps(manifest, indent=1, sort_keys=True)
    (building / "manifest.json").write_text(text, encoding="utf-8")
    return manifest


def read_manifest(source: Path) -> dict[str, Any]:
    """The backup's manifest, after every file was found to be what it says.

    Raises:
        Refused: not a backup, or a file is missing or changed.
    """
    try:
        manifest: dict[str, Any] = json.loads((source / "manifest.json").read_bytes())
    except (OSError, ValueError) as error:
        raise Refused(f"{source} is not a backup: {error}") from error
    if manifest.get("form") != FORM:
        raise Refused(f"{source} is of form {manifest.get('form')}; accepted is {FORM}.")
    for inside, digest in manifest["files"].items():
        path = source / inside
        if not path.is_file() or _digest(path) != digest:
            raise Refused(f"{inside} is missing from the backup or was changed; nothing restored.")
    return manifest


def _check_empty() -> None:
    """Refuse a database that holds anything and folders that hold files."""
    if tables := connection.introspection.table_names():
        raise Refused(
            f"The database is not empty (it holds {len(tables)} tables); accepted is an empty one."
        )
    for folder in _folders().values():
        if folder.exists() and next(_files(folder), None):
            raise Refused(f"{folder} is not empty; accepted is an empty or absent folder.")


def restore_backup(*, source: Path, progress: Progress) -> dict[str, Any]:
    """Restore a backup into an empty database and empty folders; its manifest.

    Raises:
        Refused: the backup is damaged, or something is there already; nothing was changed then.
    """
    manifest = read_manifest(source)
    _check_empty()
    folders = _folders()
    try:
        for inside in manifest["files"]:
            name, _, rest = inside.partition("/")
            if rest and name in folders:
                _copy(source / inside, folders[name] / rest)
            progress(1)
        connection.close()
        load_database(source / "database.dump")
    except (OSError, Refused) as error:
        for folder in folders.values():
            shutil.rmtree(folder, ignore_errors=True)
        raise Refused(f"Nothing was restored: {error}") from error
    return manifest
