"""Who calls: a browser's session or a program's token."""

from rest_framework.authentication import BaseAuthentication
from rest_framework.authentication import SessionAuthentication as BaseSessionAuthentication
from rest_framework.request import Request


class SessionAuthentication(BaseSessionAuthentication):
    """A session with CSRF; the challenge makes "not logged in" a 401."""

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="api"'


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer ej_<key>_<secret>`."""

    def authenticate(self, request: Request) -> None:
        return None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'
