"""Projects of real images for benchmarks: photographs with a square whose colour tells the task."""

import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from annotate.tasks.importing import import_manifest
from annotate.tasks.models import Project
from benchmarks import seed
from demo.photographs import SCENE_FOLDER

CODE_SIDE = 0.2
"""The side of the square in the middle, as a share of the picture's shorter side."""
GRAIN = 3.0
"""Noise of a camera, without which an enlarged photograph packs and decodes too well."""


def colour(task: int, place: int) -> tuple[int, int, int]:
    """The square of an image: red and green tell the task, blue the image (0 is the source)."""
    return 20 + 11 * (task % 20), 20 + 11 * (task // 20), 20 + 20 * place


def draw(path: Path, task: int, place: int, size: tuple[int, int]) -> None:
    """A photograph of the demo, enlarged, grainy, with the square in its middle."""
    scenes = sorted(SCENE_FOLDER.glob("*.webp"))
    with Image.open(scenes[task % len(scenes)]) as scene:
        picture = scene.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    rng = np.random.default_rng([task, place])
    grain = rng.normal(0, GRAIN, (size[1], size[0], 1))
    pixels = np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8)
    picture = Image.fromarray(pixels)
    middle, half = (size[0] / 2, size[1] / 2), CODE_SIDE * min(size) / 2
    box = (middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half)
    ImageDraw.Draw(picture).rectangle(box, fill=colour(task, place))
    picture.save(path, compress_level=1)


EDITED = 4
"""So many tasks have edits of their own; the others have the same, at addresses of their own."""

Shape = tuple[int, int, tuple[int, int]]
"""How many tasks, how many candidates each, and the size of an image."""


def make_project(folder: Path, slug: str, shape: Shape) -> Project:
    """A project imported from disk; the instruction of task 3 is "Task 3"."""
    tasks, candidates, size = shape
    folder.mkdir(parents=True)
    rows = []
    for number in range(tasks):
        source = f"{number}-0.png"
        draw(folder / source, number, 0, size)
        edits = [f"{number % EDITED}-{place}.png" for place in range(1, candidates + 1)]
        for place, name in enumerate(edits, start=1):
            if number < EDITED:
                draw(folder / name, number, place, size)
        rows.append(
            {
                "id": f"task-{number}",
                "instruction": f"Task {number}",
                "source": source,
                "candidates": [{"system": f"of {name}", "image": name} for name in edits],
            }
        )
    manifest = folder / "manifest.jsonl"
    manifest.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    project = seed.make_project(overlap=3, slug=slug)
    report = import_manifest(project=project, path=manifest, rejected=folder / "rejected.jsonl")
    if report.rejected:
        raise RuntimeError(f"{slug}: {report.rejected} rows were rejected")
    return project
