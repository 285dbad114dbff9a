"""PostgreSQL and Valkey of this clone: found through var/, or started while somebody uses them."""

import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embedded import keys, ports, postgres, processes
from embedded.errors import EmbeddedError
from embedded.locks import FileLock, alone
from embedded.postgres import Postgres
from embedded.processes import Record
from embedded.valkey import Valkey

CODE = Path(__file__).resolve().parent.parent
PATIENCE = 15.0  # seconds that a restart waits for what a killed server left behind
LOG_LIMIT = 5_000_000
STALE = ("postmaster.pid", "shared memory block", "is being used by")

Server = Postgres | Valkey


@dataclass(frozen=True)
class Urls:
    """What the application needs to know, as its environment names it."""

    database: str
    redis: str
    secret_key: str
    instance: str

    def environment(self) -> dict[str, str]:
        """The variables that the settings read."""
        return {
            "DATABASE_URL": self.database,
            "REDIS_URL": self.redis,
            "SECRET_KEY": self.secret_key,
            "EDITJURY_INSTANCE": self.instance,
        }


def last_record(var: Path, name: str) -> Record | None:
    """The process of a server as last started in a state folder, alive or not."""
    known = processes.read_json(var / "services.json").get(name)
    return Record(known["pid"], known["started"]) if known else None


def stop_all(var: Path) -> None:
    """Stop Valkey, then PostgreSQL; for who holds the lock alone."""
    for server in (Valkey, Postgres):
        record = last_record(var, server.name)
        if record is not None and processes.alive(record):
            processes.stop(record, *server.stop_signals)


class Services:
    """The two servers of one state folder, seen by one of their users."""

    def __init__(self, var: Path, *, durable: bool = True, programs: Path | None = None) -> None:
        self.var = var
        self.durable = durable
        self._programs = programs
        self.started: dict[str, subprocess.Popen[bytes]] = {}
        try:
            var.mkdir(parents=True, exist_ok=True)
            with alone(var / "start.lock"):
                self.keys = keys.load(var)
            self._lock = FileLock(var / "services.lock")
        except PermissionError as error:
            message = f"{error}: {var} belongs to another user; run this as that one."
            raise EmbeddedError(message) from error

    @property
    def programs(self) -> Path:
        """Where PostgreSQL's programs are."""
        return self._programs or postgres.find_programs()

    def postgres(self) -> Postgres:
        """The cluster of the programs' version, running or not."""
        return Postgres(
            self.var / f"pg{postgres.major(self.programs)}",
            self.programs,
            self.keys.admin_password,
            self.keys.database_password,
            self.durable,
        )

    def valkey(self) -> Valkey:
        """The broker, running or not."""
        return Valkey(self.var / "valkey", self.keys.broker_password, self.durable)

    def attach(self, *names: str) -> Urls:
        """Become a user of the servers: they run until this and every other user is gone."""
        self._lock.share()
        fresh = [name for name in names or ("postgres", "valkey") if self.ensure(name)]
        if fresh:
            self._guard()
        return self.urls()

    def ensure(self, name: str) -> bool:
        """Start a server unless it runs; True if it had to be started."""
        with alone(self.var / "start.lock"):
            if processes.alive(self.record(name)):
                return False
            self._start(self.valkey() if name == "valkey" else self.postgres())
            return True

    def record(self, name: str) -> Record | None:
        """The process of a server as last started, alive or not."""
        return last_record(self.var, name)

    def port(self, name: str) -> int:
        """The port a server was last started on, 0 before its first start."""
        known = processes.read_json(self.var / "services.json").get(name, {})
        return int(known.get("port", 0))

    def urls(self) -> Urls:
        """How the application reaches the servers where they were last started."""
        return Urls(
            f"postgres://{postgres.USER}:{self.keys.database_password}@127.0.0.1:{self.port('postgres')}/{postgres.DATABASE}",
            f"redis://:{self.keys.broker_password}@127.0.0.1:{self.port('valkey')}/0",
            self.keys.secret_key,
            self.keys.instance,
        )

    def detach(self) -> bool:
        """Cease to be a user; True if nobody else was one and the servers are stopped."""
        alone_now = self._lock.try_own()
        if alone_now:
            stop_all(self.var)
        else:
            self._lock.share()  # waits for another that is just stopping them
        for process in self.started.values():
            process.poll()
            process.returncode = process.returncode or 0  # it outlives us if others use it
        self.close()
        return alone_now

    def close(self) -> None:
        """Let go of a state folder that was only looked at."""
        self._lock.close()

    def log(self, name: str) -> Path:
        """Where a server writes."""
        return self.var / "log" / f"{name}.log"

    def _start(self, server: Server) -> None:
        server.prepare()
        if server.name in self.started:
            self.started.pop(server.name).poll()  # a dead one of ours keeps its pid until then
        until = time.monotonic() + PATIENCE
        port = ports.choose(self.port(server.name))
        while True:
            server.clear_way()
            failure = self._try_start(server, port)
            if failure is None:
                return
            if time.monotonic() > until:
                break
            if any(word in failure for word in STALE):
                time.sleep(0.2)
            elif "Address already in use" in failure:
                port = ports.choose(None)
            else:
                break
        raise EmbeddedError(
            f"{server.name} does not start; {self.log(server.name)} ends with:\n{failure}"
        )

    def _try_start(self, server: Server, port: int) -> str | None:
        log = self.log(server.name)
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as file:
            begin = file.tell()
            process = server.launch(port, file)
        self._write(server.name, process.pid, port)
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            if server.is_ready(process.pid, port):
                self.started[server.name] = process
                return None
            time.sleep(processes.POLL)
        process.kill()
        process.wait()
        with log.open("rb") as file:
            file.seek(begin)
            return file.read()[-2000:].decode(errors="replace").strip()

    def _write(self, name: str, pid: int, port: int) -> None:
        state = processes.read_json(self.var / "services.json")
        record = processes.identify(pid)
        state[name] = {"pid": pid, "started": record.started, "port": port}
        processes.write_json(self.var / "services.json", state)

    def _guard(self) -> None:
        """Leave a process behind that stops the servers once their last user is gone."""
        command = [sys.executable, "-E", "-s", "-S", "-m", "embedded.watchdog", str(self.var)]
        process = subprocess.Popen(
            command if self.durable else [*command, "--throw-away"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=CODE,
        )
        process.returncode = 0  # nobody waits for it


@contextlib.contextmanager
def use(
    root: Path, *, durable: bool = True, need: tuple[str, ...] = ("postgres", "valkey")
) -> Iterator[Urls]:
    """The services of a clone for a block; not durable: new ones for this block alone."""
    var = root / "var" if durable else Path(tempfile.mkdtemp(prefix="editjury-"))
    if not durable:
        var.chmod(0o711)
    services = Services(var, durable=durable)
    try:
        yield services.attach(*need)
    finally:
        services.detach()
        if not durable:
            shutil.rmtree(var, ignore_errors=True)


def settled(root: Path) -> Urls:
    """The addresses for commands that need settings but no server: nothing is started."""
    services = Services(root / "var")
    services.close()
    return services.urls()
