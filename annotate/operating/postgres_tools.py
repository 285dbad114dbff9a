"""pg_dump and pg_restore of the database in use."""

import os
import subprocess
from pathlib import Path

from django.db import connection

from embedded.errors import EmbeddedError
from embedded.postgres import find_programs
from protocol.errors import Refused


def _environment() -> dict[str, str]:
    """The connection in libpq's variables; a password never stands on a command line."""
    settings = connection.settings_dict
    given = {
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"] or ""),
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGSSLMODE": settings["OPTIONS"].get("sslmode", ""),
    }
    return {**os.environ, **{name: value for name, value in given.items() if value}}


def run_tool(name: str, *arguments: str) -> None:
    """Run a PostgreSQL program on the database in use.

    Raises:
        Refused: the program is missing or failed; the message is its own.
    """
    try:
        program = find_programs() / name
    except EmbeddedError as error:
        raise Refused(str(error)) from error
    if not program.exists():
        raise Refused(f"{name} is not in {program.parent}: install PostgreSQL's client programs.")
    done = subprocess.run(
        [program, *arguments], env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"{name} failed: {done.stderr.strip()}")


def dump_database(target: Path) -> None:
    """Write the whole database, as one snapshot, into a file that `pg_restore` reads."""
    run_tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load_database(source: Path) -> None:
    """Load a dump into the empty database in use, in one transaction."""
    run_tool(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={connection.settings_dict['NAME']}",
        str(source),
    )
