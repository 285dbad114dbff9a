"""Rows for benchmarks, written in bulk: accounts, a project, tasks with candidates, no files."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection

from annotate.people.models import Membership, Role, User
from annotate.tasks.models import Image, Project
from benchmarks.client import PASSWORD
from protocol.services import import_shipped


def make_project(*, overlap: int = 3, slug: str = "bench") -> Project:
    """A project under the shipped protocol of two dimensions."""
    return Project.objects.create(
        slug=slug,
        title="Benchmark",
        protocol_version=import_shipped(key="editreward"),
        overlap=overlap,
    )


def make_annotators(
    project: Project, count: int, prefix: str = "rater", *, known: tuple[str, ...] = ()
) -> list[User]:
    """Accounts with one password, annotators of the project who know it and other projects."""
    password = make_password(PASSWORD)
    seen = {"tour": "seen", "visited": [project.slug, *known]}
    users = User.objects.bulk_create(
        User(username=f"{prefix}{number}", password=password, preferences=seen)
        for number in range(count)
    )
    join(project, users)
    return users


def join(project: Project, users: list[User]) -> None:
    """Make accounts annotators of a project, where they are not yet."""
    Membership.objects.bulk_create(
        (Membership(project=project, user=user, role=Role.ANNOTATOR) for user in users),
        ignore_conflicts=True,
    )


def make_images(count: int) -> list[Image]:
    """Image rows without files."""
    return Image.objects.bulk_create(
        Image(
            sha256=f"{number:064x}",
            pixel_sha256=f"{number:064x}",
            perceptual_hash=number,
            format="BENCH",
            width=512,
            height=512,
            size=1,
        )
        for number in range(count)
    )


TASKS = """
INSERT INTO annotate_task (
  uuid, project_id, external_id, instruction, instruction_language, instruction_translations,
  source_id, category, metadata, kind, round, priority, queue_rank, wanted, held, counted, state,
  content_digest, created_at)
SELECT gen_random_uuid(), %(project)s, 'task-' || n, 'Make the cup blue', 'en', '{}',
  %(source)s, '', '{}', 'production', 1, 0, n, %(wanted)s, 0, 0, 'open', repeat('0', 64), now()
FROM generate_series(%(first)s, %(last)s) n
"""

CANDIDATES = """
INSERT INTO annotate_candidate (uuid, task_id, system, image_id)
SELECT gen_random_uuid(), t.id, 'system-' || k, (%(images)s::bigint[])[k]
FROM annotate_task t CROSS JOIN generate_series(1, %(count)s) k
WHERE t.project_id = %(project)s AND t.queue_rank BETWEEN %(first)s AND %(last)s
ORDER BY t.id
"""


def make_tasks(project: Project, count: int, candidates: int, *, first: int = 0) -> None:
    """Claimable tasks in rank order, each with some candidates; analysed."""
    images = list(Image.objects.filter(format="BENCH").order_by("id")) or make_images(
        candidates + 1
    )
    asked: dict[str, Any] = {
        "project": project.pk,
        "source": images[0].pk,
        "wanted": project.overlap,
        "first": first,
        "last": first + count - 1,
        "images": [image.pk for image in images[1:]],
        "count": candidates,
    }
    with connection.cursor() as cursor:
        cursor.execute(TASKS, asked)
        cursor.execute(CANDIDATES, asked)
        cursor.execute("ANALYZE annotate_task, annotate_candidate")
