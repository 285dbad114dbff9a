"""Reads judgments of one assignment, task or annotator."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from annotate.assignment.models import Assignment
from annotate.assignment.selectors import own_assignments
from annotate.judgments.models import Exclusion, Judgment, Rating
from annotate.judgments.rules import Rules, rules_of
from protocol.selectors import parsed

AMENDABLE = 5
"""How many of the latest own judgments of a project can be amended …"""

AMENDABLE_FOR = timedelta(hours=24)
"""… and for how long."""


@lru_cache(maxsize=1024)
def rules_for(version_id: int) -> Rules:
    """The rules of a protocol version under which work was given out: they never change."""
    return rules_of(parsed(version_id))


def latest_judgments() -> QuerySet[Judgment]:
    """Judgments that no later revision supersedes."""
    return Judgment.objects.filter(superseded_by=None)


def blank_judgments(*, task_id: int, round_number: int) -> QuerySet[Judgment]:
    """The standing answers "cannot judge this task" of a task's round."""
    return latest_judgments().filter(
        ~Exists(Rating.objects.filter(judgment=OuterRef("pk"))),
        assignment__task=task_id,
        assignment__round=round_number,
        assignment__purpose=Assignment.Purpose.PRODUCTION,
    )


def submitted_assignments(*, user_id: int, project_id: int) -> QuerySet[Assignment]:
    """The user's finished work in a project, latest first."""
    return (
        own_assignments(user_id=user_id)
        .filter(project=project_id, state=Assignment.State.SUBMITTED)
        .order_by("-ended_at", "-pk")
    )


class Timely(NamedTuple):
    """A user's latest five finished assignments, and those of them not over a day old."""

    latest: frozenset[int]
    fresh: frozenset[int]


def timely_assignments(*, user_id: int, project_id: int, now: datetime) -> Timely:
    """Which of the user's finished work in a project is recent enough to be amended."""
    rows = submitted_assignments(user_id=user_id, project_id=project_id)[:AMENDABLE]
    latest = frozenset(row.pk for row in rows)
    first = Judgment.objects.filter(
        revision=1, assignment__in=latest, recorded_at__gt=now - AMENDABLE_FOR
    )
    return Timely(latest, frozenset(first.values_list("assignment", flat=True)))


def amend_refusal(*, assignment: Assignment, timely: Timely) -> str | None:
    """Why an own judgment may not be amended; None where it may."""
    if refused := _final_reason(assignment):
        return refused
    if assignment.pk not in timely.latest:
        return "not_latest"
    return None if assignment.pk in timely.fresh else "too_old"


def _final_reason(assignment: Assignment) -> str | None:
    """Why a judgment is final whatever its age."""
    purpose = Assignment.Purpose
    if assignment.hint_arm is not None:
        return "hint_shown"
    if assignment.purpose in {purpose.TRAINING, purpose.EXAM}:
        return "feedback_shown"
    adjudicated = Assignment.objects.filter(
        task=assignment.task_id, purpose=purpose.ADJUDICATION, state=Assignment.State.SUBMITTED
    )
    if adjudicated.exists():
        return "adjudicated"
    excluded = Exclusion.objects.filter(
        project=assignment.project_id, user=assignment.annotator_id, ended_at=None
    )
    return "excluded" if excluded.exists() else None
