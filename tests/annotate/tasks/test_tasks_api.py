"""The lead's list of tasks, and what a lead changes about one."""

import pytest
from django.utils import timezone

from annotate.people.models import Membership, Role
from annotate.tasks.models import Candidate, Image, Project, Task
from annotate.tasks.services import update_settings
from tests.annotate.people.cast import client_of, make_member
from tests.annotate.tasks.builders import make_project

pytestmark = pytest.mark.django_db
URL = "/api/v1/projects/edits/tasks"


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def lead(project):
    return make_member(project, Role.LEAD, "lena").user


def make_task(project, name, *, candidates=2, **fields):
    image, _ = Image.objects.get_or_create(
        sha256="0" * 64,
        defaults={"perceptual_hash": 0, "width": 1, "height": 1, "size": 1, "format": "PNG"},
    )
    given = {"wanted": 3, "queue_rank": Task.objects.count(), "instruction": f"Edit {name}"}
    task = Task.objects.create(
        project=project, external_id=name, source=image, **{**given, **fields}
    )
    for number in range(candidates):
        Candidate.objects.create(task=task, system=f"s{number}", image=image)
    return task


def listed(user, query=""):
    answer = client_of(user).get(f"{URL}?{query}")
    assert answer.status_code == 200, answer.json()
    return [entry["external_id"] for entry in answer.json()["results"]]


def patch(user, task, **change):
    return client_of(user).patch(f"{URL}/{task.uuid}", change, content_type="application/json")


def test_it_works(project, lead):
    task = make_task(project, "t1", category="objects", candidates=4, counted=1, held=1)
    assert client_of(lead).get(URL).json() == {
        "next": None,
        "previous": None,
        "results": [
            {
                "id": str(task.uuid),
                "external_id": "t1",
                "instruction": "Edit t1",
                "category": "objects",
                "kind": "production",
                "priority": 0,
                "wanted": 3,
                "held": 1,
                "counted": 1,
                "state": "open",
                "done": False,
                "withdrawn_at": None,
                "candidates": 4,
                "image_failures": 0,
            }
        ],
    }


def test_filters(project, lead):
    make_task(project, "a-done", counted=3)
    make_task(project, "b-closed", state="closed", category="people")
    make_task(project, "c-urgent", priority=2)
    make_task(project, "d-gone", withdrawn_at=timezone.now(), instruction="Paint 50% of it")
    make_task(make_project("other"), "elsewhere")
    assert listed(lead) == ["a-done", "b-closed", "c-urgent", "d-gone"]
    assert listed(lead, "state=done") == ["a-done"]
    assert listed(lead, "state=closed") == ["b-closed"]
    assert listed(lead, "priority=2") == ["c-urgent"]
    assert listed(lead, "category=people") == ["b-closed"]
    assert listed(lead, "withdrawn=true") == ["d-gone"]
    assert listed(lead, "state=open") == ["c-urgent", "d-gone"]
    assert listed(lead, "withdrawn=false&state=open&priority=2") == ["c-urgent"]
    assert listed(lead, "withdrawn=false&state=open&priority=0") == []
    assert listed(lead, "q=URGENT") == ["c-urgent"]
    assert listed(lead, "q=50%25 of") == ["d-gone"]
    assert listed(lead, "q=50_ of") == []


@pytest.mark.parametrize("query", ["state=lost", "priority=9", "withdrawn=perhaps", "q=%00"])
def test_a_bad_filter_is_refused(project, lead, query):
    answer = client_of(lead).get(f"{URL}?{query}")
    assert answer.status_code == 422
    assert len(answer.json()["faults"]) == 1


def test_the_queries_do_not_grow(project, lead, django_assert_num_queries):
    for number in range(9):
        make_task(project, f"t{number}")
    client = client_of(lead)
    with django_assert_num_queries(5):
        client.get(URL)


def test_who_opens_the_list_is_unblinded(project, lead):
    assert not Membership.objects.get(user=lead).is_unblinded
    listed(lead)
    assert Membership.objects.get(user=lead).is_unblinded


def test_without_blinding_nobody_is_marked(project, lead):
    update_settings(project=project, changes={"blind": False})
    listed(lead)
    assert not Membership.objects.get(user=lead).is_unblinded


@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.SENIOR])
def test_annotators_do_not_see_the_list(project, role):
    task = make_task(project, "t1")
    member = make_member(project, role)
    assert client_of(member.user).get(URL).status_code == 403
    assert patch(member.user, task, wanted=9).status_code == 403
    assert Task.objects.get().wanted == 3
    assert not Membership.objects.get().is_unblinded


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ({"priority": 2}, {"priority": 2}),
        ({"wanted": 5}, {"wanted": 5}),
        ({"state": "closed"}, {"state": "closed"}),
        ({"state": "closed", "wanted": 1}, {"state": "closed", "wanted": 1, "done": True}),
    ],
)
def test_a_lead_changes_a_task(project, lead, change, after):
    task = make_task(project, "t1", held=1, counted=1)
    before = next(iter(client_of(lead).get(URL).json()["results"]))
    answer = patch(lead, task, **change)
    assert answer.status_code == 200
    assert answer.json() == before | after


def test_withdrawing_and_restoring(project, lead):
    task = make_task(project, "t1", held=1)
    assert patch(lead, task, withdrawn=True).json()["withdrawn_at"] is not None
    task.refresh_from_db()
    assert (task.claimable, task.held) == (False, 1)
    since = task.withdrawn_at
    patch(lead, task, withdrawn=True)
    task.refresh_from_db()
    assert task.withdrawn_at == since
    assert patch(lead, task, withdrawn=False).json()["withdrawn_at"] is None
    task.refresh_from_db()
    assert task.claimable


@pytest.mark.parametrize(
    ("fields", "change", "supplies"),
    [
        ({}, {"wanted": 4}, True),
        ({"counted": 3}, {"wanted": 4}, True),
        ({"counted": 3}, {"wanted": 2}, False),
        ({"state": "review"}, {"state": "open"}, True),
        ({"state": "review", "counted": 3}, {"state": "open"}, False),
        ({"withdrawn_at": timezone.now()}, {"withdrawn": False}, True),
        ({}, {"priority": 2}, True),
        ({}, {"withdrawn": True}, False),
        ({}, {"wanted": 3}, False),
    ],
)
def test_work_that_becomes_claimable_ends_nothing_left(project, lead, fields, change, supplies):
    task = make_task(project, "t1", **fields)
    before = Project.objects.get().supplied_at
    assert patch(lead, task, **change).status_code == 200
    assert (Project.objects.get().supplied_at > before) == supplies


@pytest.mark.parametrize(
    "change",
    [{"wanted": 0}, {"wanted": 101}, {"priority": 3}, {"state": "done"}, {"kind": "gold"}],
)
def test_bad_values_change_nothing(project, lead, change):
    task = make_task(project, "t1")
    before = Task.objects.values().get()
    assert patch(lead, task, withdrawn=True, **change).status_code == 422
    assert Task.objects.values().get() == before


def test_an_engineer_changes_nothing(project):
    task = make_task(project, "t1")
    member = make_member(project, Role.ENGINEER)
    assert listed(member.user) == ["t1"]
    assert patch(member.user, task, wanted=9).status_code == 403
    assert Task.objects.get().wanted == 3


def test_a_task_of_another_project_is_not_found(project, lead):
    task = make_task(make_project("other"), "t1")
    assert patch(lead, task, wanted=9).status_code == 404
    assert Task.objects.get().wanted == 3


def test_overlap_is_wanted_of_every_task_that_wanted_the_old(project):
    for name, wanted in [("t1", 3), ("t2", 3), ("t3", 7)]:
        make_task(project, name, wanted=wanted)
    supplied = Project.objects.get().supplied_at
    update_settings(project=project, changes={"overlap": 5})
    order = Task.objects.order_by("external_id").values_list("wanted", flat=True)
    assert list(order) == [5, 5, 7]
    raised = Project.objects.get().supplied_at
    assert raised > supplied
    update_settings(project=project, changes={"overlap": 2})
    assert list(order.all()) == [2, 2, 7]
    assert Project.objects.get().supplied_at == raised
