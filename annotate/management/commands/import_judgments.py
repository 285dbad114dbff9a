"""`manage.py import_judgments FILE --project SLUG`."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from typing_extensions import override

from annotate.judgments.importing import ImportReport, import_judgments
from annotate.tasks.models import Project
from annotate.tasks.report import Rejects
from protocol.commands import Outcome, ProjectCommand, Refused, existing_file


class Command(ProjectCommand):
    """Brings ratings made elsewhere into a project."""

    help = (
        "Import judgments made elsewhere (JSONL, one object a line: task, annotator, ratings of "
        "system, seed?, dimension, value; submitted_at?, comment?). They are marked as imported, "
        "under one pseudonym per annotator; importing again adds nothing."
    )

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=existing_file, metavar="FILE")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--consume-slots",
            action="store_true",
            help="let each judgment take one of its task's slots, where one is left",
        )
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
        with self.bar(unit="rows") as bar, Rejects(options["rejected"], options["file"]) as out:
            report = import_judgments(
                project=project,
                path=options["file"],
                reject=out.write,
                consume=options["consume_slots"],
                on_batch=lambda done: bar.update(done.rows - bar.n),
            )
        return _outcome(report, options["rejected"])


def _outcome(report: ImportReport, rejected: Path) -> Outcome:
    """What was done; rejected rows are faults."""
    bad = report.rejected.total()
    text = (
        f"{report.rows} rows: {report.added} added, {report.unchanged} unchanged, {bad} rejected."
    )
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(report.rejected.items()))
    return Outcome(
        {**report.as_dict(), "rejected_file": str(rejected) if bad else None},
        text,
        f"{bad} rows are rejected ({reasons}); see {rejected}" if bad else "",
    )
