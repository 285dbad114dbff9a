"""Gold tasks and repeats: given like any other, touching no counter."""

from random import Random

import pytest

from annotate.assignment.claim import claim_assignments
from annotate.assignment.models import Assignment
from annotate.assignment.rounds import mark_gold
from annotate.errors import ConflictError
from annotate.judgments.models import Judgment
from annotate.tasks.models import Project, Task
from tests.builders import (
    blank_payload,
    claim_one,
    make_member,
    make_project,
    make_task,
    make_tasks,
    submit,
)

pytestmark = pytest.mark.django_db

CHANCE = Random(7)  # noqa: S311


def purposes() -> list[str]:
    return list(Assignment.objects.order_by("pk").values_list("purpose", flat=True))


def counters(task: Task) -> tuple[int, int]:
    task.refresh_from_db()
    return task.held, task.counted


def test_it_works():
    project = make_project(gold_rate=0.5)
    gold = mark_gold(task=make_task(project=project))
    make_tasks(30, project=project)
    assert (gold.kind, gold.claimable) == ("gold", False)
    assert gold.protocol_version == project.protocol_version
    member = make_member(project=project)
    for _ in range(20):
        submit(member, claim_one(member, chance=CHANCE))
    assert purposes().count("gold") == 1
    assert purposes().count("production") == 19
    assert counters(gold) == (0, 0)
    judgment = Judgment.objects.get(assignment__purpose="gold")
    assert not judgment.counted


def test_answers_look_the_same_for_every_purpose():
    project = make_project(gold_rate=0.5)
    mark_gold(task=make_task(project=project))
    make_tasks(30, project=project)
    member = make_member(project=project)
    shapes = set()
    for _ in range(20):
        claim = claim_assignments(slug=project.slug, user_id=member.user_id, count=1, chance=CHANCE)
        (given,) = claim.as_json()["assignments"]
        receipt = submit(member, claim.assignments[0])
        shapes.add((tuple(given), tuple(receipt.as_json())))
    assert "gold" in purposes()
    assert len(shapes) == 1


def test_gold_is_never_given_to_who_had_it_in_production():
    project = make_project(gold_rate=0.5)
    task = make_task(project=project)
    member = make_member(project=project)
    submit(member, claim_one(member))
    mark_gold(task=task)
    make_tasks(20, project=project)
    for _ in range(20):
        submit(member, claim_one(member, chance=CHANCE))
    assert "gold" not in purposes()


def test_a_running_lease_goes_on_when_a_task_becomes_gold():
    project = make_project()
    task = make_task(project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    mark_gold(task=task)
    submit(member, offer)
    assert counters(task) == (0, 1)


def test_a_task_of_another_kind_cannot_be_gold():
    task = make_task(project=make_project(), kind="training")
    with pytest.raises(ConflictError):
        mark_gold(task=task)
    task.refresh_from_db()
    assert task.kind == "training"


def test_a_repeat_is_ones_own_after_the_distance_in_the_next_round():
    project = make_project(overlap=1, repeat_rate=0.5, repeat_distance=3)
    make_tasks(40, project=project)
    member = make_member(project=project)
    done = []
    for _ in range(30):
        offer = claim_one(member, chance=CHANCE)
        row = Assignment.objects.get(uuid=offer.uuid)
        done.append((row.task_id, row.purpose, row.round))
        submit(member, offer)
    repeats = [place for place, (_, purpose, _) in enumerate(done) if purpose == "repeat"]
    assert len(repeats) > 5
    for place in repeats:
        task, _, number = done[place]
        assert number == 2
        first = done.index((task, "production", 1))
        assert place - first > 3
    tasks = [done[place][0] for place in repeats]
    assert len(set(tasks)) == len(tasks)
    assert Task.objects.filter(counted=1, held=0).count() == 30 - len(repeats)
    assert Task.objects.exclude(counted__in=[0, 1]).count() == 0


def test_a_repeat_has_an_order_of_its_own():
    project = make_project(overlap=1, repeat_rate=0.5, repeat_distance=0)
    make_tasks(30, project=project, candidates=8)
    member = make_member(project=project)
    for _ in range(24):
        submit(member, claim_one(member, chance=CHANCE))
    pairs = [
        (repeat.presentation, Assignment.objects.get(task=repeat.task, round=1).presentation)
        for repeat in Assignment.objects.filter(purpose="repeat")
    ]
    assert [sorted(one) == sorted(other) for one, other in pairs] == [True] * len(pairs)
    assert all(one != other for one, other in pairs)


def test_who_cannot_judge_gold_changes_nothing():
    project = make_project(gold_rate=0.5)
    gold = mark_gold(task=make_task(project=project))
    make_tasks(30, project=project)
    supplied = Project.objects.get().supplied_at
    for _ in range(3):
        member = make_member(project=project)
        for _ in range(8):
            offer = claim_one(member, chance=CHANCE)
            is_gold = Assignment.objects.get(uuid=offer.uuid).purpose == "gold"
            submit(member, offer, payload=blank_payload() if is_gold else None)
    assert Judgment.objects.filter(assignment__purpose="gold").count() == 3
    assert counters(gold) == (0, 0)
    assert gold.state == "open"
    assert Project.objects.get().supplied_at == supplied


def test_nothing_special_is_given_when_no_production_work_is_left():
    project = make_project(overlap=1, gold_rate=0.5, repeat_rate=0.5, repeat_distance=0)
    make_tasks(2, project=project)
    mark_gold(task=make_task(project=project))
    member = make_member(project=project)
    claims = [claim_assignments(slug=project.slug, user_id=member.user_id, count=1)]
    while claims[-1].assignments:
        submit(member, claims[-1].assignments[0])
        claims.append(claim_assignments(slug=project.slug, user_id=member.user_id, count=1))
    assert claims[-1].retry_after is None
    assert len(purposes()) <= 5
