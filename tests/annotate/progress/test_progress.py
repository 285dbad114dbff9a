"""What members see of their projects, and leads of everybody's work."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from annotate.assignment.models import Assignment
from annotate.judgments.models import Exclusion, Judgment
from annotate.people.models import Membership, Role, User
from annotate.people.services import mark_unblinded
from annotate.progress import selectors
from annotate.tasks.models import Image, Project, Task
from tests.annotate.people.cast import client_of, make_member
from tests.annotate.tasks.builders import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def ada(project):
    return make_member(project, Role.ANNOTATOR, "ada")


@pytest.fixture
def lead(project):
    return make_member(project, Role.LEAD, "lena").user


def make_task(project, **fields):
    image, _ = Image.objects.get_or_create(
        sha256="0" * 64,
        defaults={"perceptual_hash": 0, "width": 1, "height": 1, "size": 1, "format": "PNG"},
    )
    rank = Task.objects.count()
    given = {"wanted": 3, "queue_rank": rank, "external_id": f"t{rank}", "instruction": "Edit"}
    return Task.objects.create(project=project, source=image, **{**given, **fields})


def hold(member, task, state="live", **fields):
    return Assignment.objects.create(
        project=task.project,
        task=task,
        annotator=member.user,
        protocol_version=task.project.protocol_version,
        lease_expires_at=timezone.now(),
        presentation=[],
        state=state,
        **fields,
    )


def judge(member, task, *, counted=True, purpose="production", **fields):
    assignment = hold(member, task, "submitted", purpose=purpose)
    return Judgment.objects.create(
        assignment=assignment,
        submission_id=uuid.uuid4(),
        payload_digest=b"",
        revision=1,
        origin="web",
        counted=counted,
        **fields,
    )


def share(user):
    (only,) = client_of(user).get("/api/v1/projects").json()["results"]
    detail = client_of(user).get("/api/v1/projects/edits").json()
    assert (detail["left"], detail["mine"]) == (only["left"], only["mine"])
    return only["left"], only["mine"]


def test_it_works(project, ada):
    make_task(project)
    version = project.protocol_version
    protocol = {"key": "editreward", "number": 1, "digest": version.digest}
    summary = {
        "slug": "edits",
        "title": "edits",
        "state": "active",
        "role": "annotator",
        "simulated": False,
        "left": 1,
        "mine": 0,
    }
    client = client_of(ada.user)
    assert client.get("/api/v1/projects").json() == {
        "next": None,
        "previous": None,
        "results": [{**summary, "protocol": protocol}],
    }
    detail = client.get("/api/v1/projects/edits").json()
    document = detail["protocol"].pop("document")
    assert (document["key"], document["number"]) == ("editreward", 1)
    assert detail == {
        **summary,
        "protocol": protocol,
        "settings": {
            "sweep": "dimension",
            "tie_break": False,
            "ground": "#6C6C6C",
            "show_size": False,
            "lease_minutes": 30,
            "break_minutes": 50,
            "minimum_stage": 0,
        },
    }


def test_left_is_what_i_hold_and_what_i_have_not_had(project, ada):
    tasks = [make_task(project) for _ in range(7)]
    make_task(project, counted=3)
    make_task(project, withdrawn_at=timezone.now())
    make_task(project, kind="gold")
    hold(ada, tasks[0])
    hold(ada, tasks[1], "expired")
    hold(ada, tasks[2], "released")
    judge(ada, tasks[3])
    hold(make_member(project, Role.ANNOTATOR, "bob"), tasks[4])
    assert share(ada.user) == (6, 1)


def test_many_ahead_are_counted_no_further_and_those_behind_are_counted_else(
    project, ada, monkeypatch
):
    tasks = [make_task(project) for _ in range(6)]
    hold(ada, tasks[1])
    Membership.objects.filter(pk=ada.pk).update(cursors=[tasks[2].queue_rank] * 3)
    assert share(ada.user) == (6, 0)
    monkeypatch.setattr(selectors, "MOST_LEFT", 3)
    assert share(ada.user) == (3, 0)
    monkeypatch.setattr(selectors, "MOST_LEFT", 4)
    assert share(ada.user) == (4, 0)


def test_left_is_nothing_new_after_nothing_left(project, ada):
    hold(ada, make_task(project))
    make_task(project)
    Membership.objects.filter(pk=ada.pk).update(exhausted_at=project.supplied_at)
    assert share(ada.user) == (1, 0)
    Project.objects.update(supplied_at=project.supplied_at + timedelta(microseconds=1))
    assert share(ada.user) == (2, 0)


def test_who_is_unblinded_has_nothing_left(project, ada):
    make_task(project)
    mark_unblinded(membership=ada)
    assert share(ada.user) == (0, 0)


def test_other_peoples_projects_are_not_mine(project, ada):
    other = make_member(make_project("other"), Role.ANNOTATOR, "bob").user
    assert [row["slug"] for row in client_of(other).get("/api/v1/projects").json()["results"]] == [
        "other"
    ]
    assert client_of(other).get("/api/v1/projects/edits").status_code == 404


def test_an_ended_membership_shows_nothing(project, ada):
    Membership.objects.update(ended_at=timezone.now())
    assert client_of(ada.user).get("/api/v1/projects").json()["results"] == []
    assert client_of(ada.user).get("/api/v1/projects/edits").status_code == 404


def test_progress_adds_up(project, ada, lead):
    judge(ada, make_task(project, category="objects", counted=3))
    judge(ada, make_task(project, category="objects", counted=1))
    judge(ada, make_task(project, category="people", counted=3, wanted=2), counted=False)
    blank = make_task(project, state="review")
    judge(ada, blank, counted=False, cannot_judge=[{"reason": "broken"}])
    make_task(project, state="closed")
    make_task(project, withdrawn_at=timezone.now(), wanted=50)
    gold = make_task(project, kind="gold")
    judge(ada, gold, counted=False, purpose="gold")
    assert client_of(lead).get("/api/v1/projects/edits/progress").json() == {
        "tasks": {"total": 6, "open": 1, "review": 1, "closed": 1, "done": 2, "withdrawn": 1},
        "judgments": {"counted": 7, "surplus": 1, "wanted": 14},
        "by_category": [
            {"category": "", "total": 2, "done": 0},
            {"category": "objects", "total": 2, "done": 1},
            {"category": "people", "total": 1, "done": 1},
        ],
        "by_day": [{"day": str(timezone.now().date()), "judgments": 5}],
    }


def test_days_far_back_are_not_listed(project, ada, lead):
    for days in (0, 1, 29, 30):
        judge(ada, make_task(project), recorded_at=timezone.now() - timedelta(days=days))
    days = client_of(lead).get("/api/v1/projects/edits/progress").json()["by_day"]
    today = timezone.now().date()
    assert days == [
        {"day": str(today - timedelta(days=back)), "judgments": 1} for back in (29, 1, 0)
    ]


def test_an_empty_project_has_no_progress(lead):
    assert client_of(lead).get("/api/v1/projects/edits/progress").json() == {
        "tasks": {"total": 0, "open": 0, "review": 0, "closed": 0, "done": 0, "withdrawn": 0},
        "judgments": {"counted": 0, "surplus": 0, "wanted": 0},
        "by_category": [],
        "by_day": [],
    }


def test_annotators_are_described(project, ada, lead):
    for milliseconds in (1000, 3000, 8000):
        judge(ada, make_task(project), active_ms=milliseconds)
    judge(ada, make_task(project), counted=False)
    judge(ada, make_task(project), counted=False, cannot_judge=[{"reason": "broken"}])
    judge(
        ada, make_task(project), cannot_judge=[{"candidate": 1, "reason": "broken"}],
        recorded_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    hold(ada, make_task(project))
    User.objects.filter(pk=ada.user_id).update(kind=User.Kind.SIMULATED)
    first, second = client_of(lead).get("/api/v1/projects/edits/annotators").json()["results"]
    latest = Judgment.objects.latest("recorded_at").recorded_at
    assert first == {
        "id": str(ada.uuid),
        "username": "ada",
        "simulated": True,
        "role": "annotator",
        "live": 1,
        "submitted": 6,
        "surplus": 1,
        "cannot_judge": 2,
        "excluded": False,
        "active_ms_median": 3000,
        "last_at": latest.isoformat().replace("+00:00", "Z"),
    }
    assert (second["username"], second["submitted"], second["last_at"]) == ("lena", 0, None)
    assert second["active_ms_median"] is None


def test_an_exclusion_shows_until_it_ends(project, ada, lead):
    now = timezone.now()
    exclusion = Exclusion.objects.create(
        project=project, user=ada.user, starts_at=now, ends_at=now + timedelta(1), why="drift"
    )

    def excluded():
        page = client_of(lead).get("/api/v1/projects/edits/annotators").json()
        return {row["username"]: row["excluded"] for row in page["results"]}

    assert excluded() == {"ada": True, "lena": False}
    Exclusion.objects.filter(pk=exclusion.pk).update(ended_at=now)
    assert excluded() == {"ada": False, "lena": False}


@pytest.mark.parametrize("page", ["progress", "annotators"])
@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.SENIOR])
def test_annotators_see_nobodys_work(project, page, role):
    user = make_member(project, role).user
    assert client_of(user).get(f"/api/v1/projects/edits/{page}").status_code == 403


def test_the_queries_do_not_grow_with_my_projects(ada, django_assert_num_queries):
    for number in range(5):
        project = make_project(f"p{number}")
        make_task(project)
        Membership.objects.create(project=project, user=ada.user, role=Role.ANNOTATOR)
    client = client_of(ada.user)
    with django_assert_num_queries(4):
        page = client.get("/api/v1/projects").json()
    assert [row["left"] for row in page["results"]] == [0, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("page", "queries"), [("annotators", 5), ("progress", 6), ("", 4), ("settings", 1)]
)
def test_the_queries_do_not_grow(project, lead, page, queries, django_assert_num_queries):
    for number in range(6):
        judge(make_member(project, Role.ANNOTATOR, f"a{number}"), make_task(project))
    client = client_of(lead)
    with django_assert_num_queries(queries):
        client.get(f"/api/v1/projects/edits/{page}".rstrip("/"))
