"""The life of a job: every step is one conditional update of its row."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Now
from kombu.exceptions import OperationalError

from annotate.errors import ConflictError
from annotate.people.models import User
from annotate.tasks.models import Project
from modelbridge.celery import JOB, app
from modelbridge.models import Job
from modelbridge.selectors import database_now

LOST_AFTER = timedelta(seconds=60)
"""A running job whose heart has not beaten for this long has lost its worker."""
ATTEMPTS = 3
"""How often a job may lose its worker before it has failed."""
RESEND_FIRST, RESEND_LAST = timedelta(seconds=30), timedelta(minutes=5)

log = logging.getLogger(__name__)


@transaction.atomic
def start_job(
    *, kind: str, project: Project, parameters: dict[str, object], by: User | None
) -> Job:
    """A queued job; the broker hears of it when the transaction has committed."""
    job = Job.objects.create(kind=kind, project=project, parameters=parameters, created_by=by)
    transaction.on_commit(lambda: send_job(job_id=job.pk), robust=True)
    return job


def send_job(*, job_id: UUID) -> bool:
    """Whether the broker took the message; if not, the row stays queued and beat sends it."""
    try:
        app.send_task(JOB, args=[str(job_id)])
    except OperationalError as error:
        log.warning("job %s waits: the broker does not answer (%s)", job_id, error)
        return False
    Job.objects.filter(pk=job_id).update(sent_at=Now())
    return True


def take_job(*, job_id: UUID) -> Job | None:
    """The job, now running under a new attempt; None if it is not queued: a redelivery."""
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING,
        attempts=F("attempts") + 1,
        started_at=Now(),
        heartbeat_at=Now(),
        done=0,
        total=None,
        detail="",
        error="",
    )
    return Job.objects.select_related("project").get(pk=job_id) if taken else None


def touch_job(*, job: Job, **progress: object) -> bool:
    """Beat the heart of an attempt, with its progress; False if it no longer owns the row."""
    changed = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts).update(
        heartbeat_at=Now(), **progress
    )
    return bool(changed)


def end_job(*, job: Job, state: Job.State, error: str = "") -> bool:
    """End an attempt as done or failed; False if it no longer owned the row."""
    return touch_job(job=job, state=state, error=error, finished_at=Now())


def cancel_job(*, job: Job) -> None:
    """Cancel a job that has not ended; a running one stops at its next progress."""
    changed = Job.objects.filter(pk=job.pk, state__in=[Job.State.QUEUED, Job.State.RUNNING]).update(
        state=Job.State.CANCELLED, finished_at=Now()
    )
    if not changed:
        raise ConflictError("The job has ended already.", code="job_ended")


def recover_jobs() -> dict[str, int]:
    """Queue again what lost its worker, or fail it after three attempts; how many of each."""
    lost = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=database_now() - LOST_AFTER)
    failed = lost.filter(attempts__gte=ATTEMPTS).update(
        state=Job.State.FAILED,
        finished_at=Now(),
        error=f"The worker was lost {ATTEMPTS} times while it ran this job.",
    )
    requeued = lost.filter(attempts__lt=ATTEMPTS).update(state=Job.State.QUEUED, sent_at=None)
    return {"failed": failed, "requeued": requeued}


def resend_jobs() -> int:
    """Send what stays queued, at growing distances; how many the broker took."""
    waited = Least(Greatest(F("sent_at") - F("created_at"), RESEND_FIRST), RESEND_LAST)
    due = Job.objects.filter(state=Job.State.QUEUED).filter(
        Q(sent_at=None) | Q(sent_at__lt=Now() - waited)
    )
    return sum(
        send_job(job_id=key) for key in due.order_by("created_at").values_list("pk", flat=True)
    )
