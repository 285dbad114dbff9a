"""Lets tests with real transactions empty tables whose triggers refuse TRUNCATE."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

GUARDED = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
WHERE NOT tgisinternal AND tgtype & 32 > 0 ORDER BY 1
"""
"""Tables with a trigger on TRUNCATE (bit 5 of a trigger's type)."""

KEPT = frozenset({"django_content_type", "auth_permission"})
"""Made by migrations, changed by no test: a site that runs beside the tests remembers their ids."""


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
        flush(self, [*off, *sql_list, *on])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_all)
        patch.setattr(operations, "sql_flush", sql_flush)
        yield
