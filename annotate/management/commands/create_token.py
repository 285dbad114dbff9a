"""manage.py create_token: a program's key to the API, printed once."""

from typing import Any

from django.core.management.base import CommandParser
from typing_extensions import override

from annotate.errors import DomainError
from annotate.people.models import ApiToken
from annotate.people.refusals import spell_out
from annotate.people.services import find_or_refuse
from annotate.people.tokens import MOST_DAYS, create_token
from protocol.commands import Outcome, ProjectCommand, Refused


class Command(ProjectCommand):
    """Makes a token that acts as a user within one scope."""

    help = "Make an API token for a user and print it once; only its hash is stored."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--scope", required=True, choices=[scope.value for scope in ApiToken.Scope]
        )
        parser.add_argument(
            "--days", type=int, default=90, help=f"how long it works, 1-{MOST_DAYS}"
        )
        parser.add_argument("--name", default="", help="what it is for")

    @override
    def perform(self, **options: Any) -> Outcome:
        try:
            token = create_token(
                user=find_or_refuse(options["username"]),
                scope=ApiToken.Scope(options["scope"]),
                days=options["days"],
                name=options["name"],
            )
        except DomainError as error:
            raise Refused(spell_out(error)) from error
        report = {"token": token.text, "id": token.row.key, "expires_at": token.row.expires_at}
        until = f"{token.row.expires_at:%Y-%m-%d %H:%M} UTC"
        text = f"{token.text}\nScope {token.row.scope}, until {until}. It is not shown again."
        return Outcome(report=report, text=text)
