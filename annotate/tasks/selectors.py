"""Reads projects, their settings' history, and tasks as a lead sees them."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from django.apps import apps
from django.db.models import Count, F, Model, Q, QuerySet

from annotate.errors import InvalidError, MissingError
from annotate.people.models import User
from annotate.tasks.models import SETTINGS, Candidate, Project, Task
from protocol.models import ProtocolVersion
from protocol.selectors import MissingVersionError, get_version

DONE = Q(counted__gte=F("wanted"))
"""Derived, never stored: as many judgments as are wanted."""


class SettingsChange(TypedDict):
    """What one change of a project's settings did; `by` is null on the command line."""

    at: datetime
    by: str | None
    changes: dict[str, list[Any]]


def find_task(project_id: int, task: UUID) -> Task:
    """One task of the project; else 404."""
    found = Task.objects.filter(project_id=project_id, uuid=task).first()
    if found is None:
        raise MissingError
    return found


def setting_at(project: Project, name: str, as_of: datetime) -> Any:
    """A setting as it stood at a moment; the first one where the project is younger."""
    events: Any = apps.get_model("annotate", "ProjectEvent")
    history = events.objects.filter(pgh_obj=project)
    then = history.filter(pgh_created_at__lte=as_of).order_by("-pgh_id").first()
    return getattr(then or history.order_by("pgh_id").first(), name)


def find_version(name: str) -> ProtocolVersion:
    """The version that KEY or KEY@N names; 422 where the database does not hold it."""
    try:
        key, number = split_name(name)
        return get_version(key=key, number=number)
    except MissingVersionError as error:
        fault = {"code": "unknown_version", "field": "protocol", "message": str(error)}
        raise InvalidError([fault]) from error


def split_name(name: str) -> tuple[str, int | None]:
    """KEY or KEY@N as key and number."""
    key, at, number = name.partition("@")
    if not at:
        return key, None
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise MissingVersionError(f"{name}: accepted is KEY or KEY@NUMBER")
    return key, int(number)


def filter_tasks(
    project_id: int,
    *,
    state: str | None = None,
    priority: int | None = None,
    category: str | None = None,
    withdrawn: bool | None = None,
    q: str = "",
) -> QuerySet[Task]:
    """The project's tasks that fit, in the order of import."""
    tasks = Task.objects.filter(project_id=project_id).order_by("pk")
    if state in ("open", "done"):
        tasks = tasks.filter(DONE if state == "done" else ~DONE, state=Task.State.OPEN)
    elif state is not None:
        tasks = tasks.filter(state=state)
    if priority is not None:
        tasks = tasks.filter(priority=priority)
    if category is not None:
        tasks = tasks.filter(category=category)
    if withdrawn is not None:
        tasks = tasks.filter(withdrawn_at__isnull=not withdrawn)
    if q:
        tasks = tasks.filter(Q(external_id__icontains=q) | Q(instruction__icontains=q))
    return tasks


def count_candidates(tasks: Sequence[Task]) -> dict[int, int]:
    """How many candidates each of the tasks has."""
    counted = Candidate.objects.filter(task__in=tasks).values_list("task").annotate(Count("pk"))
    return dict(counted)


def count_image_failures(tasks: Sequence[Task]) -> dict[int, int]:
    """How often each of the tasks was given back because an image did not load."""
    given_back = Q(assignments__release_reason="image_failed")
    found = Task.objects.filter(pk__in=[task.pk for task in tasks])
    return dict(found.annotate(n=Count("assignments", filter=given_back)).values_list("pk", "n"))


def settings_events(project: Project) -> QuerySet[Model]:
    """The changes of a project's settings, newest first; its making is not among them."""
    return _events(project).filter(pgh_label="update").order_by("-pgh_id")


def describe_changes(project: Project, events: Sequence[Any]) -> list[SettingsChange]:
    """What each of the events, consecutive and newest first, changed, and who did it."""
    if not events:
        return []
    before = _events(project).filter(pgh_id__lt=events[-1].pgh_id).order_by("-pgh_id").first()
    pairs = list(zip(events, [*events[1:], before], strict=True))
    people = _usernames(events)
    versions = _versions({each.protocol_version_id for pair in pairs for each in pair})
    return [
        {
            "at": new.pgh_created_at,
            "by": people.get(_user(new)),
            "changes": dict(_differences(old, new, versions)),
        }
        for new, old in pairs
    ]


def _events(project: Project) -> QuerySet[Any]:
    events: Any = apps.get_model("annotate", "ProjectEvent")
    rows: QuerySet[Any] = events.objects.select_related("pgh_context").filter(pgh_obj=project)
    return rows


def _differences(old: Any, new: Any, versions: dict[int, str]) -> Iterator[tuple[str, list[Any]]]:
    for field in SETTINGS:
        name = f"{field}_id" if field == "protocol_version" else field
        values = [getattr(old, name), getattr(new, name)]
        if values[0] == values[1]:
            continue
        if field == "protocol_version":
            yield "protocol", [versions[value] for value in values]
        else:
            yield field, values


def _user(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _usernames(events: Sequence[Any]) -> dict[int | None, str]:
    ids = [user for event in events if (user := _user(event)) is not None]
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "username"))


def _versions(ids: set[int]) -> dict[int, str]:
    rows = ProtocolVersion.objects.select_related("protocol").filter(pk__in=ids)
    return {version.pk: str(version) for version in rows}
