"""Writes a data set: facts in, a folder of files out; knows no database."""

import json
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modelbridge.dataset import manifest
from modelbridge.dataset.editreward import PairTexts
from modelbridge.dataset.facts import ProtocolFacts, Source, TaskFacts
from modelbridge.dataset.folder import whole_folder
from modelbridge.dataset.groups import group_line
from modelbridge.dataset.images import ImageFolder, OpenImage
from modelbridge.dataset.options import Format, Options
from modelbridge.dataset.pairs import TaskPairs
from modelbridge.dataset.shards import LINES, LIST, HashedFile, ShardWriter, Written
from protocol.errors import Refused

Progress = Callable[[int, int, str], None]
"""Hears of (done, total, what) as the work goes on."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
FRAMES = {Format.GROUPS: LINES, Format.EDITREWARD: LIST}


@dataclass(frozen=True)
class Dataset:
    """What was written: the manifest without its images, and the digest of it all."""

    manifest: dict[str, Any]
    files: list[Written]
    digest: str


def write_dataset(
    source: Source, options: Options, target: Path, open_image: OpenImage, progress: Progress
) -> Dataset:
    """The data set, whole in the target folder; on any failure nothing of it is left."""
    with whole_folder(target) as root, ExitStack() as stack:
        writer = _Writer(root, source, options, open_image)
        for shards in writer.shards.values():
            stack.enter_context(shards)
        for done, task in enumerate(source.tasks, start=1):
            writer.add(task)
            progress(done, source.total, "tasks")
        written = writer.finish()
        progress(source.total, source.total, "tasks")
    return written


class _Writer:
    """The open files of a data set, and what was counted on the way."""

    def __init__(self, root: Path, source: Source, options: Options, open_image: OpenImage) -> None:
        self.shards = {
            (name, split.value): ShardWriter(root, name, split, FRAMES[name])
            for name in options.formats
            for split in options.splits
        }
        self._splits = {split.value: Counter[str]() for split in options.splits}
        self._clusters: dict[str, set[str]] = {name: set() for name in self._splits}
        self._root, self._source, self._options = root, source, options
        self._images = ImageFolder(root, open_image)
        self._counts: Counter[str] = Counter()
        self._pair_drops: Counter[str] = Counter()
        self._protocols: dict[str, ProtocolFacts] = {}
        self._annotators: set[str] = set()

    def add(self, task: TaskFacts) -> None:
        """Write everything that one task gives."""
        files = self._place_images(task)
        self._count(task)
        if groups := self.shards.get((Format.GROUPS, task.split)):
            groups.write(_encode(group_line(task, self._options.consensus, files)))
        pairs = TaskPairs(task, self._options, self._source.key)
        editreward = self.shards.get((Format.EDITREWARD, task.split))
        texts = PairTexts(task, files)
        for pair in pairs:
            if editreward:
                editreward.write(texts.text(pair))
        self._counts.update(pairs.counts)
        self._splits[task.split].update(tasks=1, pairs=pairs.counts["pairs"])
        self._clusters[task.split].add(task.cluster)
        self._pair_drops.update(pairs.drops)

    def finish(self) -> Dataset:
        """Close the files and write the manifest."""
        if not self._counts["tasks"]:
            raise Refused(
                f"project {self._source.project} has no judgment that counts at "
                f"{manifest.moment(self._source.as_of)}; nothing was written"
            )
        files = [self._write_protocol(entry) for _, entry in sorted(self._protocols.items())]
        for (name, _), shards in self.shards.items():
            files += shards.finish()
            self._counts[f"{name}_rows"] += shards.rows
        built = manifest.build(
            self._source,
            self._options,
            self._all_counts(),
            {**self._source.drops, "pairs": dict(sorted(self._pair_drops.items()))},
            [
                {"key": entry.key, "version": entry.version, "digest": entry.digest}
                for _, entry in sorted(self._protocols.items())
            ],
            {
                name: {
                    "tasks": counts["tasks"],
                    "pairs": counts["pairs"],
                    "clusters": len(self._clusters[name]),
                }
                for name, counts in self._splits.items()
            },
        )
        files.sort(key=lambda file: file.path)
        written = manifest.write(self._root, built, files)
        return Dataset(built, files, manifest.write_sums(self._root, files, written))

    def _place_images(self, task: TaskFacts) -> dict[str, str]:
        """The exported path of each of the task's images by its original's content."""
        name = f"task {task.external_id}"
        files = {task.source: self._images.place(task.source, f"the source of {name}")}
        for candidate in task.candidates:
            original = candidate.image
            what = f"the candidate {candidate.system} of {name}"
            files[original] = self._images.place(original, what)
        return files

    def _count(self, task: TaskFacts) -> None:
        """Note what the task adds to the counts."""
        self._protocols[task.protocol.digest] = task.protocol
        self._annotators.update(judgment.annotator for judgment in task.judgments)
        simulated = [judgment for judgment in task.judgments if judgment.simulated]
        self._counts.update(
            tasks=1,
            candidates=len(task.candidates),
            judgments=len(task.judgments),
            simulated_judgments=len(simulated),
            ratings=sum(len(judgment.ratings) for judgment in task.judgments),
            simulated_ratings=sum(len(judgment.ratings) for judgment in simulated),
            comparisons=sum(len(judgment.comparisons) for judgment in task.judgments),
            cannot_judge=sum(len(judgment.cannot_judge) for judgment in task.judgments),
        )

    def _all_counts(self) -> dict[str, int]:
        return {
            **{name: self._counts[name] for name in COUNTED},
            "annotators": len(self._annotators),
            "images": self._images.count,
            "image_bytes": self._images.bytes,
            **{f"{name}_rows": self._counts[f"{name}_rows"] for name, _ in self.shards},
        }

    def _write_protocol(self, protocol: ProtocolFacts) -> Written:
        """Write the canonical document of a protocol version; its SHA-256 is its digest."""
        path = f"protocols/{protocol.digest}.json"
        file = HashedFile(self._root / path)
        file.write(protocol.document.encode())
        return Written(path, file.bytes, file.close())


COUNTED = (
    "tasks",
    "candidates",
    "judgments",
    "simulated_judgments",
    "ratings",
    "simulated_ratings",
    "comparisons",
    "cannot_judge",
    "pairs",
    "ties",
    "trade_offs",
    "simulated_pairs",
)
