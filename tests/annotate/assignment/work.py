"""What the state machine's annotators do with what they hold."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from annotate.assignment.drafts import save_draft
from annotate.assignment.expiry import expire_overdue
from annotate.assignment.lease import release_assignment, renew_lease
from annotate.assignment.models import Assignment
from annotate.errors import DomainError
from annotate.judgments.models import Judgment
from annotate.judgments.services import Receipt, amend_judgment, submit_judgment
from tests.annotate.assignment.claims import ANY, Claims
from tests.annotate.assignment.model import Turn
from tests.builders import blank_payload

BLANK = st.sampled_from([False, False, True])


class Work(Claims):
    """What annotators do with what they hold."""

    def pick(self, which: int) -> Turn:
        """Any turn there ever was."""
        turns = list(self.model.turns.values())
        return turns[which % len(turns)]

    def payload(self, turn: Turn, *, blank: bool) -> dict[str, Any]:
        """A judgment of the turn's candidates, or that nothing can be judged."""
        if blank:
            return blank_payload()
        ratings = [
            {"label": label, "dimension": "d0", "value": 0.5}
            for label, _ in zip("AB", turn.presentation, strict=True)
        ]
        return {"submission_id": str(uuid4()), "ratings": ratings}

    @rule(which=ANY, blank=st.booleans())
    @precondition(lambda self: self.model.turns)
    def submit_soon(self, which: int, blank: bool) -> None:
        """In time where anything is live, else late."""
        turns = [turn for turn in self.model.turns.values() if turn.state != "submitted"]
        if turns:
            self.finish(turns[which % len(turns)], blank=blank)

    def note(self, turn: Turn, *, held: bool, state: str) -> None:
        """Count what a submission led to."""
        said = turn.said[-1]
        self.seen["late and counted"] += said.counted and not held
        self.seen["surplus"] += turn.is_production and not said.counted and not said.blank
        self.seen["review"] += turn.task.state != state

    def refusal(self, action: Callable[..., Any], *args: Any, **options: Any) -> str | None:
        """The code of a refusal, or None."""
        try:
            action(*args, **options)
        except DomainError as refused:
            return refused.code
        return None

    def send(self, turn: Turn, payload: dict[str, Any]) -> Receipt:
        return submit_judgment(
            assignment=turn.uuid,
            user_id=self.members[turn.member].user_id,
            payload=payload,
            now=self.model.now,
        )

    def send_amended(self, turn: Turn, payload: dict[str, Any]) -> Receipt:
        return amend_judgment(
            submission_id=Judgment.objects.get(assignment=turn.pk, revision=1).submission_id,
            user_id=self.members[turn.member].user_id,
            payload=payload,
        )

    @rule(which=ANY, blank=BLANK)
    @precondition(lambda self: self.model.turns)
    def submit(self, which: int, blank: bool) -> None:
        """In time, late, surplus, or on something that has its judgment."""
        turn = self.pick(which)
        if turn.state == "submitted":
            payload = self.payload(turn, blank=blank)
            assert self.refusal(self.send, turn, payload) == "already_submitted"
        else:
            self.finish(turn, blank=blank)

    def finish(self, turn: Turn, *, blank: bool) -> None:
        """A first judgment, sent twice."""
        payload = self.payload(turn, blank=blank)
        assert self.send(turn, payload).created
        held, state = turn.holds, turn.task.state
        self.model.submit(turn, payload["submission_id"], blank=blank)
        self.note(turn, held=held, state=state)
        again = self.send(turn, payload)
        assert (again.created, again.revision) == (False, 1)

    @rule(which=ANY, blank=BLANK, stale=BLANK)
    @precondition(lambda self: any(turn.said for turn in self.model.turns.values()))
    def amend(self, which: int, blank: bool, stale: bool) -> None:
        """A new revision, where one is allowed."""
        judged = [turn for turn in self.model.turns.values() if turn.said]
        turn = judged[which % len(judged)]
        expected = len(turn.said) - stale
        payload = {**self.payload(turn, blank=blank), "expected_revision": expected}
        if not self.model.is_amendable(turn):
            assert self.refusal(self.send_amended, turn, payload) == "not_amendable"
        elif stale:
            assert self.refusal(self.send_amended, turn, payload) == "stale_revision"
        else:
            assert self.send_amended(turn, payload).revision == len(turn.said) + 1
            self.model.amend(turn, payload["submission_id"], blank=blank)
            self.seen["amended"] += 1

    @rule(which=ANY, revision=st.integers(1, 5))
    @precondition(lambda self: self.model.turns)
    def draft(self, which: int, revision: int) -> None:
        """Unfinished answers change no counter; late in a lease they renew it."""
        turn = self.pick(which)
        answers = {"revision": revision, "at": str(self.model.now)}
        code = self.refusal(
            save_draft,
            assignment=turn.uuid,
            user_id=self.members[turn.member].user_id,
            revision=revision,
            answers=answers,
            now=self.model.now,
        )
        if turn.state in {"submitted", "released"}:
            assert code == f"assignment_{turn.state}"
        elif code is None and turn.state == "live":
            row = Assignment.objects.get(pk=turn.pk)
            if row.lease_expires_at != turn.lease:
                assert turn.lease - self.model.now < timedelta(minutes=15)
                self.model.renew(turn)
        else:
            assert code in {None, "draft_conflict"}

    @rule(which=ANY)
    @precondition(lambda self: self.model.turns)
    def renew(self, which: int) -> None:
        """Only a live lease can be kept."""
        turn = self.pick(which)
        code = self.refusal(
            renew_lease,
            assignment=turn.uuid,
            user_id=self.members[turn.member].user_id,
            now=self.model.now,
        )
        assert code == (None if turn.state == "live" else f"assignment_{turn.state}")
        if code is None:
            self.model.renew(turn)

    @rule(which=ANY)
    @precondition(lambda self: self.model.turns)
    def release(self, which: int) -> None:
        """Given back: the slot is free; twice is once; a judgment stays."""
        turn = self.pick(which)
        code = self.refusal(
            release_assignment,
            assignment=turn.uuid,
            user_id=self.members[turn.member].user_id,
            reason="later",
            now=self.model.now,
        )
        assert code == ("assignment_submitted" if turn.state == "submitted" else None)
        if turn.state in {"live", "expired"}:
            self.model.end(turn, "released")

    @rule(minutes=st.integers(1, 20))
    def time_passes(self, minutes: int) -> None:
        self.model.now += timedelta(minutes=minutes)

    @rule()
    def expire(self) -> None:
        """What beat does."""
        overdue = list(self.model.overdue())
        assert expire_overdue(project_id=self.project.pk, now=self.model.now) == len(overdue)
        for turn in overdue:
            self.model.end(turn, "expired")
