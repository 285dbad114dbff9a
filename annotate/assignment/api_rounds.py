"""The API by which a lead puts a protocol version in force."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotate.assignment.rounds import adopt_version
from annotate.permissions import Capability, access_project
from annotate.tasks.selectors import find_version


class AdoptionView(APIView):
    """The project's protocol version in force."""

    class Input(serializers.Serializer[Any]):
        protocol = serializers.CharField(max_length=80, help_text="KEY@NUMBER")
        started = serializers.ChoiceField(
            choices=["finish", "new_round"],
            default="finish",
            help_text="what becomes of tasks begun and not done under the old version",
        )

    class Output(serializers.Serializer[Any]):
        protocol = serializers.CharField(source="protocol_version")

    @extend_schema(operation_id="adopt_version", request=Input, responses=Output)
    def post(self, request: Request, slug: str) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        row = adopt_version(
            project=lead.project,
            version=find_version(given.validated_data["protocol"]),
            started=given.validated_data["started"],
        )
        return Response(self.Output(row).data)
