"""`doctor` finds images whose files are gone or damaged."""

import pytest

from annotate.operating.checks import missing_files
from annotate.tasks.models import Image, Task
from annotate.tasks.storage import level_path, original_path
from tests.annotate.tasks.builders import make_project, row, run_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(dataset):
    run_import(make_project(), dataset.add(row("t1")))
    return Task.objects.get().source


def test_it_works(image):
    assert Image.objects.count() == 3
    assert list(missing_files()) == []


@pytest.mark.parametrize("path", [original_path, lambda sha256: level_path(sha256, 0)])
def test_a_missing_file_is_named(image, media, path):
    name = path(image.sha256)
    (media / name).unlink()
    assert list(missing_files()) == [f"image {image.sha256}: {name} is missing"]


def test_a_file_cut_short_is_named(image, media):
    original, level = original_path(image.sha256), level_path(image.sha256, 0)
    (media / original).write_bytes(b"short")
    (media / level).write_bytes(b"")
    assert list(missing_files()) == [
        f"image {image.sha256}: {original} is damaged, it has 5 bytes",
        f"image {image.sha256}: {level} is damaged, it has 0 bytes",
    ]
