"""Adopting a protocol version: finish what was begun, or begin it anew."""

import pytest

from annotate.assignment.claim import claim_assignments
from annotate.assignment.models import Assignment
from annotate.assignment.rounds import adopt_version, mark_gold
from annotate.errors import ConflictError
from annotate.judgments.models import Judgment
from annotate.judgments.services import amend_judgment
from annotate.tasks.models import Project, Task
from protocol.services import import_edition
from tests.annotate.assignment.invariants import faults
from tests.builders import (
    blank_payload,
    claim_one,
    make_member,
    make_project,
    make_task,
    make_tasks,
    make_version,
    submit,
)
from tests.protocol.builders import edition_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return make_project(overlap=2, version=make_version(dimensions=1))


def next_version():
    return make_version(number=2, dimensions=3)


def test_it_works(project):
    begun, fresh = make_tasks(2, project=project)
    first, second = make_member(project=project), make_member(project=project)
    old = claim_one(first)
    version = next_version()
    adopt_version(project=project, version=version)
    task = Assignment.objects.get(uuid=old.uuid).task
    offers = claim_assignments(slug=project.slug, user_id=second.user_id, count=2).assignments
    versions = {
        Assignment.objects.get(uuid=offer.uuid).task_id: offer.version_id for offer in offers
    }
    other = fresh if task == begun else begun
    assert versions == {task.pk: old.version_id, other.pk: version.pk}
    submit(first, old)
    for offer in offers:
        submit(second, offer)
    assert Judgment.objects.filter(counted=True).count() == 3
    assert faults(project) == []


def test_a_new_round_begins_what_was_not_done(project):
    make_tasks(2, project=project)
    first, second = make_member(project=project), make_member(project=project)
    done = claim_one(first)
    submit(first, done)
    task = Assignment.objects.get(uuid=done.uuid).task
    claims = claim_assignments(slug=project.slug, user_id=second.user_id, count=2).assignments
    (finishing,) = [
        offer for offer in claims if Assignment.objects.get(uuid=offer.uuid).task == task
    ]
    submit(second, finishing)
    (running,) = [offer for offer in claims if offer is not finishing]
    version = next_version()
    adopt_version(project=project, version=version, started="new_round")
    task.refresh_from_db()
    assert (task.round, task.counted, task.protocol_version_id) == (1, 2, done.version_id)
    begun = Task.objects.exclude(pk=task.pk).get()
    assert (begun.round, begun.held, begun.counted, begun.protocol_version) == (2, 0, 0, None)
    assert Assignment.objects.get(uuid=running.uuid).state == "expired"
    again = claim_one(second)
    row = Assignment.objects.get(uuid=again.uuid)
    assert (row.task, row.round, row.protocol_version) == (begun, 2, version)
    assert again.uuid != running.uuid
    submit(second, running)
    judgment = Judgment.objects.get(assignment__uuid=running.uuid)
    assert not judgment.counted
    assert judgment.assignment.protocol_version_id == running.version_id
    submit(second, again)
    begun.refresh_from_db()
    assert (begun.held, begun.counted, begun.protocol_version) == (0, 1, version)
    assert faults(project) == []


def test_those_who_had_found_nothing_left_are_given_the_new_round(project):
    make_task(project=project)
    member = make_member(project=project)
    submit(member, claim_one(member))
    empty = claim_assignments(slug=project.slug, user_id=member.user_id, count=1)
    assert empty.assignments == []
    adopt_version(project=project, version=next_version(), started="new_round")
    assert claim_one(member).version_id == Project.objects.get().protocol_version_id


def test_gold_is_begun_anew_under_the_new_version(project):
    gold = mark_gold(task=make_task(project=project))
    version = next_version()
    adopt_version(project=project, version=version, started="new_round")
    gold.refresh_from_db()
    assert (gold.round, gold.protocol_version) == (2, version)


def test_a_draft_or_another_protocol_is_not_adopted(project):
    draft = import_edition(text=edition_text(key="sample", number=3))
    for version in (draft, make_version(key="other")):
        with pytest.raises(ConflictError):
            adopt_version(project=project, version=version, started="new_round")
    assert Project.objects.get().protocol_version == project.protocol_version


def test_amending_work_of_an_old_round_moves_no_counter(project):
    make_task(project=project)
    member = make_member(project=project)
    receipt = submit(member, claim_one(member))
    adopt_version(project=project, version=next_version(), started="new_round")
    amend_judgment(
        submission_id=receipt.submission_id,
        user_id=member.user_id,
        payload={**blank_payload(), "expected_revision": 1},
    )
    task = Task.objects.get()
    assert (task.held, task.counted, task.state) == (0, 0, "open")
    assert faults(project) == []
