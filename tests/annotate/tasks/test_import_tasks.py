"""Importing a manifest: what is stored, and that doing it again adds nothing."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from annotate.tasks.models import Candidate, Image, Project, Task
from annotate.tasks.storage import level_path, original_path
from protocol.errors import Refused
from tests.annotate.tasks.builders import (
    counts,
    encoded,
    make_project,
    picture,
    reasons,
    row,
    run_import,
    stored,
)

pytestmark = pytest.mark.django_db


def test_it_works(dataset, media):
    project = make_project(overlap=2)
    first = row("t1", category="objects", metadata={"k": 1}, instruction_lang="zh-Hans")
    report = run_import(project, dataset.add(first, row("t2", candidates=("a",))))
    assert (report.rows, report.added, report.unchanged, report.images) == (2, 2, 0, 5)
    assert report.rejected.total() == 0
    one, two = Task.objects.order_by("queue_rank")
    assert (one.external_id, one.category, one.metadata) == ("t1", "objects", {"k": 1})
    assert (one.instruction, one.instruction_language) == ("Edit t1", "zh-Hans")
    assert (one.wanted, one.open_slots, one.claimable) == (2, 2, True)
    assert (two.external_id, two.claimable) == ("t2", True)
    assert one.queue_rank < two.queue_rank
    assert list(one.candidates.order_by("system").values_list("system", "seed")) == [
        ("a", None),
        ("b", None),
    ]
    sha256 = hashlib.sha256((dataset.folder / "t1.jpg").read_bytes()).hexdigest()
    assert one.source.sha256 == sha256
    assert (one.source.format, one.source.width, one.source.height) == ("JPEG", 64, 48)
    assert one.source.levels == [0]
    assert (media / original_path(sha256)).read_bytes() == (dataset.folder / "t1.jpg").read_bytes()
    assert (media / level_path(sha256, 0)).exists()


def test_importing_twice_adds_nothing(dataset, media):
    project = make_project()
    path = dataset.add(row("t1"), row("t2"))
    run_import(project, path)
    before, files = counts(), stored(media)
    report = run_import(project, path)
    assert (report.added, report.unchanged, report.images) == (0, 2, 0)
    assert (counts(), stored(media)) == (before, files)


def test_new_rows_join_behind(dataset):
    project = make_project()
    run_import(project, dataset.add(row("t1")))
    supplied = Project.objects.get().supplied_at
    report = run_import(project, dataset.add(row("t1"), row("t0")))
    assert (report.added, report.unchanged) == (1, 1)
    order = Task.objects.order_by("queue_rank").values_list("external_id", flat=True)
    assert list(order) == ["t1", "t0"]
    assert Project.objects.get().supplied_at > supplied


@pytest.mark.parametrize("change", ["instruction", "image", "candidate", "metadata"])
def test_a_changed_task_is_a_conflict_and_left_alone(dataset, media, change):
    project = make_project()
    run_import(project, dataset.add(row("t1")))
    before, files = Task.objects.values().get(), stored(media)
    fields: dict[str, dict[str, object]] = {
        "instruction": {"instruction": "other"},
        "metadata": {"metadata": {"k": 2}},
    }
    if change == "image":
        dataset.image("t1.jpg", encoded(picture(99)))
    names = ("a", "c") if change == "candidate" else ("a", "b")
    changed = row("t1", candidates=names) | fields.get(change, {})
    path = dataset.add(changed, row("t2"))
    report = run_import(project, path)
    assert (report.added, dict(report.rejected)) == (1, {"conflict": 1})
    assert reasons(path) == [(1, "conflict")]
    assert Task.objects.values().get(external_id="t1") == before
    assert set(files) <= set(stored(media))


def test_the_order_of_candidates_is_no_change(dataset):
    project = make_project()
    run_import(project, dataset.add(row("t1")))
    swapped = row("t1")
    swapped["candidates"].reverse()
    assert run_import(project, dataset.add(swapped)).unchanged == 1


def test_an_image_is_stored_once(dataset, media):
    content = encoded(picture(7))
    for name in ("t1.jpg", "t1-a.jpg", "t1-b.jpg"):
        dataset.image(name, content)
    report = run_import(make_project(), dataset.add(row("t1")))
    assert (report.images, Image.objects.count(), len(stored(media))) == (1, 1, 2)
    assert Candidate.objects.filter(image=Image.objects.get()).count() == 2


def test_two_projects_share_images_and_not_tasks(dataset):
    path = dataset.add(row("t1"))
    run_import(make_project("one"), path)
    report = run_import(make_project("two"), path)
    assert (report.added, report.images) == (1, 0)
    assert counts() == (2, 4, 3)


def test_larger_images_have_display_levels(dataset, media):
    dataset.image("t1.jpg", encoded(picture(1, (1300, 700))))
    run_import(make_project(), dataset.add(row("t1")))
    source = Task.objects.get().source
    assert source.levels == [512, 1024, 0]
    assert all((media / level_path(source.sha256, level)).exists() for level in source.levels)


def test_seeds_and_masks_are_kept(dataset):
    entry = row("t1", candidates=("a", "a"), edit_mask="mask.png")
    entry["candidates"][0]["seed"], entry["candidates"][1]["seed"] = 1, 2
    dataset.image("mask.png", encoded(picture(5, mode="L"), "PNG"))
    run_import(make_project(), dataset.add(entry))
    task = Task.objects.get()
    assert task.edit_mask is not None
    assert list(task.candidates.order_by("seed").values_list("seed", flat=True)) == [1, 2]
    assert task.edit_mask.format == "PNG"


def test_a_dry_run_reports_the_same_and_stores_nothing(dataset, media):
    project = make_project()
    path = dataset.add(row("t1"), row("t2", instruction=" "))
    supplied = Project.objects.get().supplied_at
    report = run_import(project, path, dry_run=True)
    assert (report.added, dict(report.rejected)) == (1, {"empty_instruction": 1})
    assert reasons(path) == [(2, "empty_instruction")]
    assert counts() == (0, 0, 0)
    assert stored(media) == []
    assert Project.objects.get().supplied_at == supplied


def test_an_archived_project_takes_nothing(dataset):
    project = make_project()
    project.state = Project.State.ARCHIVED
    with pytest.raises(Refused, match="edits is archived"):
        run_import(project, dataset.add(row("t1")))
    assert counts() == (0, 0, 0)


def test_the_command_prints_one_object(dataset, capsys):
    make_project()
    path = dataset.add(row("t1"))
    call_command(
        "import_tasks", str(path), "--project", "edits", "--json",
        "--rejected", str(path.with_name("r")),
    )  # fmt: skip
    report = json.loads(capsys.readouterr().out)
    assert report.pop("seconds").keys() == {"taking_in", "levels"}
    assert report == {
        "rows": 1,
        "added": 1,
        "unchanged": 0,
        "images": 3,
        "rejected": 0,
        "reasons": {},
        "megapixels": 0.009,
        "dry_run": False,
        "rejected_file": None,
    }


def test_the_command_exits_1_on_bad_rows(dataset, capsys):
    make_project()
    path = dataset.add(row("t1"), row("t1"))
    file = path.with_name("rejected.jsonl")
    with pytest.raises(CommandError, match=r"1 rows are rejected \(1 duplicate_id\)") as caught:
        call_command("import_tasks", str(path), "--project", "edits", "--rejected", str(file))
    assert caught.value.returncode == 1
    assert "2 rows: 1 added, 0 unchanged, 1 rejected." in capsys.readouterr().out
    assert reasons(path) == [(2, "duplicate_id")]
    assert Task.objects.count() == 1


def test_the_command_refuses_an_unknown_project(dataset):
    path = dataset.add(row("t1"))
    with pytest.raises(CommandError, match="no project nowhere") as caught:
        call_command("import_tasks", str(path), "--project", "nowhere")
    assert caught.value.returncode == 2
    assert counts() == (0, 0, 0)
