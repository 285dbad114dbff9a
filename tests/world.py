"""A small real project for whole-application tests: images on disk, imported by the importer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from PIL import Image, ImageDraw

from annotate.people.models import Membership, Role, User
from annotate.tasks.importing import import_manifest
from annotate.tasks.models import Project, Task
from annotate.tasks.services import create_project, find_or_publish

PASSWORD = "four slow grey geese"
SIZES = ((160, 120), (168, 120), (160, 128), (128, 96))
"""Sizes of candidates: editing systems do not keep the source's."""
INSTRUCTIONS = (
    "Paint the barn red",
    "Add a second moon above the hill",
    "Remove the fence in front",
    "Make it evening",
    "Turn the field into water",
    "Put a hat on the scarecrow",
)


@dataclass
class World:
    """A project with its people, and the manifest that its tasks came from."""

    project: Project
    manifest: Path
    people: dict[str, User] = field(default_factory=dict)

    @property
    def tasks(self) -> list[Task]:
        """Its tasks in the order of the manifest."""
        return list(self.project.tasks.order_by("pk"))

    def add(self, username: str, role: Role = Role.ANNOTATOR, **fields: Any) -> User:
        """A member with `PASSWORD` (argon2 takes a moment: once a test, not once a page).

        Without other preferences one who has had the tour and been here before.
        """
        known = {"tour": "seen", "visited": [self.project.slug]}
        user = User(username=username, **({"preferences": known} | fields))
        user.set_password(PASSWORD)
        user.save()
        Membership.objects.create(project=self.project, user=user, role=role)
        self.people[username] = user
        return user


def draw(path: Path, number: int, shade: int, size: tuple[int, int]) -> None:
    """A landscape with a house; the shade is what an edit changed."""
    picture = Image.new("RGB", size, (120 + 20 * (number % 5), 160, 200))
    pen = ImageDraw.Draw(picture)
    width, height = size
    pen.rectangle((0, height // 2, width, height), fill=(60, 110 + 15 * (number % 6), 60))
    left = 10 + 7 * number
    pen.rectangle((left, height // 3, left + 40, height * 2 // 3), fill=(200 - 25 * shade, 90, 80))
    pen.ellipse((width - 40, 8 + 4 * shade, width - 20, 28 + 4 * shade), fill=(250, 240, 150))
    picture.save(path)


def manifest_rows(folder: Path, tasks: int, candidates: int) -> list[dict[str, Any]]:
    """Rows of a manifest whose images are drawn into the folder."""
    rows = []
    for number in range(tasks):
        draw(folder / f"source{number}.png", number, 0, SIZES[0])
        row: dict[str, Any] = {
            "id": f"task-{number}",
            "instruction": INSTRUCTIONS[number % len(INSTRUCTIONS)],
            "source": f"source{number}.png",
            "category": "scene",
            "candidates": [],
        }
        for place in range(candidates):
            name = f"edit{number}-{place}.png"
            draw(folder / name, number, place + 1, SIZES[place % len(SIZES)])
            row["candidates"].append({"system": f"system-{place}", "image": name})
        rows.append(row)
    return rows


def import_rows(project: Project, folder: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """Import the rows as a manifest in the folder; every row must be good."""
    manifest = folder / "manifest.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = import_manifest(project=project, path=manifest, rejected=folder / "rejected.jsonl")
    assert not (folder / "rejected.jsonl").exists() or not report.rejected, report
    return manifest


def make_world(
    folder: Path,
    *,
    slug: str = "meadow",
    tasks: int = 6,
    candidates: int = 3,
    overlap: int = 1,
    rows: Sequence[dict[str, Any]] | None = None,
) -> World:
    """A project under the shipped protocol with imported tasks and no people yet."""
    version, _ = find_or_publish(name="editreward")
    project = create_project(slug=slug, version=version, overlap=overlap, title="The meadow")
    folder.mkdir(parents=True, exist_ok=True)
    rows = manifest_rows(folder, tasks, candidates) if rows is None else rows
    return World(project=project, manifest=import_rows(project, folder, rows))


def log_in(user: User) -> Client:
    """A client with a session in which the user has just given the password."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, "password")
    request.session.save()
    return client
