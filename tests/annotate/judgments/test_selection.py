"""Which judgments count as of a moment."""

from datetime import datetime

import pytest
from django.db import connection
from django.utils import timezone

from annotate.assignment.expiry import expire_overdue
from annotate.assignment.models import Assignment
from annotate.assignment.rounds import adopt_version
from annotate.judgments.models import Judgment
from annotate.judgments.selection import counting_judgments
from annotate.judgments.services import amend_judgment
from annotate.people.models import Membership
from tests.builders import (
    claim_one,
    complete_payload,
    make_member,
    make_project,
    make_task,
    make_version,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project(overlap=1, version=make_version(dimensions=1))
    make_task(project=project)
    return project


def clock() -> datetime:
    """The database's time of this statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    assert isinstance(now, datetime)
    return now


def counting(project, moment=None, **options):
    return list(counting_judgments(project, moment or clock(), **options))


def test_it_works(project):
    member = make_member(project=project)
    before = clock()
    offer = claim_one(member)
    receipt = submit(member, offer)
    between = clock()
    amend_judgment(
        submission_id=receipt.submission_id,
        user_id=member.user_id,
        payload={**complete_payload(offer), "expected_revision": 1},
    )
    first, second = Judgment.objects.order_by("revision")
    assert counting(project, before) == []
    assert counting(project, between) == [first]
    assert counting(project) == [second]


def test_surplus_is_included(project):
    late, other = make_member(project=project), make_member(project=project)
    offer = claim_one(late)
    Assignment.objects.update(lease_expires_at=timezone.now().replace(year=2020))
    expire_overdue(project_id=project.pk)
    submit(other, claim_one(other))
    submit(late, offer)
    assert sorted(row.counted for row in counting(project)) == [False, True]


def test_other_purposes_are_not(project):
    member = make_member(project=project)
    submit(member, claim_one(member))
    for purpose in ("gold", "repeat", "training", "exam", "adjudication", "imported"):
        Assignment.objects.update(purpose=purpose)
        assert counting(project) == []
    assert len(counting(project, imported=True)) == 1


def test_the_unblinded_only_where_asked_for(project):
    member = make_member(project=project)
    offer = claim_one(member)
    Membership.objects.filter(pk=member.pk).update(unblinded_at=timezone.now())
    submit(member, offer)
    assert counting(project) == []
    assert len(counting(project, unblinded=True)) == 1


def test_the_latest_round_that_holds_a_judgment(project):
    project.tasks.update(wanted=3)
    first, second = make_member(project=project), make_member(project=project)
    submit(first, claim_one(first))
    (old,) = counting(project)
    adopt_version(project=project, version=make_version(number=2), started="new_round")
    between = clock()
    assert counting(project) == [old]
    submit(second, claim_one(second))
    (new,) = counting(project)
    assert new.assignment.round == 2
    assert counting(project, between) == [old]


def test_other_projects_are_not(project):
    member = make_member(project=project)
    submit(member, claim_one(member))
    assert counting(make_project(version=project.protocol_version)) == []
