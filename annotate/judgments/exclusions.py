"""Spans of an annotator's work that do not count: made and ended, never deleted."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from annotate.errors import ConflictError, InvalidError
from annotate.judgments.models import Exclusion
from annotate.people.models import User
from annotate.tasks.models import Project


def create_exclusion(
    *,
    project: Project,
    user: User,
    starts_at: datetime,
    ends_at: datetime,
    why: str,
    by: User | None,
) -> Exclusion:
    """Exclude what the user's judgments recorded in a span say; counters stay as they are."""
    faults = []
    if ends_at <= starts_at:
        faults.append({"code": "empty_span"})
    if not why.strip():
        faults.append({"code": "missing_reason"})
    if faults:
        raise InvalidError(faults)
    row = Exclusion(
        project=project, user=user, starts_at=starts_at, ends_at=ends_at, why=why.strip(), by=by
    )
    row.save(force_insert=True)
    row.refresh_from_db()
    return row


@transaction.atomic
def end_exclusion(*, exclusion: Exclusion, by: User | None) -> Exclusion:
    """Let the span count again from now on; what was exported before stays as it was."""
    row = Exclusion.objects.select_for_update(no_key=True, of=("self",)).get(pk=exclusion.pk)
    if row.ended_at is not None:
        raise ConflictError("This exclusion has ended.", code="exclusion_ended")
    Exclusion.objects.filter(pk=row.pk).update(ended_at=Now(), ended_by=by)
    row.refresh_from_db()
    return row
