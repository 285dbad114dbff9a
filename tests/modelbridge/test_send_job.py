"""A job is announced after its transaction; what the broker misses waits and is sent again."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from redis import Redis

from modelbridge.celery import app
from modelbridge.models import Job
from modelbridge.services import resend_jobs, start_job
from tests.modelbridge.builders import make_job, make_project

pytestmark = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)
QUEUE = app.conf.task_default_queue


@pytest.fixture
def broker():
    """The broker's queue, emptied before and after."""
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.delete(QUEUE)
        yield redis
        redis.delete(QUEUE)


@pytest.fixture
def no_broker(monkeypatch):
    """A broker's address where nothing listens."""
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    monkeypatch.setattr(app, "_pool", None)
    kept = app.conf.broker_url
    app.conf.update(broker_url="redis://127.0.0.1:1/0")
    yield
    app.conf.update(broker_url=kept)


def sent(redis) -> list[str]:
    """The ids of the jobs in the queue."""
    return [json.loads(entry)["headers"]["argsrepr"] for entry in redis.lrange(QUEUE, 0, -1)]


@commits
def test_it_works(broker):
    project = make_project()
    with transaction.atomic():
        job = start_job(kind="test", project=project, parameters={"a": 1}, by=None)
        assert sent(broker) == []
    assert sent(broker) == [repr([str(job.pk)])]
    job.refresh_from_db()
    assert (job.state, job.parameters) == ("queued", {"a": 1})
    assert job.sent_at is not None
    assert job.sent_at >= job.created_at


@commits
def test_a_rolled_back_job_is_never_announced(broker):
    project = make_project()
    with transaction.atomic():
        start_job(kind="test", project=project, parameters={}, by=None)
        transaction.set_rollback(True)
    assert sent(broker) == []
    assert not Job.objects.exists()


@commits
def test_without_a_broker_the_row_stays_queued(no_broker):
    job = start_job(kind="test", project=make_project(), parameters={}, by=None)
    job.refresh_from_db()
    assert (job.state, job.sent_at) == ("queued", None)


def test_beat_sends_what_the_broker_missed(broker):
    job = make_job(make_project(), sent_at=None)
    assert resend_jobs() == 1
    assert sent(broker) == [repr([str(job.pk)])]
    assert resend_jobs() == 0


@pytest.mark.parametrize(
    ("age", "since_sent", "again"),
    [(40, 31, 1), (40, 29, 0), (400, 150, 0), (400, 201, 1), (9_000, 299, 0), (9_000, 301, 1)],
)
def test_the_distance_between_two_messages_grows(broker, age, since_sent, again):
    job = make_job(make_project())
    Job.objects.filter(pk=job.pk).update(
        created_at=Now() - timedelta(seconds=age), sent_at=Now() - timedelta(seconds=since_sent)
    )
    assert resend_jobs() == again


def test_what_runs_is_not_sent(broker):
    make_job(make_project(), state="running", sent_at=None, attempts=1)
    assert resend_jobs() == 0
    assert sent(broker) == []
