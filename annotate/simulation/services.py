"""Lets planted annotators judge a project through the services that people's work goes through."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Least

from annotate.assignment.claim import claim_assignments
from annotate.assignment.drafts import save_draft
from annotate.assignment.models import Assignment
from annotate.assignment.offers import Offer
from annotate.errors import ConflictError
from annotate.judgments.models import Judgment
from annotate.judgments.services import submit_judgment
from annotate.simulation.accounts import LOCK, Planted, check_project, prepare_accounts
from annotate.simulation.answers import Response, Shown
from annotate.simulation.model import plant_annotator
from annotate.simulation.truth import Place, Truth, Truths, read_truth
from annotate.tasks.models import Candidate, Project, Task
from protocol.errors import Refused
from protocol.selectors import parsed

MOST_ANNOTATORS = 500
LARGEST_SEED = 2**63 - 1

Progress = Callable[[int, int], object]
"""Hears how many judgments are made and about how many it will be."""


@dataclass
class Report:
    """What a simulation did, and what it planted."""

    project: str
    seed: int
    truth_lines: int
    annotators: list[Planted]
    judgments: dict[int, int] = field(default_factory=dict)
    drafts: int = 0
    blank: int = 0
    open_tasks: int = 0

    @property
    def total(self) -> int:
        """The judgments that this run added."""
        return sum(self.judgments.values())

    def as_json(self) -> dict[str, Any]:
        """The report for programs; the planted parameters are there to be compared with."""
        return {
            "project": self.project,
            "seed": self.seed,
            "simulated": True,
            "truth_lines": self.truth_lines,
            "judgments": self.total,
            "drafts": self.drafts,
            "cannot_judge_task": self.blank,
            "open_tasks": self.open_tasks,
            "annotators": [
                {
                    "username": planted.user.username,
                    **planted.annotator.as_json(),
                    "judgments": self.judgments.get(planted.user.pk, 0),
                }
                for planted in self.annotators
            ],
        }


def simulate(
    *,
    project: Project,
    annotators: int,
    seed: int,
    truth: Path | None = None,
    leave_open: int = 0,
    progress: Progress = lambda *_: None,
) -> Report:
    """Let planted annotators judge until nothing is left to claim but `leave_open` tasks.

    The same seed goes on with the same accounts, and gives a candidate the same level at the
    same place; refused input changes nothing.
    """
    _check_numbers(annotators, seed, leave_open)
    check_project(project)
    versions = _versions(project)
    dimensions = sorted({each.key for pk in versions for each in parsed(pk).dimensions})
    truths = Truths(seed, _read(project, truth, set(dimensions)) if truth else {})
    planted = [
        plant_annotator(seed=seed, number=number, dimensions=dimensions)
        for number in range(1, annotators + 1)
    ]
    members = prepare_accounts(project=project, annotators=planted)
    report = Report(project.slug, seed, len(truths.lines), members)
    _Simulation(project, truths, leave_open, progress, report).run()
    return report


@dataclass
class _Simulation:
    """One run over a project."""

    project: Project
    truths: Truths
    leave_open: int
    progress: Progress
    report: Report
    expected: int = 0

    def run(self) -> None:
        """Give each annotator a turn, round after round, until a round brings nothing."""
        self.expected = self._expected()
        while sum(self._turn(planted) for planted in self.report.annotators):
            continue
        self.report.open_tasks = _claimable(self.project).count()
        self.progress(self.report.total, self.report.total)

    def _turn(self, planted: Planted) -> int:
        """Judge what the annotator's next claim gives; how many tasks those were."""
        offers = self._claim(planted)
        for offer in offers:
            self._work(planted, offer)
        return len(offers)

    def _claim(self, planted: Planted) -> list[Offer]:
        """What the annotator holds already, else one more task if one may be taken."""
        with self._pool():
            mine = Assignment.objects.filter(
                project=self.project, annotator=planted.user, state=Assignment.State.LIVE
            ).count()
            count = mine or int(self._may_take_one())
            if not count:
                return []
            claim = claim_assignments(slug=self.project.slug, user_id=planted.user.pk, count=count)
        return claim.assignments

    @contextmanager
    def _pool(self) -> Iterator[None]:
        """One simulation at a time looks how much is left, takes of it, or gives what it took.

        A session's lock, not a transaction's: a claim must hold no other task's lock.
        """
        if not self.leave_open:
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, self.project.pk])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, self.project.pk])

    def _may_take_one(self) -> bool:
        """Whether enough tasks stay open when one more slot is taken."""
        if not self.leave_open:
            return True
        left = _claimable(self.project)[: self.leave_open + 1].count()
        return left > self.leave_open

    def _work(self, planted: Planted, offer: Offer) -> None:
        """Judge one task; another run that holds the same may have been faster."""
        response = self._response(planted, offer)
        if response.draft:
            self.report.drafts += _save_draft(planted, offer, response.draft)
        submission = _submission_id(planted, offer)
        # Else another run's claim, which counts what the account holds, would take one too many.
        with self._pool():
            receipt = submit_judgment(
                assignment=offer.uuid,
                user_id=planted.user.pk,
                payload={"submission_id": str(submission), **response.payload},
                origin=Judgment.Origin.SIMULATED,
            )
        if receipt.created:
            done = self.report.judgments
            done[planted.user.pk] = done.get(planted.user.pk, 0) + 1
            self.report.blank += not response.payload["ratings"]
        self.progress(self.report.total, max(self.expected, self.report.total))

    def _response(self, planted: Planted, offer: Offer) -> Response:
        """What the annotator thinks of the task; the planted truth knows it by its names."""
        row = Assignment.objects.select_related("task").get(uuid=offer.uuid)
        named = {
            pk: (system, seed)
            for pk, system, seed in Candidate.objects.filter(task=row.task).values_list(
                "pk", "system", "seed"
            )
        }
        return Response(
            annotator=planted.annotator,
            document=parsed(offer.version_id),
            truths=self.truths,
            shown=Shown(row.task.external_id, row.round, [named[pk] for pk in offer.presentation]),
            tie_break=self.project.tie_break,
        )

    def _expected(self) -> int:
        """About how many judgments there will be: the open slots of tasks not left open."""
        found = _claimable(self.project).aggregate(
            slots=Sum(Least("open_slots", len(self.report.annotators))), tasks=Count("pk")
        )
        if not found["tasks"]:
            return 0
        kept = max(found["tasks"] - self.leave_open, 0)
        slots: int = found["slots"] * kept // found["tasks"]
        return slots


def _claimable(project: Project) -> QuerySet[Task]:
    return Task.objects.filter(project=project, claimable=True)


def _check_numbers(annotators: int, seed: int, leave_open: int) -> None:
    for name, value, least, most in (
        ("annotators", annotators, 1, MOST_ANNOTATORS),
        ("seed", seed, 0, LARGEST_SEED),
        ("leave_open", leave_open, 0, LARGEST_SEED),
    ):
        if not least <= value <= most:
            raise Refused(f"{name} is {value}; accepted is {least} to {most}")


def _versions(project: Project) -> set[int]:
    """The protocol version in force and those that tasks have been started under."""
    pinned = Task.objects.filter(project=project, protocol_version__isnull=False)
    return {project.protocol_version_id, *pinned.values_list("protocol_version", flat=True)}


def _read(project: Project, path: Path, known: set[str]) -> dict[Place, Truth]:
    rows = Candidate.objects.filter(task__project=project)
    with path.open("rb") as file:
        return read_truth(
            file,
            candidates=rows.values_list("task__external_id", "system", "seed").iterator(),
            known=known,
        )


def _save_draft(planted: Planted, offer: Offer, answers: dict[str, Any]) -> bool:
    """Save a first draft; whether it was the first (a resumed run finds its own)."""
    if offer.draft:
        return False
    try:
        save_draft(assignment=offer.uuid, user_id=planted.user.pk, revision=1, answers=answers)
    except ConflictError as conflict:
        if conflict.code != "assignment_submitted":
            raise
        return False
    return True


def _submission_id(planted: Planted, offer: Offer) -> UUID:
    """The same for the same assignment: two runs that hold it submit one judgment."""
    key = f"simulated {planted.annotator.seed} {offer.uuid}"
    return UUID(bytes=hashlib.sha256(key.encode()).digest()[:16], version=4)
