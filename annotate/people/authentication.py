"""Who calls: a browser's session or a program's token."""

from urllib.parse import unquote

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.authentication import SessionAuthentication as BaseSessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from annotate.people.models import ApiToken, User
from annotate.people.selectors import find_token

PAGE_USER = "X-EditJury-User"
"""The user whose page sends this, percent-encoded."""


class SessionAuthentication(BaseSessionAuthentication):
    """A session with CSRF; the challenge makes "not logged in" a 401.

    A page says whose it is: it stays open when somebody else logs in beside it, and nothing that
    one person wrote is taken as another's.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found: tuple[User, None] | None = super().authenticate(request)
        owner = request.headers.get(PAGE_USER)
        if found is not None and owner and unquote(owner) != found[0].get_username():
            raise AuthenticationFailed("This page belongs to another account.", code="other_user")
        return found

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="api"'


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer ej_<key>_<secret>`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, credential = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = find_token(credential.strip().decode("latin-1"))
        if token is None:
            raise AuthenticationFailed(
                "The token is unknown, expired or revoked, or its owner's account is closed.",
                code="bad_token",
            )
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'
