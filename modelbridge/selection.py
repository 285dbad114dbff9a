"""Which judgments and tasks a data set holds, as they stood at one moment."""

from datetime import datetime

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from annotate.assignment.models import Assignment
from annotate.judgments.models import Exclusion, Judgment
from annotate.tasks.models import Project


def counting_judgments(project: Project, as_of: datetime) -> QuerySet[Judgment]:
    """The judgments that count: production, latest revision, seen blind, not excluded."""
    return Judgment.objects.filter(
        ~superseded(as_of),
        ~excluded(project, as_of),
        assignment__project=project,
        assignment__purpose=Assignment.Purpose.PRODUCTION,
        recorded_at__lte=as_of,
        unblinded=False,
    )


def superseded(as_of: datetime) -> Exists:
    """Whether a later revision of a judgment was there at the moment."""
    return Exists(Judgment.objects.filter(supersedes=OuterRef("pk"), recorded_at__lte=as_of))


def excluded(project: Project, as_of: datetime) -> Exists:
    """Whether an exclusion in force at the moment covers a judgment."""
    return Exists(
        Exclusion.objects.filter(
            Q(ended_at=None) | Q(ended_at__gt=as_of),
            project=project,
            user=OuterRef("assignment__annotator"),
            recorded_at__lte=as_of,
            starts_at__lte=OuterRef("recorded_at"),
            ends_at__gte=OuterRef("recorded_at"),
        )
    )


def withdrawn(as_of: datetime) -> Exists:
    """Whether a task was withdrawn at the moment: what its history says, not what it is now."""
    event = apps.get_model("annotate", "TaskEvent")
    then = event.objects.filter(pgh_obj=OuterRef(OuterRef("pk")), pgh_created_at__lte=as_of)
    newest = Subquery(then.order_by("-pgh_id").values("pgh_id")[:1])
    return Exists(event.objects.filter(pgh_id=newest, withdrawn_at__isnull=False))


def dropped_judgments(project: Project, as_of: datetime) -> dict[str, int]:
    """How many judgments of the moment do not count, each under its first reason."""
    stored = Judgment.objects.filter(assignment__project=project, recorded_at__lte=as_of)
    reasons: list[tuple[str, Q | Exists]] = [
        ("other_purpose", ~Q(assignment__purpose=Assignment.Purpose.PRODUCTION)),
        ("superseded", superseded(as_of)),
        ("unblinded", Q(unblinded=True)),
        ("excluded", excluded(project, as_of)),
    ]
    counts: dict[str, int] = {}
    for reason, condition in reasons:
        counts[reason] = stored.filter(condition).count()
        stored = stored.exclude(condition)
    return counts
