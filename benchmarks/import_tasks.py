"""How fast tasks are imported, on a durable cluster, and that memory stays flat.

Each task has five JPEGs of 512 x 512 pixels, each of its own: crops of the demo's photographs with
fresh grain. The import times its two halves: taking in (files opened, copied, hashed, checked and
decoded, originals stored, rows inserted) and making the display levels. Then the same manifest is
imported again, which adds nothing. Memory is this process's own, batch by batch; processor time is
of this process, the decoders and PostgreSQL, and of a dry run, which checks everything, apart.
"""

import io
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import psutil
from PIL import Image

from benchmarks import lab

SIDE = 512
IMAGES = 5
SEED = 7


def photographs() -> list[Image.Image]:
    """The demo's photographs, none smaller than an image of the benchmark."""
    paths = sorted((lab.CODE / "demo" / "scenes").glob("*.webp"))
    opened = [Image.open(path).convert("RGB") for path in paths]
    return [
        image.resize((max(image.width, SIDE + 64), max(image.height, SIDE + 64)))
        for image in opened
    ]


def jpegs(count: int) -> Iterator[bytes]:
    """So many different JPEG files."""
    scenes = photographs()
    random = np.random.default_rng(SEED)
    for number in range(count):
        scene = scenes[number % len(scenes)]
        left = int(random.integers(scene.width - SIDE + 1))
        top = int(random.integers(scene.height - SIDE + 1))
        pixels = np.asarray(scene.crop((left, top, left + SIDE, top + SIDE))).astype(np.int16)
        grain = random.integers(-3, 4, (SIDE, SIDE, 1), dtype=np.int16)
        buffer = io.BytesIO()
        image = Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))
        image.save(buffer, "JPEG", quality=90)
        yield buffer.getvalue()


def write_manifest(folder: Path, tasks: int) -> tuple[Path, int]:
    """A manifest with its images; its path, and the bytes of all images."""
    folder.mkdir()
    path, size = folder / "manifest.jsonl", 0
    images = jpegs(tasks * IMAGES)
    with path.open("w", encoding="utf-8") as manifest:
        for number in range(tasks):
            names = [f"{number}-{place}.jpg" for place in range(IMAGES)]
            for name in names:
                size += (folder / name).write_bytes(next(images))
            candidates = [
                {"system": f"system-{place}", "image": name} for place, name in enumerate(names[1:])
            ]
            row = {
                "id": f"task-{number}",
                "instruction": f"Make edit {number}",
                "source": names[0],
                "candidates": candidates,
            }
            manifest.write(json.dumps(row) + "\n")
    return path, size


def resident_mb() -> float:
    """Memory of this process."""
    return psutil.Process().memory_info().rss / 1e6


def run_import(
    slug: str, path: Path, servers: psutil.Process, *, dry_run: bool = False
) -> dict[str, Any]:
    """Import the manifest; its report, the time, the processors' time, memory after each batch."""
    from annotate.tasks.importing import import_manifest  # noqa: PLC0415 - needs Django set up
    from annotate.tasks.models import Project  # noqa: PLC0415

    memory: list[float] = []

    def cpu() -> float:
        return lab.cpu_seconds(psutil.Process()) + lab.cpu_seconds(servers)

    start, used = time.perf_counter(), cpu()
    report = import_manifest(
        project=Project.objects.get(slug=slug),
        path=path,
        rejected=path.with_name("rejected.jsonl"),
        dry_run=dry_run,
        on_batch=lambda _: memory.append(resident_mb()),
    )
    wall = time.perf_counter() - start
    return {**report.as_dict(), "wall_s": wall, "cpu_s": cpu() - used, "memory": memory}


def growth_mb(memory: list[float]) -> float:
    """How much memory grew from the end of the first quarter to the end."""
    return round(memory[-1] - memory[len(memory) // 4], 1)


def measure(tasks: int) -> dict[str, Any]:
    """The figures of one manifest."""
    with lab.laboratory() as made:
        path, size = write_manifest(made.root / "manifest", tasks)
        made.manage("create_project", "bench", "--protocol", "editreward")
        servers = made.postmaster()
        checked = run_import("bench", path, servers, dry_run=True)
        first = run_import("bench", path, servers)
        again = run_import("bench", path, servers)
    if first["added"] != tasks or again["unchanged"] != tasks or again["added"]:
        raise RuntimeError(f"not every task was imported once: {first} {again}")
    taking_in, levels = first["seconds"]["taking_in"], first["seconds"]["levels"]
    return {
        "tasks": tasks,
        "images": first["images"],
        "image_bytes_mean": size // (tasks * IMAGES),
        "tasks_per_minute": round(tasks / taking_in * 60),
        "checked_cpu_ms_per_task": round(checked["cpu_s"] / tasks * 1000, 1),
        "whole_import_cpu_ms_per_task": round(first["cpu_s"] / tasks * 1000, 1),
        "taking_in_s": taking_in,
        "levels_s": levels,
        "levels_megapixels_per_s": round(first["megapixels"] / levels, 2),
        "whole_import_tasks_per_minute": round(tasks / first["wall_s"] * 60),
        "again_tasks_per_minute": round(tasks / again["wall_s"] * 60),
        "memory_mb": round(first["memory"][-1], 1),
        "memory_growth_mb": growth_mb(first["memory"]),
    }


def main() -> None:
    """Measure and print."""
    options = lab.parser(__doc__).parse_args()
    lab.say(measure(400 if options.quick else 3_000), as_json=options.json)


if __name__ == "__main__":
    main()
