"""`manage.py simulate --project SLUG --annotators N --seed S [--truth FILE.jsonl]`."""

from typing import Any

from django.core.management.base import CommandParser
from typing_extensions import override

from annotate.simulation.services import Report, simulate
from annotate.tasks.models import Project
from protocol.commands import Outcome, ProjectCommand, Refused, existing_file


class Command(ProjectCommand):
    """Lets planted annotators judge a project."""

    help = (
        "Let planted annotators of known severity, noise and position bias judge all that can be "
        "claimed, through the services that people's work goes through (docs/engineer.md). Their "
        "accounts, judgments and the project are marked as simulated. The same seed goes on with "
        "the same annotators."
    )

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--annotators", required=True, type=int, metavar="N")
        parser.add_argument("--seed", required=True, type=int, metavar="S")
        parser.add_argument(
            "--truth",
            type=existing_file,
            metavar="FILE.jsonl",
            help='planted values, a line each: {"task", "system", "dimension", "value", '
            '"noise"?, "seed"?}; drawn from the seed where no line says',
        )
        parser.add_argument(
            "--leave-open",
            type=int,
            default=0,
            metavar="TASKS",
            help="stop while so many tasks can still be claimed (0)",
        )

    @override
    def perform(self, **options: Any) -> Outcome:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise Refused(f"There is no project {options['project']}; create_project makes one.")
        with self.bar(unit="judgments") as bar:

            def move(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            report = simulate(
                project=project,
                annotators=options["annotators"],
                seed=options["seed"],
                truth=options["truth"],
                leave_open=options["leave_open"],
                progress=move,
            )
        return Outcome(report.as_json(), _text(report))


def _text(report: Report) -> str:
    """What was done and planted, for people."""
    lines = [
        f"{report.total} simulated judgments; {report.open_tasks} tasks can still be claimed.",
        "Planted, in steps of the scale:",
    ]
    for planted in report.annotators:
        annotator = planted.annotator
        severity = ", ".join(f"{key} {value:+.2f}" for key, value in annotator.severity.items())
        lines.append(
            f"  {planted.user.username}: severity {severity}; noise {annotator.noise:.2f}; "
            f"first place {annotator.position_bias:+.2f}"
        )
    return "\n".join(lines)
