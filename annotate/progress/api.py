"""The API of my projects and of a project's progress."""

import json
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotate.errors import MissingError
from annotate.pagination import Pages
from annotate.people.models import Membership, Role
from annotate.people.selectors import project_members
from annotate.permissions import Capability, access_project, require_scope
from annotate.progress.selectors import (
    count_by_category,
    count_by_day,
    count_judgments,
    count_tasks,
    current_projects,
    describe_annotators,
    find_version_in_use,
    shares_of,
)
from annotate.tasks.models import Project


class ProtocolOutput(serializers.Serializer[Any]):
    """Which protocol version is in force."""

    key = serializers.CharField(source="protocol.key")
    number = serializers.IntegerField()
    digest = serializers.CharField()


class ProjectSummary(serializers.Serializer[Any]):
    """A project as each of its members may see it."""

    slug = serializers.CharField(source="project.slug")
    title = serializers.CharField(source="project.title")
    state = serializers.ChoiceField(source="project.state", choices=Project.State.choices)
    role = serializers.ChoiceField(choices=Role.choices)
    simulated = serializers.BooleanField(source="project.simulated")
    left = serializers.SerializerMethodField()
    mine = serializers.SerializerMethodField()
    protocol = ProtocolOutput(source="project.protocol_version")

    def get_left(self, membership: Membership) -> int:
        """How much there is for me, counted up to 1,000."""
        return int(self.context["shares"][membership.pk]["left"])

    def get_mine(self, membership: Membership) -> int:
        """How many tasks I have judged."""
        return int(self.context["shares"][membership.pk]["mine"])


class ProjectsView(APIView):
    """My projects."""

    class Page(serializers.Serializer[Any]):
        next = serializers.URLField(allow_null=True)
        previous = serializers.URLField(allow_null=True)
        results = ProjectSummary(many=True)

    @extend_schema(operation_id="projects", responses=Page)
    def get(self, request: Request) -> Response:
        user = require_scope(request, Capability.SEE)
        pages = Pages()
        mine = pages.paginate_queryset(current_projects(user), request, self) or []
        context = {"shares": shares_of(mine)}
        return pages.get_paginated_response(ProjectSummary(mine, many=True, context=context).data)


class DocumentedProtocol(ProtocolOutput):
    """The protocol version in force with its text."""

    document = serializers.SerializerMethodField()

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_document(self, version: Any) -> Any:
        """The canonical document, as docs/protocols.md describes it."""
        return json.loads(version.document)


class ShownSettings(serializers.Serializer[Any]):
    """The settings that the rating page needs."""

    sweep = serializers.ChoiceField(choices=Project.Sweep.choices)
    tie_break = serializers.BooleanField()
    ground = serializers.CharField()
    show_size = serializers.BooleanField()
    lease_minutes = serializers.IntegerField()
    break_minutes = serializers.IntegerField()
    minimum_stage = serializers.IntegerField()


class ProjectView(APIView):
    """One of my projects: what is asked, and how it is shown."""

    class Output(ProjectSummary):
        protocol = DocumentedProtocol(source="project.protocol_version")
        settings = ShownSettings(source="project")

    @extend_schema(operation_id="project", responses=Output)
    def get(self, request: Request, slug: str) -> Response:
        member = access_project(request, slug, Capability.SEE)
        context = {"shares": shares_of([member])}
        return Response(self.Output(member, context=context).data)


class ProtocolView(APIView):
    """A version of a project's protocol: a task started under an older one is judged by it."""

    @extend_schema(operation_id="protocol", responses=DocumentedProtocol)
    def get(self, request: Request, slug: str, digest: str) -> Response:
        member = access_project(request, slug, Capability.SEE)
        version = find_version_in_use(member.project, digest)
        if version is None:
            raise MissingError("This project never had such a protocol version.")
        return Response(DocumentedProtocol(version).data)


class TaskCounts(serializers.Serializer[Any]):
    """Tasks by what has become of them; the parts add up to the total."""

    total = serializers.IntegerField()
    open = serializers.IntegerField()
    review = serializers.IntegerField()
    closed = serializers.IntegerField()
    done = serializers.IntegerField()
    withdrawn = serializers.IntegerField()


class JudgmentCounts(serializers.Serializer[Any]):
    """Judgments so far, and how many are wanted in all."""

    counted = serializers.IntegerField()
    surplus = serializers.IntegerField()
    wanted = serializers.IntegerField()


class CategoryCounts(serializers.Serializer[Any]):
    """One category's tasks."""

    category = serializers.CharField()
    total = serializers.IntegerField()
    done = serializers.IntegerField()


class DayCounts(serializers.Serializer[Any]):
    """One day's judgments."""

    day = serializers.DateField()
    judgments = serializers.IntegerField()


class ProgressView(APIView):
    """How far the project is."""

    class Output(serializers.Serializer[Any]):
        tasks = TaskCounts()
        judgments = JudgmentCounts()
        by_category = CategoryCounts(many=True)
        by_day = DayCounts(many=True)

    @extend_schema(operation_id="progress", responses=Output)
    def get(self, request: Request, slug: str) -> Response:
        project = access_project(request, slug, Capability.EXPORT).project
        progress = {
            "tasks": count_tasks(project),
            "judgments": count_judgments(project),
            "by_category": count_by_category(project),
            "by_day": count_by_day(project),
        }
        return Response(self.Output(progress).data)


class AnnotatorOutput(serializers.Serializer[Any]):
    """What one member has done."""

    id = serializers.UUIDField()
    username = serializers.CharField()
    simulated = serializers.BooleanField()
    role = serializers.ChoiceField(choices=Role.choices)
    live = serializers.IntegerField()
    submitted = serializers.IntegerField()
    surplus = serializers.IntegerField()
    cannot_judge = serializers.IntegerField()
    excluded = serializers.BooleanField()
    active_ms_median = serializers.IntegerField(allow_null=True)
    last_at = serializers.DateTimeField(allow_null=True)


class AnnotatorsView(APIView):
    """What each member has done."""

    class Page(serializers.Serializer[Any]):
        next = serializers.URLField(allow_null=True)
        previous = serializers.URLField(allow_null=True)
        results = AnnotatorOutput(many=True)

    @extend_schema(operation_id="annotators", responses=Page)
    def get(self, request: Request, slug: str) -> Response:
        member = access_project(request, slug, Capability.EXPORT)
        pages = Pages()
        members = pages.paginate_queryset(project_members(member.project_id), request, self)
        rows = describe_annotators(members or [])
        return pages.get_paginated_response(AnnotatorOutput(rows, many=True).data)
