"""The moment that a data set is of: fixed once, and settled before anything is read."""

import time
from datetime import datetime

from django.db import connection

from modelbridge.dataset.manifest import moment
from modelbridge.selectors import database_now
from protocol.errors import Refused

PATIENCE = 600.0
"""Seconds that an export waits for the transactions that ran at its moment."""
PAUSE = 0.05

RUNNING_AT = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
  AND pid <> pg_backend_pid() AND xact_start <= %s
"""


def fix_moment(as_of: datetime | None) -> datetime:
    """The moment asked for, now without one; `Refused` where it lies in the future."""
    now = database_now()
    if as_of is None:
        return now
    if as_of > now:
        raise Refused(f"{moment(as_of)} lies in the future; it is {moment(now)} now")
    return as_of


def settle(as_of: datetime, *, patience: float = PATIENCE) -> None:
    """Wait until every transaction that ran at the moment has ended: none can add to it then.

    Commits become visible in another order than `recorded_at` has; only this makes two reads
    of the same moment equal.
    """
    deadline = time.monotonic() + patience
    while running := _running_at(as_of):
        if time.monotonic() >= deadline:
            raise Refused(
                f"{running} transaction(s) that ran at {moment(as_of)} have not ended after "
                f"{patience:.0f} s; end them (pg_stat_activity shows them) or try again"
            )
        time.sleep(PAUSE)


def _running_at(as_of: datetime) -> int:
    """How many other transactions of this database began at or before the moment and still run."""
    with connection.cursor() as cursor:
        cursor.execute(RUNNING_AT, [as_of])
        count: int = cursor.fetchone()[0]
    return count
