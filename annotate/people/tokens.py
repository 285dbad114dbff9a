"""API tokens: a program's key, shown once."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from annotate.errors import InvalidError
from annotate.people.hashing import hash_secret, new_secret
from annotate.people.models import ApiToken, User
from annotate.people.services import check_person

MOST_DAYS = 366


@dataclass(frozen=True)
class NewToken:
    """A token as its owner sees it, once."""

    row: ApiToken
    text: str


def create_token(*, user: User, scope: ApiToken.Scope, days: int = 90, name: str = "") -> NewToken:
    """A token that acts as the user within the scope, for a number of days."""
    check_person(user)
    if not 1 <= days <= MOST_DAYS:
        raise InvalidError([{"code": "out_of_range", "field": "days", "min": 1, "max": MOST_DAYS}])
    secret = new_secret()
    row = ApiToken.objects.create(
        key=secrets.token_hex(8),
        secret_hash=hash_secret(secret),
        user=user,
        scope=scope,
        name=name,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return NewToken(row=row, text=f"ej_{row.key}_{secret}")


def revoke_token(*, token: ApiToken) -> ApiToken:
    """Make a token useless; it stays as history."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    return token
