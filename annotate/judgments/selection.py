"""Which judgments count, as of a moment: the one rule that exports and reports share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotate.assignment.models import Assignment
from annotate.judgments.models import Exclusion, Judgment
from annotate.judgments.policies import Include, Simulated
from annotate.people.models import User
from annotate.tasks.models import Project
from annotate.tasks.selectors import setting_at

Purpose = Assignment.Purpose
WITHOUT_HINT = "none"
"""The hint arm that shows nothing."""


@dataclass(frozen=True)
class Selection:
    """What is asked for: a project at a moment, and what counts beside production work."""

    project: Project
    as_of: datetime
    include: frozenset[Include] = frozenset()
    unblinded: bool = False
    simulated: Simulated = Simulated.MIX


def counting_judgments(selection: Selection) -> QuerySet[Judgment]:
    """The judgments that count: each is removed by no rule.

    Surplus judgments count: work is never thrown away. Only `recorded_at` is compared, so that the
    answer for a past moment never changes.
    """
    rows = _stored(selection)
    for _, removes in _rules(selection):
        rows = rows.filter(~removes)
    return rows


def removed_by_rule(selection: Selection) -> dict[str, dict[str, int]]:
    """How many judgments and ratings each rule removes, each under the first that does."""
    rows, counts = _stored(selection), {}
    for reason, removes in _rules(selection):
        counts[reason] = rows.filter(removes).aggregate(
            judgments=Count("pk", distinct=True), ratings=Count("ratings")
        )
        rows = rows.filter(~removes)
    return counts


def resolve_simulated(selection: Selection) -> Simulated:
    """The policy that `auto` stands for here; any other is itself."""
    if selection.simulated is not Simulated.AUTO:
        return selection.simulated
    if setting_at(selection.project, "mix_simulated", selection.as_of):
        return Simulated.MIX
    real = Selection(
        selection.project,
        selection.as_of,
        selection.include,
        selection.unblinded,
        Simulated.EXCLUDE,
    )
    return Simulated.EXCLUDE if counting_judgments(real).exists() else Simulated.ONLY


def is_simulated() -> Q:
    """Whether a judgment was made by a planted annotator."""
    return Q(origin=Judgment.Origin.SIMULATED) | Q(assignment__annotator__kind=User.Kind.SIMULATED)


def _stored(selection: Selection) -> QuerySet[Judgment]:
    return Judgment.objects.filter(
        assignment__project=selection.project, recorded_at__lte=selection.as_of
    )


def _rules(selection: Selection) -> Iterable[tuple[str, Q | Exists]]:
    """What removes judgments, and its name, in the order in which they are counted."""
    as_of = selection.as_of
    newer = Judgment.objects.filter(supersedes=OuterRef("pk"), recorded_at__lte=as_of)
    hinted = Q(assignment__hint_arm__isnull=False) & ~Q(assignment__hint_arm=WITHOUT_HINT)
    yield (
        "other_purpose",
        ~Q(assignment__purpose__in=[Purpose.PRODUCTION, *sorted(selection.include)]),
    )
    yield "superseded", Exists(newer)
    yield "hint_shown", hinted
    if not selection.unblinded:
        yield "unblinded", Q(unblinded=True)
    yield "older_round", Exists(_later_rounds(as_of))
    yield "excluded", Exists(_exclusions_over(selection.project, as_of))
    simulated = resolve_simulated(selection)
    if simulated is Simulated.EXCLUDE:
        yield "simulated", is_simulated()
    elif simulated is Simulated.ONLY:
        yield "real", ~is_simulated()


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
    """Production judgments of the same task in a later round.

    Where a task was begun anew under another protocol version, only its latest round that holds a
    judgment counts.
    """
    return Judgment.objects.filter(
        assignment__task=OuterRef("assignment__task"),
        assignment__purpose=Purpose.PRODUCTION,
        assignment__round__gt=OuterRef("assignment__round"),
        recorded_at__lte=as_of,
    )
