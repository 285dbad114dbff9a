"""`manage.py create_project SLUG --protocol KEY[@N]`."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from typing_extensions import override

from annotate.errors import DomainError
from annotate.people.refusals import spell_out
from annotate.tasks.services import create_project, find_or_publish
from protocol.commands import Outcome, ProjectCommand, Refused


class Command(ProjectCommand):
    """Makes an empty project."""

    help = (
        "Make a project under a protocol. A shipped edition that the database does not hold yet "
        "is published for it."
    )

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="its name in addresses: letters, digits, - and _")
        parser.add_argument(
            "--protocol",
            required=True,
            metavar="KEY[@N]",
            help="such as editreward or editreward@1",
        )
        parser.add_argument("--overlap", type=int, default=3, help="judgments wanted per task")
        parser.add_argument("--title", default="", help="its name on pages; the slug if absent")

    @override
    @transaction.atomic
    def perform(self, **options: Any) -> Outcome:
        version, published = find_or_publish(name=options["protocol"])
        try:
            project = create_project(
                slug=options["slug"],
                version=version,
                overlap=options["overlap"],
                title=options["title"],
            )
        except DomainError as error:
            raise Refused(spell_out(error)) from error
        report = {
            "slug": project.slug,
            "title": project.title,
            "overlap": project.overlap,
            "protocol": {"key": version.protocol.key, "number": version.number},
            "digest": version.digest,
            "published_edition": published,
        }
        text = f"{project.slug} is made under {version}, {project.overlap} judgments a task."
        if published:
            text = f"Published the shipped edition {version}.\n{text}"
        return Outcome(report, text)
