"""PostgreSQL never runs as root: in a namespace of its own, else as nobody, else it is refused."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

CODE = Path(__file__).resolve().parents[3]
ASK = """
import sys; from pathlib import Path
from embedded import privileges, services
from embedded.errors import EmbeddedError
try:
    with services.use(Path(sys.argv[1])):
        print(" ".join(privileges.prefix()[:1]), "up")
except EmbeddedError as error:
    print(error)
"""
ROOT = os.geteuid() == 0


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every user may pass through, with programs that fail."""
    folder = Path(tempfile.mkdtemp(prefix="editjury-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def ask(place: Path, *broken: str) -> str:
    tools = place / "tools"
    tools.mkdir(exist_ok=True)
    for name in broken:
        (tools / name).write_text("#!/bin/sh\nexit 1\n")
        (tools / name).chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, "-c", ASK, str(place)],
        env={**os.environ, "PATH": path, "PYTHONPATH": str(CODE)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_it_works(place):
    assert ask(place) in (("unshare up", "setpriv up") if ROOT else ("up",))


def test_without_a_namespace_root_becomes_nobody(place):
    said = ask(place, "unshare")
    assert said == ("setpriv up" if ROOT else "up")


def test_without_either_root_is_told_what_to_do(place):
    said = ask(place, "unshare", "setpriv")
    expected = "Run this as an ordinary user, or set DATABASE_URL and REDIS_URL" if ROOT else "up"
    assert expected in said
    assert (place / "var" / "services.json").exists() is not ROOT


def test_data_of_another_user_is_refused_and_left_alone(place):
    ask(place)
    data = next((place / "var").glob("pg*"))
    if not ROOT:
        return  # only root can give files away
    os.chown(data, 4242, -1)
    assert f"{data} belongs to user id 4242" in ask(place)
    assert data.stat().st_uid == 4242
