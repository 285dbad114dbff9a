"""What a data set leaves out, as things stood at one moment, and how much for which reason."""

from datetime import datetime

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery

from annotate.assignment.models import Assignment
from annotate.judgments.models import Judgment
from annotate.judgments.selection import counting_judgments
from annotate.tasks.models import Project

Purpose = Assignment.Purpose


def withdrawn(as_of: datetime) -> Exists:
    """Whether a task was withdrawn at the moment: what its history says, not what it is now."""
    event = apps.get_model("annotate", "TaskEvent")
    then = event.objects.filter(pgh_obj=OuterRef(OuterRef("pk")), pgh_created_at__lte=as_of)
    newest = Subquery(then.order_by("-pgh_id").values("pgh_id")[:1])
    return Exists(event.objects.filter(pgh_id=newest, withdrawn_at__isnull=False))


def dropped_judgments(project: Project, as_of: datetime) -> dict[str, int]:
    """How many judgments of the moment do not count, each under its first reason."""
    stored = Judgment.objects.filter(assignment__project=project, recorded_at__lte=as_of)
    newer = Judgment.objects.filter(supersedes=OuterRef("pk"), recorded_at__lte=as_of)
    later = Judgment.objects.filter(
        assignment__task=OuterRef("assignment__task"),
        assignment__purpose=Purpose.PRODUCTION,
        assignment__round__gt=OuterRef("assignment__round"),
        recorded_at__lte=as_of,
    )
    reasons: list[tuple[str, Q | Exists]] = [
        ("other_purpose", ~Q(assignment__purpose=Purpose.PRODUCTION)),
        ("superseded", Exists(newer)),
        ("unblinded", Q(unblinded=True)),
        ("older_round", Exists(later)),
    ]
    counts: dict[str, int] = {}
    for reason, condition in reasons:
        counts[reason] = stored.filter(condition).count()
        stored = stored.filter(~condition)
    # The rule of what counts has one more reason, and stands in one place only.
    counts["excluded"] = stored.count() - counting_judgments(project, as_of).count()
    return counts
