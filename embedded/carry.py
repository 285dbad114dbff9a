"""Carries data from one major version of PostgreSQL to another, by dump and load.

python -m embedded.carry dump FILE [--programs FOLDER]    with the programs of the old version
python -m embedded.carry load FILE                        with those of the new one
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from embedded import postgres
from embedded.errors import EmbeddedError
from embedded.postgres import DATABASE, USER
from embedded.services import CODE, Services


def dump(services: Services, target: Path) -> None:
    """Write the database of the programs' version to a file."""
    server = services.postgres()
    if not server.data.exists():
        raise EmbeddedError(f"There is no {server.data}: these programs are of another version.")
    services.attach("postgres")
    try:
        _run(services, "pg_dump", "-Fc", "--no-owner", "-f", str(target))
    finally:
        services.detach()


def load(services: Services, source: Path) -> None:
    """Fill a new cluster from a file; the folders of other versions step aside."""
    server = services.postgres()
    if not source.is_file():
        raise EmbeddedError(f"There is no {source}: `embedded.carry dump` writes it first.")
    if server.data.exists():
        raise EmbeddedError(f"{server.data} exists: nothing was loaded over it.")
    old = postgres.other_majors(server.data)
    aside = {path: path.with_name(f"{path.name}.carried") for path in old}
    for path, place in aside.items():
        path.rename(place)
    try:
        services.attach("postgres")
        words = ("--no-owner", "--exit-on-error", "--single-transaction", "-d", DATABASE)
        _run(services, "pg_restore", *words, str(source))
    except EmbeddedError:
        services.detach()
        if server.data.exists():
            server.data.rename(server.data.with_name(f"{server.data.name}.failed"))
        for path, place in aside.items():
            place.rename(path)
        raise
    services.detach()


def _run(services: Services, program: str, *words: str) -> None:
    variables = {
        "PGHOST": "127.0.0.1",
        "PGPORT": str(services.port("postgres")),
        "PGUSER": USER,
        "PGDATABASE": DATABASE,
        "PGPASSWORD": services.keys.database_password,
    }
    command = [str(services.programs / program), *words]
    done = subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise EmbeddedError(f"{program} failed:\n{done.stderr.strip()}")


def main(root: Path = CODE) -> int:
    """Dump or load; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=["dump", "load"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--programs", type=Path, help="where pg_dump and postgres are")
    parser.add_argument("--root", type=Path, default=root, help="the clone (default: this one)")
    given = parser.parse_args()
    try:
        services = Services(given.root.resolve() / "var", programs=given.programs)
        action = dump if given.action == "dump" else load
        action(services, given.file.resolve())
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{given.action}: {given.file} done.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
