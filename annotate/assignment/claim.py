"""Claiming: what is mine already, then what is missing, in one short transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random, SystemRandom
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import transaction

from annotate.assignment import policy, statements
from annotate.assignment.expiry import expire_overdue
from annotate.assignment.offers import Content, Offer
from annotate.errors import ConflictError, ForbiddenError, MissingError
from annotate.people.models import fresh_cursors
from annotate.prepared import big, bigs, fetch_all, fetch_one
from annotate.tasks.models import Priority

MOST_LIVE = 8
"""How many live assignments one annotator can have in a project."""

BUSY_SECONDS = 1
LONGEST_WAIT = 30

CHANCE = Random()  # noqa: S311 - which task and purpose come next is no secret
SECURE = SystemRandom()
CLASSES = bigs(Priority)


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


@dataclass(frozen=True)
class Claim:
    """What was given out, and after how many seconds more can be asked for (None: done)."""

    assignments: list[Offer]
    retry_after: int | None
    project_key: bytes

    def as_json(self) -> dict[str, Any]:
        """The claim as the API answers it."""
        offers = [offer.as_json(self.project_key) for offer in self.assignments]
        return {"assignments": offers, "retry_after": self.retry_after}


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


class Drawn(NamedTuple):
    """A task about to be given out."""

    task: int
    content: Content
    purpose: str
    round: int
    version: int


def claim_assignments(
    *, slug: str, user_id: int, count: int, now: datetime | None = None, chance: Random = CHANCE
) -> Claim:
    """My live assignments, oldest first, topped up to `count`; safe to repeat.

    A claim that finds too little frees overdue leases itself and looks once more, from the
    front of the queue and waiting for busy tasks, before it says that nothing is left.
    """
    attempt = _attempt(slug, user_id, count, now, chance, patient=False)
    if attempt.missing:
        freed = expire_overdue(project_id=attempt.member.project, now=now)
        if freed or not attempt.is_exhausted:
            attempt = _attempt(slug, user_id, count, now, chance, patient=True)
    return Claim(attempt.offers, _retry_after(attempt), attempt.member.key)


@transaction.atomic
def _attempt(  # noqa: PLR0913, PLR0917 - one call, told apart by `patient` alone
    slug: str, user_id: int, count: int, now: datetime | None, chance: Random, *, patient: bool
) -> Attempt:
    row = fetch_one(statements.LOCK, {"slug": slug, "user": big(user_id), "now": now})
    if row is None:
        raise MissingError
    member = Member(*row)
    _check_may_claim(member)
    attempt = Attempt(member, user_id, count, chance, patient)
    revived = _give_mine(attempt)
    if attempt.missing:
        attempt.is_exhausted = member.is_exhausted
        if not attempt.is_exhausted:
            _give_new(attempt, wait=patient and not revived)
    if attempt.missing and (patient or attempt.is_exhausted):
        _give_released(attempt)
    return attempt


def _check_may_claim(member: Member) -> None:
    if member.state != "active":
        raise ConflictError(f"The project is {member.state}.", code=f"project_{member.state}")
    if member.is_unblinded:
        raise ForbiddenError("You have seen which system made what here.", code="unblinded")


def _offer(row: Sequence[Any]) -> Offer:
    """An offer from the columns after id and state of `statements.MINE`."""
    revision, answers = row[14], row[15]
    draft = None if revision is None else {"revision": revision, "answers": json.loads(answers)}
    return Offer(row[0], row[1], row[2], row[3], Content.of_row(row[4:14]), draft)


def _again(offer: Offer, until: datetime) -> Offer:
    return Offer(
        offer.uuid, until, offer.version_id, offer.presentation, offer.content, offer.draft
    )


def _give_mine(attempt: Attempt) -> bool:
    """Offer what is live, then what had expired; whether tasks were locked for it."""
    member = attempt.member
    rows = fetch_all(
        statements.MINE, {"user": big(attempt.user_id), "project": big(member.project)}
    )[: attempt.count]
    lapsed = [row[0] for row in rows if row[1] != "live" or row[3] <= member.now]
    revived = _revive(attempt, statements.REVIVE, lapsed) if lapsed else set()
    for pk, _, *rest in rows:
        if pk in revived:
            attempt.offers.append(_again(_offer(rest), member.until))
        elif pk not in lapsed:
            attempt.offers.append(_offer(rest))
    return bool(lapsed)


def _revive(attempt: Attempt, statement: Any, ids: Sequence[int]) -> set[int]:
    member = attempt.member
    given = {"ids": bigs(ids), "now": member.now, "until": member.until}
    return {pk for (pk,) in fetch_all(statement, given)}


def _give_released(attempt: Attempt) -> None:
    """Offer again what I gave back: nothing else is left."""
    member = attempt.member
    asked = {"user": big(attempt.user_id), "project": big(member.project)}
    rows = fetch_all(statements.RELEASED, asked)
    if not rows:
        return
    chosen = rows[: attempt.missing]
    revived = _revive(attempt, statements.REVIVE_IDLE, [row[0] for row in chosen])
    offers = [_again(_offer(rest), member.until) for pk, _, *rest in chosen if pk in revived]
    attempt.offers += offers
    attempt.is_busy = len(revived) < len(chosen)


def _give_new(attempt: Attempt, *, wait: bool) -> None:
    """Draw, lock and take tasks that I have not had."""
    member = attempt.member
    special = _draw_special(attempt)
    wanted = attempt.missing - len(special)
    cursors = _starting_cursors(attempt)
    rows = _pick(attempt, wanted, cursors, wait=wait) if wanted else []
    size = rows[0][2] if rows else None
    picked = [
        Drawn(row[3], Content.of_row(row[4:14]), "production", 1, member.version)
        for row in rows
        if row[3] is not None
    ]
    if rows:
        cursors = _moved(member.cursors if attempt.patient else cursors, rows[0])
    if len(picked) < wanted:
        attempt.is_exhausted = wait and size is not None and size <= wanted
        attempt.is_busy = not attempt.is_exhausted
    drawn = picked + special
    if special:
        drawn = policy.shuffled(attempt.chance, drawn)
    _take(attempt, drawn, cursors)


def _starting_cursors(attempt: Attempt) -> list[int]:
    """Where to look from: urgent and high classes from the front after each new supply."""
    member = attempt.member
    if attempt.patient:
        return fresh_cursors()
    if member.supply_seen_at is None or member.supply_seen_at < member.supplied_at:
        return [member.cursors[Priority.NORMAL], *fresh_cursors()[1:]]
    return member.cursors


def _moved(cursors: Sequence[int], row: Sequence[Any]) -> list[int]:
    """The cursors, each just before the first untaken task of its window."""
    moved = list(cursors)
    for priority, passed in zip(row[0] or [], row[1] or [], strict=True):
        moved[priority] = passed
    return moved


def _pick(
    attempt: Attempt, wanted: int, cursors: Sequence[int], *, wait: bool
) -> list[tuple[Any, ...]]:
    return fetch_all(
        statements.PICK_PATIENTLY if wait else statements.PICK,
        {
            "project": big(attempt.member.project),
            "user": big(attempt.user_id),
            "classes": CLASSES,
            "cursors": bigs(cursors),
            "draw": bigs(policy.draw(attempt.chance)),
            "count": big(wanted),
        },
    )


def _draw_special(attempt: Attempt) -> list[Drawn]:
    """Gold tasks and repeats in place of production ones, at the project's rates."""
    member = attempt.member
    if not (member.gold_rate or member.repeat_rate):
        return []
    gold, repeat = policy.draw_purposes(
        attempt.chance,
        attempt.missing,
        gold_rate=member.gold_rate,
        repeat_rate=member.repeat_rate,
    )
    asked = {
        "project": big(member.project),
        "user": big(attempt.user_id),
        "distance": big(member.repeat_distance),
    }
    return [
        Drawn(row[0], Content.of_row(row[3:13]), purpose, row[2], row[1])
        for purpose, number, statement in (
            ("gold", gold, statements.PICK_GOLD),
            ("repeat", repeat, statements.PICK_REPEATS),
        )
        if number
        for row in policy.shuffled(attempt.chance, fetch_all(statement, asked))[:number]
    ]


def _take(attempt: Attempt, drawn: Sequence[Drawn], cursors: Sequence[int]) -> None:
    """Store the assignments, the slots they hold and how far the member has got."""
    member = attempt.member
    uuids = [uuid4() for _ in drawn]
    orders = [policy.shuffled(SECURE, list(each.content.candidates)) for each in drawn]
    rows = fetch_all(
        statements.TAKE,
        {
            "tasks": bigs(each.task for each in drawn),
            "uuids": uuids,
            "orders": [bigs(order) for order in orders],
            "purposes": [each.purpose for each in drawn],
            "rounds": bigs(each.round for each in drawn),
            "versions": bigs(each.version for each in drawn),
            "version": big(member.version),
            "cursors": bigs(cursors),
            "exhausted": member.supplied_at if attempt.is_exhausted else member.exhausted_at,
            "seen": member.supplied_at,
            "member": big(member.pk),
            "project": big(member.project),
            "user": big(attempt.user_id),
            "now": member.now,
            "until": member.until,
        },
    )
    versions = dict(rows)
    attempt.offers += [
        Offer(uuid, member.until, versions[uuid], order, each.content)
        for uuid, order, each in zip(uuids, orders, drawn, strict=True)
    ]


def _retry_after(attempt: Attempt) -> int | None:
    """Seconds after which something may have come free; None where everything is done."""
    if not attempt.missing:
        return None
    if attempt.is_busy:
        return BUSY_SECONDS
    asked = {"project": big(attempt.member.project), "user": big(attempt.user_id)}
    row = fetch_one(statements.WAITS, asked)
    if row is None or row[0] is None:
        return None
    seconds = (row[0] - attempt.member.now).total_seconds()
    return max(BUSY_SECONDS, min(LONGEST_WAIT, int(seconds) + 1))
