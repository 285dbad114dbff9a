"""The one reader of the database: a project's judgments as they stood at one moment.

It reads page by page in the order of the tasks' external ids: memory stays flat, and no
transaction is open while files are written.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, F, Q
from django.db.models.functions import Cast

from annotate.judgments.models import Comparison
from annotate.judgments.selection import (
    Selection,
    counting_judgments,
    is_simulated,
    removed_by_rule,
)
from annotate.tasks.models import Candidate, Project, Task
from annotate.tasks.near_duplicates import Fingerprint, Pictures
from modelbridge.dataset.assemble import (
    ComparisonRow,
    JudgmentRow,
    Pseudonyms,
    TaskRow,
    task_facts,
)
from modelbridge.dataset.facts import (
    SCALE,
    CandidateFacts,
    DimensionFacts,
    ProtocolFacts,
    Source,
    TaskFacts,
)
from modelbridge.dataset.options import Options
from modelbridge.dataset.splits import BRIDGES, Placement, place, read_shares
from modelbridge.selection import withdrawn
from protocol.models import ProtocolVersion
from protocol.selectors import parsed

PAGE = 1_000
"""Tasks read at once."""
ROWS = 5_000
"""Rows of pictures fetched at once."""


def read_project(project: Project, as_of: datetime, options: Options) -> Source:
    """The project's facts at a settled moment; the tasks are read as they are taken."""
    tasks = Task.objects.filter(project=project)
    placements = _placements(project, options)
    selection = selection_of(project, as_of, options)
    removed = removed_by_rule(selection)
    return Source(
        project=project.slug,
        key=bytes(project.key),
        as_of=as_of,
        total=tasks.count(),
        tasks=_Reader(selection, placements).tasks(),
        drops={
            "judgments": {reason: counts["judgments"] for reason, counts in removed.items()},
            "ratings": {reason: counts["ratings"] for reason, counts in removed.items()},
            "tasks": {
                "withdrawn": tasks.filter(withdrawn(as_of)).count(),
                BRIDGES: tasks.filter(
                    ~withdrawn(as_of),
                    pk__in=[key for key, placed in placements.items() if placed.split is None],
                ).count(),
            },
        },
    )


def selection_of(project: Project, as_of: datetime, options: Options) -> Selection:
    """What the options let count."""
    return Selection(
        project,
        as_of,
        include=frozenset(options.include),
        simulated=options.simulated,
    )


def _placements(project: Project, options: Options) -> dict[int, Placement]:
    """Where each task of the project belongs, in the order of import.

    Every task counts, judged or not, withdrawn or not: what is asked for later moves none.
    """
    edits: dict[int, list[Fingerprint]] = defaultdict(list)
    candidates = Candidate.objects.filter(task__project=project).order_by("pk")
    for task, content, bits in candidates.values_list(
        "task_id", "image__pixel_sha256", "image__perceptual_hash"
    ).iterator(ROWS):
        edits[task].append(Fingerprint(content, bits))
    keys, pictures = [], []
    tasks = Task.objects.filter(project=project).order_by("queue_rank", "pk")
    for key, content, bits in tasks.values_list(
        "pk", "source__pixel_sha256", "source__perceptual_hash"
    ).iterator(ROWS):
        keys.append(key)
        pictures.append(Pictures(Fingerprint(content, bits), edits.pop(key, [])))
    placed = place(
        pictures,
        shares=read_shares(options.split),
        seed=options.split_seed,
        threshold=options.near_bits,
    )
    return dict(zip(keys, placed, strict=True))


class _Reader:
    """Reads a project's tasks page by page."""

    def __init__(self, selection: Selection, placements: Mapping[int, Placement]) -> None:
        self._project, self._as_of = selection.project, selection.as_of
        self._selection, self._placements = selection, placements
        self._names = Pseudonyms(bytes(selection.project.key))
        self._protocols: dict[int, ProtocolFacts] = {}

    def tasks(self) -> Iterator[TaskFacts]:
        """Every task that has a judgment, in the order of external ids."""
        last = ""
        while page := self._page(last):
            last = page[-1].external_id
            judgments = self._judgments([task.key for task in page])
            candidates = _candidates(list(judgments))
            stated = _comparisons([row.id for rows in judgments.values() for row in rows])
            for task in page:
                rows = judgments.get(task.key)
                if rows and task.placement.split:
                    protocol = self._protocol(rows[0].version)
                    said = [(row, stated.get(row.id, ())) for row in rows]
                    yield task_facts(task, protocol, candidates[task.key], said, self._names)

    def _page(self, last: str) -> list[TaskRow]:
        """The next tasks that were not withdrawn."""
        tasks = Task.objects.filter(
            ~withdrawn(self._as_of), project=self._project, external_id__gt=last
        ).order_by("external_id")
        rows = tasks.values_list(
            "pk",
            "uuid",
            "external_id",
            "category",
            "instruction",
            "source__sha256",
        )[:PAGE]
        return [
            TaskRow(
                key,
                str(uuid),
                external_id,
                category,
                instruction,
                source,
                self._placements[key],
            )
            for key, uuid, external_id, category, instruction, source in rows
        ]

    def _judgments(self, tasks: list[int]) -> dict[int, list[JudgmentRow]]:
        """The judgments of each task that count, all of one round."""
        rated = Q(ratings__isnull=False)
        value = Cast(F("ratings__value") * SCALE, BigIntegerField())
        rows = (
            counting_judgments(self._selection)
            .filter(assignment__task_id__in=tasks)
            .annotate(
                simulated=ExpressionWrapper(is_simulated(), BooleanField()),
                candidates=ArrayAgg("ratings__candidate_id", filter=rated, default=None),
                dimensions=ArrayAgg("ratings__dimension", filter=rated, default=None),
                levels=ArrayAgg(value, filter=rated, default=None),
            )
            .values_list(
                "pk",
                "assignment__task_id",
                "assignment__annotator_id",
                "assignment__annotator__kind",
                "assignment__protocol_version_id",
                "simulated",
                "cannot_judge",
                "candidates",
                "dimensions",
                "levels",
            )
        )
        found: dict[int, list[JudgmentRow]] = defaultdict(list)
        for row in map(JudgmentRow._make, rows):
            found[row.task].append(row)
        return found

    def _protocol(self, version: int) -> ProtocolFacts:
        """A protocol version, read once."""
        if version not in self._protocols:
            row = ProtocolVersion.objects.select_related("protocol").get(pk=version)
            self._protocols[version] = ProtocolFacts(
                key=row.protocol.key,
                version=row.number,
                digest=row.digest,
                document=row.document,
                dimensions=tuple(
                    DimensionFacts(entry.key, tuple(int(value * SCALE) for value in entry.values))
                    for entry in parsed(version).dimensions
                ),
            )
        return self._protocols[version]


def _candidates(tasks: list[int]) -> dict[int, list[tuple[int, CandidateFacts]]]:
    """The candidates of each task with their keys."""
    found: dict[int, list[tuple[int, CandidateFacts]]] = defaultdict(list)
    rows = Candidate.objects.filter(task_id__in=tasks).values_list(
        "pk", "task_id", "uuid", "system", "seed", "image__sha256"
    )
    for key, task, uuid, system, seed, image in rows:
        found[task].append((key, CandidateFacts(str(uuid), system, seed, image)))
    return found


def _comparisons(judgments: list[int]) -> dict[int, list[ComparisonRow]]:
    """The stated comparisons of each judgment."""
    found: dict[int, list[ComparisonRow]] = defaultdict(list)
    rows = Comparison.objects.filter(judgment_id__in=judgments).values_list(
        "judgment_id", "lower_id", "higher_id", "dimension", "outcome"
    )
    for row in map(ComparisonRow._make, rows):
        found[row.judgment].append(row)
    return found
