"""A state folder with a cluster in it, and a supervisor to talk to."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded import processes, services
from embedded.processes import Record

CODE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone whose servers ran once; copied, since a new cluster takes its time."""
    root = tmp_path_factory.mktemp("template")
    with services.use(root):
        pass
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Iterator[Path]:
    """A clone of its own for a test; nothing may run on it afterwards."""
    root = tmp_path / "clone"
    shutil.copytree(template, root)
    for name in ("services.json", "services.lock", "start.lock"):
        (root / "var" / name).unlink()
    yield root
    for name in ("postgres", "valkey"):
        record = services.last_record(root / "var", name)
        assert record is None or processes.wait_gone(record, 10), f"{name} was left running"


class Demo:
    """A supervisor with small programs, run as a process of its own."""

    def __init__(self, root: Path, *crashing: str, **variables: str) -> None:
        self.root = root
        inherited = {k: v for k, v in os.environ.items() if not k.endswith(("_URL", "PORT"))}
        self.process: subprocess.Popen[str] = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("fake_demo.py")), str(root), *crashing],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**inherited, "PYTHONPATH": str(CODE), **variables},
        )

    def until(self, words: str) -> str:
        """Read what it says up to a line with these words."""
        said = ""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said += str(line)
            if words in line:
                return said
        raise AssertionError(f"it ended without {words!r}:\n{said}")

    def rest(self) -> str:
        """Read what it says until it ends."""
        return str(self.process.communicate(timeout=60)[0])

    def stop(self, number: int = signal.SIGINT) -> str:
        """Ask it to end; what it says till then."""
        self.process.send_signal(number)
        return self.rest()

    def record(self, name: str) -> Record:
        """The process of one of its children."""
        found = processes.read_record(self.root / "var" / "run" / f"{name}.pid")
        assert found is not None
        return found

    def records(self) -> dict[str, Record]:
        """The processes of all its children."""
        names = ("web", "worker", "beat", "postgres", "valkey")
        return {name: self.record(name) for name in names}


@pytest.fixture
def start_demo(root: Path) -> Iterator[type[Demo]]:
    """Starts a supervisor; whatever a test left running is ended."""
    begun: list[Demo] = []

    def start(*crashing: str, **variables: str) -> Demo:
        begun.append(Demo(root, *crashing, **variables))
        return begun[-1]

    yield start  # type: ignore[misc]
    for demo in begun:
        if demo.process.poll() is None:
            demo.stop(signal.SIGTERM)
        if demo.process.stdout is not None:
            demo.process.stdout.close()
