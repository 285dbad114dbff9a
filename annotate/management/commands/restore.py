"""`manage.py restore DIR`: a backup into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotate.operating.backup import restore_backup
from protocol.commands import Outcome, ProjectCommand


class Command(ProjectCommand):
    """Restores a backup folder; refuses where anything is already."""

    help = "Restore a backup into an empty database and empty folders."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="DIR", type=Path, help="a folder that backup wrote")

    def perform(self, **options: Any) -> Outcome:
        source: Path = options["source"].resolve()
        with self.bar(unit="files") as bar:
            manifest = restore_backup(source=source, progress=bar.update)
        count = len(manifest["files"])
        return Outcome(
            {"source": str(source), "files": count, "made_at": manifest["made_at"]},
            f"Restored {count} files from {source}. Run `manage.py migrate`, then `doctor`.",
        )
