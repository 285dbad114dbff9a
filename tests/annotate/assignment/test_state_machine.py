"""Ten thousand steps of everything that can happen to a pool, checked against a plain model."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from annotate.assignment.models import Assignment
from annotate.assignment.rounds import adopt_version, mark_gold
from annotate.judgments.exclusions import create_exclusion, end_exclusion
from annotate.judgments.models import Exclusion, Judgment
from annotate.judgments.selection import Selection, counting_judgments
from annotate.tasks.models import Priority, Task
from annotate.tasks.services import update_settings, update_task
from tests.annotate.assignment.claims import ANY, MEMBERS
from tests.annotate.assignment.work import Work
from tests.builders import make_version

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

STEPS = 10_000


class Pool(Work):
    """What the lead changes, and what must hold after each step."""

    steps = 0
    number = 1

    def task(self, which: int) -> Task:
        """Any task."""
        keys = list(self.model.tasks)
        return Task.objects.get(pk=keys[which % len(keys)])

    @rule(priority=st.integers(0, 2))
    @precondition(lambda self: len(self.model.tasks) < 9)
    def import_task(self, priority: int) -> None:
        self.add_task(priority)

    @rule(which=ANY, wanted=st.integers(1, 4))
    def change_wanted(self, which: int, wanted: int) -> None:
        """More or fewer are wanted of one task; no counter moves."""
        task = self.task(which)
        update_task(task=task, wanted=wanted)
        self.model.tasks[task.pk].wanted = wanted

    @rule(overlap=st.integers(1, 4))
    def change_overlap(self, overlap: int) -> None:
        """The tasks that wanted the old overlap want the new one."""
        update_settings(project=self.project, changes={"overlap": overlap})
        for task in self.model.tasks.values():
            if task.wanted == self.overlap and task.kind == "production":
                task.wanted = overlap
        self.overlap = overlap

    @rule(which=ANY, state=st.sampled_from(["open", "open", "closed"]))
    def close_or_open(self, which: int, state: str) -> None:
        task = self.task(which)
        update_task(task=task, state=Task.State(state))
        self.model.tasks[task.pk].state = state

    @rule(which=ANY, withdrawn=st.booleans())
    def withdraw(self, which: int, withdrawn: bool) -> None:
        task = self.task(which)
        update_task(task=task, withdrawn=withdrawn)
        self.model.tasks[task.pk].withdrawn = withdrawn

    @rule(which=ANY, priority=st.integers(0, 2))
    def change_priority(self, which: int, priority: int) -> None:
        task = self.task(which)
        update_task(task=task, priority=Priority(priority))
        self.model.tasks[task.pk].priority = priority

    @rule(which=ANY)
    @precondition(lambda self: len(self.model.tasks) > 3)
    def make_gold(self, which: int) -> None:
        task = mark_gold(task=self.task(which))
        known = self.model.tasks[task.pk]
        known.kind, known.version = "gold", known.version or self.model.version

    @rule(new_round=st.booleans())
    def adopt(self, new_round: bool) -> None:
        """The next version of the protocol is in force."""
        self.number += 1
        version = make_version(number=self.number, dimensions=1, levels=2)
        adopt_version(
            project=self.project, version=version, started="new_round" if new_round else "finish"
        )
        self.model.adopt(version.pk, new_round=new_round)

    @rule(who=st.integers(0, MEMBERS - 1))
    def exclude_or_end(self, who: int) -> None:
        """An annotator's work does not count, or does again; no counter moves."""
        user = self.members[who].user
        if who in self.model.excluded:
            row = Exclusion.objects.get(project=self.project, user=user, ended_at=None)
            end_exclusion(exclusion=row, by=None)
            self.model.excluded.remove(who)
            return
        day, now = timedelta(days=1), timezone.now()
        create_exclusion(
            project=self.project,
            user=user,
            starts_at=now - day,
            ends_at=now + day,
            why="drift",
            by=None,
        )
        self.model.excluded.add(who)

    @invariant()
    def tasks_are_as_the_model_says(self) -> None:
        type(self).steps += 1
        rows = Task.objects.filter(project=self.project).values_list(
            "pk", "wanted", "held", "counted", "state", "kind", "round", "protocol_version"
        )
        assert sorted(rows) == sorted(
            (t.pk, t.wanted, t.held, t.counted, t.state, t.kind, t.round, t.version)
            for t in self.model.tasks.values()
        )

    @invariant()
    def turns_are_as_the_model_says(self) -> None:
        rows = Assignment.objects.filter(project=self.project).values_list(
            "pk", "state", "purpose", "round", "protocol_version", "presentation"
        )
        assert sorted(rows) == sorted(
            (t.pk, t.state, t.purpose, t.round, t.version, t.presentation)
            for t in self.model.turns.values()
        )
        leases = Assignment.objects.filter(project=self.project, state="live")
        assert dict(leases.values_list("pk", "lease_expires_at")) == {
            t.pk: t.lease for t in self.model.turns.values() if t.state == "live"
        }

    @invariant()
    def judgments_are_as_the_model_says(self) -> None:
        rows = Judgment.objects.filter(assignment__project=self.project).values_list(
            "assignment", "revision", "counted"
        )
        assert sorted(rows) == sorted(
            (turn.pk, number, said.counted)
            for turn in self.model.turns.values()
            for number, said in enumerate(turn.said, 1)
        )

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.check_selection()
        super().teardown()

    def check_selection(self) -> None:
        """What an export would take now."""
        judged = [t for t in self.model.turns.values() if t.said and t.is_production]
        latest: dict[int, int] = {}
        for turn in judged:
            latest[turn.task.pk] = max(turn.round, latest.get(turn.task.pk, 0))
        expected = {
            (turn.pk, len(turn.said))
            for turn in judged
            if turn.member not in self.model.excluded and turn.round == latest[turn.task.pk]
        }
        found = counting_judgments(Selection(self.project, timezone.now()))
        assert set(found.values_list("assignment", "revision")) == expected


def test_it_works():
    """At least 10,000 steps, each followed by all checks."""
    run_state_machine_as_test(
        Pool,
        settings=settings(
            max_examples=STEPS // 32,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.reuse, Phase.generate, Phase.shrink],
        ),
    )
    assert Pool.steps >= STEPS
    assert {name for name, times in Pool.seen.items() if times} == {
        "production",
        "gold",
        "repeat",
        "returned",
        "waiting",
        "nothing left",
        "late and counted",
        "surplus",
        "review",
        "amended",
        "expired by a claim",
    }
