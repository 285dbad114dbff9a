"""The API of a project's settings and tasks, for its lead and engineers."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotate.errors import InvalidError
from annotate.pagination import Pages
from annotate.people.services import mark_unblinded
from annotate.permissions import Capability, access_project
from annotate.tasks.models import Priority, Project, Task
from annotate.tasks.selectors import (
    count_candidates,
    count_image_failures,
    describe_changes,
    filter_tasks,
    find_task,
    find_version,
    settings_events,
)
from annotate.tasks.services import change_state, update_settings, update_task


class Strict(serializers.Serializer[Any]):
    """An input in which a field that is not known is a fault."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            raise InvalidError([{"code": "unknown_field", "field": name} for name in unknown])
        return super().to_internal_value(data)


class SettingsView(APIView):
    """The project's settings."""

    class Input(Strict):
        title = serializers.CharField(max_length=200, required=False)
        overlap = serializers.IntegerField(min_value=1, max_value=100, required=False)
        lease_minutes = serializers.IntegerField(min_value=1, max_value=480, required=False)
        sweep = serializers.ChoiceField(choices=Project.Sweep.choices, required=False)
        tie_break = serializers.BooleanField(required=False)
        gold_rate = serializers.FloatField(min_value=0.0, max_value=0.5, required=False)
        repeat_rate = serializers.FloatField(min_value=0.0, max_value=0.5, required=False)
        repeat_distance = serializers.IntegerField(
            min_value=0, max_value=2_147_483_647, required=False
        )
        hint_policy = serializers.ChoiceField(choices=Project.HintPolicy.choices, required=False)
        blind = serializers.BooleanField(required=False)
        ground = serializers.RegexField(r"^#[0-9A-F]{6}\Z", required=False)
        show_size = serializers.BooleanField(required=False)
        break_minutes = serializers.IntegerField(min_value=0, max_value=480, required=False)
        minimum_stage = serializers.IntegerField(min_value=0, max_value=4000, required=False)
        mix_simulated = serializers.BooleanField(required=False)
        protocol = serializers.CharField(
            max_length=80,
            required=False,
            help_text="KEY@NUMBER of a published version; it holds for tasks not yet started",
        )

    class Output(serializers.Serializer[Any]):
        title = serializers.CharField()
        state = serializers.ChoiceField(choices=Project.State.choices)
        overlap = serializers.IntegerField()
        lease_minutes = serializers.IntegerField()
        sweep = serializers.ChoiceField(choices=Project.Sweep.choices)
        tie_break = serializers.BooleanField()
        gold_rate = serializers.FloatField()
        repeat_rate = serializers.FloatField()
        repeat_distance = serializers.IntegerField()
        hint_policy = serializers.ChoiceField(choices=Project.HintPolicy.choices)
        blind = serializers.BooleanField()
        ground = serializers.CharField()
        show_size = serializers.BooleanField()
        break_minutes = serializers.IntegerField()
        minimum_stage = serializers.IntegerField()
        mix_simulated = serializers.BooleanField()
        protocol = serializers.CharField(source="protocol_version")

    @extend_schema(operation_id="settings", responses=Output)
    def get(self, request: Request, slug: str) -> Response:
        member = access_project(request, slug, Capability.EXPORT)
        return Response(self.Output(member.project).data)

    @extend_schema(operation_id="change_settings", request=Input, responses=Output)
    def patch(self, request: Request, slug: str) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        changes = dict(given.validated_data)
        name = changes.pop("protocol", None)
        version = find_version(name) if name else None
        row = update_settings(project=lead.project, changes=changes, version=version)
        return Response(self.Output(row).data)


class SettingsChangeOutput(serializers.Serializer[Any]):
    """One change of settings."""

    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True, help_text="null: on the command line")
    changes = serializers.DictField(
        child=serializers.ListField(child=serializers.JSONField(), min_length=2, max_length=2),
        help_text="by field, the old value and the new one",
    )


class SettingsHistoryView(APIView):
    """Who changed which setting when, newest first."""

    class Page(serializers.Serializer[Any]):
        next = serializers.URLField(allow_null=True)
        previous = serializers.URLField(allow_null=True)
        results = SettingsChangeOutput(many=True)

    @extend_schema(operation_id="settings_history", responses=Page)
    def get(self, request: Request, slug: str) -> Response:
        member = access_project(request, slug, Capability.EXPORT)
        pages = Pages()
        pages.ordering = ("-pgh_id",)
        events = pages.paginate_queryset(settings_events(member.project), request, self)
        changes = describe_changes(member.project, events or [])
        return pages.get_paginated_response(SettingsChangeOutput(changes, many=True).data)


class StateView(APIView):
    """Pauses, activates or archives the project."""

    class Body(Strict):
        state = serializers.ChoiceField(choices=Project.State.choices)

    @extend_schema(operation_id="change_state", request=Body, responses=Body)
    def post(self, request: Request, slug: str) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        given = self.Body(data=request.data)
        given.is_valid(raise_exception=True)
        state = Project.State(given.validated_data["state"])
        return Response(self.Body(change_state(project=lead.project, state=state)).data)


class TaskOutput(serializers.Serializer[Any]):
    """A task as a lead sees it; no system is named, though the external id may name one."""

    id = serializers.UUIDField(source="uuid")
    external_id = serializers.CharField()
    instruction = serializers.CharField()
    category = serializers.CharField()
    kind = serializers.ChoiceField(choices=Task.Kind.choices)
    priority = serializers.ChoiceField(choices=Priority.choices)
    wanted = serializers.IntegerField()
    held = serializers.IntegerField()
    counted = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Task.State.choices)
    done = serializers.SerializerMethodField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    candidates = serializers.SerializerMethodField()
    image_failures = serializers.SerializerMethodField()

    def get_done(self, task: Task) -> bool:
        """Whether it has as many judgments as are wanted."""
        return task.counted >= task.wanted

    def get_candidates(self, task: Task) -> int:
        """How many candidates it has."""
        return int(self.context["candidates"][task.pk])

    def get_image_failures(self, task: Task) -> int:
        """How often it was given back because an image did not load."""
        return int(self.context["failures"][task.pk])


def _shown(tasks: list[Task], *, many: bool = True) -> Any:
    context = {"candidates": count_candidates(tasks), "failures": count_image_failures(tasks)}
    return TaskOutput(tasks if many else tasks[0], many=many, context=context).data


class TasksView(APIView):
    """The project's tasks; who opens them counts as unblinded while the project is blind."""

    class Query(serializers.Serializer[Any]):
        state = serializers.ChoiceField(choices=[*Task.State.values, "done"], required=False)
        priority = serializers.ChoiceField(choices=Priority.choices, required=False)
        category = serializers.CharField(max_length=100, required=False, allow_blank=True)
        q = serializers.CharField(max_length=200, required=False, allow_blank=True)
        withdrawn = serializers.BooleanField(required=False)

    class Page(serializers.Serializer[Any]):
        next = serializers.URLField(allow_null=True)
        previous = serializers.URLField(allow_null=True)
        results = TaskOutput(many=True)

    @extend_schema(operation_id="tasks", parameters=[Query], responses=Page)
    def get(self, request: Request, slug: str) -> Response:
        member = access_project(request, slug, Capability.EXPORT)
        asked = self.Query(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        if member.project.blind:
            mark_unblinded(membership=member)
        pages = Pages()
        tasks = filter_tasks(member.project_id, **asked.validated_data)
        page = pages.paginate_queryset(tasks, request, self) or []
        return pages.get_paginated_response(_shown(page))


class TaskView(APIView):
    """One task."""

    class Input(Strict):
        priority = serializers.ChoiceField(choices=Priority.choices, required=False)
        wanted = serializers.IntegerField(min_value=1, max_value=100, required=False)
        withdrawn = serializers.BooleanField(required=False)
        state = serializers.ChoiceField(choices=Task.State.choices, required=False)

    @extend_schema(operation_id="change_task", request=Input, responses=TaskOutput)
    def patch(self, request: Request, slug: str, task: uuid.UUID) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        row = update_task(task=find_task(lead.project_id, task), **given.validated_data)
        return Response(_shown([row], many=False))
