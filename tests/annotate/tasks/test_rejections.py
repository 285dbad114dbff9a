"""A row is rejected for each reason: nothing of it stays, its neighbours are imported."""

import json
import os

import pytest
from PIL import Image as Pillow

from annotate.tasks.models import Task
from protocol.errors import Refused
from tests.annotate.tasks.builders import (
    counts,
    encoded,
    make_project,
    picture,
    rejected,
    row,
    run_import,
    stored,
)
from tests.unit.tasks.test_inspect import png

pytestmark = pytest.mark.django_db


def import_around(dataset, bad):
    """Import a bad row between two good ones; returns its reject after checking the others."""
    first, last = row("first", candidates=("a",)), row("last", candidates=("a",))
    dataset.add(first, last)
    path = dataset.write(first, bad, last)
    report = run_import(make_project(), path)
    assert (report.rows, report.added) == (3, 2)
    assert list(Task.objects.order_by("pk").values_list("external_id", flat=True)) == [
        "first",
        "last",
    ]
    assert counts() == (2, 2, 4)
    (reject,) = rejected(path)
    return reject


def bad_image(content):
    def prepare(dataset):
        dataset.image("bad-a.jpg", content)

    return prepare


def link_out(dataset):
    (dataset.folder / "bad-a.jpg").unlink()
    (dataset.folder.parent / "outside.jpg").write_bytes(encoded(picture(50)))
    (dataset.folder / "bad-a.jpg").symlink_to("../outside.jpg")


def fifo(dataset):
    (dataset.folder / "bad-a.jpg").unlink()
    os.mkfifo(dataset.folder / "bad-a.jpg")


def folder(dataset):
    (dataset.folder / "bad-a.jpg").unlink()
    (dataset.folder / "bad-a.jpg").mkdir()


LARGE = encoded(picture(60, (300, 200)))
ANIMATED = encoded(picture(61), "WEBP", save_all=True, append_images=[picture(62)])


IMAGES = {
    "gone": (lambda dataset: (dataset.folder / "bad-a.jpg").unlink(), "missing"),
    "text": (bad_image(b"no image"), "not_an_image"),
    "gif": (bad_image(encoded(picture(63), "GIF")), "not_an_image"),
    "cut off": (bad_image(LARGE[: len(LARGE) // 2]), "truncated"),
    "damaged": (bad_image(png(64, 48, body=b"nonsense")), "undecodable"),
    "bomb": (bad_image(png(50_000, 50_000)), "too_large"),
    "long": (bad_image(b"\xff\xd8\xff" + b"\0" * 50_000_000), "too_large"),
    "animated": (bad_image(ANIMATED), "many_frames"),
    "link": (link_out, "link_outside"),
    "fifo": (fifo, "not_a_regular_file"),
    "folder": (folder, "not_a_regular_file"),
}


@pytest.mark.parametrize("name", IMAGES)
def test_it_works_for_images(dataset, media, name):
    prepare, reason = IMAGES[name]
    bad = row("bad")
    dataset.add(bad)
    prepare(dataset)
    reject = import_around(dataset, bad)
    detail = reject.pop("detail")
    assert detail
    field = "candidates[0].image"
    assert reject == {"row": 2, "id": "bad", "reason": reason, "field": field}
    assert len(stored(media)) == 8


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"source": "../outside.jpg"}, "path_outside", "source"),
        ({"source": "/etc/passwd"}, "path_outside", "source"),
        ({"source": "https://127.0.0.1/a.jpg"}, "remote_not_allowed", "source"),
        ({"source": "s3://bucket/a.jpg"}, "remote_not_allowed", "source"),
        ({"source": "file:///etc/passwd"}, "bad_scheme", "source"),
        ({"id": "first"}, "duplicate_id", "id"),
        ({"instruction": ""}, "empty_instruction", "instruction"),
        ({"instruction": "a\0b"}, "nul", None),
        ({"candidates": []}, "too_few_candidates", "candidates"),
        (
            {"candidates": [{"system": "a", "image": "bad-a.jpg"}] * 2},
            "same_system_and_seed",
            "candidates",
        ),
        (
            {"candidates": [{"system": f"s{n}", "image": "bad-a.jpg"} for n in range(27)]},
            "too_many_candidates",
            "candidates",
        ),
        ({"surprise": 1}, "unknown_field", None),
    ],
)
def test_it_works_for_fields(dataset, media, fields, reason, field):
    bad = row("bad")
    dataset.add(bad)
    reject = import_around(dataset, bad | fields)
    assert (reject["row"], reject["reason"], reject.get("field")) == (2, reason, field)
    assert len(stored(media)) == 8


def test_bad_utf8_is_one_bad_row(dataset, media):
    line = json.dumps(row("bad")).encode().replace(b"Edit", b"Ed\xfft")
    reject = import_around(dataset, line)
    assert reject == {"row": 2, "id": None, "reason": "bad_utf8", "detail": "not UTF-8"}


def test_an_accepted_image_of_a_rejected_row_is_not_stored(dataset, media):
    bad = row("bad")
    dataset.add(bad)
    dataset.image("bad-b.jpg", b"no image")
    import_around(dataset, bad)
    assert len(stored(media)) == 8


def test_an_image_shared_with_a_rejected_row_is_stored(dataset):
    bad, good = row("bad"), row("good", candidates=("a",))
    path = dataset.add(bad, good)
    dataset.image("bad-b.jpg", b"no image")
    dataset.image("good-a.jpg", (dataset.folder / "bad-a.jpg").read_bytes())
    report = run_import(make_project(), path)
    assert (report.added, counts()) == (1, (1, 1, 2))


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_odd_colours_are_accepted(dataset, mode):
    dataset.image("t1.jpg", encoded(picture(1, mode=mode)))
    assert run_import(make_project(), dataset.add(row("t1"))).added == 1


def test_a_png_called_jpg_is_a_png(dataset):
    dataset.image("t1.jpg", encoded(Pillow.new("RGBA", (8, 8)), "PNG"))
    run_import(make_project(), dataset.add(row("t1")))
    assert Task.objects.get().source.format == "PNG"


def test_rejects_of_an_earlier_run_are_gone(dataset):
    project = make_project()
    path = dataset.write(row("t1"))
    run_import(project, path)
    assert [entry["reason"] for entry in rejected(path)] == ["missing"]
    run_import(project, dataset.add(row("t1")))
    assert rejected(path) == []


def test_rejects_never_replace_the_manifest(dataset):
    path = dataset.add(row("t1"))
    project = make_project()
    link = path.with_name("rejected.jsonl")
    link.symlink_to(path.name)
    before = path.read_bytes()
    with pytest.raises(Refused, match="cannot take the rejected rows"):
        run_import(project, path)
    assert path.read_bytes() == before
    assert counts() == (0, 0, 0)


def test_rejects_need_a_folder(dataset):
    project = make_project()
    path = dataset.add(row("t1"))
    with pytest.raises(Refused, match="cannot be written; name another with --rejected"):
        run_import(project, path, rejected="none/rejected.jsonl")
    assert counts() == (0, 0, 0)


def test_a_manifest_of_another_kind_is_refused(dataset):
    project = make_project()
    path = dataset.add(row("t1"))
    with pytest.raises(Refused, match=r"accepted are .jsonl"):
        run_import(project, path.rename(path.with_suffix(".txt")))
    assert counts() == (0, 0, 0)
