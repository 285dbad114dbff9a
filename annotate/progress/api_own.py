"""The API of one's own work: hours and self-consistency, never another's."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotate.permissions import Capability, require_scope
from annotate.progress.own_work import own_work
from annotate.progress.selectors import current_projects


class OwnConsistency(serializers.Serializer[Any]):
    """Levels that I gave a second time, and how many of them were the same."""

    equal = serializers.IntegerField()
    of = serializers.IntegerField()


class ProjectWork(serializers.Serializer[Any]):
    """My work in one of my projects."""

    project = serializers.CharField()
    active_ms = serializers.IntegerField()
    recent_ms = serializers.IntegerField(help_text="in the last seven days")
    repeats = OwnConsistency(allow_null=True, help_text="null: no task came a second time")


class OwnWorkView(APIView):
    """What I have done, by project."""

    class Output(serializers.Serializer[Any]):
        results = ProjectWork(many=True)

    @extend_schema(operation_id="my_work", responses=Output)
    def get(self, request: Request) -> Response:
        user = require_scope(request, Capability.SEE)
        rows = own_work(list(current_projects(user)), now=timezone.now())
        return Response(self.Output({"results": rows}).data)
