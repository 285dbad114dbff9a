"""A job runs once however often its message is delivered, and its row tells how it ended."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from annotate.errors import ConflictError
from modelbridge import jobs
from modelbridge.models import Job
from modelbridge.running import JobStopped, RunningJob
from modelbridge.services import (
    ATTEMPTS,
    LOST_AFTER,
    cancel_job,
    end_job,
    recover_jobs,
    take_job,
    touch_job,
)
from protocol.errors import Refused
from tests.modelbridge.builders import make_job, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch):
    """The kind `test`: notes each call and does what the parameters say."""
    made = []

    def work(running):
        made.append(running.job.pk)
        running.progress(3, 3, "counted")
        match running.job.parameters.get("end"):
            case "refuse":
                raise Refused("the input is wrong")
            case "crash":
                raise ZeroDivisionError("by zero")

    monkeypatch.setitem(jobs.KINDS, "test", work)
    return made


def taken(job: Job) -> Job:
    """The job as a worker takes it."""
    running = take_job(job_id=job.pk)
    assert running is not None
    return running


def test_it_works(calls):
    job = make_job(make_project())
    jobs.run_job(str(job.pk))
    job.refresh_from_db()
    assert calls == [job.pk]
    assert (job.state, job.done, job.total, job.detail) == ("done", 3, 3, "counted")
    assert job.attempts == 1
    assert job.started_at is not None
    assert job.finished_at is not None
    assert job.finished_at >= job.started_at


@pytest.mark.parametrize("state", ["running", "done", "failed", "cancelled"])
def test_a_redelivery_does_nothing(calls, state):
    job = make_job(make_project(), state=state, attempts=1)
    before = Job.objects.values().get(pk=job.pk)
    jobs.run_job(str(job.pk))
    assert calls == []
    assert Job.objects.values().get(pk=job.pk) == before


def test_a_refusal_is_the_error_of_the_row(calls):
    job = make_job(make_project(), parameters={"end": "refuse"})
    jobs.run_job(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "the input is wrong")


def test_a_crash_is_the_error_of_the_row(calls):
    job = make_job(make_project(), parameters={"end": "crash"})
    jobs.run_job(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "ZeroDivisionError: by zero")


def test_a_job_that_lost_its_worker_is_queued_again_and_its_old_attempt_owns_nothing():
    lost = taken(make_job(make_project()))
    Job.objects.update(heartbeat_at=Now() - LOST_AFTER - timedelta(seconds=1))
    assert recover_jobs() == {"failed": 0, "requeued": 1}
    again = taken(lost)
    assert again.attempts == 2
    assert not touch_job(job=lost, done=99)
    assert not end_job(job=lost, state=Job.State.DONE)
    assert Job.objects.values_list("state", "done").get() == ("running", 0)


def test_a_living_job_is_left_alone():
    job = taken(make_job(make_project()))
    Job.objects.update(heartbeat_at=Now() - LOST_AFTER + timedelta(seconds=5))
    assert recover_jobs() == {"failed": 0, "requeued": 0}
    assert touch_job(job=job)


def test_the_last_attempt_fails():
    make_job(
        make_project(),
        state="running",
        attempts=ATTEMPTS,
        heartbeat_at=Now() - LOST_AFTER - timedelta(seconds=1),
    )
    assert recover_jobs() == {"failed": 1, "requeued": 0}
    job = Job.objects.get()
    assert job.state == "failed"
    assert job.error == "The worker was lost 3 times while it ran this job."


def test_cancel_stops_a_running_job_at_its_next_progress():
    job = taken(make_job(make_project()))
    with RunningJob(job) as running:
        running.progress(1, 9)
        cancel_job(job=job)
        with pytest.raises(JobStopped):
            running.progress(9, 9)
    assert Job.objects.values_list("state", "done").get() == ("cancelled", 1)


def test_cancel_of_an_ended_job_is_refused():
    job = make_job(make_project(), state="done")
    with pytest.raises(ConflictError):
        cancel_job(job=job)
    assert Job.objects.get().state == "done"


def test_progress_is_throttled(django_assert_num_queries):
    job = taken(make_job(make_project()))
    with RunningJob(job) as running, django_assert_num_queries(2):
        for done in range(1_001):
            running.progress(done, 1_000, "rows")
    job.refresh_from_db()
    assert (job.done, job.total) == (1_000, 1_000)
