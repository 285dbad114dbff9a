"""Nothing acknowledged is lost: kill -9 in the middle of 200 concurrent submissions.

A copy of the project runs under its supervisor, as `make demo` does. In each round 25 annotators
hold 8 tasks each and submit all of them at once over connections of their own; at a random moment
one process is killed: web server, worker, Valkey, PostgreSQL or the supervisor (which is started
again). Every client retries until it is answered. At the end each planned judgment must be there
exactly once as it was sent, and each one answered 201 must have been there already.
`--browser` lets an annotator's page through storms instead.
"""

import asyncio
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import lab
from benchmarks.client import PASSWORD, Annotator
from benchmarks.inside import run_storms, shell
from embedded.processes import read_json
from embedded.services import Services

VICTIMS = ("web", "worker", "valkey", "postgres", "supervisor")
CROWD, LIVE = 25, 8
PATIENCE = 120.0
ACCEPTED = frozenset({200, 201})


@dataclass
class Site:
    """A copy of the project in a folder of its own, under its supervisor."""

    root: Path
    process: subprocess.Popen[bytes] | None = None
    port: int = 0

    def start(self) -> None:
        """Start the supervisor and wait for its page."""
        with (self.root / "supervisor.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "embedded.supervisor"],
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not (url := self.state().get("url")):
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError((self.root / "supervisor.log").read_text()[-3000:])
            time.sleep(0.1)
        self.port = int(str(url).rpartition(":")[2])

    def state(self) -> dict[str, Any]:
        """What the running supervisor says of itself; empty for one that is gone."""
        state = read_json(self.root / "var" / "run" / "supervisor.pid")
        alive = self.process is not None and state.get("pid") == self.process.pid
        return state if alive else {}

    def pid(self, victim: str) -> int:
        """The process to kill."""
        if victim == "supervisor":
            return self.process.pid if self.process else 0
        if victim in ("valkey", "postgres"):
            return int(read_json(self.root / "var" / "services.json")[victim]["pid"])
        return int(read_json(self.root / "var" / "run" / f"{victim}.pid")["pid"])

    def kill(self, victim: str) -> None:
        """Kill -9; a killed supervisor is started again."""
        os.kill(self.pid(victim), signal.SIGKILL)
        if victim == "supervisor" and self.process:
            self.process.wait()
            self.start()

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)


@contextmanager
def site() -> Iterator[Site]:
    """A running copy of the project, gone at the end."""
    root = Path(tempfile.mkdtemp(prefix="editjury-faults-"))
    root.chmod(0o755)
    git = ["git", "ls-files", "-z"]
    listed = subprocess.check_output(git, cwd=lab.CODE, text=True)
    for name in filter(None, listed.split("\0")):
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(lab.CODE / name, target)
    running = Site(root)
    try:
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(root, ignore_errors=True)


@dataclass
class Record:
    """What was planned, and what the server said it has."""

    planned: dict[str, list[int]] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    retries: int = 0
    progress: asyncio.Event = field(default_factory=asyncio.Event)


async def insist(one: Annotator, record: Record, method: str, path: str, body: Any) -> Any:
    """The answer of a call that is repeated until it is accepted."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            status, answer = await asyncio.wait_for(one.call(method, path, body), 30)
            if status in ACCEPTED:
                return answer
            if status < 500:
                raise RuntimeError(f"{method} {path}: {status} {answer}")
        except (TimeoutError, OSError, EOFError, ValueError, IndexError):
            pass
        await one.close()
        if time.monotonic() > until:
            raise TimeoutError(f"{method} {path} was not answered for {PATIENCE:g} s")
        record.retries += 1
        await asyncio.sleep(0.1)


async def claim(one: Annotator, record: Record, rng: random.Random) -> list[tuple[str, Any]]:
    """Eight assignments, each with the judgment that will be sent."""
    answer = await insist(one, record, "POST", "projects/bench/assignments", {"count": LIVE})
    planned = []
    for assignment in answer["assignments"]:
        submission = str(uuid.UUID(int=rng.getrandbits(128), version=4))
        ratings = [
            {"label": each["label"], "dimension": dimension, "value": rng.randint(1, 4)}
            for dimension in ("instruction_following", "visual_quality")
            for each in assignment["candidates"]
        ]
        record.planned[submission] = sorted(rating["value"] for rating in ratings)
        planned.append((assignment["id"], {"submission_id": submission, "ratings": ratings}))
    return planned


async def submit(one: Annotator, record: Record, assignment: str, body: Any) -> None:
    """Send one judgment over a connection of its own, again and again until it is answered."""
    twin = one.twin()
    await insist(twin, record, "POST", f"assignments/{assignment}/judgment", body)
    record.acknowledged.add(body["submission_id"])
    record.progress.set()
    await twin.close()


async def one_round(
    place: Site, crowd: list[Annotator], record: Record, victim: str, rng: random.Random
) -> None:
    """Claim in peace, submit all at once, and kill in the middle of it."""
    for one in crowd:
        one.port[0] = place.port
    plans = await asyncio.gather(*(claim(one, record, rng) for one in crowd))
    before = len(record.acknowledged)
    sending = [
        asyncio.create_task(submit(one, record, assignment, body))
        for one, plan in zip(crowd, plans, strict=True)
        for assignment, body in plan
    ]
    share = sum(map(len, plans)) * rng.uniform(0.1, 0.7)
    while len(record.acknowledged) - before < share:
        record.progress.clear()
        await record.progress.wait()
    acknowledged = set(record.acknowledged)
    await asyncio.to_thread(place.kill, victim)
    for one in crowd:
        one.port[0] = place.port
    await asyncio.gather(*sending)
    lost = acknowledged - set(await asyncio.to_thread(stored, place, acknowledged))
    if lost:
        raise RuntimeError(f"after kill -9 of {victim}: {len(lost)} acknowledged judgments lost")


def rows(place: Site, sql: str, *given: Any) -> list[tuple[Any, ...]]:
    """Rows of the copy's database, with some patience for one that has just been killed."""
    import psycopg  # noqa: PLC0415 - only here

    until = time.monotonic() + PATIENCE
    while True:
        try:
            with psycopg.connect(Services(place.root / "var").urls().database) as connection:
                return connection.execute(sql, given).fetchall()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def stored(place: Site, wanted: set[str]) -> dict[str, list[int]]:
    """The stored judgments among these: submission id -> its sorted values."""
    found = rows(
        place,
        "SELECT j.submission_id::text, array_agg(r.value::int ORDER BY r.value) "
        "FROM annotate_judgment j JOIN annotate_rating r ON r.judgment_id = j.id "
        "WHERE j.submission_id = ANY(%s::uuid[]) GROUP BY j.id",
        list(wanted),
    )
    return {submission: list(values) for submission, values in found}


def seed_site(place: Site, tasks: int) -> None:
    """A project with tasks and annotators, in the copy's own database."""
    code = (
        "from benchmarks import seed; p = seed.make_project();"
        f"seed.make_annotators(p, {CROWD}); seed.make_tasks(p, {tasks}, 4)"
    )
    shell(place.root, code)


async def storm(place: Site, rounds: int, seed: int) -> dict[str, Any]:
    """Every victim, every round; the figures."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable storm
    record = Record()
    instance = Services(place.root / "var").keys.instance
    crowd = [Annotator(place.port, instance) for _ in range(CROWD)]
    for number, one in enumerate(crowd):
        await one.log_in(f"rater{number}", PASSWORD)
    for number in range(rounds):
        for victim in VICTIMS:
            await one_round(place, crowd, record, victim, rng)
            print(
                f"round {number + 1}/{rounds}: {victim}, {record.retries} retries so far",
                file=sys.stderr,
            )
    for one in crowd:
        await one.close()
    kept = stored(place, set(record.planned))
    (count,) = rows(
        place,
        "SELECT count(*) FROM annotate_judgment j JOIN annotate_assignment a "
        "ON a.id = j.assignment_id JOIN annotate_project p ON p.id = a.project_id "
        "WHERE p.slug = 'bench'",
    )[0]
    return {
        "rounds_per_victim": rounds,
        "submissions": len(record.planned),
        "retries": record.retries,
        "lost": len(set(record.planned) - set(kept)),
        "changed": sum(kept[key] != value for key, value in record.planned.items() if key in kept),
        "double": count - len(kept),
    }


def main() -> None:
    """Run the storm; exit 1 if anything was lost, changed or doubled."""
    parser = lab.parser(__doc__)
    parser.add_argument("--browser", action="store_true", help="the annotator's page only")
    options = parser.parse_args()
    seed = random.SystemRandom().getrandbits(32)
    with site() as place, suppress(KeyboardInterrupt):
        if options.browser:
            found = run_storms(place.root, place.port, seed, quick=options.quick)
            lab.say({"seed": seed, **found}, as_json=options.json)
            sys.exit(bool(found["browser_wrong"] or found["browser_extra"]))
        rounds = 1 if options.quick else 20
        seed_site(place, rounds * len(VICTIMS) * CROWD * LIVE // 3 + 500)
        figures = {"seed": seed, **asyncio.run(storm(place, rounds, seed))}
        doctor = subprocess.run(
            [sys.executable, "manage.py", "doctor", "--json"],
            cwd=place.root,
            capture_output=True,
            text=True,
            check=False,
        )
        checks = json.loads(doctor.stdout)["checks"]
        figures["doctor_wrong"] = sum(
            check["count"] for name, check in checks.items() if name != "files"
        )
        lab.say(figures, as_json=options.json)
        sys.exit(any(figures[key] for key in ("lost", "changed", "double", "doctor_wrong")))


if __name__ == "__main__":
    main()
