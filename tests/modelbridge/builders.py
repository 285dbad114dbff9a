"""Rows that the tests of jobs and exports stand on."""

import json
from uuid import uuid4

from annotate.models import Membership, Project, User
from modelbridge.models import Job
from protocol.models import Protocol, ProtocolVersion

DIMENSIONS = ("instruction_following", "visual_quality")


def make_version(
    *, key="editreward", levels=(1, 2, 3, 4), dimensions=DIMENSIONS
) -> ProtocolVersion:
    """A published version whose document holds what an export reads."""
    protocol, _ = Protocol.objects.get_or_create(key=key)
    number = protocol.versions.count() + 1
    document = json.dumps(
        {
            "dimensions": [
                {"key": name, "levels": [{"value": level} for level in levels]}
                for name in dimensions
            ],
            "key": key,
            "number": number,
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    return ProtocolVersion.objects.create(
        protocol=protocol,
        number=number,
        document=document,
        digest=uuid4().hex * 2,
        state=ProtocolVersion.State.PUBLISHED,
    )


def make_user(username: str, **fields) -> User:
    """An account without a password."""
    return User.objects.create(username=username, **fields)


def make_project(slug="edits", **fields) -> Project:
    """A project under a version of its own."""
    if "protocol_version" not in fields:
        fields["protocol_version"] = make_version()
    return Project.objects.create(slug=slug, title=slug, **fields)


def make_member(project: Project, role: str, username: str | None = None) -> Membership:
    """A member of the role; the account is named after it."""
    user = make_user(username or role)
    return Membership.objects.create(project=project, user=user, role=role)


def make_job(project: Project, **fields) -> Job:
    """A queued job that no message announces."""
    return Job.objects.create(**({"kind": "test", "project": project} | fields))
