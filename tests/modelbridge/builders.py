"""Rows that the tests of jobs and exports stand on."""

from annotate.models import Membership, Project, User
from modelbridge.models import Job
from protocol.document import canonical, digest
from protocol.models import Protocol, ProtocolVersion
from protocol.services import publish_version

DIMENSIONS = ("instruction_following", "visual_quality")


def make_version(*, key="tiny", levels=(1, 2, 3, 4), dimensions=DIMENSIONS) -> ProtocolVersion:
    """A published version with these levels on every dimension."""
    protocol, _ = Protocol.objects.get_or_create(key=key)
    number = protocol.versions.count() + 1
    texts = {"en": "text"}
    scale = [{"value": level, "name": texts, "text": texts} for level in levels]
    document = {
        "key": key,
        "number": number,
        "languages": ["en"],
        "title": texts,
        "guideline": texts,
        "dimensions": [
            {
                "key": name,
                "name": texts,
                "question": texts,
                "criteria": [],
                "levels": scale,
                "low_score_reasons": [],
            }
            for name in dimensions
        ],
        "cannot_judge_reasons": [{"key": "broken", "text": texts}],
        "low_score_reasons": [],
    }
    text = canonical(document)
    draft = ProtocolVersion.objects.create(
        protocol=protocol, number=number, document=text, digest=digest(text)
    )
    return publish_version(version=draft)


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
