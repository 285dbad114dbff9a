"""POST projects/{slug}/assignments: status codes and bodies."""

import pytest
from django.test import Client
from django.utils import timezone

from annotate.assignment.models import Assignment
from annotate.people.models import Membership
from annotate.tasks.models import Project
from tests.annotate.api import Caller
from tests.builders import make_member, make_project, make_tasks, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    project = make_project()
    make_tasks(3, project=project)
    return make_member(project=project)


def path(member: Membership) -> str:
    return f"/projects/{member.project.slug}/assignments"


def test_it_works(member):
    answer = Caller(member.user).post(path(member), {"count": 2})
    assert answer.status_code == 200
    body = answer.json()
    assert len(body["assignments"]) == 2
    assert body["retry_after"] is None
    first = Assignment.objects.get(uuid=body["assignments"][0]["id"])
    assert body["assignments"][0]["lease_expires_at"] == (
        first.lease_expires_at.isoformat().replace("+00:00", "Z")
    )
    for image in (body["assignments"][0]["source"], *body["assignments"][0]["candidates"]):
        prefix, _, token = image["url"].rpartition("/")
        assert prefix == f"/i/{first.uuid}"
        assert len(token) == 22


def test_a_program_with_the_annotate_scope_may(member):
    answer = Caller(member.user, scope="annotate").post(path(member), {"count": 1})
    assert answer.status_code == 200
    for scope in ("lead", "engineer"):
        refused = Caller(member.user, scope=scope).post(path(member), {"count": 2})
        assert (refused.status_code, refused.json()["code"]) == (403, "token_scope")
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "missing_field"),
        ({"count": 0}, "out_of_range"),
        ({"count": 9}, "out_of_range"),
        ({"count": True}, "wrong_type"),
        ({"count": 1.0}, "wrong_type"),
        ({"count": 1, "purpose": "gold"}, "unknown_field"),
        ([1], "not_an_object"),
    ],
)
def test_bad_bodies_are_422(member, body, code):
    answer = Caller(member.user).post(path(member), body)
    assert answer.status_code == 422
    assert [fault["code"] for fault in answer.json()["faults"]] == [code]
    assert answer["Content-Type"] == "application/problem+json"
    assert Assignment.objects.count() == 0


def test_broken_json_is_400(member):
    answer = Caller(member.user).post(path(member), b'{"count": 1e999}')
    assert answer.status_code == 400
    assert Assignment.objects.count() == 0


def test_who_may_not(member):
    anonymous = Client().post(
        f"/api/v1{path(member)}", b'{"count": 1}', content_type="application/json"
    )
    assert anonymous.status_code == 401
    assert Caller(make_user()).post(path(member), {"count": 1}).status_code == 404
    unknown = Caller(member.user).post("/projects/nowhere/assignments", {"count": 1})
    assert unknown.status_code == 404
    Membership.objects.filter(pk=member.pk).update(unblinded_at=timezone.now())
    unblinded = Caller(member.user).post(path(member), {"count": 1})
    assert (unblinded.status_code, unblinded.json()["code"]) == (403, "unblinded")
    assert Assignment.objects.count() == 0


def test_a_paused_project_is_409(member):
    Project.objects.update(state="paused")
    answer = Caller(member.user).post(path(member), {"count": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "project_paused")
    assert Assignment.objects.count() == 0


def test_session_needs_csrf(member):
    caller = Caller(member.user)
    caller.client.handler.enforce_csrf_checks = True
    assert caller.post(path(member), {"count": 1}).status_code == 403
    assert Assignment.objects.count() == 0
