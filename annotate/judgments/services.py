"""Submitting a judgment and amending it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotate.assignment.models import Assignment
from annotate.assignment.selectors import own_assignments
from annotate.errors import ConflictError, InvalidError, MissingError
from annotate.fields import Types
from annotate.judgments import statements
from annotate.judgments.models import Judgment
from annotate.judgments.selectors import (
    AMENDABLE,
    amend_refusal,
    blank_judgments,
    latest_judgments,
    rules_for,
    timely_assignments,
)
from annotate.judgments.storing import payload_digest, stored_parameters
from annotate.judgments.validation import Answers, canonical_uuid, check_judgment
from annotate.prepared import big, fetch_one
from annotate.tasks.models import Task
from annotate.tasks.services import touch_supply

Origin = Judgment.Origin
State = Assignment.State

BLANKS_TO_REVIEW = 2
"""After so many answers "cannot judge this task" a lead looks at it."""

AMEND_FIELDS: dict[str, Types] = {"expected_revision": (int,)}


@dataclass(frozen=True)
class Receipt:
    """What is stored of a submission; the same each time it is repeated."""

    submission_id: UUID
    assignment: UUID
    revision: int
    recorded_at: datetime
    created: bool

    def as_json(self) -> dict[str, Any]:
        """The receipt as the API answers it: alike for every purpose, counted or surplus."""
        return {
            "submission_id": self.submission_id,
            "assignment": self.assignment,
            "revision": self.revision,
            "recorded_at": self.recorded_at,
        }


class Found(NamedTuple):
    """An assignment and its task's counters, both locked."""

    pk: int
    project: int
    task: int
    purpose: str
    state: str
    round: int
    presentation: list[int]
    version: int
    task_round: int
    wanted: int
    held: int
    counted: int
    unblinded: bool

    @property
    def is_production(self) -> bool:
        """Whether it touches the task's counters."""
        return self.purpose == Assignment.Purpose.PRODUCTION

    @property
    def holds_slot(self) -> bool:
        """Whether one of the held slots is its own."""
        return self.is_production and self.state == State.LIVE

    @property
    def is_current(self) -> bool:
        """Whether the task's counters are those of its round."""
        return self.round == self.task_round

    @property
    def has_room(self) -> bool:
        """Whether a late judgment is still wanted."""
        room = self.wanted > self.held + self.counted
        return self.is_production and self.is_current and room


@transaction.atomic
def submit_judgment(
    *,
    assignment: UUID,
    user_id: int,
    payload: Any,
    origin: str = Origin.WEB,
    now: datetime | None = None,
) -> Receipt:
    """Store a judgment, late ones too; the same submission again is answered alike.

    Whether it counts is decided once, under the task's lock.
    """
    found = _find(assignment, user_id)
    if found.state == State.SUBMITTED:
        return _repeated(found, assignment, payload)
    answers = _checked(found, payload)
    counted = not answers.judges_nothing and (found.holds_slot or found.has_room)
    row = fetch_one(
        statements.SUBMIT,
        {
            **_common(found, answers, payload, origin),
            "revision": big(1),
            "supersedes": None,
            "counted": counted,
            "freed": big(found.holds_slot),
            "taken": big(counted),
            "now": now or timezone.now(),
        },
    )
    if row is None:
        raise _taken()
    if answers.judges_nothing and found.is_production:
        _return_slot(found, freed=found.holds_slot)
    return Receipt(answers.submission_id, assignment, 1, row[1], created=True)


@transaction.atomic
def amend_judgment(
    *,
    submission_id: UUID,
    user_id: int,
    payload: Any,
    origin: str = Origin.WEB,
    now: datetime | None = None,
) -> Receipt:
    """Store a new revision of an own recent judgment; the old one stays, superseded."""
    row = own_assignments(user_id=user_id).filter(judgments__submission_id=submission_id).first()
    if row is None:
        raise MissingError
    found = _find(row.uuid, user_id)
    latest = latest_judgments().get(assignment=row)
    if stored := _stored(found, row.uuid, payload):
        return stored
    _check_may_amend(row, now or timezone.now())
    answers = _checked(found, payload, AMEND_FIELDS)
    if payload["expected_revision"] != latest.revision:
        raise ConflictError(
            "The judgment has another revision.", code="stale_revision", revision=latest.revision
        )
    counted = _counts_amended(found, latest, answers)
    stored_row = fetch_one(
        statements.AMEND,
        {
            **_common(found, answers, payload, origin),
            "revision": big(latest.revision + 1),
            "supersedes": big(latest.pk),
            "counted": counted,
            "taken": big((counted - latest.counted) * found.is_current),
        },
    )
    if stored_row is None:
        raise _taken()
    if answers.judges_nothing and found.is_production:
        _return_slot(found, freed=latest.counted and found.is_current)
    return Receipt(
        answers.submission_id, row.uuid, latest.revision + 1, stored_row[1], created=True
    )


def _find(assignment: UUID, user_id: int) -> Found:
    row = fetch_one(statements.FIND, {"assignment": assignment, "user": big(user_id)})
    if row is None:
        raise MissingError
    return Found(*row)


def _checked(found: Found, payload: Any, also: dict[str, Types] | None = None) -> Answers:
    answers, faults = check_judgment(
        payload,
        candidates=len(found.presentation),
        rules=rules_for(found.version),
        also=also,
    )
    if faults:
        raise InvalidError(faults)
    return answers


def _common(found: Found, answers: Answers, payload: Any, origin: str) -> dict[str, Any]:
    return {
        **stored_parameters(answers, found.presentation),
        "assignment": big(found.pk),
        "task": big(found.task),
        "digest": payload_digest(payload),
        "origin": origin,
        "unblinded": found.unblinded,
    }


def _stored(found: Found, assignment: UUID, payload: Any) -> Receipt | None:
    """The receipt of a submission that this assignment holds already."""
    given = payload.get("submission_id") if isinstance(payload, dict) else None
    submission_id = canonical_uuid(given) if isinstance(given, str) else None
    if submission_id is None:
        return None
    asked = {"assignment": big(found.pk), "submission": submission_id}
    row = fetch_one(statements.STORED, asked)
    if row is None:
        return None
    if row[0] != payload_digest(payload):
        raise _taken()
    return Receipt(submission_id, assignment, row[1], row[2], created=False)


def _repeated(found: Found, assignment: UUID, payload: Any) -> Receipt:
    """The answer to a submission on a submitted assignment: a repeat or a conflict."""
    if stored := _stored(found, assignment, payload):
        return stored
    _checked(found, payload)
    raise ConflictError("This assignment has its judgment.", code="already_submitted")


def _taken() -> ConflictError:
    return ConflictError("This submission id cannot be used.", code="submission_id_taken")


def _return_slot(found: Found, *, freed: bool) -> None:
    """After "cannot judge this task": the slot is free again, or the task goes to review."""
    blanks = blank_judgments(task_id=found.task, round_number=found.round).count()
    if found.is_current and blanks >= BLANKS_TO_REVIEW:
        Task.objects.filter(pk=found.task, state=Task.State.OPEN).update(state=Task.State.REVIEW)
    if freed:
        touch_supply(project_id=found.project)


def _check_may_amend(row: Assignment, now: datetime) -> None:
    timely = timely_assignments(user_id=row.annotator_id, project_id=row.project_id, now=now)
    if reason := amend_refusal(assignment=row, timely=timely):
        is_late = reason in {"not_latest", "too_old"}
        late = f"Only the latest {AMENDABLE} can be amended, for a day."
        detail = late if is_late else "This judgment is final."
        raise ConflictError(detail, code="not_amendable", reason=reason)


def _counts_amended(found: Found, latest: Judgment, answers: Answers) -> bool:
    """What counted goes on counting unless nothing is judged any more.

    What was blank counts where there is room; what was surplus stays surplus.
    """
    if answers.judges_nothing:
        return False
    was_blank = not latest.ratings.exists()
    return latest.counted or (was_blank and found.has_room)
