"""What every answer carries, and what a login says when its throttle cannot count."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds the headers that Django has no setting for."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class ThrottleOutage:
    """Refuses a login (503) while failed logins cannot be counted; other pages need no cache."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, RedisError) or not request.path.startswith("/accounts/"):
            return None
        log.error("Login refused, the throttle's cache does not answer: %s", error)
        response = render(request, "people/unavailable.html", status=503)
        response.headers["Retry-After"] = "30"
        return response


def page_context(_request: HttpRequest) -> dict[str, Any]:
    """What the account pages say about this installation."""
    return {"email_works": bool(settings.EMAIL_URL)}
