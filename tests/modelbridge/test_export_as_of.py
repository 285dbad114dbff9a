"""A data set of one moment has the same bytes whenever it is written."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from annotate.models import Assignment, Exclusion, Task, User
from modelbridge.dataset.options import resolve
from modelbridge.exporting import export_project
from modelbridge.selectors import database_now
from protocol.commands import RefusedInput
from protocol.errors import Refused
from tests.modelbridge.builders import make_judgment, make_task, make_user, rate, read_back
from tests.modelbridge.exports import contents, export, rows_of

pytestmark = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)
"""The history of tasks is stamped with the transaction's time: these need one for each step."""

EVERYTHING = resolve(formats=["groups", "editreward"])


@commits
def test_it_works(judged, tmp_path):
    """Everything that can change after the moment changes; the bytes do not."""
    moment = database_now()
    before = export(judged, tmp_path / "a", as_of=read_back(moment))
    task = Task.objects.get(external_id="t1")
    cid = make_user("cid")
    make_judgment(task, cid, {"alpha": (1, 1), "beta": (4, 4)})
    make_judgment(make_task(judged, "t0"), cid, {"alpha": (1, 1), "beta": (4, 4)})
    turn = Assignment.objects.get(annotator__username="ann", task=task)
    rate(turn, {"alpha": (1, 1)}, revision=2, supersedes=turn.judgments.get())
    Exclusion.objects.create(
        project=judged,
        user=User.objects.get(username="ben"),
        starts_at=moment - timedelta(days=1),
        ends_at=moment + timedelta(days=1),
        why="sleepy",
    )
    Task.objects.filter(external_id="t2").update(
        withdrawn_at=timezone.now(), priority=2, state="closed", wanted=9
    )
    after = export(judged, tmp_path / "b", as_of=read_back(moment))
    assert after["digest"] == before["digest"]
    assert contents(tmp_path / "b") == contents(tmp_path / "a")
    assert export(judged, tmp_path / "c")["digest"] != before["digest"]


def test_a_future_moment_is_refused(judged, tmp_path):
    later = database_now() + timedelta(minutes=1)
    with pytest.raises(RefusedInput, match="lies in the future"):
        export(judged, tmp_path / "set", as_of=read_back(later))
    assert list(tmp_path.iterdir()) == []


def test_exclusions_and_their_end(judged, tmp_path):
    ben = User.objects.get(username="ben")
    now = database_now()
    exclusion = Exclusion.objects.create(
        project=judged,
        user=ben,
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=1),
        why="sleepy",
    )
    report = export(judged, tmp_path / "a", min_raters=1)
    assert report["drops"]["judgments"]["excluded"] == 2
    assert report["counts"]["judgments"] == 2
    during = database_now()
    exclusion.ended_at = database_now()
    exclusion.save(update_fields=["ended_at"])
    assert export(judged, tmp_path / "b")["counts"]["judgments"] == 4
    then = export(judged, tmp_path / "c", as_of=read_back(during))
    assert then["counts"]["judgments"] == 2


def test_an_exclusion_covers_its_span_only(judged, tmp_path):
    now = database_now()
    Exclusion.objects.create(
        project=judged,
        user=User.objects.get(username="ben"),
        starts_at=now - timedelta(days=2),
        ends_at=now - timedelta(days=1),
        why="sleepy",
    )
    assert export(judged, tmp_path / "a")["counts"]["judgments"] == 4


def test_unblinded_judgments_and_other_purposes_are_left_out(judged, tmp_path):
    task = Task.objects.get(external_id="t1")
    scores = {"alpha": (1, 1), "beta": (4, 4)}
    make_judgment(task, make_user("cid"), scores, unblinded=True)
    for purpose in ("repeat", "gold", "imported", "training"):
        turn = {"purpose": purpose, "round": 2}
        make_judgment(task, User.objects.get(username="ann"), scores, assignment=turn)
    report = export(judged, tmp_path / "set")
    assert report["drops"]["judgments"] == {
        "other_purpose": 4,
        "superseded": 0,
        "hint_shown": 0,
        "unblinded": 1,
        "older_round": 0,
        "excluded": 0,
        "simulated": 0,
    }
    assert report["counts"]["judgments"] == 4


def test_surplus_judgments_count(judged, tmp_path):
    task = Task.objects.get(external_id="t1")
    make_judgment(task, make_user("cid"), {"alpha": (1, 1), "beta": (4, 4)}, counted=False)
    assert export(judged, tmp_path / "set")["counts"]["judgments"] == 5


@commits
def test_withdrawn_tasks_are_left_out_while_they_are(judged, tmp_path):
    open_still = database_now()
    tasks = Task.objects.filter(external_id="t1")
    tasks.update(withdrawn_at=timezone.now())
    withdrawn = database_now()
    tasks.update(withdrawn_at=None)
    found = {
        name: export(judged, tmp_path / name, as_of=read_back(moment))["drops"]["tasks"]
        for name, moment in (("a", open_still), ("b", withdrawn), ("c", database_now()))
    }
    assert found == {
        "a": {"withdrawn": 0, "bridges_splits": 0},
        "b": {"withdrawn": 1, "bridges_splits": 0},
        "c": {"withdrawn": 0, "bridges_splits": 0},
    }
    assert len(rows_of(tmp_path / "b")) == 1


@commits
def test_it_waits_for_what_runs_at_its_moment(judged, tmp_path):
    """A transaction that began before the moment and commits after it is in the data set."""
    task = Task.objects.get(external_id="t1")
    began, go_on = threading.Event(), threading.Event()

    def submit_slowly():
        with transaction.atomic():
            make_judgment(task, make_user("cid"), {"alpha": (1, 1), "beta": (1, 1)})
            began.set()
            go_on.wait(30)
        connections.close_all()

    thread = threading.Thread(target=submit_slowly)
    thread.start()
    assert began.wait(30)
    moment = database_now()
    try:
        with pytest.raises(Refused, match="have not ended"):
            export_project(
                project=judged,
                options=EVERYTHING,
                as_of=moment,
                target=tmp_path / "early",
                progress=lambda *_: None,
                patience=0.2,
            )
    finally:
        go_on.set()
        thread.join()
    written = export_project(
        project=judged,
        options=EVERYTHING,
        as_of=moment,
        target=tmp_path / "set",
        progress=lambda *_: None,
        patience=30,
    )
    assert written.manifest["counts"]["judgments"] == 5
    assert [path.name for path in tmp_path.iterdir()] == ["set"]
    assert not connection.in_atomic_block
