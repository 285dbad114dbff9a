"""What `make demo` runs: the steps before the page and the programs behind it."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embedded import stamps
from embedded.children import Program

FIRST_PORT = 8000


@dataclass(frozen=True)
class Step:
    """A command that has to succeed once, or once per state of the files it depends on."""

    name: str
    command: tuple[str, ...]
    digest: str = ""
    product: Path | None = None

    def mark(self) -> str:
        """What a stamp holds: the files it depends on, and that its product is still that one."""
        if not self.digest or self.product is None or not self.product.exists():
            return ""
        return f"{self.digest}:{self.product.stat().st_mtime_ns}"


@dataclass(frozen=True)
class Plan:
    """Steps without servers, the tables, the web, steps that need all of that, the rest."""

    early: tuple[Step, ...]
    migrate: Step
    web: Program
    last: tuple[Step, ...]
    rest: tuple[Program, ...]


def demo(root: Path, port: int, cluster: Path) -> Plan:
    """The real plan; a new cluster is migrated anew."""
    python = sys.executable
    manage = (python, "manage.py")
    # In a container root is all there is; the worker says so at each start.
    quiet = ("-W", "ignore:You're running the worker")
    celery = (python, *quiet, "-m", "celery", "-q", "-A", "modelbridge.celery")
    pins = root / "requirements.txt"
    migrations = stamps.digest([*_own(root, "migrations", "*.py"), pins])
    static = stamps.digest([*_own(root, "static", "*"), pins])
    manifest = root / "var" / "static" / "staticfiles.json"
    collect, migrate = "collectstatic --noinput -v 0", "migrate --noinput -v 1"
    schedule = str(root / "var" / "run" / "beat-schedule")
    web = "-m granian --interface wsgi --host 127.0.0.1 --http 1 --no-ws --workers 2"
    web += " --blocking-threads 4 --respawn-failed-workers"
    web += " --respawn-interval 0.2 --workers-kill-timeout 5 annotate.wsgi:application --port"
    worker = "worker --pool prefork --concurrency 2 --loglevel INFO"
    worker += " --without-gossip --without-mingle --without-heartbeat"
    return Plan(
        early=(Step("static", (*manage, *collect.split()), static, manifest),),
        migrate=Step("migrate", (*manage, *migrate.split()), migrations, cluster / "PG_VERSION"),
        web=Program("web", (python, *web.split(), str(port))),
        last=(Step("prepare", (*manage, "prepare_demo")),),
        rest=(
            Program("worker", (*celery, *worker.split())),
            Program("beat", (*celery, "beat", "--schedule", schedule, "--pidfile=")),
        ),
    )


def _own(root: Path, folder: str, pattern: str) -> Iterator[Path]:
    for app in ("protocol", "annotate", "modelbridge", "frontend"):
        for found in (root / app).rglob(folder):
            if "node_modules" not in found.parts:
                yield from (path for path in found.rglob(pattern) if path.is_file())
