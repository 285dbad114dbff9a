"""Claim and submit take a fixed number of statements, whatever the size of the pool."""

import pytest

from annotate.assignment.models import Assignment
from annotate.assignment.offers import Content, Offer
from annotate.people.models import Membership
from annotate.tasks.models import Task
from tests.annotate.api import Caller
from tests.annotate.counting import statements_sent
from tests.builders import complete_payload, make_member, make_project, make_tasks

pytestmark = pytest.mark.django_db

WHO = ["FROM django_session", "annotate_user"]
"""Who calls: the session and its account."""


def without_savepoints(sent: list[str]) -> list[str]:
    """What is sent outside of a test, where a transaction begins instead of a savepoint."""
    return [text for text in sent if "SAVEPOINT" not in text]


def claim_and_submit(member: Membership, count: int) -> tuple[list[str], list[str]]:
    """The statements of a claim and of one submission."""
    caller = Caller(member.user)
    caller.post(f"/projects/{member.project.slug}/assignments", {"count": 1})
    with statements_sent() as claimed:
        body = caller.post(f"/projects/{member.project.slug}/assignments", {"count": count}).json()
    row = Assignment.objects.get(uuid=body["assignments"][0]["id"])
    content = Content("", "", {}, (0, 0, 0), {})
    offer = Offer(
        row.uuid, row.lease_expires_at, row.protocol_version_id, row.presentation, content
    )
    payload = complete_payload(offer)
    with statements_sent() as submitted:
        caller.post(f"/assignments/{row.uuid}/judgment", payload)
    return without_savepoints(claimed), without_savepoints(submitted)


@pytest.mark.parametrize(("tasks", "count"), [(10, 2), (300, 2), (300, 8)])
def test_it_works(tasks, count):
    project = make_project()
    make_tasks(tasks, project=project, candidates=1 + tasks % 4)
    claimed, submitted = claim_and_submit(make_member(project=project), count)
    assert len(claimed) == 6, claimed
    assert len(submitted) == 4, submitted
    assert Task.objects.filter(counted=1).count() == 1


def test_what_they_are():
    project = make_project()
    make_tasks(10, project=project)
    claimed, submitted = claim_and_submit(make_member(project=project), 2)
    parts = [*WHO, "FOR NO KEY UPDATE OF m", "LEFT JOIN annotate_draft", "SKIP LOCKED", "held + 1"]
    assert [part in text for part, text in zip(parts, claimed, strict=True)] == [True] * 6
    parts = [*WHO, "FOR NO KEY UPDATE OF t, a", "INSERT INTO annotate_judgment"]
    assert [part in text for part, text in zip(parts, submitted, strict=True)] == [True] * 4
