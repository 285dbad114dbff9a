"""Closed-loop annotators: what a claim and a submission cost, and how long they take.

U annotators log in over HTTP (session, CSRF), claim one task, submit 8 ratings, and again; 10,000
tasks x 4 candidates x 2 dimensions, overlap 3, durable cluster, triggers as in production. CPU is
user + system time of all web and PostgreSQL processes with reaped children; the client's stands
apart. The resident memory of the largest web process is taken at 1,000 and at 10,000 judgments.
"""

import asyncio
import os
import random
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil

from benchmarks import lab
from benchmarks.client import PASSWORD, Annotator

CLAIM = "projects/bench/assignments"
DIMENSIONS = ("instruction_following", "visual_quality")


@dataclass
class Tally:
    """What the annotators of one run saw: seconds per call and how many judgments."""

    claims: list[float] = field(default_factory=list)
    submits: list[float] = field(default_factory=list)
    drafts: list[float] = field(default_factory=list)
    judgments: int = 0
    empty: int = 0


@dataclass(frozen=True)
class Run:
    """One column: how many annotators, how long they think, how often they save a draft."""

    annotators: int
    think: float
    drafts: int
    seconds: float

    @property
    def name(self) -> str:
        """The column's name in the report."""
        parts = [f"U{self.annotators}", f"think{self.think:g}"]
        return "_".join(parts + ([f"drafts{self.drafts}"] if self.drafts else []))


async def timed(times: list[float], calling: Any, *accepted: int) -> Any:
    """The answer of a call whose time is noted; another status is an error."""
    start = time.perf_counter()
    status, answer = await calling
    times.append(time.perf_counter() - start)
    if status not in accepted:
        raise RuntimeError(f"{status}: {answer}")
    return answer


def ratings(labels: list[str], rng: random.Random) -> list[dict[str, Any]]:
    """A level for each candidate on each dimension."""
    return [
        {"label": label, "dimension": dimension, "value": rng.randint(1, 4)}
        for dimension in DIMENSIONS
        for label in labels
    ]


async def judge_one(one: Annotator, run: Run, tally: Tally, rng: random.Random) -> None:
    """Claim a task, save drafts, submit."""
    answer = await timed(tally.claims, one.call("POST", CLAIM, {"count": 1}), 200)
    if not answer["assignments"]:
        tally.empty += 1
        await asyncio.sleep(0.05)
        return
    assignment = answer["assignments"][0]
    given = ratings([candidate["label"] for candidate in assignment["candidates"]], rng)
    place = f"assignments/{assignment['id']}"
    for revision in range(1, run.drafts + 1):
        draft = {"revision": revision, "answers": {"ratings": given[:revision]}}
        await timed(tally.drafts, one.call("PUT", f"{place}/draft", draft), 200)
    body = {"submission_id": str(uuid.UUID(int=rng.getrandbits(128), version=4)), "ratings": given}
    await timed(tally.submits, one.call("POST", f"{place}/judgment", body), 201)
    tally.judgments += 1


async def work(one: Annotator, run: Run, tally: Tally, until: float, seed: int) -> None:
    """One annotator in a closed loop until the time is over."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable load
    await asyncio.sleep(rng.random() * run.think)
    while time.perf_counter() < until:
        await judge_one(one, run, tally, rng)
        if run.think:
            await asyncio.sleep(run.think)


async def all_work(crowd: list[Annotator], run: Run) -> Tally:
    """All annotators of a run at once."""
    tally = Tally()
    until = time.perf_counter() + run.seconds
    seeds = random.SystemRandom()
    await asyncio.gather(
        *(work(one, run, tally, until, seeds.getrandbits(64)) for one in crowd[: run.annotators])
    )
    return tally


async def log_in_all(port: int, count: int) -> list[Annotator]:
    """Annotators with a session each."""
    crowd = [Annotator(port, os.environ["EDITJURY_INSTANCE"]) for _ in range(count)]
    for number, one in enumerate(crowd):
        await one.log_in(f"rater{number}", PASSWORD)
    return crowd


def damage() -> dict[str, int]:
    """Tasks over their overlap and surplus judgments: both must be 0."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT task_id FROM annotate_assignment WHERE purpose = "
            "'production' AND state IN ('live', 'submitted') GROUP BY task_id "
            "HAVING count(*) > 3) x"
        )
        over = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM annotate_judgment WHERE NOT counted")
        return {"double_assignments": over, "surplus_assignments": cursor.fetchone()[0]}


def column(run: Run, tally: Tally, wall: float, web: float, database: float) -> dict[str, Any]:
    """The figures of one run."""
    judged = max(tally.judgments, 1)
    figures = {
        "judgments": tally.judgments,
        "judgments_per_s": round(tally.judgments / wall, 1),
        "claim_ms": lab.quantiles(tally.claims),
        "submit_ms": lab.quantiles(tally.submits),
        "server_ms_per_judgment": round(web / judged * 1000, 2),
        "db_ms_per_judgment": round(database / judged * 1000, 2),
        "cpu_ms_per_judgment": round((web + database) / judged * 1000, 2),
        "empty_claims": tally.empty,
    }
    if run.drafts:
        figures["draft_ms"] = lab.quantiles(tally.drafts)
    return figures


async def memory_at(goal: int, crowd: list[Annotator], web: psutil.Process) -> dict[str, float]:
    """Resident MB of the largest web process once the goal of judgments is reached."""
    from annotate.models import Judgment  # noqa: PLC0415 - needs Django set up

    while (done := await asyncio.to_thread(Judgment.objects.count)) < goal:
        await all_work(crowd, Run(32, 0, 0, min(10.0, max(0.5, (goal - done) / 400))))
    largest = max(child.memory_info().rss for child in web.children(recursive=True))
    return {f"resident_mb_at_{goal}": round(largest / 2**20, 1)}


async def measure(
    runs: list[Run], *, quick: bool, port: int, web: psutil.Process, database: psutil.Process
) -> dict[str, Any]:
    """Every run after a warm-up."""
    crowd = await log_in_all(port, max(run.annotators for run in runs))
    warmed = await all_work(crowd, Run(8, 0, 0, 3 if quick else 10))
    report: dict[str, Any] = {"warm_up_judgments": warmed.judgments, "runs": {}}
    if not quick:
        report |= await memory_at(1_000, crowd, web)
    client = psutil.Process()
    for run in runs:
        before = lab.cpu_seconds(web), lab.cpu_seconds(database), sum(client.cpu_times()[:2])
        start = time.perf_counter()
        tally = await all_work(crowd, run)
        wall = time.perf_counter() - start
        used = lab.cpu_seconds(web) - before[0], lab.cpu_seconds(database) - before[1]
        figures = column(run, tally, wall, *used)
        own = sum(client.cpu_times()[:2]) - before[2]
        figures["client_ms_per_judgment"] = round(own / max(tally.judgments, 1) * 1000, 2)
        report["runs"][run.name] = figures
        print(run.name, figures, file=sys.stderr)
    if not quick:
        report |= await memory_at(10_000, crowd, web)
    for one in crowd:
        await one.close()
    return report


def main() -> None:
    """Run the columns and print them."""
    options = lab.parser(__doc__).parse_args()
    seconds = 6.0 if options.quick else 20.0
    runs = [
        Run(8, 0, 0, seconds),
        Run(32, 0, 0, seconds),
        Run(64, 1, 0, seconds + 4),
        Run(64, 1, 8, seconds + 4),
    ]
    with lab.laboratory() as place:
        from benchmarks import seed  # noqa: PLC0415 - needs Django set up

        project = seed.make_project()
        seed.make_annotators(project, 64)
        seed.make_tasks(project, 3000 if options.quick else 10_000, 4)
        with lab.web_server(place) as (port, web):
            report = asyncio.run(
                measure(runs, quick=options.quick, port=port, web=web, database=place.postmaster())
            )
        report |= damage()
    lab.say(report, as_json=options.json)


if __name__ == "__main__":
    main()
