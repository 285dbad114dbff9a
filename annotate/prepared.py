"""Prepared SQL for the hot path: past Django's cursor, within its transaction and its errors."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, LiteralString

import psycopg
from django.db import connection
from psycopg.types.numeric import Int8

Params = Sequence[Any] | Mapping[str, Any]


def fetch_all(sql: LiteralString, params: Params) -> list[tuple[Any, ...]]:
    """The rows of a statement that the connection keeps prepared.

    Integers go in as `big(n)`, lists of them as `bigs(ns)`: psycopg types a plain int by its
    size, so that one text would become several statements.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = psycopg.Cursor(connection.connection)
        return cursor.execute(sql, params, prepare=True).fetchall()


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
