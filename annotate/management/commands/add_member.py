"""manage.py add_member: an account and its place in a project."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from typing_extensions import override

from annotate.errors import DomainError
from annotate.models import Project
from annotate.people.invitations import create_password_link
from annotate.people.models import Role
from annotate.people.refusals import spell_out
from annotate.people.selectors import find_account
from annotate.people.services import add_member, create_account
from protocol.commands import Outcome, ProjectCommand, Refused


class Command(ProjectCommand):
    """Makes the account (if there is none) and the membership at once."""

    help = (
        "Make a person a member of a project. A new account has no password yet: "
        "a one-time link that sets one is printed."
    )

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--group", default="", help="group of annotators, for the lead's pages")

    @override
    def perform(self, **options: Any) -> Outcome:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise Refused(f"There is no project {options['project']}; create_project makes one.")
        try:
            return self._add(project, options)
        except DomainError as error:
            raise Refused(spell_out(error)) from error

    @transaction.atomic
    def _add(self, project: Project, options: dict[str, Any]) -> Outcome:
        user = find_account(options["username"])
        user = user or create_account(username=options["username"])
        membership = add_member(
            project_id=project.pk, user=user, role=Role(options["role"]), group=options["group"]
        )
        link = None if user.has_usable_password() else create_password_link(user=user)
        text = f"{user.username} is {membership.role} of {project.slug}."
        if link:
            text += (
                "\nThe account has no password yet. "
                f"This link sets one, once, until {link.invitation.expires_at:%Y-%m-%d %H:%M} UTC:"
                f"\n{link.url}"
            )
        report = {
            "username": user.username,
            "project": project.slug,
            "role": membership.role,
            "member": membership.uuid,
            "password_link": link.url if link else None,
            "expires_at": link.invitation.expires_at if link else None,
        }
        return Outcome(report=report, text=text)
