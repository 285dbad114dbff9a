"""The API of judgments: submit, look back, amend; exclusions for the lead."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotate.assignment.models import Assignment
from annotate.assignment.outputs import ShownCandidate, ShownImage
from annotate.assignment.selectors import own_assignments
from annotate.errors import InvalidError, MissingError
from annotate.judgments import inputs
from annotate.judgments.exclusions import create_exclusion, end_exclusion
from annotate.judgments.history import candidates_with_images, look_back
from annotate.judgments.models import Exclusion, Judgment
from annotate.judgments.services import Receipt, amend_judgment, submit_judgment
from annotate.keyed import KeyedSerializer
from annotate.pagination import Pages
from annotate.people.models import ApiToken, User
from annotate.permissions import Capability, access_project, require_scope


def origin_of(request: Request) -> str:
    """Where a judgment comes from: a page or a program."""
    is_program = isinstance(request.auth, ApiToken)
    return Judgment.Origin.API if is_program else Judgment.Origin.WEB


def answer(receipt: Receipt) -> Response:
    """201 for what is new, 200 for a repeat, with the same body."""
    return Response(receipt.as_json(), status=201 if receipt.created else 200)


class SubmitView(APIView):
    """Submit the judgment of an assignment; safe to repeat."""

    @extend_schema(
        operation_id="submit_judgment",
        request=inputs.JudgmentBody,
        responses={200: inputs.ReceiptOutput, 201: inputs.ReceiptOutput},
    )
    def post(self, request: Request, assignment: UUID) -> Response:
        user = require_scope(request, Capability.RATE)
        receipt = submit_judgment(
            assignment=assignment,
            user_id=user.pk,
            payload=request.data,
            origin=origin_of(request),
        )
        return answer(receipt)


class AmendView(APIView):
    """Replace an own recent judgment by a new revision; safe to repeat."""

    @extend_schema(
        operation_id="amend_judgment",
        request=inputs.AmendmentBody,
        responses={200: inputs.ReceiptOutput, 201: inputs.ReceiptOutput},
    )
    def post(self, request: Request, submission_id: UUID) -> Response:
        user = require_scope(request, Capability.RATE)
        receipt = amend_judgment(
            submission_id=submission_id,
            user_id=user.pk,
            payload=request.data,
            origin=origin_of(request),
        )
        return answer(receipt)


class LatestFirst(Pages):
    """An annotator's finished work, latest first."""

    ordering = ("-ended_at", "-pk")
    page_size = 20
    max_page_size = 100


class OwnJudgment(inputs.ReceiptOutput, KeyedSerializer):
    """An own judgment as it was given."""

    keyed = {"source": ShownImage}

    project = serializers.CharField()
    protocol = serializers.CharField()
    instruction = serializers.CharField()
    instruction_lang = serializers.CharField()
    instruction_translations = serializers.DictField(child=serializers.CharField())
    candidates = ShownCandidate(many=True)
    edit_mask = ShownImage(allow_null=True)
    ratings = inputs.SaidRating(many=True)
    comparisons = inputs.SaidComparison(many=True)
    reasons = inputs.SaidReason(many=True)
    regions = inputs.SaidRegion(many=True)
    cannot_judge = inputs.CannotJudge(many=True)
    comment = serializers.CharField()
    language = serializers.CharField()
    amendable = serializers.BooleanField()
    refusal = serializers.CharField(allow_null=True, help_text="why it can't be amended")


class OwnJudgmentsPage(serializers.Serializer[Any]):
    """A page of own judgments."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = OwnJudgment(many=True)


class MyJudgmentsView(APIView):
    """Look back at one's own judgments."""

    @extend_schema(
        operation_id="my_judgments",
        parameters=[
            OpenApiParameter("project", str, description="only of this project"),
            OpenApiParameter("cursor", str),
            OpenApiParameter("page_size", OpenApiTypes.INT),
        ],
        responses=OwnJudgmentsPage,
    )
    def get(self, request: Request) -> Response:
        user = require_scope(request, Capability.RATE)
        rows = self._rows(user, request.query_params.get("project"))
        pages = LatestFirst()
        page = pages.paginate_queryset(rows, request, self)
        found = look_back(rows=page or [], user_id=user.pk, now=timezone.now())
        return pages.get_paginated_response(found)

    @staticmethod
    def _rows(user: User, slug: str | None) -> QuerySet[Assignment]:
        rows = own_assignments(user_id=user.pk).filter(state=Assignment.State.SUBMITTED)
        if slug is not None:
            rows = rows.filter(project__slug=slug)
        candidates = Prefetch("task__candidates", candidates_with_images())
        return rows.select_related("project", "task__source", "task__edit_mask").prefetch_related(
            candidates
        )


class ExclusionOutput(KeyedSerializer):
    """A span of an annotator's work that does not count."""

    keyed = {
        "from": partial(serializers.DateTimeField, source="starts_at"),
        "to": partial(serializers.DateTimeField, source="ends_at"),
    }

    id = serializers.UUIDField(source="uuid")
    user = serializers.CharField(source="user.username")
    why = serializers.CharField()
    by = serializers.CharField(source="by.username", allow_null=True, default=None)
    recorded_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class ExclusionsPage(serializers.Serializer[Any]):
    """A page of exclusions."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ExclusionOutput(many=True)


class NewestFirst(Pages):
    """The latest exclusions first."""

    ordering = ("-recorded_at", "-pk")


class ExclusionsView(APIView):
    """What was excluded in a project, and a new exclusion."""

    class Input(KeyedSerializer):
        keyed = {"from": serializers.DateTimeField, "to": serializers.DateTimeField}

        user = serializers.CharField(max_length=150)
        why = serializers.CharField(max_length=2000)

    @extend_schema(operation_id="exclusions", responses=ExclusionsPage)
    def get(self, request: Request, slug: str) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        rows = lead.project.exclusions.select_related("user", "by")
        pages = NewestFirst()
        page = pages.paginate_queryset(rows, request, self)
        return pages.get_paginated_response(ExclusionOutput(page, many=True).data)

    @extend_schema(operation_id="create_exclusion", request=Input, responses={201: ExclusionOutput})
    def post(self, request: Request, slug: str) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        user = User.objects.filter(username=said["user"], memberships__project=lead.project).first()
        if user is None:
            raise InvalidError([{"code": "unknown_member", "field": "user"}])
        row = create_exclusion(
            project=lead.project,
            user=user,
            starts_at=said["from"],
            ends_at=said["to"],
            why=said["why"],
            by=lead.user,
        )
        return Response(ExclusionOutput(row).data, status=201)


class EndExclusionView(APIView):
    """Let an excluded span count again."""

    @extend_schema(operation_id="end_exclusion", request=None, responses=ExclusionOutput)
    def post(self, request: Request, slug: str, exclusion: UUID) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        row = Exclusion.objects.filter(project=lead.project_id, uuid=exclusion).first()
        if row is None:
            raise MissingError
        return Response(ExclusionOutput(end_exclusion(exclusion=row, by=lead.user)).data)
