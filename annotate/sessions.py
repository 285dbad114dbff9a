"""Sessions and their users, read by prepared statements: half of a short request's work.

The tables and the rules are Django's own; only the two reads of every request differ.
"""

from functools import lru_cache
from typing import Any, LiteralString

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone
from typing_extensions import override

from annotate.people.models import User
from annotate.prepared import big, fetch_one

SESSION: LiteralString = """
SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s
"""


class SessionStore(DatabaseSessions):
    """Django's database sessions."""

    @override
    def load(self) -> dict[str, Any]:
        """The session's data; without a live row an empty session without a key."""
        row = fetch_one(SESSION, (self.session_key, timezone.now()))
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])


@lru_cache(maxsize=1)
def _user_statement() -> tuple[list[str], str]:
    """The fields of an account and the statement that reads them in this order.

    Preferences are left for whoever asks: no request that waits needs them.
    """
    meta = User._meta  # noqa: SLF001 - Django's documented model API
    fields = [field for field in meta.concrete_fields if field.name != "preferences"]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    sql = f'SELECT {columns} FROM "{meta.db_table}" WHERE id = %s'  # noqa: S608 - names of ours
    return [field.attname for field in fields], sql


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # untyped
    """Logs in as allauth does."""

    @override
    def get_user(self, user_id: int) -> User | None:
        """The account of a session, unless it was closed since."""
        names, sql = _user_statement()
        row = fetch_one(sql, (big(int(user_id)),))
        if row is None:
            return None
        user = User.from_db("default", names, row)
        return user if self.user_can_authenticate(user) else None
