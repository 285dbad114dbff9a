"""Two leads at once: no change is lost, and the history names each."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from annotate.people.models import Membership, Role
from annotate.tasks.models import Project
from tests.api.calls import JSON
from tests.builders import make_task
from tests.world import World, log_in, make_world

ROUNDS = 5
Send = Callable[[int], int]


@pytest.fixture
def world(transactional_db: None, folders: Any) -> World:
    """A project with two leads."""
    world = make_world(folders / "world", tasks=1, candidates=1)
    for name in ("lea", "leo"):
        world.add(name, Role.LEAD)
    return world


def together(*sends: Send) -> list[int]:
    """Run the requests of a round at the same moment, for some rounds; the statuses."""
    barrier = Barrier(len(sends))

    def run(send: Send) -> list[int]:
        try:
            statuses = []
            for number in range(ROUNDS):
                barrier.wait(timeout=30)
                statuses.append(send(number))
            return statuses
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(sends)) as pool:
        return [status for statuses in pool.map(run, sends) for status in statuses]


def patch(
    world: World, name: str, path: str, body: Callable[[int], Any], method: str = "patch"
) -> Send:
    """A lead who sends a document to a path of the project, another each round."""
    send = getattr(log_in(world.people[name]), method)
    address = f"/api/v1/projects/{world.project.slug}/{path}"
    return lambda number: int(send(address, body(number), content_type=JSON).status_code)


def test_it_works(world: World) -> None:
    """Changes of different settings are both kept, each in the history under its lead."""
    statuses = together(
        patch(world, "lea", "settings", lambda number: {"title": f"Title {number}"}),
        patch(world, "leo", "settings", lambda number: {"overlap": number + 2}),
    )
    assert set(statuses) == {200}
    row = Project.objects.get()
    assert (row.title, row.overlap) == (f"Title {ROUNDS - 1}", ROUNDS + 1)
    assert [task.wanted for task in world.tasks] == [ROUNDS + 1]
    client = log_in(world.people["lea"])
    history = client.get(f"/api/v1/projects/{world.project.slug}/settings/history").json()[
        "results"
    ]
    said = {(change["by"], name) for change in history for name in change["changes"]}
    assert said == {("lea", "title"), ("leo", "overlap")}
    assert len(history) == 2 * ROUNDS


def test_one_task(world: World) -> None:
    """Priority by one lead and withdrawal by another: both stay."""
    task = make_task(project=world.project)
    path = f"tasks/{task.uuid}"
    statuses = together(
        patch(world, "lea", path, lambda number: {"priority": number % 3}),
        patch(world, "leo", path, lambda number: {"withdrawn": number % 2 == 0}),
    )
    assert set(statuses) == {200}
    task.refresh_from_db()
    assert task.priority == (ROUNDS - 1) % 3
    assert task.withdrawn_at is not None


def test_one_member(world: World) -> None:
    """Two leads add the same account: one membership, and one of them is told."""
    other = world.add("newcomer")
    Membership.objects.filter(user=other).delete()
    body = {"username": "newcomer", "role": "annotator"}
    barrier = Barrier(2)

    def add(name: str) -> int:
        send = patch(world, name, "members", lambda _: body, "post")
        try:
            barrier.wait(timeout=30)
            return send(0)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(add, ["lea", "leo"]))
    assert statuses == [201, 409]
    assert Membership.objects.filter(user=other).count() == 1
