"""A database that goes away is a 503, and the next request works."""

from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from annotate.assignment.models import Assignment
from annotate.judgments.models import Judgment
from tests.annotate.api import Caller
from tests.builders import claim_one, complete_payload, make_member, make_project, make_task

pytestmark = pytest.mark.django_db(transaction=True)


def wrapper() -> Any:
    """This thread's connection, with what its stubs leave out."""
    return connections["default"]


def kill_backend() -> None:
    """End the server process behind this thread's connection, as a restart does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connections["default"].copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)
    other.close()
    wrapper().health_check_done = True


@pytest.fixture
def member():
    project = make_project()
    make_task(project=project)
    return make_member(project=project)


def broken_then_works(caller: Caller, path: str, body: dict[str, Any], status: int) -> None:
    kill_backend()
    first = caller.post(path, body)
    assert (first.status_code, first.json()["code"]) == (503, "unavailable")
    assert first["Content-Type"] == "application/problem+json"
    connection.close_if_unusable_or_obsolete()
    assert caller.post(path, body).status_code == status


def test_it_works(member):
    caller = Caller(member.user)
    path = f"/projects/{member.project.slug}/assignments"
    broken_then_works(caller, path, {"count": 1}, 200)
    assert Assignment.objects.count() == 1


def test_a_submission_can_be_repeated(member):
    offer = claim_one(member)
    payload = complete_payload(offer)
    path = f"/assignments/{offer.uuid}/judgment"
    broken_then_works(Caller(member.user), path, payload, 201)
    assert Judgment.objects.count() == 1


def test_a_checked_connection_is_replaced_unseen(member):
    caller = Caller(member.user)
    kill_backend()
    wrapper().health_check_done = False
    wrapper().health_check_enabled = True
    path = f"/projects/{member.project.slug}/assignments"
    assert caller.post(path, {"count": 1}).status_code == 200
    assert Client().get("/healthz").status_code == 200
