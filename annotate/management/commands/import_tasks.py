"""`manage.py import_tasks MANIFEST --project SLUG`."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from typing_extensions import override

from annotate.tasks.importing import import_manifest
from annotate.tasks.models import Project
from annotate.tasks.report import Report
from protocol.commands import Outcome, ProjectCommand, Refused, existing_file


class Command(ProjectCommand):
    """Brings tasks and their images into a project."""

    help = (
        "Import a task manifest (.jsonl, .csv, .parquet; docs/import.md). Good rows are imported "
        "whatever the others are; importing again adds nothing."
    )

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("manifest", type=existing_file, metavar="MANIFEST")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="check all, store nothing")
        parser.add_argument(
            "--rejected",
            type=Path,
            default=Path("rejected.jsonl"),
            metavar="FILE",
            help="where the rows go that are not accepted, with reasons (rejected.jsonl)",
        )

    @override
    def perform(self, **options: Any) -> Outcome:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise Refused(f"There is no project {options['project']}; create_project makes one.")
        with self.bar(unit="rows") as bar:
            report = import_manifest(
                project=project,
                path=options["manifest"],
                rejected=options["rejected"],
                dry_run=options["dry_run"],
                on_batch=lambda done: bar.update(done.rows - bar.n),
            )
        return _outcome(report, options["rejected"], dry_run=options["dry_run"])


def _outcome(report: Report, rejected: Path, *, dry_run: bool) -> Outcome:
    """What was done; rejected rows are faults."""
    bad = report.rejected.total()
    verb = "would be added" if dry_run else "added"
    text = (
        f"{report.rows} rows: {report.added} {verb}, {report.unchanged} unchanged, {bad} rejected."
    )
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(report.rejected.items()))
    return Outcome(
        {
            **report.as_dict(),
            "dry_run": dry_run,
            "rejected_file": str(rejected) if bad else None,
        },
        text,
        f"{bad} rows are rejected ({reasons}); see {rejected}" if bad else "",
    )
