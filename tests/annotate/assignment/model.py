"""A plain model of a project's pool: what the tables must say after each step."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
LEASE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)


@dataclass
class ModelTask:
    """A task and its counters."""

    pk: int
    wanted: int
    priority: int = 0
    held: int = 0
    counted: int = 0
    state: str = "open"
    kind: str = "production"
    round: int = 1
    version: int | None = None
    withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is given out at all."""
        return self.state == "open" and not self.withdrawn

    @property
    def has_room(self) -> bool:
        """Whether more judgments are wanted than are held or counted."""
        return self.wanted > self.held + self.counted

    @property
    def is_claimable(self) -> bool:
        """Whether somebody new can be given it as production."""
        return self.is_open and self.has_room and self.kind == "production"


@dataclass
class Said:
    """One revision of a judgment."""

    submission_id: str
    blank: bool
    counted: bool


@dataclass
class Turn:
    """One annotator's turn at a task."""

    pk: int
    uuid: UUID
    member: int
    task: ModelTask
    purpose: str
    round: int
    version: int
    presentation: list[int]
    state: str = "live"
    since: datetime = BEGIN
    lease: datetime = BEGIN
    ended: datetime | None = None
    said: list[Said] = field(default_factory=list)

    @property
    def is_production(self) -> bool:
        """Whether it touches counters."""
        return self.purpose == "production"

    @property
    def holds(self) -> bool:
        """Whether one of the held slots is its own."""
        return self.is_production and self.state == "live"

    @property
    def can_return(self) -> bool:
        """Whether it can be offered again after it expired or was given back."""
        if not self.is_production:
            return self.task.is_open
        return self.task.is_claimable and self.task.round == self.round


class Model:
    """The pool, and the rules by which it changes."""

    def __init__(self, now: datetime, version: int) -> None:
        self.now = now
        self.version = version
        self.tasks: dict[int, ModelTask] = {}
        self.turns: dict[UUID, Turn] = {}
        self.excluded: set[int] = set()

    def of(self, member: int, *states: str) -> list[Turn]:
        """A member's turns in these states, oldest first."""
        found = [t for t in self.turns.values() if t.member == member and t.state in states]
        return sorted(found, key=lambda turn: turn.pk)

    def available(self, member: int) -> list[ModelTask]:
        """Tasks that the member has not had in this round and could be given."""
        had = {
            (turn.task.pk, turn.round)
            for turn in self.turns.values()
            if turn.member == member and turn.purpose != "repeat"
        }
        return [t for t in self.tasks.values() if t.is_claimable and (t.pk, t.round) not in had]

    def hold(self, turn: Turn) -> None:
        """A lease begins, for the first time or again."""
        if turn.is_production and (turn.uuid not in self.turns or turn.state != "live"):
            turn.task.held += 1
        turn.state, turn.ended = "live", None
        turn.since, turn.lease = self.now, self.now + LEASE
        self.turns[turn.uuid] = turn

    def end(self, turn: Turn, state: str) -> None:
        """A lease ends without a judgment."""
        turn.task.held -= turn.holds
        turn.state, turn.ended = state, self.now

    def overdue(self) -> Iterator[Turn]:
        """Live turns whose lease has run out."""
        return (t for t in self.turns.values() if t.state == "live" and t.lease <= self.now)

    def renew(self, turn: Turn) -> None:
        """A lease is prolonged, never shortened, to 8 hours in all."""
        turn.lease = max(turn.lease, min(self.now + LEASE, turn.since + LONGEST))

    def room_for(self, turn: Turn) -> bool:
        """Whether a judgment that holds no slot can still count."""
        return turn.is_production and turn.round == turn.task.round and turn.task.has_room

    def submit(self, turn: Turn, submission_id: str, *, blank: bool) -> None:
        """A first judgment: live leases count, late ones where there is room, blanks never."""
        counted = not blank and (turn.holds or self.room_for(turn))
        turn.task.held -= turn.holds
        turn.task.counted += counted
        turn.state, turn.ended = "submitted", self.now
        turn.said.append(Said(submission_id, blank, counted))
        self._review(turn)

    def amend(self, turn: Turn, submission_id: str, *, blank: bool) -> None:
        """A later revision: what counted goes on counting unless it is blank now."""
        last = turn.said[-1]
        counted = not blank and (last.counted or (last.blank and self.room_for(turn)))
        if turn.round == turn.task.round:
            turn.task.counted += counted - last.counted
        turn.said.append(Said(submission_id, blank, counted))
        self._review(turn)

    def _review(self, turn: Turn) -> None:
        """Two standing blanks of a round send the task to review, when one comes in."""
        if not (turn.said[-1].blank and turn.is_production and turn.round == turn.task.round):
            return
        blanks = [
            each
            for each in self.turns.values()
            if each.task is turn.task
            and each.is_production
            and each.round == turn.round
            and each.said
            and each.said[-1].blank
        ]
        if len(blanks) >= 2 and turn.task.state == "open":
            turn.task.state = "review"

    def is_amendable(self, turn: Turn) -> bool:
        """Whether it is one of the member's latest five, and the member not excluded."""
        done = sorted(
            self.of(turn.member, "submitted"), key=lambda t: (t.ended, t.pk), reverse=True
        )
        return turn in done[:5] and turn.member not in self.excluded

    def adopt(self, version: int, *, new_round: bool) -> None:
        """Another version is in force; what is begun and not done may begin anew."""
        self.version = version
        if not new_round:
            return
        for task in self.tasks.values():
            if task.version in {None, version} or task.counted >= task.wanted:
                continue
            for turn in self.turns.values():
                if turn.task is task and turn.state == "live":
                    self.end(turn, "expired")
            task.round += 1
            task.held = task.counted = 0
            task.version = version if task.kind == "gold" else None
