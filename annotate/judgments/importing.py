"""Judgments made elsewhere: stored under pseudonyms, marked as imported, never twice."""

import hmac
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotate.assignment.models import Assignment
from annotate.judgments.models import Judgment, Rating
from annotate.judgments.rows import JudgmentRow, read_judgment
from annotate.judgments.selectors import rules_for
from annotate.judgments.storing import payload_digest
from annotate.people.models import User
from annotate.tasks.faults import RowFault
from annotate.tasks.manifest import BadRow, json_lines
from annotate.tasks.models import Project, Task
from annotate.tasks.services import lock_pool

BATCH = 200
Cells = dict[tuple[int, str], Decimal]
"""Levels by candidate and dimension."""


@dataclass
class ImportReport:
    """What an import of judgments did."""

    rows: int = 0
    added: int = 0
    unchanged: int = 0
    annotators: int = 0
    rejected: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "rows": self.rows,
            "added": self.added,
            "unchanged": self.unchanged,
            "annotators": self.annotators,
            "rejected": self.rejected.total(),
            "reasons": dict(sorted(self.rejected.items())),
        }


def import_judgments(
    *,
    project: Project,
    path: Path,
    reject: Callable[[BadRow], None],
    consume: bool = False,
    on_batch: Callable[[ImportReport], object] = lambda _: None,
) -> ImportReport:
    """Import a judgments file (JSONL); good rows go in whatever the others are.

    With `consume` each judgment takes a slot of its task where one is left.
    """
    report = ImportReport()
    for batch in _batches(path):
        report.rows += len(batch)
        good = [row for row in batch if isinstance(row, JudgmentRow)]
        bad = [row for row in batch if isinstance(row, BadRow)]
        bad += import_judgment_rows(project=project, rows=good, report=report, consume=consume)
        for row in sorted(bad, key=lambda each: each.number):
            report.rejected[row.fault.reason] += 1
            reject(row)
        on_batch(report)
    return report


def _batches(path: Path) -> Iterator[list[JudgmentRow | BadRow]]:
    batch: list[JudgmentRow | BadRow] = []
    for number, fields in json_lines(path):
        try:
            batch.append(read_judgment(number, fields()))
        except RowFault as fault:
            batch.append(BadRow(number, None, fault))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@transaction.atomic
def import_judgment_rows(
    *, project: Project, rows: Sequence[JudgmentRow], report: ImportReport, consume: bool = False
) -> list[BadRow]:
    """Store rows in one transaction; those that do not fit the project's tasks come back."""
    lock_pool(project_id=project.pk)
    tasks = _tasks_of(project, rows)
    accounts = _accounts_of(project, rows, report)
    stored = _stored(accounts, tasks)
    bad = []
    for row in rows:
        try:
            task = _task_of(row, tasks)
            cells = _cells_of(row, task, project)
        except RowFault as fault:
            bad.append(BadRow(row.number, row.task[:200], fault))
            continue
        account = accounts[row.annotator]
        key, digest = (task.pk, account.pk), payload_digest(row.said)
        if key not in stored:
            assignment = _finished(task, account, project)
            _store(row, assignment, cells, counted=consume and _take_slot(task))
            stored[key] = digest
            report.added += 1
        elif stored[key] == digest:
            report.unchanged += 1
        else:
            other = RowFault("conflict", "this annotator's judgment of this task is another one")
            bad.append(BadRow(row.number, row.task[:200], other))
    return bad


def _tasks_of(project: Project, rows: Sequence[JudgmentRow]) -> dict[str, Task]:
    """The rows' tasks by their external id, locked in the order of ids."""
    names = {row.task for row in rows}
    found = (
        Task.objects.filter(project=project, external_id__in=names)
        .order_by("pk")
        .select_for_update(no_key=True)
        .prefetch_related("candidates")
    )
    return {task.external_id: task for task in found}


def pseudonym(project: Project, annotator: str) -> str:
    """The account's name of an annotator elsewhere: it does not tell who that is."""
    drawn = hmac.digest(bytes(project.key), f"imported:{annotator}".encode(), "sha256")
    return f"imported-{drawn.hex()[:16]}"


def _accounts_of(
    project: Project, rows: Sequence[JudgmentRow], report: ImportReport
) -> dict[str, User]:
    """An account without login for each annotator."""
    accounts = {}
    for annotator in dict.fromkeys(row.annotator for row in rows):
        name = pseudonym(project, annotator)
        account = User.objects.filter(username=name).first()
        if account is None:
            account = User(username=name, kind=User.Kind.IMPORTED, is_active=False)
            account.set_unusable_password()
            account.save(force_insert=True)
            report.annotators += 1
        accounts[annotator] = account
    return accounts


def _stored(accounts: dict[str, User], tasks: dict[str, Task]) -> dict[tuple[int, int], bytes]:
    """The digests of what was imported before, by task and account."""
    found = Judgment.objects.filter(
        assignment__task__in=[task.pk for task in tasks.values()],
        assignment__annotator__in=[account.pk for account in accounts.values()],
        assignment__purpose=Assignment.Purpose.IMPORTED,
    )
    rows = found.values_list("assignment__task", "assignment__annotator", "payload_digest")
    return {(task, account): bytes(digest) for task, account, digest in rows}


def _task_of(row: JudgmentRow, tasks: dict[str, Task]) -> Task:
    if row.task not in tasks:
        raise RowFault("unknown_task", f"the project has no task {row.task[:80]!r}", "task")
    return tasks[row.task]


def _cells_of(row: JudgmentRow, task: Task, project: Project) -> Cells:
    """The row's levels by candidate; each must be known and given once."""
    levels = rules_for(task.protocol_version_id or project.protocol_version_id).levels
    cells: Cells = {}
    for index, rating in enumerate(row.ratings):
        field_name = f"ratings[{index}]"
        candidate = _candidate_of(task, rating.system, rating.seed, field_name)
        known = levels.get(rating.dimension)
        if known is None:
            accepted = ", ".join(levels)
            raise RowFault("unknown_dimension", f"accepted: {accepted}", field_name)
        if rating.value not in known:
            accepted = ", ".join(f"{level:g}" for level in known)
            raise RowFault("not_a_level", f"accepted: {accepted}", field_name)
        if (candidate, rating.dimension) in cells:
            raise RowFault("duplicate_rating", "rated twice on this dimension", field_name)
        cells[candidate, rating.dimension] = known[rating.value]
    return cells


def _candidate_of(task: Task, system: str, seed: int | None, field_name: str) -> int:
    """The candidate of a system; the seed may be left out where the system has one candidate."""
    of_system = [each for each in task.candidates.all() if each.system == system]
    exact = [each.pk for each in of_system if each.seed == seed]
    if exact:
        return exact[0]
    if seed is None and len(of_system) == 1:
        return of_system[0].pk
    reason = "ambiguous_candidate" if of_system and seed is None else "unknown_candidate"
    raise RowFault(
        reason, f"the task has {len(of_system)} candidates of {system[:80]!r}", field_name
    )


def _take_slot(task: Task) -> bool:
    """Whether a slot of the locked task was left and is taken now."""
    if task.wanted <= task.held + task.counted:
        return False
    Task.objects.filter(pk=task.pk).update(counted=F("counted") + 1)
    task.counted += 1
    return True


def _finished(task: Task, account: User, project: Project) -> Assignment:
    """The assignment of work that was never given out here: no lease, no order."""
    now = timezone.now()
    row = Assignment(
        project=project,
        task=task,
        annotator=account,
        protocol_version_id=task.protocol_version_id or project.protocol_version_id,
        purpose=Assignment.Purpose.IMPORTED,
        state=Assignment.State.SUBMITTED,
        live_since=now,
        lease_expires_at=now,
        ended_at=now,
        presentation=[],
    )
    row.save(force_insert=True)
    return row


def _store(row: JudgmentRow, assignment: Assignment, cells: Cells, *, counted: bool) -> None:
    judgment = Judgment(
        assignment=assignment,
        submission_id=uuid4(),
        payload_digest=payload_digest(row.said),
        revision=1,
        submitted_at=row.submitted_at,
        origin=Judgment.Origin.IMPORT,
        counted=counted,
        comment=row.comment,
    )
    judgment.save(force_insert=True)
    Rating.objects.bulk_create(
        Rating(judgment=judgment, candidate_id=candidate, dimension=dimension, value=value)
        for (candidate, dimension), value in cells.items()
    )
