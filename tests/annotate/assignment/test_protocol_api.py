"""A lead puts the next protocol version in force."""

import pytest

from annotate.people.models import Role
from annotate.tasks.models import Project, Task
from tests.annotate.people.cast import client_of
from tests.builders import claim_one, make_member, make_project, make_task, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project(version=make_version(number=1))
    task = make_task(project=project)
    claim_one(make_member(project=project))
    assert Task.objects.get(pk=task.pk).held == 1
    return project


def post(project, user, **body):
    url = f"/api/v1/projects/{project.slug}/protocol"
    return client_of(user).post(url, body, content_type="application/json")


@pytest.mark.parametrize(("started", "round_", "held"), [("finish", 1, 1), ("new_round", 2, 0)])
def test_it_works(project, started, round_, held):
    make_version(number=2)
    lead = make_member(project=project, role=Role.LEAD).user
    answer = post(project, lead, protocol="sample@2", started=started)
    assert (answer.status_code, answer.json()) == (200, {"protocol": "sample@2"})
    task = Task.objects.get()
    assert (task.round, task.held) == (round_, held)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"protocol": "sample@2", "started": "again"}, 422, "invalid"),
        ({"protocol": "sample@9"}, 422, "invalid"),
        ({}, 422, "invalid"),
        ({"protocol": "other@1"}, 409, "other_protocol"),
    ],
)
def test_refusals_change_nothing(project, body, status, code):
    make_version(number=2)
    make_version(key="other")
    lead = make_member(project=project, role=Role.LEAD).user
    answer = post(project, lead, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert str(Project.objects.get().protocol_version) == "sample@1"
    assert Task.objects.get().held == 1


@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.SENIOR, Role.ENGINEER])
def test_only_a_lead_may(project, role):
    make_version(number=2)
    user = make_member(project=project, role=role).user
    assert post(project, user, protocol="sample@2").status_code == 403
    assert str(Project.objects.get().protocol_version) == "sample@1"
