"""Backup and restore, on clusters of their own: what is restored exports the same bytes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from embedded import services

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Installation:
    """A cluster, its folders, and commands run on them."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str, expect: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout if expect == 0 else done.stderr


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """An empty database of its own, and folders that do not exist yet."""
    with services.use(folder, durable=False, need=("postgres",)) as urls:
        environment = {
            **urls.environment(),
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "MEDIA_ROOT": str(folder / "media"),
            "EXPORT_ROOT": str(folder / "exports"),
        }
        yield Installation(folder, environment)


def write_manifest(folder: Path) -> Path:
    folder.mkdir()
    rows = []
    for number in range(3):
        names = [f"{number}-{name}.png" for name in ("source", "a", "b")]
        for place, name in enumerate(names):
            Image.new("RGB", (64, 48), (40 * number, 60 * place, 120)).save(folder / name)
        rows.append(
            {
                "id": f"task-{number}",
                "instruction": "Make the wall blue",
                "source": names[0],
                "candidates": [
                    {"system": "first", "image": names[1]},
                    {"system": "second", "image": names[2]},
                ],
            }
        )
    manifest = folder / "manifest.jsonl"
    manifest.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return manifest


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def export(place: Installation, name: str, moment: str) -> dict[str, bytes]:
    target = place.folder / name
    place.run(
        *("export_dataset", "--project", "spring", "--format", "groups", "--format", "editreward"),
        *("--as-of", moment, "--out", str(target)),
    )
    return files(target)


@pytest.mark.slow
def test_it_works(tmp_path):
    backup = tmp_path / "backup"
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    with installation(tmp_path / "old") as old:
        old.run("migrate", "--verbosity", "0")
        old.run("create_project", "spring", "--protocol", "editreward", "--overlap", "3")
        old.run("import_tasks", str(write_manifest(tmp_path / "edits")), "--project", "spring")
        old.run("simulate", "--project", "spring", "--annotators", "3", "--seed", "5")
        moment = datetime.now(tz=UTC).isoformat()
        told = json.loads(old.run("backup", str(backup), "--json"))
        before = export(old, "dataset", moment)
        # What is there already is refused, and stays as it is.
        kept = files(backup)
        assert "exists" in old.run("backup", str(backup), expect=2)
        assert "not empty" in old.run("restore", str(backup), expect=2)
        assert files(backup) == kept
        assert old.run("doctor", "--json")
    assert told["files"] == len(kept) - 1
    assert any(name.startswith("groups/") for name in before)
    with installation(tmp_path / "new") as new:
        new.run("restore", str(backup))
        assert json.loads(new.run("doctor", "--json"))["wrong"] == 0
        assert export(new, "dataset", moment) == before


def test_a_changed_backup_is_refused(tmp_path):
    backup = tmp_path / "backup"
    backup.mkdir()
    (backup / "database.dump").write_bytes(b"not what was written")
    manifest = {"form": 1, "files": {"database.dump": "0" * 64}}
    (backup / "manifest.json").write_text(json.dumps(manifest))
    with installation(tmp_path) as place:
        told = place.run("restore", str(backup), expect=2)
        assert "database.dump is missing from the backup or was changed" in told
        assert not (tmp_path / "media").exists()


def test_a_folder_that_is_no_backup_is_refused(tmp_path):
    with installation(tmp_path) as place:
        assert "is not a backup" in place.run("restore", str(tmp_path), expect=2)
