"""Where our rules differ from allauth's defaults."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from annotate.people.models import User
from annotate.people.throttling import client_address

log = logging.getLogger(__name__)
SILENT = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """No sign-up, wrong passwords counted by axes alone, one reading of the client's address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing: a limit by account alone would let anyone lock anyone out."""

    def add_message(self, request: HttpRequest, level: int, *what: Any, **more: Any) -> None:
        """Say nothing of a login or logout: whoever did it has seen it."""
        if not SILENT & {*what[:1], more.get("message_template")}:
            super().add_message(request, level, *what, **more)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell an account with an address that its password or second factor changed.

        The change is made by then: a mail server that refuses is logged, and undoes nothing.
        """
        address = email or user.email
        if not address:
            return
        try:
            super().send_notification_mail(template_prefix, user, context, email=address)
        except (OSError, SMTPException):
            log.exception("no notice could be sent to account %s", user.pk)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)
