"""Leases: renewed, run out, given again, given back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from annotate.assignment.claim import claim_assignments
from annotate.assignment.drafts import save_draft
from annotate.assignment.expiry import expire_everywhere, expire_overdue
from annotate.assignment.lease import release_assignment, renew_lease
from annotate.assignment.models import Assignment
from annotate.errors import ConflictError, InvalidError, MissingError
from annotate.tasks.models import Project, Task
from tests.builders import claim_one, make_member, make_project, make_task, make_tasks, submit

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def release(member, offer, **options):
    release_assignment(
        assignment=offer.uuid, user_id=member.user_id, **{"reason": "later", **options}
    )


def counters():
    return list(Task.objects.order_by("pk").values_list("held", "counted"))


def test_it_works():
    project = make_project(overlap=1, lease_minutes=30)
    make_task(project=project)
    member = make_member(project=project)
    now = timezone.now()
    offer = claim_one(member, now=now)
    assert offer.lease_expires_at == now + 30 * MINUTE
    until = renew_lease(assignment=offer.uuid, user_id=member.user_id, now=now + 10 * MINUTE)
    assert until == now + 40 * MINUTE
    assert expire_overdue(project_id=project.pk, now=now + 39 * MINUTE) == 0
    assert expire_overdue(project_id=project.pk, now=now + 40 * MINUTE) == 1
    assert Assignment.objects.get().state == "expired"
    assert counters() == [(0, 0)]


def test_a_lease_lasts_8_hours_at_most():
    project = make_project(lease_minutes=60)
    make_task(project=project)
    member = make_member(project=project)
    now = timezone.now()
    offer = claim_one(member, now=now)
    late = now + timedelta(hours=7, minutes=30)
    until = renew_lease(assignment=offer.uuid, user_id=member.user_id, now=late)
    assert until == now + timedelta(hours=8)
    again = renew_lease(assignment=offer.uuid, user_id=member.user_id, now=late + 20 * MINUTE)
    assert again == until


def test_an_expired_one_comes_back_first_as_it_was():
    project = make_project(overlap=1)
    make_tasks(3, project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    answers = {"comment": "half done"}
    save_draft(assignment=offer.uuid, user_id=member.user_id, revision=4, answers=answers)
    later = timezone.now() + timedelta(hours=1)
    assert expire_overdue(project_id=project.pk, now=later) == 1
    again, new = claim_assignments(
        slug=project.slug, user_id=member.user_id, count=2, now=later
    ).assignments
    assert (again.uuid, again.presentation) == (offer.uuid, offer.presentation)
    assert again.draft == {"revision": 4, "answers": answers}
    assert again.lease_expires_at == later + 30 * MINUTE
    assert Assignment.objects.get(uuid=again.uuid).state == "live"
    assert Assignment.objects.count() == 2
    assert new.uuid != offer.uuid


def test_an_overdue_one_that_is_still_mine_gets_a_new_lease():
    project = make_project(overlap=1)
    make_task(project=project)
    member = make_member(project=project)
    now = timezone.now()
    offer = claim_one(member, now=now)
    again = claim_one(member, now=now + timedelta(hours=2))
    assert again.uuid == offer.uuid
    assert again.lease_expires_at == now + timedelta(hours=2, minutes=30)
    assert counters() == [(1, 0)]


def test_a_claim_that_finds_too_little_frees_overdue_leases_itself():
    project = make_project(overlap=1)
    make_task(project=project)
    idle, busy = make_member(project=project), make_member(project=project)
    now = timezone.now()
    claim_one(idle, now=now)
    assert (
        claim_assignments(slug=project.slug, user_id=busy.user_id, count=1, now=now).assignments
        == []
    )
    offer = claim_one(busy, now=now + timedelta(hours=1))
    submit(busy, offer)
    assert counters() == [(0, 1)]


def test_three_people_finish_a_task_that_one_let_lapse():
    project = make_project(overlap=3)
    make_task(project=project)
    members = [make_member(project=project) for _ in range(3)]
    now = timezone.now()
    offers = [claim_one(member, now=now) for member in members]
    submit(members[0], offers[0])
    submit(members[1], offers[1])
    later = now + timedelta(hours=1)
    done = claim_assignments(slug=project.slug, user_id=members[0].user_id, count=1, now=later)
    assert (done.assignments, done.retry_after) == ([], None)
    assert Assignment.objects.get(uuid=offers[2].uuid).state == "expired"
    submit(members[2], claim_one(members[2], now=later))
    assert counters() == [(0, 3)]


def test_beat_expires_in_every_project():
    now = timezone.now()
    for _ in range(2):
        project = make_project()
        make_tasks(2, project=project)
        claim_assignments(
            slug=project.slug, user_id=make_member(project=project).user_id, count=2, now=now
        )
    assert expire_everywhere(now=now + 29 * MINUTE) == 0
    before = dict(Project.objects.values_list("pk", "supplied_at"))
    assert expire_everywhere(now=now + 30 * MINUTE) == 4
    assert counters() == [(0, 0)] * 4
    assert all(
        supplied > before[pk] for pk, supplied in Project.objects.values_list("pk", "supplied_at")
    )


def test_release_gives_the_slot_back():
    project = make_project(overlap=1)
    make_tasks(2, project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    release(member, offer, reason="image_failed", label="B", detail="404")
    row = Assignment.objects.get()
    assert (row.state, row.release_reason, row.release_detail) == (
        "released",
        "image_failed",
        "404",
    )
    assert row.release_candidate_id == offer.presentation[1]
    assert sum(held for held, _ in counters()) == 0
    release(member, offer, reason="other")
    assert Assignment.objects.get().release_reason == "image_failed"


def test_one_whose_picture_failed_is_not_offered_again():
    project = make_project(overlap=1)
    make_tasks(1, project=project)
    member, other = make_member(project=project), make_member(project=project)
    offer = claim_one(member)
    release(member, offer, reason="image_failed", label="A")
    again = claim_assignments(slug=project.slug, user_id=member.user_id, count=1)
    assert again.assignments == []
    row = Assignment.objects.get()
    assert (row.state, row.release_reason) == ("released", "image_failed")
    assert claim_one(other).uuid != offer.uuid


def test_a_released_one_is_offered_again_only_when_nothing_else_is_left():
    project = make_project(overlap=1)
    make_tasks(3, project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    release(member, offer)
    for _ in range(2):
        other = claim_one(member)
        assert other.uuid != offer.uuid
        submit(member, other)
    again = claim_one(member)
    assert (again.uuid, again.presentation) == (offer.uuid, offer.presentation)
    row = Assignment.objects.get(uuid=again.uuid)
    assert (row.state, row.release_reason, row.ended_at) == ("live", "", None)
    submit(member, again)
    assert counters() == [(0, 1)] * 3


def test_who_may_not_renew_or_release():
    project = make_project()
    make_task(project=project)
    member, other = make_member(project=project), make_member(project=project)
    offer = claim_one(member)
    for assignment, user in ((offer.uuid, other.user_id), (uuid4(), member.user_id)):
        with pytest.raises(MissingError):
            renew_lease(assignment=assignment, user_id=user)
        with pytest.raises(MissingError):
            release_assignment(assignment=assignment, user_id=user, reason="later")
    for options, code in (
        ({"reason": "boring"}, "unknown_reason"),
        ({"label": "C"}, "unknown_label"),
    ):
        with pytest.raises(InvalidError) as refused:
            release(member, offer, **options)
        assert [fault["code"] for fault in refused.value.faults] == [code]
    assert counters() == [(1, 0)]


def test_what_has_ended_is_not_renewed_or_released():
    project = make_project()
    make_tasks(2, project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    submit(member, offer)
    for action in (
        lambda: renew_lease(assignment=offer.uuid, user_id=member.user_id),
        lambda: release(member, offer),
    ):
        with pytest.raises(ConflictError) as refused:
            action()
        assert refused.value.code == "assignment_submitted"
    assert Assignment.objects.get().state == "submitted"
