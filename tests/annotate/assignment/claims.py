"""The state machine's ground: a pool in one transaction, and what a claim may give."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from annotate.assignment.claim import Claim, claim_assignments
from annotate.assignment.models import Assignment
from annotate.tasks.services import touch_supply
from tests.annotate.assignment.invariants import faults
from tests.annotate.assignment.model import Model, ModelTask, Turn
from tests.builders import make_member, make_project, make_task, make_version

MEMBERS = 3
ANY = st.integers(0, 63)
WHO = st.integers(0, MEMBERS - 1)


class Claims(RuleBasedStateMachine):
    """A small project with three annotators, and what a claim may give them."""

    seen: ClassVar[Counter[str]] = Counter()
    """How often what matters has happened."""

    @initialize(seed=ANY)
    def begin(self, seed: int) -> None:
        """Everything happens in one transaction, which is rolled back at the end."""
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.chance = Random(seed)  # noqa: S311
        self.project = make_project(
            version=make_version(dimensions=1, levels=2),
            overlap=2,
            gold_rate=0.2,
            repeat_rate=0.2,
            repeat_distance=1,
        )
        self.members = [make_member(project=self.project) for _ in range(MEMBERS)]
        self.model = Model(timezone.now(), self.project.protocol_version_id)
        self.overlap = 2
        for _ in range(4):
            self.add_task(0)

    def teardown(self) -> None:
        if hasattr(self, "project"):
            assert faults(self.project) == []
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def add_task(self, priority: int) -> None:
        """One more task in the queue, supplied as an import does."""
        task = make_task(project=self.project, priority=priority, wanted=self.overlap)
        touch_supply(project_id=self.project.pk)
        self.model.tasks[task.pk] = ModelTask(task.pk, self.overlap, priority)

    @rule(member=WHO, count=st.integers(1, 4))
    def claim(self, member: int, count: int) -> None:
        """Mine first, then what is missing; too little only where nothing is left."""
        model, before = self.model, self.mine_now(member)
        known = set(model.turns)
        live = [turn.uuid for turn in model.of(member, "live")]
        claim = claim_assignments(
            slug=self.project.slug,
            user_id=self.members[member].user_id,
            count=count,
            now=model.now,
            chance=self.chance,
        )
        given = [offer.uuid for offer in claim.assignments]
        rows = Assignment.objects.filter(project=self.project).in_bulk()
        lapsed = [turn for turn in model.overdue() if rows[turn.pk].state == "expired"]
        for turn in lapsed:
            model.end(turn, "expired")
            self.seen["expired by a claim"] += 1
        for row in rows.values():
            if row.uuid in given:
                self.check_given(row, member)
        first = before[:count]
        fresh = next((place for place, uuid in enumerate(given) if uuid not in known), len(given))
        assert set(first) <= set(given[:fresh])
        assert [uuid for uuid in given if uuid in live] == live[:count]
        if not lapsed:
            self.check_classes([row for row in rows.values() if row.uuid not in known], member)
        if len(given) < count:
            self.check_nothing_left(member, claim)

    @rule(member=WHO, minutes=st.integers(31, 60))
    def claim_late(self, member: int, minutes: int) -> None:
        """After a time in which every lease has run out."""
        self.model.now += timedelta(minutes=minutes)
        self.claim(member, 3)

    @rule(member=WHO)
    def claim_one(self, member: int) -> None:
        self.claim(member, 1)

    def mine_now(self, member: int) -> list[UUID]:
        """What a claim must give first: live ones, then the expired that can return."""
        live = self.model.of(member, "live")
        expired = [turn for turn in self.model.of(member, "expired") if turn.can_return]
        return [turn.uuid for turn in live + expired]

    def check_given(self, row: Assignment, member: int) -> None:
        """One that was given: a live one, one that returns, or a new one with good reason."""
        turn = self.model.turns.get(row.uuid)
        if turn is None:
            self.check_new(row, member)
        elif turn.state != "live":
            assert turn.can_return
            self.model.hold(turn)
            self.seen["returned"] += 1
        elif turn.lease <= self.model.now:
            self.model.hold(turn)

    def check_new(self, row: Assignment, member: int) -> None:
        """A new assignment of each purpose follows its own rule."""
        model, task = self.model, self.model.tasks[row.task_id]
        self.seen[row.purpose] += 1
        mine = [t for t in model.turns.values() if t.member == member and t.task is task]
        assert task.is_open
        if row.purpose == "production":
            assert task in model.available(member)
            task.version = task.version or model.version
            assert (row.round, row.protocol_version_id) == (task.round, task.version)
        elif row.purpose == "gold":
            assert task.kind == "gold"
            assert all(t.purpose == "gold" and t.round < task.round for t in mine)
            assert (row.round, row.protocol_version_id) == (task.round, task.version)
        else:
            assert row.purpose == "repeat"
            (first,) = [t for t in mine if t.is_production and t.round == task.round]
            assert (first.state, row.round) == ("submitted", first.round + 1)
            assert row.protocol_version_id == first.version
        model.hold(
            Turn(
                row.pk,
                row.uuid,
                member,
                task,
                row.purpose,
                row.round,
                row.protocol_version_id,
                row.presentation,
            )
        )

    def check_classes(self, new: list[Assignment], member: int) -> None:
        """No more urgent task is left while a less urgent one was given."""
        given = [
            self.model.tasks[row.task_id].priority for row in new if row.purpose == "production"
        ]
        left = [task.priority for task in self.model.available(member)]
        if given and left:
            assert max(left) <= min(given)

    def check_nothing_left(self, member: int, claim: Claim) -> None:
        """A short answer is right, and says whether waiting helps."""
        model = self.model
        assert list(model.overdue()) == []
        assert model.available(member) == []
        assert [turn for turn in model.of(member, "expired", "released") if turn.can_return] == []
        done = {
            (turn.task.pk, turn.round)
            for turn in model.of(member, "live", "submitted")
            if turn.purpose != "repeat"
        }
        waiting = [
            turn
            for turn in model.turns.values()
            if turn.holds
            and turn.member != member
            and turn.task.is_open
            and turn.task.kind == "production"
            and turn.task.wanted > turn.task.counted
            and (turn.task.pk, turn.task.round) not in done
        ]
        assert (claim.retry_after is not None) == bool(waiting)
        self.seen["waiting" if waiting else "nothing left"] += 1
