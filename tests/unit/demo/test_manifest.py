"""The demo's folder: its manifest, its truth, its pictures; the same seed, the same bytes."""

import hashlib
import json
import re

import pytest
from PIL import Image

from demo.edits import EDITS
from demo.manifest import make_candidates, write_demo


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    steps = []
    demo = write_demo(
        tmp_path_factory.mktemp("demo"), progress=lambda done, of: steps.append((done, of))
    )
    return demo, steps


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_it_works(written):
    demo, steps = written
    tasks = lines(demo.manifest)
    assert demo.tasks == len(tasks) == 30
    assert demo.candidates == sum(len(task["candidates"]) for task in tasks)
    assert steps == [(done, 30) for done in range(1, 31)]
    assert demo.manifest.name == "manifest.jsonl"
    assert demo.truth.name == "truth.jsonl"


def test_manifest_lines_have_the_form_of_an_import(written):
    for task in lines(written[0].manifest):
        assert list(task) == [
            "id",
            "instruction",
            "source",
            "candidates",
            "category",
            "instruction_lang",
            "instruction_translations",
        ]
        assert task["instruction_lang"] == "en"
        assert list(task["instruction_translations"]) == ["zh-Hans"]
        assert 4 <= len(task["candidates"]) <= 7
        systems = [candidate["system"] for candidate in task["candidates"]]
        assert len(set(systems)) == len(systems)
        assert all(0 < candidate["seed"] < 2**31 for candidate in task["candidates"])


def test_all_seven_systems_and_every_count_occur(written):
    tasks = lines(written[0].manifest)
    assert len({c["system"] for task in tasks for c in task["candidates"]}) == 7
    assert {len(task["candidates"]) for task in tasks} == {4, 5, 6, 7}


def test_every_picture_is_named_once_decodes_and_carries_no_metadata(written):
    demo, _ = written
    named = [demo.manifest.name, demo.truth.name]
    for task in lines(demo.manifest):
        named += [candidate["image"] for candidate in task["candidates"]]
    named += sorted({task["source"] for task in lines(demo.manifest)})
    assert sorted(named) == sorted(digests(demo.folder))
    for name in named[2:]:
        with Image.open(demo.folder / name) as image:
            image.load()
            assert image.mode == "RGB"
            assert min(image.size) >= 240
            allowed = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            allowed |= {"loop", "background", "timestamp", "duration"}
            assert not image.info.keys() - allowed, name
            assert not image.getexif()


def test_truth_names_every_candidate_on_both_dimensions(written):
    demo, _ = written
    expected = {
        (task["id"], candidate["system"], dimension)
        for task in lines(demo.manifest)
        for candidate in task["candidates"]
        for dimension in ("instruction_following", "visual_quality")
    }
    truths = lines(demo.truth)
    assert len(truths) == len(expected)
    assert {(row["task"], row["system"], row["dimension"]) for row in truths} == expected
    for row in truths:
        assert list(row) == ["task", "system", "dimension", "value", "noise"]
        assert 1 <= row["value"] <= 4
        assert 0 < row["noise"] < 1


def test_most_tasks_have_good_and_bad_candidates(written):
    best: dict[str, float] = {}
    worst: dict[str, float] = {}
    for row in lines(written[0].truth):
        best[row["task"]] = max(best.get(row["task"], 0), row["value"])
        worst[row["task"]] = min(worst.get(row["task"], 9), row["value"])
    assert sum(value > 3.3 for value in best.values()) >= 27
    assert sum(value < 2.5 for value in worst.values()) >= 24


def test_the_same_seed_gives_the_same_bytes(written, tmp_path):
    again = write_demo(tmp_path)
    assert digests(again.folder) == digests(written[0].folder)


def test_another_seed_gives_other_candidates():
    one, other = (
        [(c.system.name, c.content) for c in make_candidates(EDITS[0], seed)] for seed in (7, 8)
    )
    assert one != other


def test_text_is_plain_utf_8_with_unix_line_ends(written):
    text = written[0].manifest.read_bytes()
    assert b"\r" not in text
    assert re.search("瓢虫".encode(), text)
