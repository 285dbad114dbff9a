"""Claiming: what is mine already, then what is missing, in one short transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any, LiteralString

from django.db import transaction

from annotate.assignment import statements
from annotate.assignment.attempt import Attempt, Member
from annotate.assignment.drawing import give_new
from annotate.assignment.expiry import expire_overdue
from annotate.assignment.offers import Content, Offer
from annotate.errors import ConflictError, ForbiddenError, MissingError
from annotate.prepared import big, bigs, fetch_all, fetch_one

MOST_LIVE = 8
"""How many live assignments one annotator can have in a project."""

BUSY_SECONDS = 1
LONGEST_WAIT = 30

CHANCE = Random()  # noqa: S311 - which task and purpose come next is no secret


@dataclass(frozen=True)
class Claim:
    """What was given out, after how many seconds more can be asked for (None: done), and why."""

    assignments: list[Offer]
    retry_after: int | None
    with_others: int
    project_key: bytes

    def as_json(self) -> dict[str, Any]:
        """The claim as the API answers it."""
        offers = [offer.as_json(self.project_key) for offer in self.assignments]
        return {
            "assignments": offers,
            "retry_after": self.retry_after,
            "with_others": self.with_others,
        }


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
    if attempt.missing and attempt.is_busy:
        attempt = _attempt(slug, user_id, count, now, chance, patient=True)
    return Claim(attempt.offers, *_waits(attempt), attempt.member.key)


@transaction.atomic
def _attempt(
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
            give_new(attempt, wait=patient and not revived)
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
    revision, answers = row[17], row[18]
    draft = None if revision is None else {"revision": revision, "answers": json.loads(answers)}
    return Offer(row[0], row[1], row[2], row[3], Content.of_row(row[4:17]), draft)


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
            attempt.offers.append(replace(_offer(rest), lease_expires_at=member.until))
        elif pk not in lapsed:
            attempt.offers.append(_offer(rest))
    return bool(lapsed)


def _revive(attempt: Attempt, statement: LiteralString, ids: Sequence[int]) -> set[int]:
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
    offers = [
        replace(_offer(rest), lease_expires_at=member.until)
        for pk, _, *rest in chosen
        if pk in revived
    ]
    attempt.offers += offers
    attempt.is_busy |= len(revived) < len(chosen)


def _waits(attempt: Attempt) -> tuple[int | None, int]:
    """After how many seconds something may be free (None: done); how many tasks are with others."""
    if not attempt.missing:
        return None, 0
    asked = {"project": big(attempt.member.project), "user": big(attempt.user_id)}
    row = fetch_one(statements.WAITS, asked)
    until, with_others = row or (None, 0)
    if attempt.is_busy:
        return BUSY_SECONDS, with_others
    if until is None:
        return None, 0
    seconds = (until - attempt.member.now).total_seconds()
    return max(BUSY_SECONDS, min(LONGEST_WAIT, int(seconds) + 1)), with_others
