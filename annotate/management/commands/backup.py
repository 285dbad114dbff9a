"""`manage.py backup DIR`: the database, the images and the exports in one folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotate.operating.backup import write_backup
from protocol.commands import Outcome, ProjectCommand


class Command(ProjectCommand):
    """Writes a backup folder, whole or not at all."""

    help = "Write the database, the images and the exports into a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", metavar="DIR", type=Path, help="where nothing is yet")

    def perform(self, **options: Any) -> Outcome:
        target: Path = options["target"].resolve()
        with self.bar(unit="files") as bar:
            manifest = write_backup(target=target, progress=bar.update)
        count = len(manifest["files"])
        return Outcome(
            {"target": str(target), "files": count, "made_at": manifest["made_at"]},
            f"{count} files in {target}.",
        )
