"""POST assignments/{id}/judgment: status codes and bodies."""

from uuid import uuid4

import pytest
from django.test import Client

from annotate.judgments.models import Judgment
from tests.annotate.api import Caller
from tests.builders import claim_one, complete_payload, make_member, make_project, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    project = make_project()
    make_task(project=project)
    return make_member(project=project)


def test_it_works(member):
    offer = claim_one(member)
    payload = complete_payload(offer)
    path = f"/assignments/{offer.uuid}/judgment"
    first = Caller(member.user).post(path, payload)
    again = Caller(member.user).post(path, payload)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert first.json() == {
        "submission_id": payload["submission_id"],
        "assignment": str(offer.uuid),
        "revision": 1,
        "recorded_at": Judgment.objects.get().recorded_at.isoformat().replace("+00:00", "Z"),
    }
    assert Judgment.objects.get().origin == "web"


def test_a_program_is_told_apart(member):
    offer = claim_one(member)
    caller = Caller(member.user, scope="annotate")
    answer = caller.post(f"/assignments/{offer.uuid}/judgment", complete_payload(offer))
    assert answer.status_code == 201
    assert Judgment.objects.get().origin == "api"


def test_refusals(member):
    offer = claim_one(member)
    path = f"/assignments/{offer.uuid}/judgment"
    payload = complete_payload(offer)
    other = make_member(project=member.project)
    anonymous = Client().post(f"/api/v1{path}", b"{}", content_type="application/json")
    assert anonymous.status_code == 401
    assert Caller(other.user).post(path, payload).status_code == 404
    nowhere = Caller(member.user).post(f"/assignments/{uuid4()}/judgment", payload)
    assert nowhere.status_code == 404
    scope = Caller(member.user, scope="lead").post(path, payload)
    assert scope.status_code == 403
    caller = Caller(member.user)
    incomplete = caller.post(path, {**payload, "ratings": []})
    assert incomplete.status_code == 422
    assert incomplete.json()["faults"] == [
        {"code": "missing_rating", "label": label, "dimension": dimension}
        for label in "AB"
        for dimension in ("d0", "d1")
    ]
    assert caller.post(path, {**payload, "comment": "a\0b"}).status_code == 422
    assert caller.post(path, b'{"comment": "\\ud800"}').status_code == 422
    assert caller.post(path, b"[" * 50_000).status_code == 400
    assert caller.post(path, {**payload, "comment": "x" * 300_000}).status_code == 413
    assert caller.post(path, [payload]).status_code == 422
    assert Judgment.objects.count() == 0
    assert caller.post(path, payload).status_code == 201
    second = caller.post(path, complete_payload(offer))
    assert (second.status_code, second.json()["code"]) == (409, "already_submitted")
    changed = caller.post(path, {**payload, "comment": "other"})
    assert (changed.status_code, changed.json()["code"]) == (409, "submission_id_taken")
    assert Judgment.objects.count() == 1
