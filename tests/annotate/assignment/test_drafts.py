"""PUT assignments/{id}/draft: revisions, conflicts, leases."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotate.assignment.drafts import save_draft
from annotate.assignment.expiry import expire_overdue
from annotate.assignment.lease import release_assignment
from annotate.assignment.models import Assignment, Draft
from tests.annotate.api import Caller
from tests.builders import claim_one, make_member, make_project, make_task, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    project = make_project(lease_minutes=30)
    make_task(project=project)
    return make_member(project=project)


@pytest.fixture
def offer(member):
    return claim_one(member)


def put(member, offer, revision, answers):
    body = {"revision": revision, "answers": answers}
    return Caller(member.user).put(f"/assignments/{offer.uuid}/draft", body)


def held():
    draft = Draft.objects.get()
    return draft.revision, draft.answers


def test_it_works(member, offer):
    answer = put(member, offer, 1, {"comment": "a"})
    assert answer.status_code == 200
    assert answer.json()["revision"] == 1
    assert put(member, offer, 5, {"comment": "b"}).status_code == 200
    assert held() == (5, {"comment": "b"})


def test_the_same_again_is_200(member, offer):
    put(member, offer, 2, {"comment": "a", "ratings": []})
    answer = put(member, offer, 2, {"ratings": [], "comment": "a"})
    assert answer.status_code == 200
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(("revision", "text"), [(2, "other"), (1, "a"), (1, "other")])
def test_older_or_different_is_409_with_the_servers_draft(member, offer, revision, text):
    put(member, offer, 2, {"comment": "a"})
    answer = put(member, offer, revision, {"comment": text})
    assert answer.status_code == 409
    body = answer.json()
    assert (body["code"], body["revision"], body["answers"]) == (
        "draft_conflict",
        2,
        {"comment": "a"},
    )
    assert held() == (2, {"comment": "a"})


def test_after_a_judgment_409(member, offer):
    put(member, offer, 1, {"comment": "a"})
    submit(member, offer)
    answer = put(member, offer, 2, {"comment": "b"})
    assert (answer.status_code, answer.json()["code"]) == (409, "assignment_submitted")
    assert held() == (1, {"comment": "a"})


def test_after_a_release_409(member, offer):
    release_assignment(assignment=offer.uuid, user_id=member.user_id, reason="later")
    answer = put(member, offer, 1, {})
    assert (answer.status_code, answer.json()["code"]) == (409, "assignment_released")
    assert Draft.objects.count() == 0


def test_an_expired_assignment_still_takes_drafts(member, offer):
    expire_overdue(project_id=member.project_id, now=timezone.now() + timedelta(hours=1))
    assert put(member, offer, 1, {"comment": "late"}).status_code == 200
    assert claim_one(member).draft == {"revision": 1, "answers": {"comment": "late"}}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"revision": 0, "answers": {}}, "out_of_range"),
        ({"revision": "1", "answers": {}}, "wrong_type"),
        ({"revision": 1, "answers": []}, "wrong_type"),
        ({"revision": 1}, "missing_field"),
        ({"revision": 1, "answers": {}, "more": 1}, "unknown_field"),
    ],
)
def test_bad_bodies_are_422(member, offer, body, code):
    answer = Caller(member.user).put(f"/assignments/{offer.uuid}/draft", body)
    assert answer.status_code == 422
    assert [fault["code"] for fault in answer.json()["faults"]] == [code]
    assert Draft.objects.count() == 0


def test_another_persons_is_404(member, offer):
    other = make_member(project=member.project)
    assert put(other, offer, 1, {}).status_code == 404
    assert Draft.objects.count() == 0


def test_changed_answers_renew_a_lease_of_which_less_than_half_is_left(member):
    now = timezone.now()
    offer = claim_one(member, now=now)

    def lease_after(minutes: int, revision: int, text: str) -> timedelta:
        save_draft(
            assignment=offer.uuid,
            user_id=member.user_id,
            revision=revision,
            answers={"comment": text},
            now=now + timedelta(minutes=minutes),
        )
        return Assignment.objects.get().lease_expires_at - now

    assert lease_after(10, 1, "a") == timedelta(minutes=30)
    assert lease_after(20, 1, "a") == timedelta(minutes=30)
    assert lease_after(20, 2, "a") == timedelta(minutes=30)
    assert lease_after(20, 3, "b") == timedelta(minutes=50)
