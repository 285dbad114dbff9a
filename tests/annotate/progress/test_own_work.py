"""GET me/work: own hours and own self-consistency, nobody else's."""

from typing import Any

import pytest
from django.utils import timezone

from annotate.people.models import Membership, User
from annotate.tasks.models import Project
from tests.annotate.people.cast import client_of
from tests.annotate.progress.turns import MINUTE, begin, judge
from tests.builders import make_member, make_project, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project(slug="meadow")


@pytest.fixture
def ann(project: Project) -> Membership:
    return make_member(project=project)


def work_of(user: User) -> list[dict[str, Any]]:
    """What the API says of the user's work."""
    rows: list[dict[str, Any]] = client_of(user).get("/api/v1/me/work").json()["results"]
    return rows


def test_it_works(project: Project, ann: Membership):
    task, other = make_task(project=project), make_task(project=project)
    judge(begin(ann, task), "1234", days=8, active_ms=5 * MINUTE)
    judge(begin(ann, other), "1111")
    judge(begin(ann, task, "repeat"), "1244")
    assert work_of(ann.user) == [
        {
            "project": "meadow",
            "active_ms": 7 * MINUTE,
            "recent_ms": 2 * MINUTE,
            "repeats": {"equal": 3, "of": 4},
        }
    ]


def test_without_work_there_is_nothing(ann: Membership):
    nothing = {"project": "meadow", "active_ms": 0, "recent_ms": 0, "repeats": None}
    assert work_of(ann.user) == [nothing]
    stranger = User(username="stranger")
    stranger.set_unusable_password()
    stranger.save()
    assert work_of(stranger) == []


def test_the_standing_judgments_are_compared(project: Project, ann: Membership):
    """An amendment stands in place of what it amends; its time counts beside it."""
    task = make_task(project=project)
    turn = begin(ann, task)
    judge(turn, "1111")
    judge(turn, "2222")
    judge(begin(ann, task, "repeat"), "2221")
    (row,) = work_of(ann.user)
    assert row["repeats"] == {"equal": 3, "of": 4}
    assert row["active_ms"] == 3 * MINUTE


def test_only_what_was_judged_twice_is_compared(project: Project, ann: Membership):
    task = make_task(project=project)
    judge(begin(ann, task), "12--")
    judge(begin(ann, task, "repeat"), "1-3-", active_ms=None)
    (row,) = work_of(ann.user)
    assert row["repeats"] == {"equal": 1, "of": 1}
    assert row["active_ms"] == MINUTE


def test_gold_is_no_repeat(project: Project, ann: Membership):
    task = make_task(project=project)
    judge(begin(ann, task), "1111")
    judge(begin(ann, task, "gold"), "1111")
    assert work_of(ann.user)[0]["repeats"] is None


def test_others_and_other_projects_stay_apart(project: Project, ann: Membership):
    bob = make_member(project=project)
    elsewhere = make_member(project=make_project(slug="hill"), user=ann.user)
    task, there = make_task(project=project), make_task(project=elsewhere.project)
    judge(begin(ann, task), "1111")
    judge(begin(bob, task), "2222", active_ms=9 * MINUTE)
    judge(begin(bob, task, "repeat"), "2222", active_ms=9 * MINUTE)
    judge(begin(elsewhere, there), "3333", active_ms=3 * MINUTE)
    assert [(row["project"], row["active_ms"], row["repeats"]) for row in work_of(ann.user)] == [
        ("meadow", MINUTE, None),
        ("hill", 3 * MINUTE, None),
    ]
    Membership.objects.filter(pk=elsewhere.pk).update(ended_at=timezone.now())
    assert [row["project"] for row in work_of(ann.user)] == ["meadow"]
