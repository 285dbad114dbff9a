"""Rows for benchmarks, written in bulk: accounts, a project, tasks with candidates, no files."""

from django.contrib.auth.hashers import make_password

from annotate.people.models import Membership, Role, User
from annotate.tasks.models import Candidate, Image, Project, Task
from protocol.services import import_shipped

PASSWORD = "benchmark-of-annotators"  # noqa: S105 - of a cluster that lives for one run


def make_project(*, overlap: int = 3, slug: str = "bench") -> Project:
    """A project under the shipped protocol of two dimensions."""
    return Project.objects.create(
        slug=slug,
        title="Benchmark",
        protocol_version=import_shipped(key="editreward"),
        overlap=overlap,
    )


def make_annotators(project: Project, count: int) -> list[User]:
    """Accounts with one password, annotators of the project."""
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(username=f"annotator{number}", password=password) for number in range(count)
    )
    Membership.objects.bulk_create(
        Membership(project=project, user=user, role=Role.ANNOTATOR) for user in users
    )
    return users


def make_images(count: int) -> list[Image]:
    """Image rows without files."""
    return Image.objects.bulk_create(
        Image(
            sha256=f"{number:064x}",
            pixel_sha256=f"{number:064x}",
            perceptual_hash=number,
            format="JPEG",
            width=512,
            height=512,
            size=1,
        )
        for number in range(count)
    )


def make_tasks(project: Project, count: int, candidates: int, *, first: int = 0) -> None:
    """Claimable tasks in rank order, in batches, each with some candidates."""
    images = list(Image.objects.order_by("id")[: candidates + 1]) or make_images(candidates + 1)
    for start in range(first, first + count, 5000):
        numbers = range(start, min(start + 5000, first + count))
        tasks = Task.objects.bulk_create(
            Task(
                project=project,
                external_id=f"task-{number}",
                instruction="Make the cup blue",
                source=images[0],
                queue_rank=number,
                wanted=project.overlap,
                content_digest="0" * 64,
            )
            for number in numbers
        )
        Candidate.objects.bulk_create(
            Candidate(task=task, system=f"system-{place}", image=images[place])
            for task in tasks
            for place in range(1, candidates + 1)
        )
