"""A data set in splits: no picture in two of them, every split there, the same each time."""

import json
from typing import Any

import pytest

from annotate.models import Image, Project, Task
from modelbridge.dataset.splits import drawn, read_shares
from modelbridge.dataset.verify import dataset_faults
from tests.modelbridge.builders import make_judgment, make_project, make_task, make_user
from tests.modelbridge.exports import Row, contents, export
from tests.modelbridge.test_verify_dataset import rewrite

pytestmark = pytest.mark.django_db
SPLITS = ("train", "validation", "test")
SHARES = read_shares("50/25/25")


@pytest.fixture
def many() -> Project:
    """Twelve judged tasks; the third shows what the first does, with a few bits changed."""
    project = make_project()
    raters = make_user("ann"), make_user("ben")
    for number in range(12):
        task = make_task(project, f"t{number:02}")
        for rater in raters:
            make_judgment(task, rater, {"alpha": (4, 3), "beta": (2, 2)})
    set_bits("t00", 0)
    set_bits("t02", 0b11111)
    return project


def set_bits(name: str, bits: int) -> None:
    task = Task.objects.get(external_id=name)
    Image.objects.filter(pk=task.source_id).update(perceptual_hash=bits)


def groups(folder: Any, split: str) -> list[Row]:
    text = (folder / f"groups/{split}-00000-of-00001.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


def test_it_works(many, tmp_path):
    report = export(many, tmp_path / "set", split="50/25/25", split_seed="7")
    found = {}
    for split in SPLITS:
        for line in groups(tmp_path / "set", split):
            assert line["split"] == split
            found[line["external_id"]] = line
    assert len(found) == 12
    for name, line in found.items():
        content = Task.objects.get(external_id=name).source.pixel_sha256
        if name != "t02":
            assert line["source"]["cluster"] == content
            assert line["split"] == drawn("7", content, SHARES)
    assert found["t02"]["source"]["cluster"] == found["t00"]["source"]["cluster"]
    assert found["t02"]["split"] == found["t00"]["split"]
    assert sum(part["tasks"] for part in report["splits"].values()) == 12
    assert sum(part["clusters"] for part in report["splits"].values()) == 11
    assert list(dataset_faults(tmp_path / "set")) == []


def test_an_empty_split_is_written(judged, tmp_path):
    export(judged, tmp_path / "set", split="100/0/0", split_seed="0")
    assert not list((tmp_path / "set").glob("groups/test-*"))
    project = judged
    seed = next(
        str(number)
        for number in range(500)
        if {
            drawn(str(number), task.source.pixel_sha256, SHARES)
            for task in Task.objects.filter(project=project).select_related("source")
        }
        == {"train"}
    )
    export(project, tmp_path / "other", split="50/25/25", split_seed=seed)
    assert groups(tmp_path / "other", "test") == []
    rows = json.loads((tmp_path / "other/editreward/test-00000-of-00001.json").read_text())
    assert rows == []
    assert list(dataset_faults(tmp_path / "other")) == []


def test_the_same_options_give_the_same_bytes(many, tmp_path):
    moment = export(many, tmp_path / "one", split="50/25/25")["as_of"]
    export(many, tmp_path / "two", split="50/25/25", as_of=moment)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_whoever_bridges_splits_is_left_out_and_counted(many, tmp_path):
    content = {task.external_id: task.source.pixel_sha256 for task in many.tasks.all()}
    seed = next(
        str(number)
        for number in range(500)
        if drawn(str(number), content["t00"], SHARES) != drawn(str(number), content["t01"], SHARES)
    )
    set_bits("t01", 0b111111111)
    report = export(many, tmp_path / "set", split="50/25/25", split_seed=seed)
    assert report["drops"]["tasks"]["bridges_splits"] == 1
    assert report["counts"]["tasks"] == 11
    assert list(dataset_faults(tmp_path / "set")) == []


def test_a_leak_is_found(many, tmp_path):
    folder = tmp_path / "set"
    export(many, folder, "groups", split="50/25/25", split_seed="7")
    train = groups(folder, "train")
    leaked = {**train[0], "split": "test"}
    path = "groups/test-00000-of-00001.jsonl"
    rewrite(folder, path, ((folder / path).read_text() + json.dumps(leaked) + "\n").encode())
    found = list(dataset_faults(folder))
    assert any("its source stands in test as well" in fault for fault in found)
    assert any("near-duplicates stand in test as well" in fault for fault in found)


@pytest.mark.parametrize("words", [{"split": "80/20"}, {"split_seed": "a b"}, {"near_bits": 17}])
def test_other_words_are_refused(judged, tmp_path, words):
    with pytest.raises(Exception, match="accepted"):
        export(judged, tmp_path / "set", **words)
    assert not (tmp_path / "set").exists()
