"""Who a process is: its pid together with its start time, kept in private files."""

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

POLL = 0.02
PROC = Path("/proc/self")  # Linux tells through files, other systems through ps


@dataclass(frozen=True)
class Record:
    """A process that no later one with the same pid can be taken for."""

    pid: int
    started: str


def start_time(pid: int) -> str | None:
    """The moment the process started, as the system words it; None for a dead one or a zombie."""
    if PROC.is_dir():
        try:
            fields = (
                Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
            )
        except OSError:
            return None
        return None if fields[0] in "ZX" else fields[19]
    out = _ps(pid, "stat=,lstart=")
    return None if not out or out.startswith("Z") else out.split(maxsplit=1)[1]


def command_line(pid: int) -> str:
    """The command the process was started with, empty where there is none."""
    if PROC.is_dir():
        try:
            raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return ""
        return raw.replace(b"\0", b" ").decode(errors="replace").strip()
    return _ps(pid, "command=")


def _ps(pid: int, columns: str) -> str:
    command = ["ps", "-ww", "-o", columns, "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def identify(pid: int) -> Record:
    """The record of a process that runs now."""
    return Record(pid, start_time(pid) or "gone")


def alive(record: Record | None) -> bool:
    """Whether this very process still runs."""
    return record is not None and start_time(record.pid) == record.started


def wait_gone(record: Record, seconds: float) -> bool:
    """Whether the process ended within so many seconds."""
    until = time.monotonic() + seconds
    while alive(record):
        if time.monotonic() > until:
            return False
        time.sleep(POLL)
    return True


def stop(record: Record, *signals: signal.Signals, patience: float = 10.0) -> None:
    """Ask with each signal in turn, then kill the process and what is left of its session."""
    for number in (*signals, signal.SIGKILL):
        if alive(record):
            with contextlib.suppress(ProcessLookupError):
                os.kill(record.pid, number)
        if wait_gone(record, patience):
            break


def kill_session(record: Record) -> None:
    """Kill what is left of the session that the process led."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(record.pid, signal.SIGKILL)


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Replace a JSON file in one step, readable by its owner alone."""
    write_private(path, json.dumps(value, indent=1) + "\n")


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file, empty where there is no file yet."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return value if isinstance(value, dict) else {}


def write_record(path: Path, record: Record) -> None:
    """Leave word of a process for the next start."""
    write_json(path, asdict(record))


def read_record(path: Path) -> Record | None:
    """The process that a file speaks of."""
    value = read_json(path)
    return Record(value["pid"], value["started"]) if value else None
