"""Typed builders of rows: what a test says nothing about gets an ordinary value."""

import hashlib
from itertools import count
from typing import Any
from uuid import uuid4

from annotate.assignment.claim import claim_assignments
from annotate.assignment.offers import Offer
from annotate.judgments.services import Receipt, submit_judgment
from annotate.people.models import Membership, Role, User
from annotate.tasks.models import Candidate, Image, Project, Task
from protocol.models import ProtocolVersion
from protocol.selectors import parsed
from protocol.services import import_edition
from tests.protocol.builders import edition_text

_numbers = count(1)


def make_version(
    *, key: str = "sample", number: int = 1, dimensions: int = 2, levels: int = 4
) -> ProtocolVersion:
    """A published version; dimensions d0, d1 …, levels 0, 0.5, 1 …"""
    text = edition_text(key=key, number=number, dimensions=dimensions, levels=levels)
    return import_edition(text=text, publish=True)


def make_project(*, version: ProtocolVersion | None = None, **fields: Any) -> Project:
    """An active project without tasks."""
    slug = f"project-{next(_numbers)}"
    defaults = {"slug": slug, "title": slug, "protocol_version": version or make_version()}
    return Project.objects.create(**{**defaults, **fields})


def make_user(*, username: str = "", **fields: Any) -> User:
    """An account without a usable password."""
    user = User(username=username or f"user-{next(_numbers)}", **fields)
    user.set_unusable_password()
    user.save()
    return user


def make_member(
    *, project: Project, user: User | None = None, role: str = Role.ANNOTATOR, **fields: Any
) -> Membership:
    """A membership, of a new account where none is given."""
    return Membership.objects.create(project=project, user=user or make_user(), role=role, **fields)


def make_image(*, content: str = "", width: int = 64, height: int = 48) -> Image:
    """An image's row; its files do not exist."""
    digest = hashlib.sha256((content or str(next(_numbers))).encode()).hexdigest()
    image, _ = Image.objects.get_or_create(
        sha256=digest,
        defaults={
            "pixel_sha256": digest,
            "perceptual_hash": None,
            "format": "PNG",
            "width": width,
            "height": height,
            "size": 1,
            "levels": [0],
        },
    )
    return image


def make_task(*, project: Project, candidates: int = 2, **fields: Any) -> Task:
    """An open task at the end of the queue with so many candidates."""
    number = next(_numbers)
    defaults = {
        "external_id": f"task-{number}",
        "instruction": f"Do {number}",
        "source": make_image(),
        "queue_rank": number,
        "wanted": project.overlap,
        "content_digest": "0" * 64,
    }
    task = Task.objects.create(project=project, **{**defaults, **fields})
    for system in range(candidates):
        Candidate.objects.create(task=task, system=f"system-{system}", image=make_image())
    return task


def make_tasks(number: int, *, project: Project, **fields: Any) -> list[Task]:
    """So many tasks, in the order of the queue."""
    return [make_task(project=project, **fields) for _ in range(number)]


def claim_one(member: Membership, **options: Any) -> Offer:
    """The one assignment that a claim of one gives."""
    (offer,) = claim_assignments(
        slug=member.project.slug, user_id=member.user_id, count=1, **options
    ).assignments
    return offer


def complete_payload(offer: Offer, *, level: int = 0, **fields: Any) -> dict[str, Any]:
    """A complete judgment: the same level, by its place, in every cell."""
    ratings = [
        {"label": label, "dimension": dimension.key, "value": float(dimension.values[level])}
        for dimension in parsed(offer.version_id).dimensions
        for label, _ in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", offer.presentation, strict=False)
    ]
    return {"submission_id": str(uuid4()), "ratings": ratings, **fields}


def blank_payload(**fields: Any) -> dict[str, Any]:
    """A judgment that says that the whole task cannot be judged."""
    cannot = [{"reason": "broken"}]
    return {"submission_id": str(uuid4()), "ratings": [], "cannot_judge": cannot, **fields}


def submit(member: Membership, offer: Offer, **options: Any) -> Receipt:
    """Submit a complete judgment, or the given payload."""
    payload = options.pop("payload", None) or complete_payload(offer)
    return submit_judgment(
        assignment=offer.uuid, user_id=member.user_id, payload=payload, **options
    )
