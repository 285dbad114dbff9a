"""Reads a member's own work: the time it took, and how far a repeat said the same as the first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypedDict

from django.db import connection

from annotate.people.models import Membership

RECENT = timedelta(days=7)

HOURS = """
SELECT a.project_id, coalesce(sum(j.active_ms), 0),
       coalesce(sum(j.active_ms) FILTER (WHERE j.recorded_at >= %(since)s), 0)
FROM annotate_assignment a JOIN annotate_judgment j ON j.assignment_id = a.id
WHERE a.annotator_id = %(user)s AND a.project_id = ANY(%(projects)s) AND a.state = 'submitted'
GROUP BY a.project_id
"""
"""Active milliseconds by project, in all and recently; amendments took time too."""

REPEATS = """
WITH own AS (
  SELECT a.project_id, a.task_id, a.purpose, a.round, a.protocol_version_id, j.id
  FROM annotate_assignment a JOIN annotate_judgment j ON j.assignment_id = a.id
  WHERE a.annotator_id = %(user)s AND a.project_id = ANY(%(projects)s) AND a.state = 'submitted'
    AND a.purpose IN ('production', 'repeat')
    AND NOT EXISTS (SELECT 1 FROM annotate_judgment s WHERE s.supersedes_id = j.id)
)
SELECT repeat.project_id, count(*) FILTER (WHERE again.value = before.value), count(*)
FROM own repeat
JOIN own first ON first.task_id = repeat.task_id AND first.purpose = 'production'
  AND first.round = repeat.round - 1 AND first.protocol_version_id = repeat.protocol_version_id
JOIN annotate_rating again ON again.judgment_id = repeat.id
JOIN annotate_rating before ON before.judgment_id = first.id
  AND before.candidate_id = again.candidate_id AND before.dimension = again.dimension
WHERE repeat.purpose = 'repeat'
GROUP BY repeat.project_id
"""
"""Levels given twice, and how many of them were the same; standing judgments only."""


class Consistency(TypedDict):
    """Levels that were given a second time, and how many of them were equal."""

    equal: int
    of: int


class OwnWork(TypedDict):
    """One member's work in one project."""

    project: str
    active_ms: int
    recent_ms: int
    repeats: Consistency | None


def own_work(memberships: Sequence[Membership], *, now: datetime) -> list[OwnWork]:
    """The work of one user by membership, in their order; no repeats are None."""
    if not memberships:
        return []
    names = {
        "user": memberships[0].user_id,
        "projects": [member.project_id for member in memberships],
        "since": now - RECENT,
    }
    hours = _by_project(HOURS, names)
    repeats = _by_project(REPEATS, names)
    return [
        {
            "project": member.project.slug,
            "active_ms": int(hours.get(member.project_id, (0, 0))[0]),
            "recent_ms": int(hours.get(member.project_id, (0, 0))[1]),
            "repeats": _consistency(repeats.get(member.project_id)),
        }
        for member in memberships
    ]


def _consistency(counts: tuple[int, ...] | None) -> Consistency | None:
    return {"equal": counts[0], "of": counts[1]} if counts else None


def _by_project(sql: str, names: dict[str, Any]) -> dict[int, tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, names)
        return {project: tuple(counts) for project, *counts in cursor.fetchall()}
