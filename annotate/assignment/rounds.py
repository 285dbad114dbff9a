"""What begins anew: a project's next protocol version, a task that becomes gold."""

from typing import Literal

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotate.assignment.models import Assignment
from annotate.errors import ConflictError
from annotate.people.models import Membership, fresh_cursors
from annotate.tasks.models import Project, Task
from annotate.tasks.services import lock_pool, touch_supply, update_settings
from protocol.models import ProtocolVersion

Kind = Task.Kind


@transaction.atomic
def adopt_version(
    *,
    project: Project,
    version: ProtocolVersion,
    started: Literal["finish", "new_round"] = "finish",
) -> Project:
    """Put a protocol version in force for all work that begins from now on.

    Tasks begun and not done are finished under the old version, or begin a new round under the
    new one: their leases end, and what was judged stays under the version it was judged by.
    """
    lock_pool(project_id=project.pk)
    begun = _lock_begun(project, version) if started == "new_round" else []
    row = update_settings(project=project, changes={}, version=version)
    if started == "new_round":
        _begin_rounds(row, version, begun)
    return row


def _lock_begun(project: Project, version: ProtocolVersion) -> list[int]:
    """Lock in the order of all: memberships, tasks by id, and only later the project's row.

    Claims wait meanwhile. Returns the ids of the tasks that begin anew.
    """
    members = Membership.objects.filter(project=project).order_by("pk")
    list(members.select_for_update(no_key=True).values_list("pk", flat=True))
    begun = Task.objects.filter(
        project=project,
        kind__in=[Kind.PRODUCTION, Kind.GOLD],
        protocol_version__isnull=False,
        counted__lt=F("wanted"),
    ).exclude(protocol_version=version)
    return list(begun.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def _begin_rounds(project: Project, version: ProtocolVersion, tasks: list[int]) -> None:
    members = Membership.objects.filter(project=project)
    members.update(cursors=fresh_cursors(), exhausted_at=None)
    Assignment.objects.filter(task__in=tasks, state=Assignment.State.LIVE).update(
        state=Assignment.State.EXPIRED, ended_at=timezone.now()
    )
    again = Task.objects.filter(pk__in=tasks)
    again.update(round=F("round") + 1, held=0, counted=0, protocol_version=None)
    again.filter(kind=Kind.GOLD).update(protocol_version=version)
    touch_supply(project_id=project.pk)


@transaction.atomic
def mark_gold(*, task: Task) -> Task:
    """Make a task gold: nobody is given it as production any more; leases that run go on."""
    row = Task.objects.select_for_update(no_key=True, of=("self",)).get(pk=task.pk)
    if row.kind not in {Kind.PRODUCTION, Kind.GOLD}:
        raise ConflictError(f"A task for {row.kind} cannot be gold.", code="other_kind")
    if row.kind == Kind.PRODUCTION:
        Task.objects.filter(pk=row.pk).update(
            kind=Kind.GOLD,
            protocol_version=Coalesce("protocol_version", row.project.protocol_version_id),
        )
        row.refresh_from_db()
    return row
