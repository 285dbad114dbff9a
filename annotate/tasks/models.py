"""Projects, content-addressed images, tasks and their candidates."""

import secrets
import uuid

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from protocol.models import ProtocolVersion

SETTINGS = [
    "title",
    "state",
    "protocol_version",
    "overlap",
    "lease_minutes",
    "sweep",
    "tie_break",
    "gold_rate",
    "repeat_rate",
    "repeat_distance",
    "hint_policy",
    "blind",
    "ground",
    "show_size",
    "break_minutes",
    "minimum_stage",
    "mix_simulated",
]
"""The columns of a project that people change and whose history is kept."""


def new_key() -> bytes:
    """32 random bytes: the key of a project's pseudonyms and drawn sides."""
    return secrets.token_bytes(32)


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), fields=SETTINGS, model_name="ProjectEvent"
)
class Project(models.Model):
    """A pool of tasks judged under one protocol version in force, with its settings."""

    class State(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        ARCHIVED = "archived"

    class Sweep(models.TextChoices):
        DIMENSION = "dimension"
        CANDIDATE = "candidate"

    class HintPolicy(models.TextChoices):
        NONE = "none"

    slug = models.SlugField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    protocol_version = models.ForeignKey(
        ProtocolVersion, on_delete=models.PROTECT, related_name="projects"
    )
    simulated = models.BooleanField(default=False, help_text="made for show; marked on every page")
    overlap = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    lease_minutes = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(1), MaxValueValidator(480)]
    )
    sweep = models.CharField(max_length=9, choices=Sweep, default=Sweep.DIMENSION)
    tie_break = models.BooleanField(default=False)
    gold_rate = models.FloatField(
        default=0.0, validators=[MinValueValidator(0.0), MaxValueValidator(0.5)]
    )
    repeat_rate = models.FloatField(
        default=0.0, validators=[MinValueValidator(0.0), MaxValueValidator(0.5)]
    )
    repeat_distance = models.PositiveIntegerField(
        default=20, help_text="own judgments between a task and its repeat"
    )
    hint_policy = models.CharField(max_length=4, choices=HintPolicy, default=HintPolicy.NONE)
    blind = models.BooleanField(default=True)
    ground = models.CharField(
        max_length=7, default="#6C6C6C", validators=[RegexValidator(r"^#[0-9A-F]{6}$")]
    )
    show_size = models.BooleanField(default=False, help_text="show pixel sizes before submission")
    break_minutes = models.PositiveSmallIntegerField(
        default=50,
        validators=[MaxValueValidator(480)],
        help_text="active minutes after which the page suggests a break; 0: never",
    )
    minimum_stage = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(4000)],
        help_text="CSS pixels that both sides of the stage need for rating; 0: any",
    )
    mix_simulated = models.BooleanField(
        default=False, help_text="data sets and reports take simulated and real judgments together"
    )
    key = models.BinaryField(default=new_key, editable=False)
    supplied_at = models.DateTimeField(
        default=timezone.now, help_text="when work last came into the pool; ends 'nothing left'"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class Image(models.Model):
    """One image file by its content; bytes and display levels lie in the storage."""

    sha256 = models.CharField(max_length=64, unique=True, help_text="of the file's bytes")
    pixel_sha256 = models.CharField(max_length=64, help_text="of the decoded RGB and its size")
    perceptual_hash = models.BigIntegerField(
        null=True, help_text="64-bit DCT hash of the display form, signed; none of a flat image"
    )
    format = models.CharField(max_length=8)
    width = models.PositiveIntegerField(help_text="pixels of the display form")
    height = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField(help_text="bytes of the original file")
    levels = models.JSONField(default=list, help_text="display levels that exist, e.g. [512, 0]")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["pixel_sha256"], name="image_pixels")]

    def __str__(self) -> str:
        return self.sha256


class Priority(models.IntegerChoices):
    """The order of classes in which tasks are given out; urgent first."""

    NORMAL = 0
    HIGH = 1
    URGENT = 2


@pghistory.track(
    pghistory.UpdateEvent(),
    fields=["state", "priority", "wanted", "withdrawn_at", "kind"],
    model_name="TaskEvent",
)
class Task(models.Model):
    """A source image, an edit instruction and its candidates; counters say how much is judged."""

    class Kind(models.TextChoices):
        PRODUCTION = "production"
        TRAINING = "training"
        EXAM = "exam"
        GOLD = "gold"

    class State(models.TextChoices):
        OPEN = "open"
        REVIEW = "review"
        CLOSED = "closed"

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="tasks")
    external_id = models.CharField(max_length=200, db_collation="C")
    instruction = models.TextField()
    instruction_language = models.CharField(max_length=35, default="en")
    instruction_translations = models.JSONField(default=dict)
    source = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+")
    edit_mask = models.ForeignKey(
        Image, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    category = models.CharField(max_length=100, blank=True, default="", db_collation="C")
    metadata = models.JSONField(default=dict)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PRODUCTION)
    round = models.PositiveSmallIntegerField(default=1)
    protocol_version = models.ForeignKey(
        ProtocolVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="pinned at the first claim",
    )
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    queue_rank = models.BigIntegerField()
    wanted = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    held = models.PositiveSmallIntegerField(default=0)
    counted = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    content_digest = models.CharField(max_length=64, help_text="of the manifest row's meaning")
    created_at = models.DateTimeField(auto_now_add=True)
    open_slots = models.GeneratedField(
        expression=Greatest(F("wanted") - F("held") - F("counted"), Value(0)),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    claimable = models.GeneratedField(
        expression=ExpressionWrapper(
            Q(state="open")
            & Q(kind="production")
            & Q(withdrawn_at__isnull=True)
            & Q(wanted__gt=F("held") + F("counted")),
            output_field=models.BooleanField(),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "external_id"], name="task_once"),
            models.CheckConstraint(
                condition=Q(held__gte=0) & Q(counted__gte=0), name="task_counters_not_negative"
            ),
            models.CheckConstraint(condition=Q(priority__lte=2), name="task_priority_class"),
        ]
        indexes = [
            models.Index(
                fields=["project", "priority", "queue_rank"],
                condition=Q(claimable=True),
                name="task_queue",
            ),
            models.Index(
                fields=["project", "queue_rank"],
                condition=Q(kind="gold"),
                name="task_gold",
            ),
        ]

    def __str__(self) -> str:
        return self.external_id


class Candidate(models.Model):
    """One edited image, made by one system (with one seed)."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="candidates")
    system = models.CharField(max_length=200, db_collation="C")
    seed = models.BigIntegerField(null=True, blank=True)
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "system", "seed"], nulls_distinct=False, name="candidate_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
