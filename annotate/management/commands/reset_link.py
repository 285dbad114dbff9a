"""manage.py reset_link: a one-time link that sets an account's password."""

from typing import Any

from django.core.management.base import CommandParser
from typing_extensions import override

from annotate.errors import DomainError
from annotate.people.invitations import create_password_link
from annotate.people.models import User
from annotate.people.services import find_or_refuse
from protocol.commands import Outcome, ProjectCommand, Refused


class Command(ProjectCommand):
    """Prints a link that sets a password; earlier links of the account stop working."""

    help = "Print a one-time link that sets the password of an account; earlier ones stop working."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    @override
    def perform(self, **options: Any) -> Outcome:
        try:
            user = find_or_refuse(options["username"])
        except DomainError as error:
            raise Refused(error.detail) from error
        if user.kind != User.Kind.HUMAN or not user.is_active:
            raise Refused(f"{user.username} is not a person's open account; nobody logs in to it.")
        link = create_password_link(user=user)
        until = link.invitation.expires_at
        report = {"username": user.username, "url": link.url, "expires_at": until}
        text = f"{link.url}\nIt sets the password of {user.username}, once, until "
        return Outcome(report=report, text=f"{text}{until:%Y-%m-%d %H:%M} UTC.")
