"""How the tests run exports and read them back."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from annotate.models import Project

Row = dict[str, Any]


def export(project: Project | str, out: Path, *formats: str, **options) -> Row:
    """Runs the command; the JSON it prints."""
    printed = StringIO()
    slug = project if isinstance(project, str) else project.slug
    words = [f"--project={slug}", f"--out={out}", "--json"]
    words += [f"--format={name}" for name in formats or ("groups", "editreward")]
    words += [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    call_command("export_dataset", *words, stdout=printed)
    report: Row = json.loads(printed.getvalue())
    return report


def lines_of(out: Path) -> list[Row]:
    """The lines of `groups`."""
    paths = sorted((out / "groups").iterdir())
    return [json.loads(line) for path in paths for line in path.read_text().splitlines()]


def rows_of(out: Path) -> list[Row]:
    """The rows of `editreward`."""
    paths = sorted((out / "editreward").iterdir())
    return [row for path in paths for row in json.loads(path.read_text())]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
