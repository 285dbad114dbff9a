"""The demo fills itself once, through the job that the page shows."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F

from annotate.assignment.claim import claim_assignments
from annotate.models import Candidate, Judgment, Project, Task, User
from modelbridge.demo_fill import Stage
from modelbridge.demo_project import FILL, prepare_project, start_fill
from modelbridge.jobs import run_job
from modelbridge.models import Job
from modelbridge.running import RunningJob

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TABLES = (Project, Task, Candidate, Judgment, User)


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """A hash that takes no time: nobody logs in here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def prepare(folder) -> None:
    call_command("prepare_demo", accounts=folder / "demo.json", json=True, stdout=StringIO())


def test_it_works(tmp_path):
    """Filled once, and again as after a lost worker: that adds nothing."""
    prepare(tmp_path)
    job = Job.objects.get()
    assert (job.kind, job.project.slug, job.state) == (FILL, "demo", Job.State.QUEUED)
    run_job(str(job.pk))
    job.refresh_from_db()
    assert (job.error, job.state, job.done, job.total) == ("", Job.State.DONE, 300, 300)
    assert Task.objects.count() == 30
    sizes = Counter(Candidate.objects.values_list("task", flat=True)).values()
    assert set(sizes) == {4, 5, 6, 7}
    assert Task.objects.filter(claimable=True).count() == 10
    assert Task.objects.filter(counted=F("wanted"), state=Task.State.OPEN).count() == 20
    assert User.objects.filter(kind=User.Kind.SIMULATED).count() == 6
    assert set(Judgment.objects.values_list("origin", flat=True)) == {"simulated"}
    before = [set(model.objects.values_list("pk", flat=True)) for model in TABLES]
    Job.objects.update(state=Job.State.QUEUED)
    run_job(str(job.pk))
    assert Job.objects.get().state == Job.State.DONE
    assert [set(model.objects.values_list("pk", flat=True)) for model in TABLES] == before
    mine = claim_assignments(
        slug="demo", user_id=User.objects.get(username="annotator").pk, count=8
    )
    assert len(mine.assignments) == 8


def test_it_is_filled_once(tmp_path):
    prepare(tmp_path)
    prepare(tmp_path)
    (job,) = Job.objects.all()
    for state in (Job.State.RUNNING, Job.State.DONE):
        Job.objects.update(state=state)
        prepare(tmp_path)
        assert Job.objects.get() == job


@pytest.mark.parametrize("state", [Job.State.FAILED, Job.State.CANCELLED])
def test_what_failed_is_started_again(state):
    project = prepare_project()
    first = start_fill(project=project)
    Job.objects.update(state=state)
    second = start_fill(project=project)
    assert first is not None
    assert second is not None
    assert second.pk != first.pk
    assert start_fill(project=project) is None


def test_a_stage_is_a_third():
    told = []

    class Told(RunningJob):
        def progress(self, done, total=None, detail=""):
            told.append((done, total, detail))

    stage = Stage(Told(Job()), 1, "importing tasks", units=100)
    stage.reach(15, 30)
    stage.reach(30, 30)
    stage.reach(0, 0)
    assert told == [(done, 300, "importing tasks") for done in (100, 150, 200, 200)]
