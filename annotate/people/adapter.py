"""Where our rules differ from allauth's defaults."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from annotate.people.throttling import client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """No sign-up, wrong passwords counted by axes alone, one reading of the client's address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing: a limit by account alone would let anyone lock anyone out."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)
