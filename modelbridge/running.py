"""A job at work: its heart beats while the process lives, its progress reaches the row."""

import threading
import time
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connections

from modelbridge.models import Job
from modelbridge.services import touch_job

BEAT = 10.0
"""Seconds between two beats of a running job's heart."""
THROTTLE = 0.5
"""Seconds between two writes of a job's progress."""


class JobStopped(Exception):  # noqa: N818 - not a fault: someone cancelled or replaced the attempt
    """The attempt no longer owns its job: it was cancelled, or taken for lost."""


class RunningJob:
    """One attempt at a job; a context manager that keeps its heart beating."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._written = 0.0
        self._detail = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def progress(self, done: int, total: int | None = None, detail: str = "") -> None:
        """Write how far the work is, at most twice a second; raise `JobStopped` if cancelled."""
        now = time.monotonic()
        if now - self._written < THROTTLE and detail == self._detail and done != total:
            return
        self._written, self._detail = now, detail
        if not touch_job(job=self.job, done=done, total=total, detail=detail[:200]):
            raise JobStopped

    def _beat(self) -> None:
        """Touch the row until the work ends; a database that is away for a moment is no end."""
        try:
            while not self._stop.wait(BEAT) and self._touch():
                continue
        finally:
            connections.close_all()

    def _touch(self) -> bool:
        """Whether the job is still this attempt's, as far as can be told."""
        try:
            return touch_job(job=self.job)
        except DatabaseError:
            connections.close_all()
            return True
