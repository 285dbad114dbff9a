"""Many at once against real PostgreSQL: nothing twice, nothing lost, counters exact."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.db import connections
from django.utils import timezone

from annotate.assignment.claim import claim_assignments
from annotate.assignment.expiry import expire_overdue
from annotate.assignment.lease import release_assignment
from annotate.assignment.models import Assignment
from annotate.assignment.offers import Offer
from annotate.errors import ConflictError
from annotate.judgments.models import Judgment, Rating
from annotate.judgments.services import Receipt
from annotate.people.models import Membership
from annotate.tasks.models import Priority, Task
from tests.annotate.assignment.invariants import faults
from tests.builders import (
    blank_payload,
    claim_one,
    complete_payload,
    make_member,
    make_project,
    make_task,
    make_tasks,
    submit,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS = 16
T = TypeVar("T")


def at_once(work: Callable[[int], T], threads: int = THREADS) -> list[T]:
    """What so many threads return that start together, each with its own connection."""
    barrier = Barrier(threads)

    def run(number: int) -> T:
        try:
            barrier.wait()
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def work_until_done(member: Membership, *, batch: int = 1) -> int:
    """Claim and submit until nothing is left; how many were submitted."""
    done = 0
    while True:
        claim = claim_assignments(slug=member.project.slug, user_id=member.user_id, count=batch)
        for offer in claim.assignments:
            submit(member, offer)
            done += 1
        if not claim.assignments and claim.retry_after is None:
            return done


def submitted_at_once(member: Membership, offer: Offer, payload: dict[str, Any]) -> list[Receipt]:
    """The receipts of one submission sent many times."""
    return at_once(lambda _: submit(member, offer, payload=payload))


def test_it_works():
    project = make_project(overlap=3)
    make_tasks(60, project=project)
    members = [make_member(project=project) for _ in range(THREADS)]
    done = at_once(lambda number: work_until_done(members[number], batch=1 + number % 4))
    assert sum(done) == 180
    assert set(Task.objects.values_list("held", "counted")) == {(0, 3)}
    assert Judgment.objects.filter(counted=True).count() == 180
    assert Judgment.objects.filter(counted=False).count() == 0
    assert Rating.objects.count() == 180 * 4
    assert Assignment.objects.count() == 180
    assert faults(project) == []


def test_the_last_slots_are_given_out_once():
    project = make_project(overlap=2)
    make_tasks(4, project=project)
    members = [make_member(project=project) for _ in range(THREADS)]
    given = at_once(
        lambda number: claim_assignments(
            slug=project.slug, user_id=members[number].user_id, count=4
        )
    )
    per_task = Counter(Assignment.objects.values_list("task", flat=True))
    assert set(per_task.values()) == {2}
    assert sum(len(claim.assignments) for claim in given) == 8
    assert {claim.retry_after for claim in given if not claim.assignments} <= set(range(1, 31))
    assert faults(project) == []


def test_one_account_in_many_windows_gets_one_set():
    project = make_project()
    make_tasks(20, project=project)
    member = make_member(project=project)
    for _ in range(5):
        claims = at_once(
            lambda _: claim_assignments(slug=project.slug, user_id=member.user_id, count=3)
        )
        sets = {tuple(offer.uuid for offer in claim.assignments) for claim in claims}
        assert len(sets) == 1
        for offer in claims[0].assignments:
            submit(member, offer)
    assert Assignment.objects.count() == 15
    assert faults(project) == []


def test_parallel_repeats_of_one_submission_store_it_once():
    project = make_project()
    make_tasks(5, project=project)
    member = make_member(project=project)
    for _ in range(5):
        offer = claim_one(member)
        payload = complete_payload(offer)
        receipts = submitted_at_once(member, offer, payload)
        assert sorted(receipt.created for receipt in receipts) == [False] * 15 + [True]
        assert len({str(receipt.as_json()) for receipt in receipts}) == 1
    assert Judgment.objects.count() == 5
    assert faults(project) == []


def test_different_submissions_of_one_assignment_leave_one():
    project = make_project()
    make_task(project=project)
    member = make_member(project=project)
    offer = claim_one(member)

    def try_once(number: int) -> str:
        try:
            submit(member, offer, payload=complete_payload(offer, level=number % 4))
        except ConflictError as refused:
            return refused.code
        return "stored"

    answers = Counter(at_once(try_once))
    assert answers == {"stored": 1, "already_submitted": 15}
    assert Judgment.objects.count() == 1
    assert faults(project) == []


def one_of(chance: Random, member: Membership, offer: Offer) -> None:
    """Something that people do with an assignment."""
    what = chance.choice(["submit", "submit", "release", "blank", "lapse", "keep"])
    if what == "submit":
        submit(member, offer)
    elif what == "blank":
        submit(member, offer, payload=blank_payload())
    elif what == "release":
        release_assignment(assignment=offer.uuid, user_id=member.user_id, reason="later")
    elif what == "lapse":
        past = timezone.now() - timedelta(hours=1)
        Assignment.objects.filter(uuid=offer.uuid, state="live").update(lease_expires_at=past)
        expire_overdue(project_id=member.project_id)
        submit(member, offer)


def test_expiry_release_and_cannot_judge_in_the_midst():
    project = make_project(overlap=2)
    make_tasks(40, project=project, priority=Priority.NORMAL)
    make_tasks(10, project=project, priority=Priority.URGENT)
    members = [make_member(project=project) for _ in range(THREADS)]

    def muddle(number: int) -> None:
        chance = Random(number)  # noqa: S311
        member = members[number]
        for _ in range(25):
            for offer in claim_assignments(
                slug=project.slug, user_id=member.user_id, count=2
            ).assignments:
                one_of(chance, member, offer)

    at_once(muddle)
    assert faults(project) == []
    assert not Task.objects.filter(held__gt=2).exists()
