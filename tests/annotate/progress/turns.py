"""Finished turns at tasks with what was said in them, as rows."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from annotate.assignment.models import Assignment
from annotate.judgments.models import Judgment, Rating
from annotate.people.models import Membership
from annotate.tasks.models import Task
from protocol.selectors import parsed

MINUTE = 60_000


def begin(member: Membership, task: Task, purpose: str = "production") -> Assignment:
    """A finished turn at a task; a repeat is its next round."""
    return Assignment.objects.create(
        project=task.project,
        task=task,
        annotator=member.user,
        protocol_version=task.project.protocol_version,
        lease_expires_at=timezone.now(),
        presentation=[],
        state="submitted",
        purpose=purpose,
        round=2 if purpose == "repeat" else 1,
    )


def judge(turn: Assignment, levels: str, *, days: int = 0, **fields: Any) -> Judgment:
    """A judgment of so many days ago: one level a cell, dimension by dimension; `-` is none."""
    before = turn.judgments.order_by("-revision").first()
    judgment = Judgment.objects.create(
        assignment=turn,
        submission_id=uuid.uuid4(),
        payload_digest=b"",
        revision=before.revision + 1 if before else 1,
        supersedes=before,
        origin="web",
        counted=True,
        recorded_at=timezone.now() - timedelta(days=days),
        **{"active_ms": MINUTE, **fields},
    )
    candidates = list(turn.task.candidates.order_by("pk"))
    document = parsed(turn.protocol_version_id)
    names = [dimension.key for dimension in document.dimensions]
    cells = [(candidate, name) for name in names for candidate in candidates]
    for (candidate, dimension), level in zip(cells, levels, strict=True):
        if level != "-":
            Rating.objects.create(
                judgment=judgment, candidate=candidate, dimension=dimension, value=int(level)
            )
    return judgment
