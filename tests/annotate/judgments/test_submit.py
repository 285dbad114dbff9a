"""Submitting: what is stored, what counts, what is answered."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from annotate.assignment.expiry import expire_overdue
from annotate.assignment.lease import release_assignment
from annotate.assignment.models import Assignment
from annotate.errors import ConflictError, InvalidError, MissingError
from annotate.judgments.models import Judgment, Rating
from annotate.judgments.services import submit_judgment
from annotate.tasks.models import Task
from tests.builders import (
    blank_payload,
    claim_one,
    complete_payload,
    make_member,
    make_project,
    make_task,
    submit,
)

pytestmark = pytest.mark.django_db


def counters() -> tuple[int, int]:
    """Held and counted of the only task."""
    task = Task.objects.get()
    return task.held, task.counted


def lapse(member, offer) -> None:
    """Let the assignment's lease run out."""
    Assignment.objects.filter(uuid=offer.uuid).update(
        lease_expires_at=timezone.now() - timedelta(hours=1)
    )
    assert expire_overdue(project_id=member.project_id) == 1


def test_it_works():
    project = make_project(overlap=3)
    make_task(project=project, candidates=2)
    member = make_member(project=project)
    offer = claim_one(member)
    payload = complete_payload(
        offer,
        level=3,
        comment="Fine",
        language="en",
        active_ms=5000,
        tools=[{"tool": "blink", "label": "B", "ms": 900}],
    )
    payload["viewing"] = {"dpr": 2}
    payload["tools"] = [{"tool": "blink", "label": "B", "ms": 900}]
    payload["telemetry"] = {"dimensions": {"quality": 700}}
    payload["submitted_at"] = "2026-01-02T03:04:05+00:00"
    payload["ratings"][0]["unsure"] = True
    receipt = submit(member, offer, payload=payload)
    assert (receipt.created, receipt.revision) == (True, 1)
    assert counters() == (0, 1)
    assignment = Assignment.objects.get()
    assert assignment.state == "submitted"
    judgment = Judgment.objects.get()
    assert judgment.assignment == assignment
    assert str(judgment.submission_id) == payload["submission_id"]
    assert (judgment.origin, judgment.counted, judgment.unblinded) == ("web", True, False)
    assert (judgment.comment, judgment.language, judgment.active_ms) == ("Fine", "en", 5000)
    assert judgment.viewing == {"dpr": 2}
    assert judgment.tools == [{"tool": "blink", "label": "B", "ms": 900}]
    assert judgment.telemetry == {"dimensions": {"quality": 700}}
    assert judgment.submitted_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    ratings = {
        (row.candidate_id, row.dimension): (row.value, row.unsure) for row in Rating.objects.all()
    }
    assert ratings == {
        (candidate, dimension): (Decimal("1.5"), (place, dimension) == (0, "d0"))
        for place, candidate in enumerate(offer.presentation)
        for dimension in ("d0", "d1")
    }


def test_everything_else_that_can_be_said_is_stored():
    project = make_project()
    make_task(project=project, candidates=3)
    member = make_member(project=project)
    offer = claim_one(member)
    payload = complete_payload(offer)
    payload["comparisons"] = [
        {"left": "A", "right": "B", "outcome": "left"},
        {"left": "C", "right": "A", "dimension": "d0", "outcome": "tie"},
        {"left": "B", "right": "C", "dimension": "d0", "outcome": "right"},
    ]
    payload["reasons"] = [{"label": "B", "dimension": "d0", "reason": "ugly"}]
    payload["regions"] = [
        {"label": "C", "box": [0, 0.25, 1, 0.5]},
        {"label": "C", "dimension": "d0", "box": [0.1, 0.1, 0.2, 0.2], "reason": "ugly"},
    ]
    submit(member, offer, payload=payload)
    a, b, c = offer.presentation
    judgment = Judgment.objects.get()
    said = {}
    for row in judgment.comparisons.all():
        left, right = (
            (row.lower_id, row.higher_id)
            if row.lower_left
            else (
                row.higher_id,
                row.lower_id,
            )
        )
        winner = {"lower": row.lower_id, "higher": row.higher_id, "tie": None}[row.outcome]
        said[left, right, row.dimension] = winner
    assert said == {(a, b, None): a, (c, a, "d0"): None, (b, c, "d0"): c}
    reasons = judgment.reasons.values_list("candidate", "dimension", "reason")
    assert list(reasons) == [(b, "d0", "ugly")]
    regions = judgment.regions.values_list("candidate", "dimension", "x0", "y1", "reason")
    assert set(regions) == {(c, None, 0.0, 0.5, None), (c, "d0", 0.1, 0.2, "ugly")}


def test_the_same_again_is_answered_alike():
    project = make_project()
    make_task(project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    payload = complete_payload(offer)
    first = submit(member, offer, payload=payload)
    again = submit(member, offer, payload=dict(reversed(payload.items())))
    assert (first.created, again.created) == (True, False)
    assert again.as_json() == first.as_json()
    assert Judgment.objects.count() == 1
    assert counters() == (0, 1)


def test_other_content_under_the_same_id_is_refused():
    project = make_project()
    make_task(project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    payload = complete_payload(offer)
    submit(member, offer, payload=payload)
    with pytest.raises(ConflictError) as refused:
        submit(member, offer, payload={**payload, "comment": "changed"})
    assert refused.value.code == "submission_id_taken"
    assert Judgment.objects.get().comment == ""


def test_a_second_judgment_of_an_assignment_is_refused():
    project = make_project()
    make_task(project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    submit(member, offer)
    with pytest.raises(ConflictError) as refused:
        submit(member, offer)
    assert refused.value.code == "already_submitted"
    assert Judgment.objects.count() == 1


def test_an_id_of_somebody_else_is_refused_and_reveals_nothing():
    project = make_project()
    make_task(project=project)
    first, second = make_member(project=project), make_member(project=project)
    payload = complete_payload(claim := claim_one(first))
    submit(first, claim, payload=payload)
    offer = claim_one(second)
    with pytest.raises(ConflictError) as refused:
        submit(
            second,
            offer,
            payload=complete_payload(offer) | {"submission_id": payload["submission_id"]},
        )
    assert refused.value.code == "submission_id_taken"
    assert refused.value.extra == {}
    assert Judgment.objects.count() == 1
    assert Assignment.objects.get(uuid=offer.uuid).state == "live"
    assert counters() == (1, 1)


def test_an_incomplete_judgment_stores_nothing_and_uses_up_no_id():
    project = make_project()
    make_task(project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    payload = complete_payload(offer)
    short = {**payload, "ratings": payload["ratings"][1:]}
    with pytest.raises(InvalidError) as refused:
        submit(member, offer, payload=short)
    assert refused.value.faults == [{"code": "missing_rating", "label": "A", "dimension": "d0"}]
    assert Judgment.objects.count() == Rating.objects.count() == 0
    assert counters() == (1, 0)
    assert submit(member, offer, payload=payload).created


def test_another_persons_assignment_is_not_there():
    project = make_project()
    make_task(project=project)
    first, second = make_member(project=project), make_member(project=project)
    offer = claim_one(first)
    for assignment in (offer.uuid, uuid4()):
        with pytest.raises(MissingError):
            submit_judgment(
                assignment=assignment, user_id=second.user_id, payload=complete_payload(offer)
            )
    assert Judgment.objects.count() == 0


def test_a_late_one_counts_where_there_is_room():
    project = make_project(overlap=1)
    make_task(project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    lapse(member, offer)
    assert counters() == (0, 0)
    submit(member, offer)
    assert Judgment.objects.get().counted
    assert counters() == (0, 1)


def test_a_late_one_is_surplus_where_somebody_else_holds_the_slot():
    project = make_project(overlap=1)
    make_task(project=project)
    late, other = make_member(project=project), make_member(project=project)
    offer = claim_one(late)
    lapse(late, offer)
    others = claim_one(other)
    submit(late, offer)
    assert not Judgment.objects.get().counted
    assert counters() == (1, 0)
    submit(other, others)
    assert counters() == (0, 1)


def test_a_released_one_is_not_thrown_away():
    project = make_project(overlap=1)
    make_task(project=project)
    member = make_member(project=project)
    offer = claim_one(member)
    release_assignment(assignment=offer.uuid, user_id=member.user_id, reason="later")
    submit(member, offer)
    assert Judgment.objects.get().counted
    assert counters() == (0, 1)


def test_a_live_lease_keeps_its_right_when_wanted_falls():
    project = make_project(overlap=2)
    make_task(project=project)
    first, second = make_member(project=project), make_member(project=project)
    offers = [(member, claim_one(member)) for member in (first, second)]
    Task.objects.update(wanted=1)
    for member, offer in offers:
        submit(member, offer)
    assert Judgment.objects.filter(counted=True).count() == 2
    assert counters() == (0, 2)


def test_an_overdue_lease_that_nobody_expired_counts():
    project = make_project(overlap=1)
    make_task(project=project)
    member = make_member(project=project)
    offer = claim_one(member, now=timezone.now() - timedelta(days=1))
    submit(member, offer)
    assert counters() == (0, 1)


def test_who_cannot_judge_the_task_gives_the_slot_back():
    project = make_project(overlap=1)
    make_task(project=project)
    members = [make_member(project=project) for _ in range(3)]
    supplied = project.supplied_at
    submit(members[0], claim_one(members[0]), payload=blank_payload())
    judgment = Judgment.objects.get()
    assert not judgment.counted
    assert judgment.cannot_judge == [{"reason": "broken"}]
    assert counters() == (0, 0)
    project.refresh_from_db()
    assert project.supplied_at > supplied
    assert Task.objects.get().state == "open"
    submit(members[1], claim_one(members[1]), payload=blank_payload())
    assert Task.objects.get().state == "review"
    assert counters() == (0, 0)


def test_a_candidate_that_cannot_be_judged_leaves_the_rest():
    project = make_project()
    make_task(project=project, candidates=2)
    member = make_member(project=project)
    offer = claim_one(member)
    payload = complete_payload(offer)
    payload["ratings"] = [entry for entry in payload["ratings"] if entry["label"] == "B"]
    payload["cannot_judge"] = [{"label": "A", "reason": "broken"}]
    submit(member, offer, payload=payload)
    judgment = Judgment.objects.get()
    assert judgment.cannot_judge == [{"candidate": offer.presentation[0], "reason": "broken"}]
    assert judgment.counted
    assert counters() == (0, 1)
