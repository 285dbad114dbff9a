"""The Celery functions: each takes ids, and may be delivered more than once."""

import logging
from collections.abc import Callable
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.core.management import call_command

from annotate.assignment.expiry import expire_everywhere
from annotate.errors import DomainError
from modelbridge.celery import JOB, SWEEP, TIDY, app
from modelbridge.demo_fill import run_fill
from modelbridge.demo_project import FILL
from modelbridge.exports import KIND, run_export, tidy_exports
from modelbridge.models import Job
from modelbridge.running import JobStopped, RunningJob
from modelbridge.services import end_job, recover_jobs, resend_jobs, take_job
from protocol.errors import Refused

KINDS: dict[str, Callable[[RunningJob], None]] = {FILL: run_fill, KIND: run_export}
"""What each kind of job does."""

log = logging.getLogger(__name__)


@app.task(name=JOB)
def run_job(job_id: str) -> None:
    """Run a queued job to its end; a message for any other job does nothing."""
    job = take_job(job_id=UUID(job_id))
    if job is None:
        return
    log.info("%s starts, attempt %d", job, job.attempts)
    try:
        with RunningJob(job) as running:
            KINDS[job.kind](running)
    except JobStopped:
        log.info("%s stopped", job)
    except (DomainError, Refused) as refusal:
        end_job(job=job, state=Job.State.FAILED, error=str(refusal))
    except SoftTimeLimitExceeded:
        end_job(job=job, state=Job.State.FAILED, error="The job took longer than it may.")
    except Exception as error:
        log.exception("%s failed", job)
        end_job(job=job, state=Job.State.FAILED, error=f"{type(error).__name__}: {error}")
    else:
        end_job(job=job, state=Job.State.DONE)


@app.task(name=SWEEP)
def sweep_jobs() -> None:
    """Queue again what lost its worker, send again what waits, expire overdue leases."""
    for what, count in (recover_jobs() | {"sent again": resend_jobs()}).items():
        if count:
            log.info("%d jobs %s", count, what)
    expire_everywhere()


@app.task(name=TIDY)
def tidy() -> None:
    """Remove what nobody needs: dead exports' folders and ended sessions."""
    tidy_exports()
    call_command("clearsessions")
