"""One readable log: every line of every process, on the terminal and in a file."""

import os
import sys
import threading
import time
from pathlib import Path
from typing import IO

COLOURS = {"web": 36, "worker": 35, "beat": 34, "postgres": 32, "valkey": 33, "demo": 1}
LIMIT = 10_000_000


class Log:
    """Writes lines with the time and the name of their process."""

    def __init__(self, path: Path, screen: IO[str] | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LIMIT:
            path.replace(path.with_suffix(".log.1"))
        self._file = path.open("a", encoding="utf-8", buffering=1)
        self._screen: IO[str] | None = screen or sys.stdout
        self._coloured = self._screen.isatty() and not os.environ.get("NO_COLOR")
        self._lock = threading.Lock()

    def say(self, name: str, line: str) -> None:
        """Write one line in the name of a process."""
        clock, label = time.strftime("%H:%M:%S"), f"{name:<8}"
        colour = f"\033[{COLOURS.get(name, 0)}m{label}\033[0m" if self._coloured else label
        with self._lock:
            self._file.write(f"{clock} {label} | {line}\n")
            self._show(f"{clock} {colour} | {line}\n")

    def tell(self, name: str, line: str) -> None:
        """Say one line on the terminal alone: what it holds may stand in no file."""
        with self._lock:
            self._show(f"{time.strftime('%H:%M:%S')} {name:<8} | {line}\n")

    def _show(self, text: str) -> None:
        if self._screen is None:
            return
        try:
            self._screen.write(text)
            self._screen.flush()
        except (OSError, ValueError):
            self._screen = None  # the terminal is gone; the file remains

    def close(self) -> None:
        """End the file."""
        self._file.close()

    def follow_pipe(self, name: str, pipe: IO[bytes]) -> None:
        """Write what comes out of a pipe from now on, beside what else goes on."""
        threading.Thread(target=self._drain, args=(name, pipe), daemon=True).start()

    def _drain(self, name: str, pipe: IO[bytes]) -> None:
        with pipe:
            for raw in pipe:
                line = raw.decode(errors="replace").rstrip()
                if line:
                    self.say(name, line)


class Tail:
    """The lines added to a file since the last look."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._position = path.stat().st_size if path.exists() else 0
        self._rest = b""

    def lines(self) -> list[str]:
        """What was added, by whole lines."""
        try:
            with self._path.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self._position:
                    self._position = 0  # a fresh file after the old one grew too large
                file.seek(self._position)
                fresh = file.read()
        except FileNotFoundError:
            return []
        self._position += len(fresh)
        *whole, self._rest = (self._rest + fresh).split(b"\n")
        return [line.decode(errors="replace") for line in whole]
