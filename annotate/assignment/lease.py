"""Keeping an assignment and giving it back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotate.assignment.models import Assignment
from annotate.assignment.selectors import own_assignments
from annotate.assignment.tokens import LABELS
from annotate.errors import ConflictError, InvalidError, MissingError
from annotate.tasks.models import Task
from annotate.tasks.services import touch_supply

State = Assignment.State
LONGEST_LEASE = timedelta(hours=8)

RELEASE_REASONS = ("image_failed", "language", "conflict", "later", "other")
"""Why an assignment is given back; the first reaches the lead."""


@transaction.atomic
def renew_lease(*, assignment: UUID, user_id: int, now: datetime | None = None) -> datetime:
    """Keep a live assignment for another lease, at most 8 hours in all; its new end."""
    row = _locked(assignment, user_id)
    if row.state != State.LIVE:
        raise _not_live(row)
    _prolong(row, now or timezone.now())
    return row.lease_expires_at


@transaction.atomic
def release_assignment(
    *,
    assignment: UUID,
    user_id: int,
    reason: str,
    label: str | None = None,
    detail: str = "",
    now: datetime | None = None,
) -> None:
    """Give an assignment back; repeated, it changes nothing.

    An expired one can be given back too: it is then no longer offered first.
    """
    found = own_assignments(user_id=user_id).filter(uuid=assignment).first()
    if found is None:
        raise MissingError
    candidate = _candidate_at(found, label)
    _check_reason(reason)
    Task.objects.select_for_update(no_key=True).get(pk=found.task_id)
    row = _locked(assignment, user_id)
    if row.state == State.RELEASED:
        return
    if row.state == State.SUBMITTED:
        raise _not_live(row)
    frees = row.state == State.LIVE and row.purpose == Assignment.Purpose.PRODUCTION
    row.state = State.RELEASED
    row.ended_at = now or timezone.now()
    row.release_reason, row.release_detail = reason, detail
    row.release_candidate_id = candidate
    row.save(
        update_fields=["state", "ended_at", "release_reason", "release_detail", "release_candidate"]
    )
    if frees:
        Task.objects.filter(pk=row.task_id).update(held=F("held") - 1)
        touch_supply(project_id=row.project_id)


def _locked(assignment: UUID, user_id: int) -> Assignment:
    """The user's assignment, locked; 404 where it is not theirs."""
    row = (
        own_assignments(user_id=user_id)
        .select_related("project")
        .select_for_update(of=("self",), no_key=True)
        .filter(uuid=assignment)
        .first()
    )
    if row is None:
        raise MissingError
    return row


def _not_live(row: Assignment) -> ConflictError:
    return ConflictError(f"The assignment is {row.state}.", code=f"assignment_{row.state}")


def _prolong(row: Assignment, now: datetime) -> None:
    """A whole lease from now, within 8 hours of the time it became live; never shorter."""
    lease = timedelta(minutes=row.project.lease_minutes)
    until = max(row.lease_expires_at, min(now + lease, row.live_since + LONGEST_LEASE))
    if until != row.lease_expires_at:
        row.lease_expires_at = until
        row.save(update_fields=["lease_expires_at"])


def _candidate_at(row: Assignment, label: str | None) -> int | None:
    """The candidate behind a letter."""
    if label is None:
        return None
    place = LABELS.find(label) if len(label) == 1 else -1
    if not 0 <= place < len(row.presentation):
        raise InvalidError([{"code": "unknown_label", "label": label}])
    return row.presentation[place]


def _check_reason(reason: str) -> None:
    if reason not in RELEASE_REASONS:
        accepted = list(RELEASE_REASONS)
        raise InvalidError([{"code": "unknown_reason", "reason": reason, "accepted": accepted}])
