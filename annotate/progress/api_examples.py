"""The pictures of a protocol's examples, for the members who judge by it."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from annotate.assignment.api import FOREVER, AnyAccept
from annotate.errors import MissingError
from annotate.permissions import Capability, access_project
from annotate.progress.selectors import find_version_in_use
from protocol.selectors import example_image


class ExampleImageView(APIView):
    """The bytes of an example's picture, by its SHA-256."""

    content_negotiation_class = AnyAccept

    @extend_schema(exclude=True)
    def get(self, request: Request, slug: str, digest: str, image: str) -> HttpResponse:
        member = access_project(request, slug, Capability.SEE)
        version = find_version_in_use(member.project, digest)
        found = example_image(version.pk, image) if version else None
        if found is None:
            raise MissingError("This protocol version shows no such image.")
        response = HttpResponse(bytes(found.content), content_type=found.media_type)
        response["Cache-Control"] = f"private, max-age={FOREVER}, immutable"
        return response
