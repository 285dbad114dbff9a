"""The site as in production (granian, hashed static files, Celery) over the test database."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from embedded import ports

ROOT = Path(__file__).resolve().parent.parent.parent
LAB_HOST = "lab.test"
"""A name under which the browser finds the server, without a secure context."""
PATIENCE = 300  # tenths of a second that a program may take to start
WEB = (
    "-m granian --interface wsgi --host 127.0.0.1 --http 1 --no-ws --workers 1 "
    "--blocking-threads 4 --backpressure 64 --workers-kill-timeout 5 annotate.wsgi:application"
)
WORKER = (
    "-W ignore:You're_running_the_worker -m celery -q -A modelbridge.celery worker --pool solo "
    "--loglevel INFO --without-gossip --without-mingle --without-heartbeat"
)


@dataclass(frozen=True)
class Site:
    """A running web server: its address, where images lie, and its programs' environment."""

    url: str
    folder: Path
    environment: dict[str, str]


class Program:
    """A program of the site; its output goes to a file that a failure shows."""

    def __init__(self, name: str, words: list[str], site: Site) -> None:
        self.log = site.folder / f"{name}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=site.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_until(self, ready: object) -> None:
        """Return when `ready()` is true; fail with the log if the program ends or takes long."""
        for _ in range(PATIENCE):
            if callable(ready) and ready():
                return
            try:
                self.process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        raise AssertionError(f"{self.log.name}: not ready.\n{self.log.read_text()}")

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(timeout=20)


def environment(url: str, database: str, folder: Path) -> dict[str, str]:
    """The variables of the programs: the test's database, folders of their own, no debugging."""
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return {
        **os.environ,
        "DATABASE_URL": f"{base}/{database}",
        "PUBLIC_URL": url,
        "ALLOWED_HOSTS": f"127.0.0.1,localhost,{LAB_HOST}",
        "DEBUG": "0",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "EXPORT_ROOT": str(folder / "exports"),
        "PYTHONUNBUFFERED": "1",
    }


def answers(url: str) -> bool:
    """Whether the web server is up and reaches its database."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


class Server:
    """A web server of a test's own over the test database, to be killed or to have a name."""

    def __init__(self, site: Site, folder: Path, host: str = "127.0.0.1") -> None:
        self.port = ports.choose(None)
        names = {"ALLOWED_HOSTS": f"127.0.0.1,{host}"}
        url = f"http://{host}:{self.port}"
        self.site = Site(url, folder, site.environment | names | {"PUBLIC_URL": url})
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.program = Program("server", [*WEB.split(), "--port", str(self.port)], self.site)
        self.program.wait_until(lambda: answers(f"http://127.0.0.1:{self.port}"))

    def kill(self) -> None:
        """Kill -9, its workers too, and start it again."""
        pid = self.program.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in [pid, *map(int, children)]:
            os.kill(one, signal.SIGKILL)
        self.program.process.wait()
        self.start()


@contextmanager
def serve(folder: Path) -> Iterator[Site]:
    """The web server over the test database, for as long as the context is open."""
    port = ports.choose(None)
    url = f"http://127.0.0.1:{port}"
    database = settings.DATABASES["default"]["NAME"]
    site = Site(url, folder, environment(url, database, folder))
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    subprocess.run(collect, cwd=ROOT, env=site.environment, check=True)
    web = Program("web", [*WEB.split(), "--port", str(port)], site)
    try:
        web.wait_until(lambda: answers(url))
        yield site
    finally:
        web.stop()


@contextmanager
def work_jobs(site: Site) -> Iterator[None]:
    """A Celery worker, for as long as the context is open."""
    words = [
        word.replace("_", " ") if word.startswith("ignore") else word for word in WORKER.split()
    ]
    worker = Program("worker", words, site)
    try:
        worker.wait_until(lambda: "ready." in worker.log.read_text())
        yield
    finally:
        worker.stop()
