"""A pool of decoder processes: what kills one of them rejects one image and no more."""

import json
import os
import queue
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

from annotate.tasks.faults import RowFault

ROOT = Path(__file__).resolve().parents[2]
DECODER = (sys.executable, "-W", "ignore", "-m", "annotate.tasks.decoder")
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""All that a decoder inherits: no secret is in reach of a hostile file."""


@dataclass(frozen=True)
class Limits:
    """What one image may take: bytes of memory, seconds of processor and of waiting."""

    memory: int = 3 * 2**30
    processor: int = 60
    wall: float = 240.0


@dataclass(frozen=True)
class Facts:
    """What an original's content is; the size is that of the display form."""

    format: str
    width: int
    height: int
    pixel_sha256: str
    perceptual_hash: int | None


class DecoderDiedError(Exception):
    """The decoder process ended, or was ended for taking too long, without an answer."""

    def __init__(self, *, late: bool = False) -> None:
        super().__init__()
        self.late = late


class Decoder:
    """One decoder process."""

    def __init__(self, command: Sequence[str], limits: Limits) -> None:
        self.limits = limits
        inherited = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        self.process = subprocess.Popen(
            [*command, str(limits.memory), str(limits.processor)],
            cwd=ROOT,
            env={**inherited, "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        try:
            self._read()
        except DecoderDiedError as error:
            self.close()
            raise RuntimeError("The image decoder does not start; see above for why.") from error

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer; DecoderDiedError where none comes in time."""
        try:
            self._pipe(self.process.stdin).write(json.dumps(request).encode() + b"\n")
            self._pipe(self.process.stdin).flush()
        except BrokenPipeError as error:
            raise DecoderDiedError from error
        return self._read()

    def _read(self) -> dict[str, Any]:
        output = self._pipe(self.process.stdout)
        ready, _, _ = select.select([output], [], [], self.limits.wall)
        if not ready:
            self.process.kill()
            raise DecoderDiedError(late=True)
        line = output.readline()
        if not line.endswith(b"\n"):
            raise DecoderDiedError
        return cast("dict[str, Any]", json.loads(line))

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise RuntimeError("the decoder has no pipe")
        return pipe

    def close(self) -> int:
        """End the process; returns its exit status, negative for a signal."""
        with suppress(BrokenPipeError):
            self._pipe(self.process.stdin).close()
        status = self.process.wait()
        self._pipe(self.process.stdout).close()
        return status


class DecodingPool:
    """As many decoders as processors; a context manager."""

    def __init__(
        self,
        *,
        workers: int | None = None,
        limits: Limits | None = None,
        command: Sequence[str] = DECODER,
    ) -> None:
        self.workers = workers or os.cpu_count() or 1
        self.limits = limits or Limits()
        self.command = command
        self.idle: queue.SimpleQueue[Decoder | None] = queue.SimpleQueue()
        self.threads = ThreadPoolExecutor(self.workers, thread_name_prefix="decoding")

    def __enter__(self) -> Self:
        for _ in range(self.workers):
            self.idle.put(None)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.threads.shutdown(cancel_futures=True)
        for _ in range(self.workers):
            if decoder := self.idle.get():
                decoder.close()

    def check(self, path: Path) -> "Future[Facts]":
        """The facts of a file, to come; a RowFault where it is no acceptable image."""
        return self.threads.submit(lambda: Facts(**self._ask(do="check", path=str(path))))

    def make_levels(self, path: Path, *, out: Path, levels: Sequence[int]) -> "Future[list[int]]":
        """Which display levels there are, to come; each is a file of its name in `out`."""
        request = {"do": "levels", "path": str(path), "out": str(out), "levels": list(levels)}
        return self.threads.submit(lambda: list(self._ask(**request)["levels"]))

    def _ask(self, **request: Any) -> dict[str, Any]:
        decoder = self.idle.get()
        try:
            decoder = decoder or Decoder(self.command, self.limits)
            answer = decoder.ask(request)
        except DecoderDiedError as error:
            status = decoder.close() if decoder else 0
            decoder = None
            raise _death(status, late=error.late) from error
        finally:
            self.idle.put(decoder)
        return _understood(answer)


def _understood(answer: dict[str, Any]) -> dict[str, Any]:
    """A result; what went wrong is raised."""
    if "fault" in answer:
        raise RowFault(**answer["fault"])
    if "failed" in answer:
        raise OSError(answer["failed"])
    return answer


def _death(status: int, *, late: bool) -> RowFault:
    """Why a decoder that ended so gave no answer."""
    if late or status == -signal.SIGXCPU:
        return RowFault("decoder_timeout", "decoding takes too long")
    name = signal.Signals(-status).name if status < 0 else f"status {status}"
    return RowFault("decoder_crashed", f"the decoder ended with {name}")
