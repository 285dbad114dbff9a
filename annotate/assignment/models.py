"""Assignments and drafts."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from annotate.tasks.models import Candidate, Project, Task
from protocol.models import ProtocolVersion


class Assignment(models.Model):
    """One annotator's turn at one task, with a lease."""

    class Purpose(models.TextChoices):
        PRODUCTION = "production"
        TRAINING = "training"
        EXAM = "exam"
        GOLD = "gold"
        REPEAT = "repeat"
        ADJUDICATION = "adjudication"
        IMPORTED = "imported"

    class State(models.TextChoices):
        LIVE = "live"
        SUBMITTED = "submitted"
        RELEASED = "released"
        EXPIRED = "expired"

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments",
        db_index=False,
    )
    protocol_version = models.ForeignKey(
        ProtocolVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.PRODUCTION)
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=State, default=State.LIVE)
    created_at = models.DateTimeField(db_default=Now())
    live_since = models.DateTimeField(db_default=Now(), help_text="a lease ends 8 hours later")
    lease_expires_at = models.DateTimeField()
    presentation = ArrayField(
        models.BigIntegerField(), help_text="candidate ids in the order shown, drawn once"
    )
    hint_arm = models.CharField(max_length=16, null=True, blank=True)
    adaptive = models.BooleanField(default=False)
    propensity = models.FloatField(null=True, blank=True)
    release_reason = models.CharField(max_length=64, blank=True, default="")
    release_detail = models.TextField(blank=True, default="")
    release_candidate = models.ForeignKey(
        Candidate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="the candidate that the release is about",
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "annotator", "purpose", "round"], name="assignment_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["annotator", "project", "state", "id"],
                condition=~models.Q(state="submitted"),
                name="assignment_unsubmitted",
            ),
            models.Index(
                fields=["annotator", "project", "ended_at"],
                condition=models.Q(state="submitted"),
                name="assignment_submitted",
            ),
            models.Index(
                fields=["project", "lease_expires_at"],
                condition=models.Q(state="live"),
                name="assignment_overdue",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Draft(models.Model):
    """What an annotator has said so far in a live assignment; the newest revision only."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="draft")
    revision = models.PositiveIntegerField()
    answers = models.JSONField()
    updated_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.assignment} r{self.revision}"
