"""The supervisor's children: programs and servers that restart after a crash, but not for ever."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from embedded import processes
from embedded.errors import EmbeddedError
from embedded.logs import Log, Tail
from embedded.processes import Record
from embedded.services import CODE, Services

CRASHES, WITHIN = 5, 60.0
BACKOFF = (0.2, 0.5, 1.0, 2.0)


class Restarts:
    """Counts crashes: after how long to try again, or that it is for good."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=CRASHES)

    def delay(self, now: float) -> float | None:
        """Seconds until the next try; None at the fifth crash in a minute."""
        self._times.append(now)
        recent = [moment for moment in self._times if now - moment < WITHIN]
        return None if len(recent) >= CRASHES else BACKOFF[len(recent) - 1]


class Guard:
    """A process that ends the children if we are killed; it is told of each."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-E", "-s", "-S", "-m", "embedded.guard"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            cwd=CODE,
        )

    def tell(self, name: str, record: Record) -> None:
        """Name a child, in place of an earlier one of that name."""
        if self._process.stdin is not None:
            line = json.dumps({"name": name, **asdict(record)}) + "\n"
            with contextlib.suppress(OSError):  # killed itself: Linux still ends the children
                self._process.stdin.write(line.encode())
                self._process.stdin.flush()

    def close(self) -> None:
        """Release it: every child has ended."""
        self._process.communicate()


@dataclass(frozen=True)
class Program:
    """A command of the supervisor's, and how long it may take to end."""

    name: str
    command: tuple[str, ...]
    patience: float = 10.0


@dataclass(frozen=True)
class Surroundings:
    """What the children of one supervisor share."""

    run: Path
    log: Log
    guard: Guard
    environment: Mapping[str, str]


class Child:
    """A program that the supervisor keeps running."""

    def __init__(self, program: Program, around: Surroundings) -> None:
        self.name = program.name
        self._program = program
        self._around = around
        self._restarts = Restarts()
        self._due: float | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.record: Record | None = None

    def start(self) -> None:
        """Start it, in a session of its own, ending with us."""
        around = self._around
        tie = [sys.executable, "-I", "-S", str(CODE / "embedded" / "child.py"), str(os.getpid())]
        self._process = subprocess.Popen(
            [*tie, *self._program.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=dict(around.environment),
            cwd=CODE,
        )
        if self._process.stdout is not None:
            around.log.follow_pipe(self.name, self._process.stdout)
        self.record = processes.identify(self._process.pid)
        around.guard.tell(self.name, self.record)
        processes.write_record(around.run / f"{self.name}.pid", self.record)
        self._due = None

    def code(self) -> int | None:
        """The exit status, None while it runs."""
        return self._process.poll() if self._process else None

    def tend(self, now: float) -> None:
        """Notice a crash, and restart when it is time."""
        if self._due is not None:
            if now >= self._due:
                self.start()
                self._around.log.say("demo", f"{self.name} runs again")
        elif self._process is not None and self._process.poll() is not None:
            self._crashed(now, self._process.returncode)

    def _crashed(self, now: float, code: int) -> None:
        if self.record is not None:
            processes.kill_session(self.record)
        delay = self._restarts.delay(now)
        if delay is None:
            message = f"{self.name} crashed {CRASHES} times in a minute (last {ending(code)})."
            raise EmbeddedError(message)
        self._around.log.say("demo", f"{self.name} ended ({ending(code)}); again in {delay} s")
        self._due = now + delay

    def stop(self) -> None:
        """End it and what is left of its session."""
        if self._process is None or self.record is None:
            return
        if self._process.poll() is None:
            processes.stop(
                self.record, signal.SIGTERM, signal.SIGQUIT, patience=self._program.patience
            )
        self._process.wait()
        processes.kill_session(self.record)
        (self._around.run / f"{self.name}.pid").unlink(missing_ok=True)


class ServerChild:
    """An embedded server that the supervisor keeps running, whoever started it."""

    def __init__(self, name: str, services: Services, around: Surroundings) -> None:
        self.name = name
        self._services = services
        self._around = around
        self._restarts = Restarts()
        self._due: float | None = None
        self._tail = Tail(services.log(name))

    def note(self) -> None:
        """Leave word of the process as it is now."""
        record = self._services.record(self.name)
        if record is not None:
            processes.write_record(self._around.run / f"{self.name}.pid", record)

    def tend(self, now: float) -> None:
        """Notice a crash, and restart when it is time."""
        for line in self._tail.lines():
            self._around.log.say(self.name, line)
        if self._due is not None:
            if now >= self._due:
                self._due = None
                self._services.ensure(self.name)
                self.note()
                self._around.log.say("demo", f"{self.name} runs again")
        elif not processes.alive(self._services.record(self.name)):
            delay = self._restarts.delay(now)
            if delay is None:
                raise EmbeddedError(f"{self.name} crashed {CRASHES} times in a minute.")
            self._around.log.say("demo", f"{self.name} ended; again in {delay} s")
            self._due = now + delay

    def forget(self) -> None:
        """Drop the word that was left."""
        (self._around.run / f"{self.name}.pid").unlink(missing_ok=True)


def ending(code: int) -> str:
    """How a process ended, in words."""
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit {code}"


def stop_leftovers(run: Path, log: Log) -> None:
    """End programs of an earlier supervisor, matched by pid and start time; servers are adopted."""
    for path in sorted(run.glob("*.pid")):
        record = processes.read_record(path)
        ours = path.stem in ("postgres", "valkey")
        if not ours and record is not None and processes.alive(record):
            log.say("demo", f"stopping {path.stem} (pid {record.pid}), left by an earlier start")
            processes.stop(record, signal.SIGTERM, patience=5.0)
            processes.kill_session(record)
        path.unlink(missing_ok=True)
