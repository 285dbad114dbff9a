"""Builds image files, manifests and projects for the tests of the tasks slice."""

import io
import json
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from annotate.tasks.importing import import_manifest
from annotate.tasks.models import Candidate, Image, Project, Task
from annotate.tasks.report import Report
from annotate.tasks.services import create_project
from protocol.services import import_shipped

REJECTED = "rejected.jsonl"


def picture(seed=0, size=(64, 48), mode="RGB"):
    """A picture of smooth colours that no other seed gives."""
    rng = np.random.default_rng(seed)
    small = Pillow.fromarray(rng.integers(0, 256, (6, 8, 3), dtype=np.uint8))
    return small.resize(size, Pillow.Resampling.BICUBIC).convert(mode)


def encoded(image, kind="JPEG", **options):
    """The image as the bytes of a file."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def row(name="t1", candidates=("a", "b"), **fields):
    """A manifest row whose images are called after the task and the system."""
    return {
        "id": name,
        "instruction": f"Edit {name}",
        "source": f"{name}.jpg",
        "candidates": [{"system": key, "image": f"{name}-{key}.jpg"} for key in candidates],
        **fields,
    }


class Dataset:
    """A folder of images with manifests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seed = 0

    def add(self, *rows, name="manifest.jsonl"):
        """Write a manifest and an image for each of its names; returns its path."""
        for entry in rows:
            for image in [entry["source"], *(each["image"] for each in entry["candidates"])]:
                self.image(image)
        return self.write(*rows, name=name)

    def write(self, *rows, name="manifest.jsonl"):
        """Write a manifest only; a row of bytes goes in as it is."""
        lines = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in rows]
        path = self.folder / name
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        return path

    def image(self, name, content=None):
        """Write an image of its own unless the name is taken."""
        path = self.folder / name
        if content is not None or not path.exists():
            self.seed += 1
            path.write_bytes(content or encoded(picture(self.seed)))
        return path


def make_project(slug="edits", **fields) -> Project:
    """A project under the shipped protocol."""
    return create_project(slug=slug, version=import_shipped(key="editreward", number=1), **fields)


def run_import(project, path, *, rejected=REJECTED, **options) -> Report:
    """Import a manifest; rejected rows go beside it."""
    return import_manifest(project=project, path=path, rejected=path.parent / rejected, **options)


def rejected(path):
    """The rejected rows that stand beside a manifest."""
    file = path.with_name(REJECTED)
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def reasons(path):
    """Row number and reason of each rejected row."""
    return [(entry["row"], entry["reason"]) for entry in rejected(path)]


def stored(folder):
    """What lies in the storage, by the first part of its key."""
    names = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return sorted(str(name) for name in names)


def counts():
    """How many rows an import could have made."""
    return (Task.objects.count(), Candidate.objects.count(), Image.objects.count())
