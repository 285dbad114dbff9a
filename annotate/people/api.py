"""The API of a project's people: members and invitations."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotate.errors import InvalidError, MissingError
from annotate.pagination import Pages
from annotate.people.invitations import create_invitation, revoke_invitation
from annotate.people.models import ApiToken, Membership, Role, User
from annotate.people.selectors import (
    find_account,
    open_invitations,
    project_member,
    project_members,
)
from annotate.people.services import (
    add_member,
    change_member,
    end_membership,
    grants_of,
)
from annotate.permissions import GRANTS, Capability, access_project


def granting(request: Request, membership: Membership) -> frozenset[Role]:
    """The roles within the caller's reach; through a token never further than a lead's."""
    grants = grants_of(membership)
    return grants & GRANTS[Role.LEAD] if isinstance(request.auth, ApiToken) else grants


class MemberOutput(serializers.Serializer[Any]):
    """A member as a lead sees them."""

    id = serializers.UUIDField(source="uuid")
    username = serializers.CharField(source="user.username")
    name = serializers.CharField(source="user.get_full_name")
    kind = serializers.ChoiceField(source="user.kind", choices=User.Kind.choices)
    role = serializers.ChoiceField(choices=Role.choices)
    group = serializers.CharField()
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    unblinded_at = serializers.DateTimeField(allow_null=True)
    unblinding_lifted_at = serializers.DateTimeField(allow_null=True)
    is_unblinded = serializers.BooleanField()


class MembersPage(serializers.Serializer[Any]):
    """A page of members."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = MemberOutput(many=True)


class MembersView(APIView):
    """Everyone who is or was a member."""

    class Input(serializers.Serializer[Any]):
        username = serializers.CharField(max_length=150)
        role = serializers.ChoiceField(choices=Role.choices)
        group = serializers.CharField(max_length=64, allow_blank=True, default="")

    @extend_schema(operation_id="members", responses=MembersPage)
    def get(self, request: Request, slug: str) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        pages = Pages()
        rows = pages.paginate_queryset(project_members(lead.project_id), request, self)
        return pages.get_paginated_response(MemberOutput(rows, many=True).data)

    @extend_schema(operation_id="add_member", request=Input, responses={201: MemberOutput})
    def post(self, request: Request, slug: str) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        user = find_account(given.validated_data["username"])
        if user is None:
            raise InvalidError([{"code": "unknown_account", "field": "username"}])
        membership = add_member(
            project_id=lead.project_id,
            user=user,
            role=Role(given.validated_data["role"]),
            group=given.validated_data["group"],
            granting=granting(request, lead),
        )
        return Response(MemberOutput(membership).data, status=201)


class MemberView(APIView):
    """One member."""

    class Input(serializers.Serializer[Any]):
        role = serializers.ChoiceField(choices=Role.choices, required=False)
        group = serializers.CharField(max_length=64, allow_blank=True, required=False)
        lift_unblinding = serializers.BooleanField(required=False)

    @extend_schema(operation_id="change_member", request=Input, responses=MemberOutput)
    def patch(self, request: Request, slug: str, member: uuid.UUID) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        row = change_member(
            membership=project_member(lead.project_id, member),
            granting=granting(request, lead),
            role=given.validated_data.get("role"),
            group=given.validated_data.get("group"),
            lift=given.validated_data.get("lift_unblinding", False),
        )
        return Response(MemberOutput(row).data)

    @extend_schema(operation_id="end_membership", responses={204: None})
    def delete(self, request: Request, slug: str, member: uuid.UUID) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        row = project_member(lead.project_id, member)
        end_membership(membership=row, granting=granting(request, lead))
        return Response(status=204)


class InvitationOutput(serializers.Serializer[Any]):
    """A link without its secret."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=Role.choices)
    group = serializers.CharField()
    note = serializers.CharField()
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class InvitationsPage(serializers.Serializer[Any]):
    """A page of links."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = InvitationOutput(many=True)


class InvitationsView(APIView):
    """The project's links that can still be used."""

    class Input(serializers.Serializer[Any]):
        role = serializers.ChoiceField(choices=Role.choices)
        group = serializers.CharField(max_length=64, allow_blank=True, default="")
        note = serializers.CharField(max_length=200, allow_blank=True, default="")

    class Output(InvitationOutput):
        url = serializers.SerializerMethodField()

        def get_url(self, _invitation: Any) -> str:
            """The link itself, this once."""
            return str(self.context["url"])

    @extend_schema(operation_id="invitations", responses=InvitationsPage)
    def get(self, request: Request, slug: str) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        pages = Pages()
        pages.ordering = ("created_at", "pk")
        rows = pages.paginate_queryset(open_invitations(lead.project_id), request, self)
        return pages.get_paginated_response(InvitationOutput(rows, many=True).data)

    @extend_schema(operation_id="create_invitation", request=Input, responses={201: Output})
    def post(self, request: Request, slug: str) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        link = create_invitation(
            project_id=lead.project_id,
            role=Role(given.validated_data["role"]),
            group=given.validated_data["group"],
            note=given.validated_data["note"],
            by=lead,
            granting=granting(request, lead),
        )
        made = self.Output(link.invitation, context={"url": link.url})
        return Response(made.data, status=201)


class InvitationView(APIView):
    """One link."""

    @extend_schema(operation_id="revoke_invitation", responses={204: None})
    def delete(self, request: Request, slug: str, invitation: uuid.UUID) -> Response:
        lead = access_project(request, slug, Capability.LEAD)
        row = open_invitations(lead.project_id).filter(pk=invitation).first()
        if row is None:
            raise MissingError
        revoke_invitation(invitation=row, granting=granting(request, lead))
        return Response(status=204)
