"""The people of these tests: builders, and how they log in."""

import hashlib
import json
from typing import Any

from django.test import Client
from django.utils import timezone

from annotate.people.models import ApiToken, Membership, Role, User
from annotate.people.tokens import create_token
from annotate.tasks.models import Project
from protocol.models import Protocol, ProtocolVersion

PASSWORD = "a quiet plate of rice"


def make_user(username: str, *, password: str | None = None, **fields) -> User:
    """An account; with a password only where a test logs in with it (argon2 is slow)."""
    user = User(username=username, **fields)
    user.set_password(password)
    user.save()
    return user


def make_version() -> ProtocolVersion:
    """A published protocol version."""
    document = json.dumps({"key": "small", "number": 1})
    protocol, _ = Protocol.objects.get_or_create(key="small")
    version, _ = ProtocolVersion.objects.get_or_create(
        protocol=protocol,
        number=1,
        defaults={
            "document": document,
            "digest": hashlib.sha256(document.encode()).hexdigest(),
            "state": ProtocolVersion.State.PUBLISHED,
            "published_at": timezone.now(),
        },
    )
    return version


def make_project(slug: str = "birds", **fields) -> Project:
    """An active project."""
    fields.setdefault("title", slug.title())
    return Project.objects.create(slug=slug, protocol_version=make_version(), **fields)


def make_member(project: Project, role: Role, username: str = "", **fields) -> Membership:
    """A new account with a role in the project, named after it."""
    user = make_user(username or f"{role}-of-{project.slug}")
    return Membership.objects.create(project=project, user=user, role=role, **fields)


def client_of(user: User, **options) -> Client:
    """A browser in which the user is logged in."""
    client = Client(**options)
    client.force_login(user, backend="annotate.sessions.AccountBackend")
    return client


def bearer(user: User, scope: ApiToken.Scope) -> dict[str, str]:
    """The headers of a program that calls as the user."""
    return {"authorization": f"Bearer {create_token(user=user, scope=scope).text}"}


def rows(*models) -> list[list[dict[str, Any]]]:
    """Everything these tables hold, to compare before and after a refusal."""
    return [list(model.objects.order_by("pk").values()) for model in models]
