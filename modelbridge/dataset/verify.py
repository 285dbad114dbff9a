"""Checks a data set with nothing but its folder: contents, schemas, images, and every pair."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from modelbridge.dataset.contents import (
    BrokenManifestError,
    Manifest,
    file_faults,
    manifest_faults,
    read_manifest,
    read_sums,
)
from modelbridge.dataset.editreward import PairTexts
from modelbridge.dataset.facts import TaskFacts
from modelbridge.dataset.groups import group_line
from modelbridge.dataset.lines import facts_of, paths_of
from modelbridge.dataset.manifest import NAME
from modelbridge.dataset.options import Format
from modelbridge.dataset.pairs import TaskPairs, turn

SCHEMAS = Path(__file__).resolve().parent / "schemas"

Row = dict[str, Any]
Place = str
"""Where a row stands: `file:line`."""


def validator(name: Format) -> Validator:
    """The validator of one row of a format."""
    schema = json.loads((SCHEMAS / f"{name}-1.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def dataset_faults(root: Path, digest: str | None = None) -> Iterator[str]:
    """Every fault found, each beginning with the file it stands in; none for a whole data set.

    With `digest` it must be that very data set.
    """
    sums = read_sums(root, digest)
    try:
        manifest = read_manifest(root)
    except BrokenManifestError as error:
        yield f"{NAME}: {error}"
        return
    broken = False
    files = file_faults(root, manifest.files, sums)
    for fault in chain(sums.faults, manifest_faults(root, sums), files):
        broken = True
        yield fault
    if not broken:
        yield from _Check(root, manifest).faults()


class _Check:
    """One pass over the rows of a data set whose files are those of its manifest."""

    def __init__(self, root: Path, manifest: Manifest) -> None:
        self._root, self._manifest = root, manifest
        self._counts: Counter[str] = Counter()
        self._annotators: set[str] = set()
        self._used: set[str] = set()
        self._splits: dict[str, str] = {}

    def faults(self) -> Iterator[str]:
        """Every fault of the rows, the images and the counts."""
        formats = self._manifest.options.formats
        if Format.GROUPS in formats:
            yield from self._check_tasks(derive=Format.EDITREWARD in formats)
        else:
            for place, row in self._rows(Format.EDITREWARD):
                yield from self._check_row(Format.EDITREWARD, place, row)
        yield from self._check_images()
        yield from self._check_counts()

    def _check_tasks(self, *, derive: bool) -> Iterator[str]:
        """Every line of `groups`, and the pairs that it gives beside those that were written."""
        pairs = self._rows(Format.EDITREWARD) if derive else iter(())
        for place, line in self._rows(Format.GROUPS):
            faults = list(self._check_row(Format.GROUPS, place, line))
            yield from faults
            if faults:
                continue
            try:
                task = facts_of(line)
            except KeyError as error:
                yield f"{place}: names {error}, which the line does not hold"
                continue
            yield from self._check_line(place, line, task)
            rows = TaskPairs(task, self._manifest.options, b"")
            texts = PairTexts(task, paths_of(task))
            expected = [
                [texts.text(pair), *([texts.text(turn(pair))] if pair.tie else [])] for pair in rows
            ]
            self._counts.update(rows.counts)
            self._counts.update({f"pairs:{name}": n for name, n in rows.drops.items()})
            if derive:
                yield from self._compare(place, expected, pairs)
        yield from (f"{place}: belongs to no task" for place, _ in pairs)

    def _check_line(self, place: Place, line: Row, task: TaskFacts) -> Iterator[str]:
        """A line is what its own facts give, consensus included."""
        first = self._splits.setdefault(task.cluster, task.split)
        if first != task.split:
            yield f"{place}: its source's near-duplicates stand in {first} as well"
        if group_line(task, self._manifest.options.consensus, paths_of(task)) != line:
            yield f"{place}: does not follow from its own ratings"
        self._annotators.update(judgment.annotator for judgment in task.judgments)
        self._counts.update(
            tasks=1,
            candidates=len(task.candidates),
            judgments=len(task.judgments),
            ratings=sum(len(judgment.ratings) for judgment in task.judgments),
            comparisons=sum(len(judgment.comparisons) for judgment in task.judgments),
            cannot_judge=sum(len(judgment.cannot_judge) for judgment in task.judgments),
        )

    def _compare(
        self, place: Place, expected: list[list[str]], written: Iterator[tuple[Place, Row]]
    ) -> Iterator[str]:
        """The pairs of a task against those written; of a tie either side may stand first."""
        for texts in expected:
            where, row = next(written, ("", None))
            if row is None:
                yield f"{place}: gives a pair that editreward does not hold"
                return
            if row in [json.loads(text) for text in texts]:
                # What a valid line gives is valid: its images are the line's, its form is ours.
                self._counts[f"{Format.EDITREWARD}_rows"] += 1
                continue
            yield from self._check_row(Format.EDITREWARD, where, row)
            yield f"{where}: does not follow from {place}"

    def _check_row(self, name: Format, place: Place, row: Row) -> Iterator[str]:
        """A row against its schema and its images against the folder."""
        self._counts[f"{name}_rows"] += 1
        for error in self._validators[name].iter_errors(row):
            yield f"{place}: {error.json_path}: {error.message[:200]}"
            return
        if not place.startswith(f"{name}/{row['split']}-"):
            yield f"{place}: says that it belongs to {row['split']}"
        source = row["path_src"] if "path_src" in row else row["source"]["path"]
        if (first := self._splits.setdefault(source, row["split"])) != row["split"]:
            yield f"{place}: its source stands in {first} as well"
        for path in _images(row):
            self._used.add(path)
            if path not in self._manifest.files:
                yield f"{place}: names {path}, which is not there"

    _validators = {name: validator(name) for name in Format}

    def _rows(self, name: Format) -> Iterator[tuple[Place, Row]]:
        """Every row of a format with its place, shard after shard."""
        for path in sorted(self._manifest.files):
            if path.startswith(f"{name}/"):
                yield from _rows_of(self._root, path)

    def _check_images(self) -> Iterator[str]:
        for path in self._manifest.files:
            if path.startswith("images/") and path not in self._used:
                yield f"{path}: no row names it"

    def _check_counts(self) -> Iterator[str]:
        """The manifest's counts against what was counted."""
        found: dict[str, int] = dict(self._counts)
        if self._annotators:
            found["annotators"] = len(self._annotators)
        said = {
            **self._manifest.counts,
            **{f"pairs:{name}": n for name, n in self._manifest.drops.get("pairs", {}).items()},
        }
        for name in sorted(found.keys() & said.keys() | {n for n in found if ":" in n}):
            if found[name] != said.get(name, 0):
                yield f"{NAME}: says {said.get(name, 0)} {name}, the files hold {found[name]}"


def _images(row: Row) -> Iterator[str]:
    """The image paths that a row names."""
    if "path_src" in row:
        yield from (row["path_src"], row["path1"], row["path2"])
    else:
        yield row["source"]["path"]
        yield from (candidate["path"] for candidate in row["candidates"])


def _rows_of(root: Path, path: str) -> Iterator[tuple[Place, Row]]:
    """The rows of a shard; both kinds hold one row a line."""
    with (root / path).open(encoding="utf-8") as file:
        for number, text in enumerate(file, start=1):
            if (body := text.strip().removesuffix(",")) not in {"[", "]", ""}:
                yield f"{path}:{number}", json.loads(body)
