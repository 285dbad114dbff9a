"""Inserts the tasks of an import, whose images are stored by then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from annotate.tasks.models import Candidate, Image, Project, Task
from annotate.tasks.rows import TaskRow
from annotate.tasks.services import touch_supply


@dataclass(frozen=True)
class Ready:
    """A row whose files are taken in: their hashes by field, and what the task means."""

    row: TaskRow
    hashes: dict[str, str]
    digest: str


def insert_images(*, images: Sequence[Image]) -> None:
    """Insert what no other import has inserted; in one order, so that two imports never cross."""
    rows = sorted(images, key=lambda image: image.sha256)
    Image.objects.bulk_create(rows, ignore_conflicts=True)


def insert_tasks(*, project_id: int, batch: Sequence[Ready]) -> None:
    """Insert tasks at the end of the project's queue, with their candidates, claimable at once."""
    if not batch:
        return
    hashes = {sha256 for ready in batch for sha256 in ready.hashes.values()}
    images = dict(Image.objects.filter(sha256__in=hashes).values_list("sha256", "pk"))
    wanted = Project.objects.values_list("overlap", flat=True).get(pk=project_id)
    tasks = []
    for ready, rank in zip(batch, _next_ids(len(batch)), strict=True):
        row, hashed = ready.row, ready.hashes
        tasks.append(
            Task(
                pk=rank,
                queue_rank=rank,
                project_id=project_id,
                external_id=row.external_id,
                instruction=row.instruction,
                instruction_language=row.language,
                instruction_translations=dict(row.translations),
                source_id=images[hashed["source"]],
                edit_mask_id=images[hashed["edit_mask"]] if row.edit_mask else None,
                category=row.category,
                metadata=dict(row.metadata),
                wanted=wanted,
                content_digest=ready.digest,
            )
        )
    Task.objects.bulk_create(tasks)
    Candidate.objects.bulk_create(
        candidate
        for task, ready in zip(tasks, batch, strict=True)
        for candidate in _candidates(task, ready, images)
    )
    touch_supply(project_id=project_id)


def _candidates(task: Task, ready: Ready, images: Mapping[str, int]) -> Iterator[Candidate]:
    for place, row in enumerate(ready.row.candidates):
        sha256 = ready.hashes[f"candidates[{place}].image"]
        yield Candidate(task=task, system=row.system, seed=row.seed, image_id=images[sha256])


def _next_ids(count: int) -> list[int]:
    """Task ids that nobody has: they rise with each import, and so serve as queue ranks."""
    sql = """
        SELECT nextval(pg_get_serial_sequence('annotate_task', 'id')) FROM generate_series(1, %s)
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [count])
        return [rank for (rank,) in cursor.fetchall()]
