"""Prepared SQL for the hot path: past Django's cursor, within its transaction and its errors."""

import select
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, LiteralString

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from psycopg.types.numeric import Int8

Params = Sequence[Any] | Mapping[str, Any]


def fetch_all(sql: LiteralString, params: Params) -> list[tuple[Any, ...]]:
    """The rows of a statement that the connection keeps prepared.

    Integers go in as `big(n)`, lists of them as `bigs(ns)`: psycopg types a plain int by its
    size, so that one text would become several statements.
    """
    _ensure_open()
    with connection.wrap_database_errors:
        cursor = psycopg.Cursor(connection.connection)
        return cursor.execute(sql, params, prepare=True).fetchall()


def _ensure_open() -> None:
    """Connect where there is no connection, or where the server has closed it meanwhile.

    Django's own check asks the server at each request; a closed socket can be seen for nothing.
    """
    wrapper: Any = connections[DEFAULT_DB_ALIAS]
    if wrapper.connection and wrapper.health_check_enabled and not wrapper.health_check_done:
        watch = select.poll()
        watch.register(wrapper.connection.fileno(), select.POLLIN)
        if watch.poll(0):
            wrapper.close()
        wrapper.health_check_done = True
    wrapper.ensure_connection()


def fetch_one(sql: LiteralString, params: Params) -> tuple[Any, ...] | None:
    """The first row of a prepared statement, or None."""
    rows = fetch_all(sql, params)
    return rows[0] if rows else None


def big(number: int) -> Int8:
    """The number as a bigint, whatever its size."""
    return Int8(number)


def bigs(numbers: Iterable[int | Decimal]) -> str:
    """The numbers as the text of an array, for `::bigint[]` or `::numeric[]`."""
    return "{" + ",".join(map(str, numbers)) + "}"
