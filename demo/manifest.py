"""Writes the demo's folder: pictures, the task manifest and the planted truth."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from demo.edits import EDITS
from demo.paint import rng_for
from demo.photographs import SCENES, load_scene
from demo.plan import Edit
from demo.systems import SUFFIX, SYSTEMS, Candidate, Order, System, run_system

FEWEST, MOST = 4, 7
WORKERS = 2  # Pillow and numpy work outside the interpreter lock


@dataclass(frozen=True)
class DemoFolder:
    """What was written and where."""

    folder: Path
    manifest: Path
    truth: Path
    tasks: int
    candidates: int


def write_demo(
    folder: Path, *, seed: int = 7, progress: Callable[[int, int], None] | None = None
) -> DemoFolder:
    """Writes all tasks; the same seed gives the same bytes. `progress` hears (done, of)."""
    _write_sources(folder)
    tasks: list[dict[str, object]] = []
    truths: list[dict[str, object]] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        made = pool.map(partial(make_candidates, seed=seed), EDITS)
        for edit, candidates in zip(EDITS, made, strict=True):
            tasks.append(_write_task(folder, edit, candidates))
            truths += [line for candidate in candidates for line in _truth_of(edit, candidate)]
            if progress:
                progress(len(tasks), len(EDITS))
    manifest, truth = folder / "manifest.jsonl", folder / "truth.jsonl"
    _write_lines(manifest, tasks)
    _write_lines(truth, truths)
    return DemoFolder(folder, manifest, truth, len(tasks), len(truths) // 2)


def choose_systems(edit: Edit, seed: int) -> list[System]:
    """The four to seven systems that answer this task, in a drawn order."""
    rng = rng_for(seed, edit.name, "systems")
    count = int(rng.integers(FEWEST, MOST + 1))
    return [SYSTEMS[int(i)] for i in rng.permutation(len(SYSTEMS))[:count]]


def make_candidates(edit: Edit, seed: int) -> list[Candidate]:
    """The candidates of one task."""
    source = load_scene(edit.scene)
    order = Order(edit, source, edit.work.right(source))
    return [run_system(system, order, seed) for system in choose_systems(edit, seed)]


def _write_sources(folder: Path) -> None:
    """Copies the scenes, one file each however many tasks use it."""
    target = folder / "sources"
    target.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        (target / scene.path.name).write_bytes(scene.path.read_bytes())


def _write_task(folder: Path, edit: Edit, candidates: list[Candidate]) -> dict[str, object]:
    """Writes the task's pictures and returns its manifest line."""
    images = folder / "edits" / edit.name
    images.mkdir(parents=True, exist_ok=True)
    rows = []
    for candidate in candidates:
        path = images / f"{candidate.system.name}.{SUFFIX[candidate.system.format]}"
        path.write_bytes(candidate.content)
        image = path.relative_to(folder).as_posix()
        rows.append({"system": candidate.system.name, "image": image, "seed": candidate.seed})
    return {
        "id": edit.name,
        "instruction": edit.instruction,
        "source": f"sources/{edit.scene}.webp",
        "candidates": rows,
        "category": edit.category,
        "instruction_lang": "en",
        "instruction_translations": {"zh-Hans": edit.translation},
    }


def _truth_of(edit: Edit, candidate: Candidate) -> list[dict[str, object]]:
    """The truth lines of one candidate, one a dimension."""
    return [
        {
            "task": edit.name,
            "system": candidate.system.name,
            "dimension": dimension,
            "value": value,
            "noise": candidate.noise[dimension],
        }
        for dimension, value in candidate.values.items()
    ]


def _write_lines(path: Path, rows: list[dict[str, object]]) -> None:
    """Writes rows as JSON lines."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8", newline="\n")
