"""Speaking the API as a page or a program does."""

import json
from typing import Any

from django.conf import settings
from django.test import Client

from annotate.people.models import ApiToken, User
from annotate.people.tokens import create_token

BASE = "/api/v1"


class Caller:
    """A logged-in browser, or a program with a token where a scope is given."""

    def __init__(self, user: User, *, scope: str = "") -> None:
        self.client = Client()
        self.headers: dict[str, str] = {}
        if scope:
            token = create_token(user=user, scope=ApiToken.Scope(scope))
            self.headers = {"Authorization": f"Bearer {token.text}"}
        else:
            self.client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """The answer to a JSON request below /api/v1."""
        return self.client.generic(
            method,
            path if path.startswith("/i/") else BASE + path,
            b"" if body is None else _bytes(body),
            content_type="application/json",
            headers=self.headers,
        )

    def get(self, path: str) -> Any:
        """The answer to a GET."""
        return self.send("GET", path)

    def post(self, path: str, body: Any = None) -> Any:
        """The answer to a POST."""
        return self.send("POST", path, body)

    def put(self, path: str, body: Any) -> Any:
        """The answer to a PUT."""
        return self.send("PUT", path, body)


def _bytes(body: Any) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()
