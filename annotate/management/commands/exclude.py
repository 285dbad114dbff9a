"""`manage.py exclude USERNAME --project SLUG --from T --to T --why TEXT`."""

import argparse
from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser
from typing_extensions import override

from annotate.errors import InvalidError
from annotate.judgments.exclusions import create_exclusion
from annotate.judgments.models import Judgment
from annotate.judgments.validation import moment
from annotate.people.models import User
from annotate.tasks.models import Project
from protocol.commands import Outcome, ProjectCommand, Refused


def time_argument(text: str) -> datetime:
    """A time with its offset; an argparse `type`."""
    read = moment(text)
    if read is None:
        raise argparse.ArgumentTypeError(
            f"{text} is not a time; accepted is ISO 8601 with an offset: 2026-03-01T09:00:00+00:00"
        )
    return read


class Command(ProjectCommand):
    """Takes a span of an annotator's work out of what counts."""

    help = (
        "Exclude what a user's judgments recorded from a time up to another say. Nothing is "
        "deleted: the lead's page can end the exclusion, and the work counts again."
    )

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--from", dest="starts", required=True, type=time_argument, metavar="T")
        parser.add_argument("--to", dest="ends", required=True, type=time_argument, metavar="T")
        parser.add_argument("--why", required=True, metavar="TEXT")

    @override
    def perform(self, **options: Any) -> Outcome:
        project = Project.objects.filter(slug=options["project"]).first()
        user = User.objects.filter(username=options["username"]).first()
        if project is None or user is None:
            missing = f"project {options['project']}" if user else f"user {options['username']}"
            raise Refused(f"There is no {missing}.")
        try:
            row = create_exclusion(
                project=project,
                user=user,
                starts_at=options["starts"],
                ends_at=options["ends"],
                why=options["why"],
                by=None,
            )
        except InvalidError as error:
            codes = ", ".join(fault["code"] for fault in error.faults)
            raise Refused(f"Not accepted: {codes}.") from error
        covered = Judgment.objects.filter(
            assignment__project=project,
            assignment__annotator=user,
            recorded_at__gte=row.starts_at,
            recorded_at__lt=row.ends_at,
        ).count()
        report = {"id": str(row.uuid), "user": user.username, "judgments": covered}
        return Outcome(report, f"{covered} judgments of {user.username} are excluded ({row.uuid}).")
