"""Everybody locks memberships, then tasks by id, then the project: nobody waits in a ring."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from annotate.assignment.rounds import adopt_version
from annotate.tasks.models import Project, Task
from annotate.tasks.services import update_task
from tests.annotate.assignment.invariants import faults
from tests.builders import claim_one, make_member, make_project, make_task, make_version

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30.0
BLOCKED = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


def wait_until_somebody_waits_for_me() -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(BLOCKED)
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("nobody waits")


def test_a_new_round_meets_a_change_of_one_of_its_tasks():
    project = make_project(overlap=2, version=make_version(dimensions=1))
    task = make_task(project=project)
    claim_one(make_member(project=project))
    version = make_version(number=2, dimensions=1)

    def begin_anew() -> Project:
        try:
            return adopt_version(project=project, version=version, started="new_round")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Task.objects.select_for_update(no_key=True).get(pk=task.pk)
            begun = pool.submit(begin_anew)
            wait_until_somebody_waits_for_me()
            update_task(task=task, wanted=5)
        assert begun.result(timeout=PATIENCE).protocol_version == version
    task.refresh_from_db()
    assert (task.round, task.wanted, task.held) == (2, 5, 0)
    assert faults(project) == []
