"""Leases that ran out: their slots go back into the pool."""

from datetime import datetime
from typing import LiteralString

from django.db import transaction

from annotate.prepared import big, fetch_all
from annotate.tasks.services import touch_supply

EXPIRE: LiteralString = """
WITH o AS (
  SELECT DISTINCT task_id FROM (
    SELECT task_id FROM annotate_assignment
    WHERE state = 'live' AND lease_expires_at <= coalesce(%(now)s::timestamptz, now())
      AND project_id = %(project)s
    ORDER BY lease_expires_at LIMIT 1000
  ) first
), l AS MATERIALIZED (
  SELECT t.id, t.round FROM annotate_task t JOIN o ON o.task_id = t.id
  ORDER BY t.id FOR NO KEY UPDATE OF t SKIP LOCKED
), e AS (
  UPDATE annotate_assignment a
  SET state = 'expired', ended_at = coalesce(%(now)s::timestamptz, now())
  FROM l WHERE a.task_id = l.id AND a.state = 'live'
    AND a.lease_expires_at <= coalesce(%(now)s::timestamptz, now())
  RETURNING a.task_id, a.purpose, a.round
), f AS (
  SELECT e.task_id, count(*) AS freed FROM e WHERE e.purpose = 'production' GROUP BY e.task_id
), u AS (
  UPDATE annotate_task t SET held = held - f.freed FROM f WHERE t.id = f.task_id
)
SELECT task_id FROM e
"""
"""Busy tasks are passed over: a submission that holds one has its say first."""

OVERDUE: LiteralString = """
SELECT DISTINCT project_id FROM annotate_assignment
WHERE state = 'live' AND lease_expires_at <= coalesce(%(now)s::timestamptz, now())
"""


@transaction.atomic
def expire_overdue(*, project_id: int, now: datetime | None = None) -> int:
    """Expire a project's overdue leases, at most a thousand at once; how many."""
    expired = len(fetch_all(EXPIRE, {"project": big(project_id), "now": now}))
    if expired:
        touch_supply(project_id=project_id)
    return expired


def expire_everywhere(*, now: datetime | None = None) -> int:
    """Expire the overdue leases of every project; what beat calls from time to time."""
    total = 0
    for (project_id,) in fetch_all(OVERDUE, {"now": now}):
        while expired := expire_overdue(project_id=project_id, now=now):
            total += expired
    return total
