"""Writes projects and changes tasks."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import F, Func, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from annotate.errors import ConflictError, InvalidError
from annotate.tasks.models import SETTINGS, Priority, Project, Task
from annotate.tasks.selectors import split_name
from protocol.models import ProtocolVersion
from protocol.selectors import MissingVersionError, get_version
from protocol.services import import_shipped
from protocol.shipped import NotShippedError

POOL_LOCK = 0x456A
"""The first half of the advisory lock's number; the project's id is the second."""

EDITABLE = frozenset(SETTINGS) - {"state", "protocol_version"}
"""The settings that `update_settings` takes by name."""

CHANGEABLE = ("priority", "wanted", "withdrawn_at", "state")
"""What people change about a task."""

FIXED = {field.name for field in Task._meta.get_fields()} - set(CHANGEABLE)  # noqa: SLF001
MICROSECOND = Value("1 microsecond", output_field=models.DurationField())


def find_or_publish(*, name: str) -> tuple[ProtocolVersion, bool]:
    """The version that KEY or KEY@N names, and whether a shipped edition was published for it."""
    key, number = split_name(name)
    try:
        return get_version(key=key, number=number), False
    except MissingVersionError as missing:
        try:
            return import_shipped(key=key, number=number), True
        except NotShippedError:
            raise missing from None


def create_project(
    *,
    slug: str,
    version: ProtocolVersion,
    overlap: int = 3,
    title: str = "",
    simulated: bool = False,
) -> Project:
    """A new project under a published protocol version."""
    if version.state == ProtocolVersion.State.DRAFT:
        raise ConflictError(f"{version} is a draft; publish it first.", code="draft_protocol")
    project = Project(
        slug=slug,
        title=title or slug,
        protocol_version=version,
        overlap=overlap,
        simulated=simulated,
    )
    _check_settings(project)
    project.save(force_insert=True)
    return project


def touch_supply(*, project_id: int) -> None:
    """Say that work came into the pool, which ends every "nothing left"; always a later time."""
    later = Greatest(
        Func(function="clock_timestamp", output_field=models.DateTimeField()),
        F("supplied_at") + MICROSECOND,
    )
    Project.objects.filter(pk=project_id).update(supplied_at=later)


def lock_pool(*, project_id: int) -> None:
    """Let one transaction at a time add tasks to a project or change what all of them want.

    Taken before any row, so that it adds nothing to the order of row locks.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [POOL_LOCK, project_id])


@transaction.atomic
def update_settings(
    *, project: Project, changes: Mapping[str, Any], version: ProtocolVersion | None = None
) -> Project:
    """Change settings, all or none; a new protocol version holds for tasks not yet started."""
    lock_pool(project_id=project.pk)
    row = Project.objects.select_related("protocol_version").get(pk=project.pk)
    if unknown := sorted(set(changes) - EDITABLE):
        raise InvalidError([{"code": "unknown_field", "field": name} for name in unknown])
    fields = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if version is not None and version.pk != row.protocol_version_id:
        _adoptable(row, version)
        fields["protocol_version"] = version
    before = row.overlap
    for name, value in fields.items():
        setattr(row, name, value)
    _check_settings(row)
    if row.overlap != before:
        _want(row, before)
    if fields:
        row.save(update_fields=list(fields))
    return row


def _want(project: Project, before: int) -> None:
    """Let the tasks that wanted the old overlap want the new one."""
    tasks = Task.objects.filter(project=project, kind=Task.Kind.PRODUCTION, wanted=before)
    locked = tasks.select_for_update(no_key=True).order_by("pk").values("pk")
    Task.objects.filter(pk__in=locked).update(wanted=project.overlap)
    if project.overlap > before:
        touch_supply(project_id=project.pk)


def change_state(*, project: Project, state: Project.State) -> Project:
    """Pause, activate or archive a project."""
    project.state = state
    project.save(update_fields=["state"])
    return project


@transaction.atomic
def update_task(
    *,
    task: Task,
    priority: Priority | None = None,
    wanted: int | None = None,
    withdrawn: bool | None = None,
    state: Task.State | None = None,
) -> Task:
    """Change how a task is given out; what people hold of it they keep."""
    row = Task.objects.select_for_update(no_key=True).get(pk=task.pk)
    before = (row.priority, row.wanted, row.withdrawn_at, row.state)
    if priority is not None:
        row.priority = priority
    if wanted is not None:
        row.wanted = wanted
    if state is not None:
        row.state = state
    if withdrawn is not None and withdrawn != (row.withdrawn_at is not None):
        row.withdrawn_at = timezone.now() if withdrawn else None
    if before == (row.priority, row.wanted, row.withdrawn_at, row.state):
        return row
    _check_task(row)
    row.save(update_fields=CHANGEABLE)
    row.refresh_from_db()
    if row.claimable:
        touch_supply(project_id=row.project_id)
    return row


def _adoptable(project: Project, version: ProtocolVersion) -> None:
    """Refuse a draft, and a version of another protocol."""
    if version.state == ProtocolVersion.State.DRAFT:
        raise ConflictError(f"{version} is a draft; publish it first.", code="draft_protocol")
    if version.protocol_id != project.protocol_version.protocol_id:
        raise ConflictError(
            f"{version} is another protocol; make another project for it.", code="other_protocol"
        )


def _check_settings(project: Project) -> None:
    """Refuse values that the fields or the constraints do not accept (422)."""
    try:
        project.full_clean()
    except ValidationError as error:
        raise _refusal(error) from error


def _check_task(task: Task) -> None:
    """Refuse values of the changeable fields that they do not accept (422)."""
    try:
        task.clean_fields(exclude=FIXED)
    except ValidationError as error:
        raise _refusal(error) from error


def _refusal(error: ValidationError) -> InvalidError:
    return InvalidError(
        [
            {"code": str(fault.code), "field": field, "message": " ".join(fault.messages)}
            for field, errors in error.error_dict.items()
            for fault in errors
        ]
    )
