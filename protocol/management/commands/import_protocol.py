"""`manage.py import_protocol FILE.toml [--publish]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from typing_extensions import override

from protocol.commands import Outcome, ProjectCommand, existing_file
from protocol.services import import_edition


class Command(ProjectCommand):
    """Brings a protocol edition into the database."""

    help = "Import a protocol edition (TOML). Importing the same text again changes nothing."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.toml", type=existing_file)
        parser.add_argument("--publish", action="store_true", help="publish the version")

    @override
    def perform(self, **options: Any) -> Outcome:
        path: Path = options["file"]
        version = import_edition(
            text=path.read_bytes(), folder=path.parent, publish=options["publish"]
        )
        report = {
            "key": version.protocol.key,
            "number": version.number,
            "state": version.state,
            "digest": version.digest,
        }
        return Outcome(report, f"{version} is {version.state}, digest {version.digest}")
