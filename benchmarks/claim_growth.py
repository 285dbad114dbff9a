"""How long a claim takes as the pool grows, in four cases.

For 1,000 to 1,000,000 tasks: a new annotator; one whose first 20,000 tasks are judged and all still
open; one with nothing left; and a new annotator while a long export reads. Times are those of the
claim service with its transaction, on a durable cluster; each claim is given back unmeasured.
"""

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psycopg

from benchmarks import lab

JUDGED = """
INSERT INTO annotate_assignment (
  uuid, project_id, task_id, annotator_id, protocol_version_id, purpose, round, state,
  live_since, ended_at, lease_expires_at, presentation, adaptive, release_reason, release_detail)
SELECT gen_random_uuid(), t.project_id, t.id, %(user)s, %(version)s, 'production', 1, 'submitted',
  now(), now(), now(), '{}', false, '', ''
FROM annotate_task t WHERE t.project_id = %(project)s ORDER BY t.queue_rank LIMIT %(count)s
"""
RELEASE = """
WITH a AS (
  DELETE FROM annotate_assignment WHERE annotator_id = %(user)s AND state = 'live'
  RETURNING task_id
)
UPDATE annotate_task t SET held = held - 1 FROM a WHERE t.id = a.task_id
"""


class LongReader(AbstractContextManager["LongReader"]):
    """A reader that holds a snapshot of every table of judgments, as a careless export would."""

    def __enter__(self) -> Self:
        from django.conf import settings  # noqa: PLC0415 - needs Django set up

        given = settings.DATABASES["default"]
        self.connection = psycopg.connect(
            host=given["HOST"],
            port=given["PORT"],
            user=given["USER"],
            password=given["PASSWORD"],
            dbname=given["NAME"],
        )
        self.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        self.connection.execute("SELECT count(*) FROM annotate_task")
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def run(sql: str, **given: Any) -> None:
    """Run a statement of the set-up."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    with connection.cursor() as cursor:
        cursor.execute(sql, given)


def median_ms(claim: Callable[[], object], after: Callable[[], object], repeats: int) -> float:
    """The median time of a claim in milliseconds, after ten unmeasured ones."""
    times = []
    for number in range(repeats + 10):
        start = time.perf_counter()
        claim()
        if number >= 10:
            times.append(time.perf_counter() - start)
        after()
    return round(statistics.median(times) * 1000, 3)


def size_case(count: int, repeats: int) -> dict[str, float]:
    """The four figures for a pool of one size."""
    from annotate.assignment.claim import claim_assignments  # noqa: PLC0415 - needs Django set up
    from benchmarks import seed  # noqa: PLC0415

    project = seed.make_project(slug=f"pool{count}")
    fresh, judged, done = seed.make_annotators(project, 3, prefix=f"pool{count}-")
    seed.make_tasks(project, count, 4)
    given = {"project": project.pk, "version": project.protocol_version_id}
    run(JUDGED, user=judged.pk, count=min(20_000, count // 2), **given)
    run(JUDGED, user=done.pk, count=count, **given)
    run("ANALYZE annotate_assignment")

    def figure(user: int, reader: AbstractContextManager[object]) -> float:
        with reader:
            return median_ms(
                lambda: claim_assignments(slug=project.slug, user_id=user, count=1),
                lambda: run(RELEASE, user=user),
                repeats,
            )

    return {
        "new": figure(fresh.pk, nullcontext()),
        "judged_20000": figure(judged.pk, nullcontext()),
        "nothing_left": figure(done.pk, nullcontext()),
        "long_reader": figure(fresh.pk, LongReader()),
    }


def main() -> None:
    """Measure each size and print the growth of each case."""
    options = lab.parser(__doc__).parse_args()
    sizes = [1_000, 50_000] if options.quick else [1_000, 10_000, 100_000, 1_000_000]
    with lab.laboratory():
        figures = {}
        for size in sizes:
            figures[str(size)] = size_case(size, 100 if options.quick else 300)
            print(size, figures[str(size)], file=sys.stderr)
    first, last = figures[str(sizes[0])], figures[str(sizes[-1])]
    growth = {case: round(last[case] / first[case], 2) for case in first}
    lab.say({"claim_ms": figures, "growth": growth}, as_json=options.json)


if __name__ == "__main__":
    main()
