"""Claiming: what is given out, to whom, in which order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotate.assignment.claim import Claim, claim_assignments
from annotate.assignment.drafts import save_draft
from annotate.assignment.lease import release_assignment
from annotate.assignment.models import Assignment
from annotate.errors import ConflictError, ForbiddenError, MissingError
from annotate.people.models import Membership
from annotate.tasks.models import Priority, Project, Task
from tests.builders import (
    claim_one,
    make_member,
    make_project,
    make_task,
    make_tasks,
    make_user,
    submit,
)

pytestmark = pytest.mark.django_db


def claim(member: Membership, count: int = 1, **options) -> Claim:
    return claim_assignments(
        slug=member.project.slug, user_id=member.user_id, count=count, **options
    )


def test_it_works():
    project = make_project(overlap=2, lease_minutes=30)
    task = make_task(project=project, candidates=3, instruction="Make it blue")
    member = make_member(project=project)
    before = timezone.now()
    offer = claim_one(member)
    row = Assignment.objects.get(uuid=offer.uuid)
    assert (row.task, row.annotator, row.project) == (task, member.user, project)
    assert (row.state, row.purpose, row.round) == ("live", "production", 1)
    assert row.protocol_version == project.protocol_version
    assert sorted(row.presentation) == sorted(task.candidates.values_list("pk", flat=True))
    assert timedelta(minutes=29) < row.lease_expires_at - before < timedelta(minutes=31)
    task.refresh_from_db()
    assert (task.held, task.counted, task.open_slots, task.claimable) == (1, 0, 1, True)
    assert task.protocol_version == project.protocol_version


def test_answer_holds_the_agreed_fields_only():
    project = make_project()
    make_task(
        project=project,
        candidates=2,
        instruction="Make it blue",
        instruction_language="en",
        instruction_translations={"zh-Hans": "变蓝"},
    )
    member = make_member(project=project)
    answer = claim(member).as_json()
    assert set(answer) == {"assignments", "retry_after", "with_others"}
    assert (answer["retry_after"], answer["with_others"]) == (None, 0)
    (given,) = answer["assignments"]
    assert set(given) == {
        "id",
        "lease_expires_at",
        "protocol",
        "instruction",
        "instruction_lang",
        "instruction_translations",
        "source",
        "candidates",
        "edit_mask",
        "draft",
    }
    assert given["protocol"] == project.protocol_version.digest
    assert given["instruction_translations"] == {"zh-Hans": "变蓝"}
    assert [entry["label"] for entry in given["candidates"]] == ["A", "B"]
    assert set(given["candidates"][0]) == {"label", "url", "width", "height"}
    assert given["source"]["width"] == 64
    assert given["edit_mask"] is None
    assert given["draft"] is None


def test_claim_is_safe_to_repeat():
    project = make_project()
    make_tasks(5, project=project)
    member = make_member(project=project)
    first = claim(member, 3)
    again = claim(member, 3)
    assert [offer.uuid for offer in again.assignments] == [o.uuid for o in first.assignments]
    assert again.as_json() == first.as_json()
    assert Assignment.objects.count() == 3


def test_live_ones_come_first_with_their_drafts_then_what_is_missing():
    project = make_project()
    make_tasks(5, project=project)
    member = make_member(project=project)
    first = claim_one(member)
    answers = {"ratings": [{"label": "A"}]}
    save_draft(assignment=first.uuid, user_id=member.user_id, revision=1, answers=answers)
    offers = claim(member, 3).assignments
    assert offers[0].uuid == first.uuid
    assert offers[0].draft == {"revision": 1, "answers": answers}
    assert [offer.draft for offer in offers[1:]] == [None, None]
    assert Assignment.objects.filter(state="live").count() == 3


def test_a_task_is_given_once_to_each():
    project = make_project(overlap=3)
    make_tasks(4, project=project)
    member = make_member(project=project)
    seen = set()
    for _ in range(4):
        offer = claim_one(member)
        seen.add(Assignment.objects.get(uuid=offer.uuid).task_id)
        submit(member, offer)
    assert len(seen) == 4
    assert claim(member).as_json() == {"assignments": [], "retry_after": None, "with_others": 0}


def test_no_more_than_overlap_are_held():
    project = make_project(overlap=2)
    make_task(project=project)
    members = [make_member(project=project) for _ in range(3)]
    given = [len(claim(member).assignments) for member in members]
    assert given == [1, 1, 0]
    assert Task.objects.get().held == 2


def test_only_held_tasks_are_worth_waiting_for():
    project = make_project(overlap=1, lease_minutes=30)
    make_task(project=project)
    holder, other = make_member(project=project), make_member(project=project)
    now = timezone.now()
    offer = claim_one(holder, now=now)
    assert claim(other, now=now).retry_after == 30
    nearly = now + timedelta(minutes=29, seconds=50)
    assert claim(other, now=nearly).retry_after == 11
    submit(holder, offer)
    assert claim(other, now=now).retry_after is None
    assert claim(holder, now=now).retry_after is None


def test_what_others_hold_is_counted():
    project = make_project(overlap=1, lease_minutes=30)
    make_tasks(3, project=project)
    holder, other = make_member(project=project), make_member(project=project)
    held = claim(holder, 2).assignments
    given = claim(other, 3)
    assert (len(given.assignments), given.with_others) == (1, 2)
    submit(holder, held[0])
    assert claim(other, 3).with_others == 1
    assert claim(other, 1).with_others == 0


def test_work_starts_at_the_front():
    project = make_project(overlap=1)
    tasks = make_tasks(100, project=project)
    member = make_member(project=project)
    first = {task.pk for task in tasks[:64]}
    drawn = set()
    for _ in range(3):
        offer = claim_one(member)
        drawn.add(Assignment.objects.get(uuid=offer.uuid).task_id)
        submit(member, offer)
    assert len(drawn) == 3
    assert drawn <= {task.pk for task in tasks[:67]}
    assert len(drawn & first) >= 2


def test_classes_go_before_ranks():
    project = make_project()
    normal = make_task(project=project)
    urgent = make_task(project=project, priority=Priority.URGENT)
    high = make_task(project=project, priority=Priority.HIGH)
    member = make_member(project=project)
    offers = claim(member, 3).assignments
    order = [Assignment.objects.get(uuid=offer.uuid).task for offer in offers]
    assert order == [urgent, high, normal]


def test_urgent_work_behind_the_cursor_is_found_when_it_comes_free():
    project = make_project(overlap=1)
    make_tasks(3, project=project, priority=Priority.URGENT)
    make_tasks(70, project=project)
    first, second = make_member(project=project), make_member(project=project)
    offers = claim(first, 2).assignments
    claim_one(second)
    claim_one(second)
    claim(second, 2)
    second.refresh_from_db()
    release_assignment(assignment=offers[0].uuid, user_id=first.user_id, reason="later")
    freed = Assignment.objects.get(uuid=offers[0].uuid).task
    third = claim(second, 3).assignments[2]
    assert Assignment.objects.get(uuid=third.uuid).task == freed


def test_nothing_left_is_remembered_until_new_supply():
    project = make_project(overlap=2)
    make_task(project=project)
    member = make_member(project=project)
    submit(member, claim_one(member))
    assert claim(member).assignments == []
    member.refresh_from_db()
    project.refresh_from_db()
    assert member.exhausted_at == project.supplied_at
    make_task(project=project)
    assert claim(member).assignments == []
    Project.objects.update(supplied_at=timezone.now())
    assert len(claim(member).assignments) == 1


@pytest.mark.parametrize("state", ["paused", "archived"])
def test_a_resting_project_gives_nothing(state):
    project = make_project(state=state)
    make_task(project=project)
    member = make_member(project=project)
    with pytest.raises(ConflictError) as refused:
        claim(member)
    assert refused.value.code == f"project_{state}"
    assert Assignment.objects.count() == 0


def test_who_has_seen_the_systems_gets_nothing_until_it_is_lifted():
    project = make_project()
    make_task(project=project)
    member = make_member(project=project, unblinded_at=timezone.now())
    with pytest.raises(ForbiddenError) as refused:
        claim(member)
    assert refused.value.code == "unblinded"
    assert Assignment.objects.count() == 0
    Membership.objects.update(unblinding_lifted_at=timezone.now())
    submit(member, claim_one(member))
    judgment = Assignment.objects.get().judgments.get()
    assert (judgment.unblinded, judgment.counted) == (True, True)


def test_strangers_and_former_members_get_nothing():
    project = make_project()
    make_task(project=project)
    former = make_member(project=project, ended_at=timezone.now())
    for user in (former.user, make_user()):
        with pytest.raises(MissingError):
            claim_assignments(slug=project.slug, user_id=user.pk, count=1)
    assert Assignment.objects.count() == 0
