"""What beat does beside the jobs: dead folders go, overdue leases expire."""

import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from annotate.models import Assignment
from modelbridge.dataset.options import resolve
from modelbridge.exports import export_folder, start_export, tidy_exports
from modelbridge.jobs import run_job, sweep_jobs, tidy
from modelbridge.models import Job
from tests.modelbridge.builders import make_project, make_task, make_user

pytestmark = pytest.mark.django_db
OPTIONS = resolve(formats=["groups"])


def folders() -> set[str]:
    """What lies in the export folder."""
    return {path.name for path in Path(settings.EXPORT_ROOT).iterdir()}


def test_it_works(judged):
    made = {
        state: start_export(project=judged, options=OPTIONS, as_of=None, by=make_user(state))
        for state in ("done", "failed", "cancelled", "running")
    }
    for state, export in made.items():
        Job.objects.filter(pk=export.job_id).update(state=state, attempts=1)
        export_folder(export.pk).mkdir(parents=True)
    done, running = made["done"].pk, made["running"].pk
    old = f"{done}.partial-00000000"
    for name in (old, f"{done}.partial-11111111", f"{running}.partial-22222222", "mine"):
        (Path(settings.EXPORT_ROOT) / name).mkdir()
    two_days = timezone.now().timestamp() - 2 * 24 * 3600
    for name in (old, f"{running}.partial-22222222"):
        os.utime(Path(settings.EXPORT_ROOT) / name, (two_days, two_days))
    tidy()
    assert folders() == {
        str(done),
        str(running),
        f"{done}.partial-11111111",
        f"{running}.partial-22222222",
        "mine",
    }
    assert tidy_exports() == 0


def test_without_a_folder_there_is_nothing_to_do(judged):
    assert tidy_exports() == 0


def test_an_attempt_removes_what_an_earlier_one_left(judged):
    export = start_export(project=judged, options=OPTIONS, as_of=None, by=make_user("lead"))
    stray = Path(settings.EXPORT_ROOT) / f"{export.pk}.partial-00000000"
    stray.mkdir(parents=True)
    run_job(str(export.job_id))
    assert folders() == {str(export.pk)}
    assert Job.objects.get().state == "done"


def test_sweep_expires_overdue_leases():
    project = make_project()
    task = make_task(project, held=1)
    Assignment.objects.create(
        project=project,
        task=task,
        annotator=make_user("ann"),
        protocol_version=project.protocol_version,
        lease_expires_at=timezone.now() - timedelta(minutes=1),
        presentation=list(task.candidates.values_list("pk", flat=True)),
    )
    sweep_jobs()
    task.refresh_from_db()
    assert Assignment.objects.get().state == "expired"
    assert task.held == 0


def test_an_unknown_export_folder_is_left_alone(judged):
    stranger = Path(settings.EXPORT_ROOT) / str(uuid4())
    stranger.mkdir(parents=True)
    assert tidy_exports() == 0
    assert stranger.is_dir()
