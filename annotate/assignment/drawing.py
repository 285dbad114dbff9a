"""Drawing tasks that the member has not had, and taking them."""

from collections.abc import Sequence
from random import SystemRandom
from typing import Any, NamedTuple
from uuid import uuid4

from annotate.assignment import policy, statements
from annotate.assignment.attempt import Attempt
from annotate.assignment.offers import Content, Offer
from annotate.people.models import fresh_cursors
from annotate.prepared import big, bigs, fetch_all
from annotate.tasks.models import Priority

SECURE = SystemRandom()
CLASSES = bigs(Priority)


class Drawn(NamedTuple):
    """A task about to be given out."""

    task: int
    content: Content
    purpose: str
    round: int
    version: int


def give_new(attempt: Attempt, *, wait: bool) -> None:
    """Draw, lock and take tasks that I have not had."""
    member = attempt.member
    special = _draw_special(attempt)
    wanted = attempt.missing - len(special)
    cursors = _starting_cursors(attempt)
    rows = _pick(attempt, wanted, cursors, wait=wait) if wanted else []
    size = rows[0][2] if rows else None
    picked = [
        Drawn(row[3], Content.of_row(row[4:17]), "production", 1, member.version)
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
        Drawn(row[0], Content.of_row(row[3:16]), purpose, row[2], row[1])
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
