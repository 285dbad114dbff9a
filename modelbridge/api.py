"""The API of exports and jobs."""

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotate.errors import ConflictError, MissingError
from annotate.judgments.policies import Include, Simulated
from annotate.pagination import Pages
from annotate.people.models import ApiToken, Membership
from annotate.people.services import mark_unblinded
from annotate.permissions import Capability, access_project, require_scope
from annotate.tasks.near_duplicates import MOST, THRESHOLD
from modelbridge import links
from modelbridge.dataset.options import (
    MAX_RATERS,
    Consensus,
    Format,
    PureTies,
    TieBreaks,
    Ties,
)
from modelbridge.demo_project import FILL
from modelbridge.exports import ask_export, export_folder
from modelbridge.models import Export, Job
from modelbridge.selectors import exports_of, find_export, jobs_of
from modelbridge.services import cancel_job

State = Job.State


class NewestFirst(Pages):
    """A page of rows, the newest first."""

    ordering = ("-created_at", "-pk")


class JobProgressOutput(serializers.Serializer[Any]):
    """How far a job is, in units of work; the total is null until it is known."""

    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    detail = serializers.CharField()


class FileOutput(serializers.Serializer[Any]):
    """A file of an export."""

    name = serializers.CharField(source="path")
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()


class ExportOutput(serializers.Serializer[Any]):
    """An export with its job; manifest and files are null and empty until it is done."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(source="job.state", choices=State.choices)
    progress = JobProgressOutput(source="job")
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(source="created_by.username", default="")
    as_of = serializers.DateTimeField()
    options = serializers.JSONField()
    digest = serializers.CharField()
    manifest = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()
    error = serializers.CharField(source="job.error")

    @extend_schema_field({"type": "object", "additionalProperties": {}, "nullable": True})
    def get_manifest(self, export: Export) -> dict[str, Any] | None:
        """The manifest without its list of files."""
        if export.manifest is None or export.job.state != State.DONE:
            return None
        return {key: value for key, value in export.manifest.items() if key != "files"}

    @extend_schema_field(FileOutput(many=True))
    def get_files(self, export: Export) -> Any:
        """The files but the images."""
        manifest = export.manifest if export.job.state == State.DONE else None
        return FileOutput((manifest or {}).get("files", []), many=True).data


class ExportsPage(serializers.Serializer[Any]):
    """A page of exports."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ExportOutput(many=True)


class ExportsView(APIView):
    """A project's exports."""

    class Input(serializers.Serializer[Any]):
        formats = serializers.ListField(
            child=serializers.ChoiceField(choices=[entry.value for entry in Format]),
            allow_empty=False,
            max_length=len(Format),
        )
        consensus = serializers.ChoiceField(
            choices=[entry.value for entry in Consensus], default=Consensus.MEAN.value
        )
        ties = serializers.ChoiceField(
            choices=[entry.value for entry in Ties], default=Ties.KEEP.value
        )
        min_raters = serializers.IntegerField(min_value=1, max_value=MAX_RATERS, default=2)
        split = serializers.CharField(
            max_length=11, default="100", help_text="percent: train/validation/test"
        )
        split_seed = serializers.CharField(max_length=64, default="0")
        near_bits = serializers.IntegerField(min_value=0, max_value=MOST, default=THRESHOLD)
        include = serializers.ListField(
            child=serializers.ChoiceField(choices=[entry.value for entry in Include]), default=list
        )
        simulated = serializers.ChoiceField(
            choices=[entry.value for entry in Simulated], default=Simulated.AUTO.value
        )
        as_of = serializers.DateTimeField(required=False, help_text="default: now")
        margin = serializers.CharField(max_length=8, default="0")
        pure_ties = serializers.ChoiceField(
            choices=[entry.value for entry in PureTies], default=PureTies.KEEP.value
        )
        tie_breaks = serializers.ChoiceField(
            choices=[entry.value for entry in TieBreaks], default=TieBreaks.IGNORE.value
        )

    @extend_schema(operation_id="exports", responses=ExportsPage)
    def get(self, request: Request, slug: str) -> Response:
        member = access_project(request, slug, Capability.EXPORT)
        pages = NewestFirst()
        rows = pages.paginate_queryset(exports_of(member.project), request, self)
        return pages.get_paginated_response(ExportOutput(rows, many=True).data)

    @extend_schema(operation_id="start_export", request=Input, responses={201: ExportOutput})
    def post(self, request: Request, slug: str) -> Response:
        member = access_project(request, slug, Capability.EXPORT)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        by = require_scope(request, Capability.EXPORT)
        export = ask_export(project=member.project, asked=given.validated_data, by=by)
        return Response(ExportOutput(export).data, status=201)


class ExportView(APIView):
    """One export."""

    @extend_schema(operation_id="export", responses=ExportOutput)
    def get(self, request: Request, export: UUID) -> Response:
        found, _ = access_export(request, export)
        return Response(ExportOutput(found).data)


class CancelExportView(APIView):
    """Stops an export that has not ended."""

    @extend_schema(operation_id="cancel_export", request=None, responses=ExportOutput)
    def post(self, request: Request, export: UUID) -> Response:
        found, _ = access_export(request, export)
        cancel_job(job=found.job)
        found.job.refresh_from_db()
        return Response(ExportOutput(found).data)


class LinkOutput(serializers.Serializer[Any]):
    """A short link to a file of an export, for its user only."""

    name = serializers.CharField()
    url = serializers.CharField()
    expires_at = serializers.DateTimeField()


class ExportLinksView(APIView):
    """Makes links to the files of a finished export."""

    @extend_schema(operation_id="link_export", request=None, responses=LinkOutput(many=True))
    def post(self, request: Request, export: UUID) -> Response:
        found, member = access_export(request, export)
        if found.job.state != State.DONE:
            raise ConflictError("The export is not done.", code="export_not_done")
        return Response(LinkOutput(links.links_of(found, member.user), many=True).data)


class _AnyKind(BaseContentNegotiation):
    """Takes whatever kind of answer is asked for: a file has the kind that it has."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class DownloadView(APIView):
    """The file behind a link; reading it shows which system made what."""

    content_negotiation_class = _AnyKind

    @extend_schema(
        operation_id="download_export",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, token: str) -> StreamingHttpResponse:
        link = links.read_link(token, require_scope(request, Capability.EXPORT))
        found, member = access_export(request, link.export)
        if found.job.state != State.DONE:
            raise MissingError("The files of this export are no longer there.")
        response = self._stream(link)
        mark_unblinded(membership=member)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def _stream(self, link: links.Link) -> StreamingHttpResponse:
        """The archive or one file, as an attachment."""
        root = export_folder(link.export)
        if link.name == links.ARCHIVE and root.is_dir():
            content, size = links.archive(root), links.archive_size(root)
            name = f"{link.export}.tar"
        else:
            path = links.file_of(link)
            content, size, name = links.read_file(path), path.stat().st_size, path.name
        return StreamingHttpResponse(
            content,
            headers={
                "Content-Type": "application/octet-stream",
                "Content-Length": str(size),
                "Content-Disposition": f'attachment; filename="{name}"',
            },
        )


class JobOutput(serializers.Serializer[Any]):
    """A job and how far it is."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    progress = JobProgressOutput(source="*")
    error = serializers.CharField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class JobsPage(serializers.Serializer[Any]):
    """A page of jobs."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = JobOutput(many=True)


class JobsView(APIView):
    """A project's jobs; who may not export sees the filling of the demo only."""

    @extend_schema(operation_id="jobs", responses=JobsPage)
    def get(self, request: Request, slug: str) -> Response:
        member = access_project(request, slug, Capability.SEE)
        rows = jobs_of(member.project)
        if not _may_export(request, member):
            rows = rows.filter(kind=FILL)
        pages = NewestFirst()
        page = pages.paginate_queryset(rows, request, self)
        return pages.get_paginated_response(JobOutput(page, many=True).data)


def _may_export(request: Request, member: Membership) -> bool:
    """Whether the role and the token, if any, carry exports."""
    token = request.auth if isinstance(request.auth, ApiToken) else None
    scoped = token is None or token.scope in Capability.EXPORT.scopes
    return scoped and member.role in Capability.EXPORT.roles


def access_export(request: Request, export: UUID) -> tuple[Export, Membership]:
    """The export and the caller's membership; 404 to strangers of its project, else 403."""
    found = find_export(export)
    if found is None:
        raise MissingError
    return found, access_project(request, found.project.slug, Capability.EXPORT)
