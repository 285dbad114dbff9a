"""Which judgments count as of a moment."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from django.utils import timezone

from annotate.assignment.expiry import expire_overdue
from annotate.assignment.models import Assignment
from annotate.assignment.rounds import adopt_version
from annotate.judgments.models import Judgment
from annotate.judgments.policies import Include, Simulated
from annotate.judgments.selection import (
    Selection,
    counting_judgments,
    removed_by_rule,
    resolve_simulated,
)
from annotate.judgments.services import amend_judgment
from annotate.people.models import Membership, User
from annotate.tasks.models import Project
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
    return list(counting_judgments(Selection(project, moment or clock(), **options)))


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
    assert len(counting(project, include=frozenset({Include.IMPORTED}))) == 1


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


def test_work_that_had_seen_a_hint_is_not(project):
    member = make_member(project=project)
    submit(member, claim_one(member))
    Assignment.objects.update(hint_arm="shown")
    assert counting(project) == []
    Assignment.objects.update(hint_arm="none")
    assert len(counting(project)) == 1


@pytest.fixture
def mixed(project):
    """A task judged by a person, another by a planted annotator."""
    make_task(project=project)
    person = make_member(project=project)
    planted = make_member(project=project)
    submit(person, claim_one(person))
    submit(planted, claim_one(planted))
    User.objects.filter(pk=planted.user_id).update(kind=User.Kind.SIMULATED)
    return project


def kinds(project, policy):
    rows = counting(project, simulated=policy)
    return sorted(row.assignment.annotator.kind for row in rows)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (Simulated.MIX, ["human", "simulated"]),
        (Simulated.EXCLUDE, ["human"]),
        (Simulated.ONLY, ["simulated"]),
        (Simulated.AUTO, ["human"]),
    ],
)
def test_simulated_and_real_judgments_are_mixed_only_where_asked_for(mixed, policy, expected):
    assert kinds(mixed, policy) == expected


def test_auto_takes_the_simulated_where_nothing_else_counts(mixed):
    User.objects.update(kind=User.Kind.SIMULATED)
    assert kinds(mixed, Simulated.AUTO) == ["simulated", "simulated"]


@pytest.mark.django_db(transaction=True)
def test_a_project_that_mixes_says_so_as_of_a_moment(mixed):
    before = clock()
    Project.objects.filter(pk=mixed.pk).update(mix_simulated=True)
    mixed.refresh_from_db()
    auto = Selection(mixed, clock(), simulated=Simulated.AUTO)
    assert resolve_simulated(auto) is Simulated.MIX
    assert resolve_simulated(replace(auto, as_of=before)) is Simulated.EXCLUDE


def test_each_rule_says_how_much_it_removes(mixed):
    counts = removed_by_rule(Selection(mixed, clock(), simulated=Simulated.EXCLUDE))
    assert counts == {
        "other_purpose": {"judgments": 0, "ratings": 0},
        "superseded": {"judgments": 0, "ratings": 0},
        "hint_shown": {"judgments": 0, "ratings": 0},
        "unblinded": {"judgments": 0, "ratings": 0},
        "older_round": {"judgments": 0, "ratings": 0},
        "excluded": {"judgments": 0, "ratings": 0},
        "simulated": {"judgments": 1, "ratings": 2},
    }
