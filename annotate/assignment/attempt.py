"""One try at a claim: who claims, what was given out so far."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from annotate.assignment.offers import Offer


class Member(NamedTuple):
    """The claiming member's locked row, with what the claim needs of the project."""

    project: int
    key: bytes
    state: str
    version: int
    lease_minutes: int
    supplied_at: datetime
    gold_rate: float
    repeat_rate: float
    repeat_distance: int
    pk: int
    cursors: list[int]
    exhausted_at: datetime | None
    supply_seen_at: datetime | None
    is_unblinded: bool
    now: datetime

    @property
    def is_exhausted(self) -> bool:
        """Whether a full sweep found nothing and nothing was supplied since."""
        return self.exhausted_at is not None and self.exhausted_at >= self.supplied_at

    @property
    def until(self) -> datetime:
        """When a lease that begins now ends."""
        return self.now + timedelta(minutes=self.lease_minutes)


@dataclass
class Attempt:
    """One transaction's worth of a claim."""

    member: Member
    user_id: int
    count: int
    chance: Random
    patient: bool
    offers: list[Offer] = field(default_factory=list)
    is_exhausted: bool = False
    is_busy: bool = False

    @property
    def missing(self) -> int:
        """How many more are wanted."""
        return self.count - len(self.offers)
