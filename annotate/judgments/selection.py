"""Which judgments count, as of a moment: the one rule that exports and reports share."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotate.assignment.models import Assignment
from annotate.judgments.models import Exclusion, Judgment
from annotate.tasks.models import Project

Purpose = Assignment.Purpose


def counting_judgments(
    project: Project, as_of: datetime, *, imported: bool = False, unblinded: bool = False
) -> QuerySet[Judgment]:
    """The judgments that count at a moment: production work, its latest revision, not excluded.

    Surplus judgments are included: work is never thrown away. Where a task was begun anew under
    another protocol version, only its latest round that holds a judgment counts. Work of those
    who had seen which system made what, and imported judgments, count where asked for. Only
    `recorded_at` is compared, so that the answer for a past moment never changes.
    """
    purposes = [Purpose.PRODUCTION, *([Purpose.IMPORTED] if imported else [])]
    rows = Judgment.objects.filter(
        assignment__project=project, assignment__purpose__in=purposes, recorded_at__lte=as_of
    )
    if not unblinded:
        rows = rows.filter(unblinded=False)
    return rows.filter(
        ~Exists(Judgment.objects.filter(supersedes=OuterRef("pk"), recorded_at__lte=as_of)),
        ~Exists(_exclusions_over(project, as_of)),
        ~Exists(_later_rounds(as_of)),
    )


def _exclusions_over(project: Project, as_of: datetime) -> QuerySet[Exclusion]:
    """Exclusions of the moment whose span holds any revision of the judgment's assignment."""
    revisions = Judgment.objects.filter(
        assignment=OuterRef(OuterRef("assignment")),
        recorded_at__gte=OuterRef("starts_at"),
        recorded_at__lt=OuterRef("ends_at"),
    )
    return Exclusion.objects.filter(
        Exists(revisions.filter(recorded_at__lte=as_of)),
        Q(ended_at=None) | Q(ended_at__gt=as_of),
        project=project,
        user=OuterRef("assignment__annotator"),
        recorded_at__lte=as_of,
    )


def _later_rounds(as_of: datetime) -> QuerySet[Judgment]:
    """Production judgments of the same task in a later round."""
    return Judgment.objects.filter(
        assignment__task=OuterRef("assignment__task"),
        assignment__purpose=Purpose.PRODUCTION,
        assignment__round__gt=OuterRef("assignment__round"),
        recorded_at__lte=as_of,
    )
