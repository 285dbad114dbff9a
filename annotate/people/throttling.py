"""Whom and where wrong passwords are counted: the account, at the client's address."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from annotate.people.models import User
from annotate.people.selectors import find_account


def account_name(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str | None:
    """The account that a login means, so that its name and its email count as one."""
    given = credentials if credentials is not None else request.POST
    typed = given.get("username") or given.get("email") or given.get("login")
    if not typed:
        return None
    user = find_account(str(typed)) or User.objects.filter(email__iexact=str(typed)).first()
    return (user.username if user else str(typed)).lower()[:254]


def client_address(request: HttpRequest) -> str:
    """The client's address, as the nearest trusted proxies saw it; else the connection's."""
    proxies = settings.TRUSTED_PROXIES
    connection = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("x-forwarded-for", "").split(",")
    if not proxies or len(forwarded) < proxies:
        return connection
    try:
        return str(ipaddress.ip_address(forwarded[-proxies].strip()))
    except ValueError:
        return connection
