"""POST judgments/{submission_id}/amend: a new revision, within limits."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from annotate.assignment.models import Assignment
from annotate.errors import ConflictError
from annotate.judgments.exclusions import create_exclusion, end_exclusion
from annotate.judgments.models import Judgment
from annotate.judgments.services import amend_judgment
from annotate.tasks.models import Task
from tests.annotate.api import Caller
from tests.builders import (
    blank_payload,
    claim_one,
    complete_payload,
    make_member,
    make_project,
    make_task,
    make_tasks,
    make_user,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    project = make_project(overlap=1)
    make_task(project=project)
    return make_member(project=project)


def amend(member, receipt, payload, *, expected: int = 1):
    return Caller(member.user).post(
        f"/judgments/{receipt.submission_id}/amend", {**payload, "expected_revision": expected}
    )


def counters():
    task = Task.objects.get()
    return task.held, task.counted


def refused(answer, reason):
    body = answer.json()
    return (answer.status_code, body["code"], body["reason"]) == (409, "not_amendable", reason)


def test_it_works(member):
    offer = claim_one(member)
    receipt = submit(member, offer)
    payload = complete_payload(offer, level=2, comment="better")
    answer = amend(member, receipt, payload)
    assert answer.status_code == 201
    assert answer.json()["revision"] == 2
    assert answer.json()["assignment"] == str(offer.uuid)
    first, second = Judgment.objects.order_by("revision")
    assert (second.supersedes, second.counted, second.comment) == (first, True, "better")
    assert set(second.ratings.values_list("value", flat=True)) == {1}
    assert set(first.ratings.values_list("value", flat=True)) == {0}
    assert counters() == (0, 1)
    third = amend(member, receipt, complete_payload(offer), expected=2)
    assert (third.status_code, third.json()["revision"]) == (201, 3)


def test_the_same_again_is_200_with_the_same_body(member):
    offer = claim_one(member)
    receipt = submit(member, offer)
    payload = complete_payload(offer)
    first, again = (amend(member, receipt, payload) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    changed = amend(member, receipt, {**payload, "comment": "x"})
    assert (changed.status_code, changed.json()["code"]) == (409, "submission_id_taken")
    assert Judgment.objects.count() == 2


def test_a_stale_revision_is_409(member):
    offer = claim_one(member)
    receipt = submit(member, offer)
    amend(member, receipt, complete_payload(offer))
    answer = amend(member, receipt, complete_payload(offer))
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_revision")
    assert answer.json()["revision"] == 2
    assert Judgment.objects.count() == 2


def test_an_incomplete_amendment_is_422(member):
    offer = claim_one(member)
    receipt = submit(member, offer)
    short = amend(member, receipt, {**complete_payload(offer), "ratings": []})
    assert short.status_code == 422
    without = Caller(member.user).post(
        f"/judgments/{receipt.submission_id}/amend", complete_payload(offer)
    )
    assert without.json()["faults"] == [{"code": "missing_field", "name": "expected_revision"}]
    assert Judgment.objects.count() == 1


def test_another_persons_judgment_is_404(member):
    offer = claim_one(member)
    receipt = submit(member, offer)
    other = make_member(project=member.project)
    assert amend(other, receipt, complete_payload(offer)).status_code == 404
    unknown = Caller(member.user).post(f"/judgments/{uuid4()}/amend", complete_payload(offer))
    assert unknown.status_code == 404
    assert Judgment.objects.count() == 1


def test_only_the_latest_five(member):
    make_tasks(5, project=member.project)
    done = []
    for _ in range(6):
        offer = claim_one(member)
        done.append((offer, submit(member, offer)))
    offer, receipt = done[0]
    assert refused(amend(member, receipt, complete_payload(offer)), "not_latest")
    offer, receipt = done[1]
    assert amend(member, receipt, complete_payload(offer)).status_code == 201
    assert Judgment.objects.count() == 7


def test_only_for_a_day(member):
    offer = claim_one(member)
    receipt = submit(member, offer)
    payload = {**complete_payload(offer), "expected_revision": 1}
    later = timezone.now() + timedelta(hours=24, minutes=1)
    with pytest.raises(ConflictError) as late:
        amend_judgment(
            submission_id=receipt.submission_id,
            user_id=member.user_id,
            payload=payload,
            now=later,
        )
    assert late.value.extra == {"reason": "too_old"}
    assert Judgment.objects.count() == 1


def test_final_after_a_hint_feedback_or_adjudication(member):
    offer = claim_one(member)
    receipt = submit(member, offer)
    row = Assignment.objects.get()
    for fields, reason in (
        ({"hint_arm": "shown"}, "hint_shown"),
        ({"purpose": "training"}, "feedback_shown"),
        ({"purpose": "exam"}, "feedback_shown"),
    ):
        before = {name: getattr(row, name) for name in fields}
        Assignment.objects.filter(pk=row.pk).update(**fields)
        assert refused(amend(member, receipt, complete_payload(offer)), reason)
        Assignment.objects.filter(pk=row.pk).update(**before)
    Assignment.objects.create(
        project=row.project,
        task=row.task,
        annotator=make_user(),
        protocol_version=row.protocol_version,
        purpose="adjudication",
        state="submitted",
        lease_expires_at=timezone.now(),
        presentation=row.presentation,
    )
    assert refused(amend(member, receipt, complete_payload(offer)), "adjudicated")
    assert Judgment.objects.count() == 1


def test_final_while_the_account_is_excluded(member):
    offer = claim_one(member)
    receipt = submit(member, offer)
    now = timezone.now()
    row = create_exclusion(
        project=member.project,
        user=member.user,
        starts_at=now - timedelta(days=1),
        ends_at=now,
        why="drift",
        by=None,
    )
    assert refused(amend(member, receipt, complete_payload(offer)), "excluded")
    end_exclusion(exclusion=row, by=None)
    assert amend(member, receipt, complete_payload(offer)).status_code == 201


def test_to_cannot_judge_gives_the_slot_back_and_back_again(member):
    offer = claim_one(member)
    receipt = submit(member, offer)
    supplied = member.project.supplied_at
    assert amend(member, receipt, blank_payload()).status_code == 201
    assert counters() == (0, 0)
    assert not Judgment.objects.get(revision=2).counted
    member.project.refresh_from_db()
    assert member.project.supplied_at > supplied
    assert amend(member, receipt, complete_payload(offer), expected=2).status_code == 201
    assert counters() == (0, 1)
    assert Judgment.objects.get(revision=3).counted


def test_from_cannot_judge_without_room_is_surplus(member):
    offer = claim_one(member)
    receipt = submit(member, offer, payload=blank_payload())
    other = make_member(project=member.project)
    submit(other, claim_one(other))
    assert amend(member, receipt, complete_payload(offer)).status_code == 201
    assert not Judgment.objects.get(revision=2).counted
    assert counters() == (0, 1)
