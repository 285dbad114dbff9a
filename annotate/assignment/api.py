"""The API of an annotator's assignments: claim, draft, renew, release, images."""

from typing import Any
from uuid import UUID
from wsgiref.util import FileWrapper

from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotate.assignment import outputs
from annotate.assignment.claim import MOST_LIVE, claim_assignments
from annotate.assignment.drafts import save_draft
from annotate.assignment.images import find_image
from annotate.assignment.lease import RELEASE_REASONS, release_assignment, renew_lease
from annotate.errors import InvalidError
from annotate.fields import OPTIONAL_TEXT, TEXT, check_range, read_object
from annotate.keyed import KeyedSerializer, optional_label
from annotate.permissions import Capability, require_scope
from annotate.tasks.storage import DISPLAY_TYPE, FULL, LEVELS

LARGEST_REVISION = 2**31 - 1
LONGEST_DETAIL = 1000
CHUNK = 64 * 1024
FOREVER = 365 * 24 * 60 * 60


class ClaimView(APIView):
    """Top up my live assignments in a project."""

    class Input(serializers.Serializer[Any]):
        count = serializers.IntegerField(min_value=1, max_value=MOST_LIVE)

    @extend_schema(
        operation_id="claim_assignments", request=Input, responses=outputs.ClaimedAssignments
    )
    def post(self, request: Request, slug: str) -> Response:
        user = require_scope(request, Capability.RATE)
        given = read_object(request.data, {"count": (int,)})
        check_range("count", given["count"], least=1, most=MOST_LIVE)
        claim = claim_assignments(slug=slug, user_id=user.pk, count=given["count"])
        return Response(claim.as_json())


class DraftView(APIView):
    """Save unfinished answers."""

    class Input(serializers.Serializer[Any]):
        revision = serializers.IntegerField(min_value=1, max_value=LARGEST_REVISION)
        answers = serializers.DictField()

    @extend_schema(operation_id="save_draft", request=Input, responses=outputs.DraftReceipt)
    def put(self, request: Request, assignment: UUID) -> Response:
        user = require_scope(request, Capability.RATE)
        given = read_object(request.data, {"revision": (int,), "answers": (dict,)})
        check_range("revision", given["revision"], least=1, most=LARGEST_REVISION)
        saved = save_draft(assignment=assignment, user_id=user.pk, **given)
        return Response({"revision": saved.revision, "lease_expires_at": saved.lease_expires_at})


class RenewView(APIView):
    """Keep an assignment."""

    @extend_schema(operation_id="renew_lease", request=None, responses=outputs.Lease)
    def post(self, request: Request, assignment: UUID) -> Response:
        user = require_scope(request, Capability.RATE)
        until = renew_lease(assignment=assignment, user_id=user.pk)
        return Response({"lease_expires_at": until})


class ReleaseView(APIView):
    """Give an assignment back."""

    class Input(KeyedSerializer):
        keyed = {"label": optional_label}

        reason = serializers.ChoiceField(choices=RELEASE_REASONS)
        detail = serializers.CharField(
            required=False, allow_null=True, allow_blank=True, max_length=LONGEST_DETAIL
        )

    @extend_schema(operation_id="release_assignment", request=Input, responses={204: None})
    def post(self, request: Request, assignment: UUID) -> Response:
        user = require_scope(request, Capability.RATE)
        optional = {"label": OPTIONAL_TEXT, "detail": OPTIONAL_TEXT}
        given = read_object(request.data, {"reason": TEXT}, optional)
        detail = given.get("detail") or ""
        if len(detail) > LONGEST_DETAIL:
            raise InvalidError([{"code": "too_long", "name": "detail", "limit": LONGEST_DETAIL}])
        release_assignment(
            assignment=assignment,
            user_id=user.pk,
            reason=given["reason"],
            label=given.get("label"),
            detail=detail,
        )
        return Response(status=204)


class AnyAccept(BaseContentNegotiation):
    """Takes whatever a browser accepts for an image; problems are JSON all the same."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class ImageView(APIView):
    """The bytes of an image: one encoding for all, and no header that tells them apart."""

    content_negotiation_class = AnyAccept

    @extend_schema(exclude=True)
    def get(self, request: Request, assignment: UUID, token: str) -> StreamingHttpResponse:
        user = require_scope(request, Capability.RATE)
        level = self._level(request.query_params.get("level"))
        file = find_image(assignment=assignment, token=token, user_id=user.pk, level=level)
        size = file.seek(0, 2)
        file.seek(0)
        response = StreamingHttpResponse(FileWrapper(file, CHUNK), content_type=DISPLAY_TYPE)
        response["Content-Length"] = str(size)
        response["Cache-Control"] = f"private, max-age={FOREVER}, immutable"
        return response

    @staticmethod
    def _level(given: str | None) -> int:
        if given is None:
            return FULL
        accepted = [str(level) for level in LEVELS]
        if given not in accepted:
            raise InvalidError([{"code": "bad_level", "accepted": list(LEVELS)}])
        return int(given)
