"""Rows that the tests of jobs and exports stand on."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from annotate.models import (
    Assignment,
    Candidate,
    Image,
    Judgment,
    Membership,
    Project,
    Rating,
    Task,
    User,
)
from annotate.tasks import storage
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


def make_image(name: str) -> Image:
    """An image whose display form holds the words `display of {name}`."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    storage.put(storage.level_path(sha256, storage.FULL), f"display of {name}".encode())
    image, _ = Image.objects.get_or_create(
        sha256=sha256,
        defaults={
            "pixel_sha256": hashlib.sha256(f"pixels {name}".encode()).hexdigest(),
            "perceptual_hash": None,
            "format": "PNG",
            "width": 8,
            "height": 8,
            "size": len(name),
            "levels": [0],
        },
    )
    return image


def make_task(project: Project, external_id="t1", *, systems=("alpha", "beta"), **fields) -> Task:
    """A task with a candidate of each system."""
    task = Task.objects.create(
        **{
            "project": project,
            "external_id": external_id,
            "instruction": f"instruction of {external_id}",
            "source": make_image(f"{external_id} source"),
            "protocol_version": project.protocol_version,
            "queue_rank": 0,
            "wanted": project.overlap,
            "content_digest": "0" * 64,
        }
        | fields
    )
    for system in systems:
        Candidate.objects.create(
            task=task, system=system, image=make_image(f"{external_id} {system}")
        )
    return task


def make_judgment(
    task: Task,
    annotator: User,
    scores: Mapping[str, tuple[float, ...]],
    *,
    assignment: dict[str, Any] | None = None,
    **fields,
) -> Judgment:
    """A judgment that gives each system its levels, dimension by dimension."""
    made = Assignment.objects.create(
        **{
            "project": task.project,
            "task": task,
            "annotator": annotator,
            "protocol_version": task.protocol_version,
            "state": Assignment.State.SUBMITTED,
            "lease_expires_at": timezone.now() + timedelta(minutes=30),
            "presentation": list(task.candidates.values_list("pk", flat=True)),
        }
        | (assignment or {})
    )
    return rate(made, scores, **fields)


def rate(assignment: Assignment, scores: Mapping[str, tuple[float, ...]], **fields) -> Judgment:
    """A judgment of an assignment with its ratings."""
    judgment = Judgment.objects.create(
        **{
            "assignment": assignment,
            "submission_id": uuid4(),
            "payload_digest": b"",
            "revision": 1,
            "origin": Judgment.Origin.WEB,
            "counted": True,
        }
        | fields
    )
    candidates = {entry.system: entry for entry in assignment.task.candidates.all()}
    Rating.objects.bulk_create(
        Rating(judgment=judgment, candidate=candidates[system], dimension=name, value=value)
        for system, values in scores.items()
        for name, value in zip(DIMENSIONS, values, strict=False)
    )
    return judgment


def read_back(moment: datetime) -> str:
    """A time as the manifest writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
