"""The API of one's own account: who am I, and my tokens."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotate.errors import ForbiddenError, MissingError, PasswordNeededError
from annotate.people.models import ApiToken, Role, User
from annotate.people.selectors import current_memberships, current_tokens
from annotate.people.services import update_profile
from annotate.people.tokens import MOST_DAYS, create_token, revoke_token
from annotate.permissions import Capability, require_scope


def in_person(request: Request) -> User:
    """The user of a browser's session; a token may not change the account that it belongs to."""
    user = require_scope(request, Capability.SEE)
    if request.auth is not None:
        raise ForbiddenError("A token may not do this; log in.", code="token_scope")
    return user


def freshly_in_person(request: Request) -> User:
    """The user who has given the password or second factor within the last minutes."""
    user = in_person(request)
    records = get_authentication_records(request._request, user)  # noqa: SLF001 - DRF's own way
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    if not any(record["at"] >= since for record in records):
        raise PasswordNeededError("Confirm your password first.")
    return user


class MembershipOutput(serializers.Serializer[Any]):
    """One of my projects."""

    project = serializers.CharField(source="project.slug")
    title = serializers.CharField(source="project.title")
    role = serializers.ChoiceField(choices=Role.choices)
    state = serializers.CharField(source="project.state")


class MeView(APIView):
    """The caller's own account."""

    class Input(serializers.Serializer[Any]):
        name = serializers.CharField(max_length=150, allow_blank=True, required=False)
        language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
        preferences = serializers.DictField(
            required=False, help_text="changes single ones; null forgets one"
        )

    class Output(serializers.Serializer[Any]):
        username = serializers.CharField()
        name = serializers.CharField(source="get_full_name")
        language = serializers.CharField()
        preferences = serializers.DictField()
        is_staff = serializers.BooleanField()
        simulated = serializers.SerializerMethodField()
        memberships = serializers.SerializerMethodField()

        def get_simulated(self, user: User) -> bool:
            """Whether this account is a planted annotator's."""
            return user.kind == User.Kind.SIMULATED

        @extend_schema_field(MembershipOutput(many=True))
        def get_memberships(self, user: User) -> Any:
            """The projects that the user belongs to now."""
            return MembershipOutput(current_memberships(user), many=True).data

    @extend_schema(operation_id="me", responses=Output)
    def get(self, request: Request) -> Response:
        user = require_scope(request, Capability.SEE)
        return Response(self.Output(user).data)

    @extend_schema(operation_id="update_me", request=Input, responses=Output)
    def patch(self, request: Request) -> Response:
        user = in_person(request)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        user = update_profile(user=user, **given.validated_data)
        response = Response(self.Output(user).data)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=31_536_000,
            secure=settings.SECURE,
            samesite="Lax",
        )
        return response


class TokenOutput(serializers.Serializer[Any]):
    """A token without its secret."""

    id = serializers.CharField(source="key")
    scope = serializers.ChoiceField(choices=ApiToken.Scope.choices)
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class TokensView(APIView):
    """The caller's working tokens."""

    class Input(serializers.Serializer[Any]):
        scope = serializers.ChoiceField(choices=ApiToken.Scope.choices)
        name = serializers.CharField(max_length=100, allow_blank=True, default="")
        days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, default=90)

    class Output(TokenOutput):
        token = serializers.SerializerMethodField()

        def get_token(self, _token: ApiToken) -> str:
            """The token itself, this once."""
            return str(self.context["text"])

    @extend_schema(operation_id="my_tokens", responses=TokenOutput(many=True))
    def get(self, request: Request) -> Response:
        return Response(TokenOutput(current_tokens(in_person(request)), many=True).data)

    @extend_schema(operation_id="create_my_token", request=Input, responses={201: Output})
    def post(self, request: Request) -> Response:
        user = freshly_in_person(request)
        given = self.Input(data=request.data)
        given.is_valid(raise_exception=True)
        made = create_token(user=user, **given.validated_data)
        return Response(self.Output(made.row, context={"text": made.text}).data, status=201)


class TokenView(APIView):
    """One of the caller's tokens."""

    @extend_schema(operation_id="revoke_my_token", responses={204: None})
    def delete(self, request: Request, token_id: str) -> Response:
        token = current_tokens(in_person(request)).filter(key=token_id).first()
        if token is None:
            raise MissingError
        revoke_token(token=token)
        return Response(status=204)
