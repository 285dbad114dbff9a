"""Accounts, memberships, invitations and API tokens."""

import uuid

import pghistory
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

FRONT = -(2**63)
"""The cursor of an annotator who has passed no task: below every queue rank."""


def fresh_cursors() -> list[int]:
    """A cursor at the front for each priority class (normal, high, urgent)."""
    return [FRONT, FRONT, FRONT]


class Role(models.TextChoices):
    """What a member may do in a project, weakest first."""

    ANNOTATOR = "annotator"
    SENIOR = "senior"
    LEAD = "lead"
    ENGINEER = "engineer"
    ADMIN = "admin"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    fields=["username", "email", "is_active", "is_staff", "is_superuser", "kind"],
    model_name="UserEvent",
)
class User(AbstractUser):
    """An account: a person, a planted annotator, or the pseudonym of imported work."""

    class Kind(models.TextChoices):
        HUMAN = "human"
        SIMULATED = "simulated"
        IMPORTED = "imported"

    kind = models.CharField(max_length=9, choices=Kind, default=Kind.HUMAN)
    language = models.CharField(max_length=16, default="en")
    preferences = models.JSONField(
        default=dict,
        blank=True,
        help_text="how the account's pages behave: keys, tools, what was shown",
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="human") | Q(password="") | Q(("password__startswith", "!")),
                name="user_only_humans_log_in",
                violation_error_message="A simulated or imported account has no password.",
            ),
        ]


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    fields=["project", "user", "role", "group", "ended_at", "unblinded_at", "unblinding_lifted_at"],
    model_name="MembershipEvent",
)
class Membership(models.Model):
    """One user's role in one project, and how far the user has got in its queue."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(
        "annotate.Project", on_delete=models.PROTECT, related_name="memberships"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=9, choices=Role)
    group = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    unblinded_at = models.DateTimeField(null=True, blank=True)
    unblinding_lifted_at = models.DateTimeField(null=True, blank=True)
    cursors = ArrayField(models.BigIntegerField(), default=fresh_cursors, size=3)
    exhausted_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="the project's supplied_at of which a full sweep found nothing left",
    )
    supply_seen_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="the project's supplied_at up to which the urgent and high classes were swept",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role}"

    @property
    def is_unblinded(self) -> bool:
        """Whether the member has seen which system made what, and nobody has lifted that."""
        lifted = self.unblinding_lifted_at
        return self.unblinded_at is not None and (lifted is None or lifted < self.unblinded_at)


class Invitation(models.Model):
    """A one-time link, hashed: joins a project, or sets the password of a named account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True)
    project = models.ForeignKey(
        "annotate.Project",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
    )
    role = models.CharField(max_length=9, choices=Role, blank=True, default="")
    group = models.CharField(max_length=64, blank=True, default="")
    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="password_links",
        help_text="the account whose password the link sets; empty for an invitation",
    )
    note = models.CharField(max_length=200, blank=True, default="")
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_made"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    consumed_at = models.DateTimeField(null=True, blank=True)
    consumed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_used"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=False) | Q(user__isnull=False),
                name="invitation_has_aim",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    fields=["user", "scope", "name", "expires_at", "revoked_at"],
    model_name="ApiTokenEvent",
)
class ApiToken(models.Model):
    """A program's key to the API, as its owner within one scope; only its hash is stored."""

    class Scope(models.TextChoices):
        ANNOTATE = "annotate"
        LEAD = "lead"
        ENGINEER = "engineer"

    key = models.CharField(max_length=16, unique=True, help_text="the public half, ej_<key>_…")
    secret_hash = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    scope = models.CharField(max_length=8, choices=Scope)
    name = models.CharField(max_length=100, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"ej_{self.key}"
