"""Takes the rows of a manifest into a project, a batch at a time."""

import itertools
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from annotate.tasks.decoding import Facts
from annotate.tasks.faults import RowFault
from annotate.tasks.intake import Intake
from annotate.tasks.manifest import BadRow
from annotate.tasks.models import Image, Project, Task
from annotate.tasks.report import Rejects, Report
from annotate.tasks.rows import TaskRow
from annotate.tasks.services import lock_pool
from annotate.tasks.supply import Ready, insert_images, insert_tasks

BATCH = 100
BATCH_BYTES = 256_000_000
"""A batch ends after so many rows, or when its copies take so much of the disk."""


class Seen:
    """The ids met so far, on the disk, so that memory does not grow with the manifest."""

    def __init__(self, path: Path) -> None:
        self.table = sqlite3.connect(path, isolation_level=None)
        self.table.execute("PRAGMA journal_mode = OFF")
        self.table.execute("PRAGMA synchronous = OFF")
        self.table.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")

    def check(self, row: TaskRow) -> None:
        """Refuse an id that an earlier row had."""
        values = (row.external_id, row.number)
        if self.table.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", values).rowcount:
            return
        find = "SELECT number FROM seen WHERE id = ?"
        (number,) = self.table.execute(find, values[:1]).fetchone()
        raise RowFault("duplicate_id", f"row {number} has this id", "id")


class Importer:
    """Takes batches of rows into one project and counts what became of them."""

    def __init__(
        self, *, project: Project, intake: Intake, rejects: Rejects, dry_run: bool, batch: int
    ) -> None:
        self.project = project
        self.intake = intake
        self.rejects = rejects
        self.dry_run = dry_run
        self.batch = batch
        self.report = Report()

    def take_batch(self, rows: Iterator[TaskRow | BadRow], seen: Seen) -> bool:
        """Import the next rows; returns whether there were any."""
        before = self.report.rows
        try:
            with self._timed("taking_in"):
                fresh = self._new(self._read(rows, seen))
                fresh, facts = self._checked(fresh)
            if not self.dry_run:
                with self._timed("levels"):
                    fresh, levels = self._with_levels(fresh, facts)
                with self._timed("taking_in"):
                    fresh = self._insert(fresh, facts, levels)
            self.report.added += len(fresh)
        finally:
            self.intake.drop()
        return self.report.rows > before

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.report.seconds[name] += time.perf_counter() - started

    def _read(self, rows: Iterator[TaskRow | BadRow], seen: Seen) -> list[Ready]:
        """The next rows whose files could be read, with their hashes."""
        ready = []
        for row in itertools.islice(rows, self.batch):
            self.report.rows += 1
            if isinstance(row, BadRow):
                self._reject(row)
                continue
            try:
                seen.check(row)
                hashes = self._take(row)
            except RowFault as fault:
                self._reject(BadRow(row.number, row.external_id, fault))
                continue
            ready.append(Ready(row, hashes, row.digest(hashes)))
            if self.intake.bytes() > BATCH_BYTES:
                break
        return ready

    def _take(self, row: TaskRow) -> dict[str, str]:
        hashes = {}
        for field, name in row.images().items():
            try:
                hashes[field] = self.intake.take(name)
            except RowFault as fault:
                raise fault.at(field) from fault
        return hashes

    def _new(self, batch: list[Ready]) -> list[Ready]:
        """Those that the project does not hold; of the others a changed one is a conflict."""
        ids = [ready.row.external_id for ready in batch]
        tasks = Task.objects.filter(project=self.project, external_id__in=ids)
        held = dict(tasks.values_list("external_id", "content_digest"))
        for ready in batch:
            digest = held.get(ready.row.external_id)
            if digest == ready.digest:
                self.report.unchanged += 1
            elif digest is not None:
                fault = RowFault("conflict", "the project holds this id with another content")
                self._reject(BadRow(ready.row.number, ready.row.external_id, fault))
        return [ready for ready in batch if ready.row.external_id not in held]

    def _checked(self, batch: list[Ready]) -> tuple[list[Ready], dict[str, Facts]]:
        """Those whose images are all acceptable, and the facts of the images not yet held."""
        outcomes = self.intake.check(_new_images(batch))
        kept = self._without_faults(batch, outcomes)
        needed = {sha256 for ready in kept for sha256 in ready.hashes.values()}
        facts = {
            key: fact for key, fact in outcomes.items() if key in needed and isinstance(fact, Facts)
        }
        self.report.images += len(facts)
        self.report.pixels += sum(fact.width * fact.height for fact in facts.values())
        return kept, facts

    def _with_levels(
        self, batch: list[Ready], facts: dict[str, Facts]
    ) -> tuple[list[Ready], dict[str, list[int]]]:
        """Those all of whose display levels exist now, and which each new image has."""
        outcomes = self.intake.make_levels(facts)
        kept = self._without_faults(batch, outcomes)
        return kept, {key: made for key, made in outcomes.items() if isinstance(made, list)}

    def _without_faults(self, batch: list[Ready], outcomes: Mapping[str, object]) -> list[Ready]:
        kept = []
        for ready in batch:
            for field, sha256 in ready.hashes.items():
                fault = outcomes.get(sha256)
                if isinstance(fault, RowFault):
                    bad = BadRow(ready.row.number, ready.row.external_id, fault.at(field))
                    self._reject(bad)
                    break
            else:
                kept.append(ready)
        return kept

    def _insert(
        self, batch: list[Ready], facts: dict[str, Facts], levels: dict[str, list[int]]
    ) -> list[Ready]:
        """Store the originals and the rows; returns those that no other import has added."""
        images = self.intake.store({key: facts[key] for key in levels}, levels)
        with transaction.atomic():
            lock_pool(project_id=self.project.pk)
            fresh = self._new(batch)
            insert_images(images=images)
            insert_tasks(project_id=self.project.pk, batch=fresh)
        return fresh

    def _reject(self, row: BadRow) -> None:
        self.report.rejected[row.fault.reason] += 1
        self.rejects.write(row)


def _new_images(batch: list[Ready]) -> list[str]:
    """The hashes that no stored image has, in order."""
    hashes = {sha256 for ready in batch for sha256 in ready.hashes.values()}
    held = Image.objects.filter(sha256__in=hashes).values_list("sha256", flat=True)
    return sorted(hashes.difference(held))
