"""Reads how far a project is: for one member, by category, by day, by annotator."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypedDict

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from annotate.people.models import Membership, Role, User
from annotate.progress import statements
from annotate.tasks.models import Project, Task
from protocol.models import ProtocolVersion

MOST_LEFT = 1000
"""What is left is counted no further."""

DAYS = 30
"""How far back judgments are counted by day."""

STANDING = Q(withdrawn_at=None)
DONE = Q(counted__gte=F("wanted"))


class Share(TypedDict):
    """One member's part of a project."""

    left: int
    mine: int


class AnnotatorRow(TypedDict):
    """What one member has done."""

    id: str
    username: str
    simulated: bool
    role: str
    live: int
    submitted: int
    surplus: int
    cannot_judge: int
    excluded: bool
    active_ms_median: int | None
    last_at: datetime | None


def current_projects(user: User) -> QuerySet[Membership]:
    """The user's memberships that have not ended, with project and protocol."""
    return (
        Membership.objects.select_related("project__protocol_version__protocol")
        .filter(user=user, ended_at=None)
        .order_by("pk")
    )


def find_version_in_use(project: Project, digest: str) -> ProtocolVersion | None:
    """The version of the project's protocol with this digest, unless it is a draft."""
    return (
        ProtocolVersion.objects.select_related("protocol")
        .filter(protocol=project.protocol_version.protocol_id, digest=digest)
        .exclude(state=ProtocolVersion.State.DRAFT)
        .first()
    )


def shares_of(memberships: Sequence[Membership]) -> dict[int, Share]:
    """What one user has submitted and what is left, at most 1,000, by membership.

    Left are the assignments the member holds and the claimable tasks the member has neither
    held nor judged; none for who has opened an unblinded view, or after "nothing left".
    """
    if not memberships:
        return {}
    names = {
        "user": memberships[0].user_id,
        "most": MOST_LEFT,
        "projects": [member.project_id for member in memberships],
    }
    held = {row[0]: row[1:] for row in _rows(statements.MINE, names)}
    claimable = _claimable([member for member in memberships if _may_find(member)], names)
    shares: dict[int, Share] = {}
    for member in memberships:
        submitted, live = held[member.project_id]
        left = min(live + claimable.get(member.project_id, 0), MOST_LEFT)
        shares[member.pk] = {"left": left, "mine": submitted}
    return shares


def _claimable(memberships: Sequence[Membership], names: dict[str, Any]) -> dict[int, int]:
    """How many tasks one user could still be given, by project.

    Where so many are ahead that the count ends, those behind are not looked for.
    """
    names = {**names, "projects": [member.project_id for member in memberships]}
    ahead: dict[int, int] = dict(_rows(statements.AHEAD, names))
    names["projects"] = [project for project, number in ahead.items() if number < MOST_LEFT]
    return {**ahead, **dict(_rows(statements.LEFT, names))}


def _may_find(membership: Membership) -> bool:
    """Whether a claim would look for tasks that the member has not had."""
    seen = membership.exhausted_at
    known_empty = seen is not None and seen >= membership.project.supplied_at
    return not membership.is_unblinded and not known_empty


def count_tasks(project: Project) -> dict[str, int]:
    """The project's tasks by what has become of them; the parts add up to the total."""
    return Task.objects.filter(project=project, kind=Task.Kind.PRODUCTION).aggregate(
        total=Count("pk"),
        open=Count("pk", filter=STANDING & Q(state=Task.State.OPEN) & ~DONE),
        review=Count("pk", filter=STANDING & Q(state=Task.State.REVIEW)),
        closed=Count("pk", filter=STANDING & Q(state=Task.State.CLOSED)),
        done=Count("pk", filter=STANDING & Q(state=Task.State.OPEN) & DONE),
        withdrawn=Count("pk", filter=~STANDING),
    )


def count_judgments(project: Project) -> dict[str, int]:
    """Judgments that took a slot, those that came too late to, and how many are wanted in all."""
    tasks = Task.objects.filter(project=project, kind=Task.Kind.PRODUCTION)
    sums = tasks.aggregate(
        counted=Sum("counted", default=0), wanted=Sum("wanted", default=0, filter=STANDING)
    )
    [(surplus,)] = _rows(statements.SURPLUS, {"project": project.pk})
    return {**sums, "surplus": surplus}


def count_by_category(project: Project) -> list[dict[str, Any]]:
    """Tasks that stand and those of them that are done, by category."""
    tasks = Task.objects.filter(STANDING, project=project, kind=Task.Kind.PRODUCTION)
    rows = tasks.values_list("category").annotate(total=Count("pk"), done=Count("pk", filter=DONE))
    return [
        {"category": category, "total": total, "done": done}
        for category, total, done in rows.order_by("category")
    ]


def count_by_day(project: Project, *, now: datetime | None = None) -> list[dict[str, Any]]:
    """Judgments of each of the last 30 days (UTC) that had any."""
    today = (now or timezone.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    since = today - timedelta(days=DAYS - 1)
    days: list[tuple[date, int]] = _rows(statements.BY_DAY, {"project": project.pk, "since": since})
    return [{"day": day, "judgments": number} for day, number in days]


def describe_annotators(members: Sequence[Membership]) -> list[AnnotatorRow]:
    """What each member of one project has done."""
    if not members:
        return []
    names = {
        "project": members[0].project_id,
        "users": [member.user_id for member in members],
    }
    held = {row[0]: row[1:] for row in _rows(statements.ASSIGNMENTS, names)}
    judged = {row[0]: row[1:] for row in _rows(statements.JUDGMENTS, names)}
    excluded = {user for (user,) in _rows(statements.EXCLUDED, names)}
    return [
        _annotator(
            member,
            held[member.user_id],
            judged.get(member.user_id, (0, 0, None, None)),
            excluded=member.user_id in excluded,
        )
        for member in members
    ]


def _annotator(
    member: Membership, held: tuple[Any, ...], judged: tuple[Any, ...], *, excluded: bool
) -> AnnotatorRow:
    live, submitted = held
    surplus, cannot_judge, median, last_at = judged
    return {
        "id": str(member.uuid),
        "username": member.user.username,
        "simulated": member.user.kind == User.Kind.SIMULATED,
        "role": Role(member.role).value,
        "live": live,
        "submitted": submitted,
        "surplus": surplus,
        "cannot_judge": cannot_judge,
        "excluded": excluded,
        "active_ms_median": None if median is None else round(median),
        "last_at": last_at,
    }


def _rows(sql: str, names: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, names)
        return list(cursor.fetchall())
