"""Lets tests with real transactions empty tables whose triggers refuse TRUNCATE."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected

GUARDED = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
WHERE NOT tgisinternal AND tgtype & 32 > 0 ORDER BY 1
"""
"""Tables with a trigger on TRUNCATE (bit 5 of a trigger's type)."""

KEPT = frozenset({"django_content_type", "auth_permission"})
"""Made by migrations, changed by no test: a site that runs beside the tests remembers their ids."""


ATTEMPTS = 5


def flush_patiently(statements: list[str], flush: Callable[[list[str]], None]) -> None:
    """Flush again where a closed page's last words, still being served, hold a lock crosswise."""
    for _ in range(ATTEMPTS - 1):
        try:
            return flush(statements)
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
    return flush(statements)


@pytest.fixture(autouse=True, scope="session")
def flush_past_guards() -> Iterator[None]:
    """Around Django's flush between tests, as the tables' owner, their triggers are off."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush
    statements = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        return statements(self, style, [name for name in tables if name not in KEPT], **options)

    def flush_all(self: Any, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(GUARDED)
            tables = [name for (name,) in cursor.fetchall()]
        off = [f"ALTER TABLE {name} DISABLE TRIGGER USER;" for name in tables]
        on = [f"ALTER TABLE {name} ENABLE TRIGGER USER;" for name in tables]
        flush_patiently([*off, *sql_list, *on], partial(flush, self))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_all)
        patch.setattr(operations, "sql_flush", sql_flush)
        yield
