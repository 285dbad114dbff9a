"""Judgments and what they hold: append-only rows (a trigger refuses UPDATE, DELETE, TRUNCATE)."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from annotate.assignment.models import Assignment
from annotate.tasks.models import Candidate, Project


class Judgment(models.Model):
    """All that one annotator said in one assignment; an amendment is a new row that supersedes."""

    class Origin(models.TextChoices):
        WEB = "web"
        API = "api"
        IMPORT = "import"
        SIMULATED = "simulated"

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="judgments", db_index=False
    )
    submission_id = models.UUIDField(unique=True, help_text="made by the client")
    payload_digest = models.BinaryField(help_text="SHA-256 of the canonical payload")
    revision = models.PositiveIntegerField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    submitted_at = models.DateTimeField(null=True, help_text="the client's clock, never trusted")
    recorded_at = models.DateTimeField(db_default=Now(), help_text="the database's clock")
    origin = models.CharField(max_length=9, choices=Origin)
    counted = models.BooleanField(help_text="took a slot of its task; else surplus")
    unblinded = models.BooleanField(default=False)
    active_ms = models.PositiveIntegerField(null=True)
    cannot_judge = models.JSONField(
        default=list,
        help_text='[{"candidate"?: id, "dimension"?, "reason"}]; no candidate: the task',
    )
    comment = models.TextField(blank=True, default="")
    language = models.CharField(max_length=35, blank=True, default="")
    viewing = models.JSONField(default=dict)
    tools = models.JSONField(default=list)
    telemetry = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "revision"], name="judgment_revision_once"
            ),
            models.CheckConstraint(
                condition=Q(revision=1, supersedes__isnull=True)
                | Q(revision__gt=1, supersedes__isnull=False),
                name="judgment_revision_supersedes",
            ),
        ]
        indexes = [models.Index(fields=["recorded_at"], name="judgment_recorded")]

    def __str__(self) -> str:
        return str(self.submission_id)


class Rating(models.Model):
    """A level given to one candidate on one dimension."""

    judgment = models.ForeignKey(
        Judgment, on_delete=models.PROTECT, related_name="ratings", db_index=False
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dimension = models.CharField(max_length=64, db_collation="C")
    value = models.DecimalField(max_digits=9, decimal_places=4)
    unsure = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judgment", "candidate", "dimension"], name="rating_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}={self.value}"


class Comparison(models.Model):
    """A stated preference between two candidates, or a stated tie."""

    class Outcome(models.TextChoices):
        LOWER = "lower"
        TIE = "tie"
        HIGHER = "higher"

    judgment = models.ForeignKey(
        Judgment, on_delete=models.PROTECT, related_name="comparisons", db_index=False
    )
    lower = models.ForeignKey(
        Candidate,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="the smaller id",
    )
    higher = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dimension = models.CharField(
        max_length=64, null=True, blank=True, db_collation="C", help_text="null: overall"
    )
    outcome = models.CharField(max_length=6, choices=Outcome, help_text="which won")
    lower_left = models.BooleanField(help_text="the lower candidate stood left")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judgment", "lower", "higher", "dimension"],
                nulls_distinct=False,
                name="comparison_once",
            ),
            models.CheckConstraint(
                condition=Q(lower__lt=F("higher")), name="comparison_ids_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Region(models.Model):
    """A box in 0..1 of a candidate's own image where something was seen."""

    judgment = models.ForeignKey(Judgment, on_delete=models.PROTECT, related_name="regions")
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dimension = models.CharField(max_length=64, null=True, blank=True, db_collation="C")
    x0 = models.FloatField()
    y0 = models.FloatField()
    x1 = models.FloatField()
    y1 = models.FloatField()
    reason = models.CharField(max_length=64, null=True, blank=True, db_collation="C")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(x0__gte=0, y0__gte=0, x1__lte=1, y1__lte=1)
                & Q(x0__lt=F("x1"))
                & Q(y0__lt=F("y1")),
                name="region_box_inside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.x0:.3f},{self.y0:.3f} {self.x1:.3f},{self.y1:.3f}"


class Reason(models.Model):
    """A reason of the protocol's list for a low level."""

    judgment = models.ForeignKey(
        Judgment, on_delete=models.PROTECT, related_name="reasons", db_index=False
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dimension = models.CharField(max_length=64, db_collation="C")
    reason = models.CharField(max_length=64, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judgment", "candidate", "dimension", "reason"], name="reason_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reason


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), model_name="ExclusionEvent")
class Exclusion(models.Model):
    """A span of one annotator's work that does not count; ended, never deleted."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="exclusions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exclusions"
    )
    starts_at = models.DateTimeField(help_text="judgments recorded from here …")
    ends_at = models.DateTimeField(help_text="… up to here are excluded")
    why = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now(), help_text="the database's clock")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="exclusion_span_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.why}"
