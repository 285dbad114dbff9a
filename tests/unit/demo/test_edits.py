"""The edits: words in two languages, the right change in the right place, wrong ones elsewhere."""

import re

import numpy as np
import pytest

from demo import edits
from demo.edits import EDITS, WORKS
from demo.paint import blur
from demo.photographs import SCENES, load_scene

CATEGORIES = {
    "subject addition",
    "colour",
    "stylisation",
    "subject removal",
    "background",
    "attribute",
    "other",
}
NOISE = 2 / 255


def by_name():
    return pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)


def test_it_works():
    assert len(EDITS) == 30
    assert len({edit.name for edit in EDITS}) == 30
    assert {edit.category for edit in EDITS} == CATEGORIES
    assert {edit.scene for edit in EDITS} == {scene.name for scene in SCENES}


@by_name()
def test_words(edit):
    assert re.fullmatch(r"[A-Z][ -~]+\.", edit.instruction)
    assert re.fullmatch(r"[\u4e00-\u9fff\uff0c\uff1a]+\u3002", edit.translation)


@by_name()
def test_right_edit_changes_what_it_should_and_nothing_else(edit):
    source = load_scene(edit.scene)
    right = edit.work.right(source)
    assert right.shape == source.shape
    assert right.dtype == np.float32
    assert right.min() >= -1e-3
    assert right.max() <= 1 + 1e-3
    change = np.abs(right - source).max(axis=2)
    if edit.work.region is None:
        assert change.mean() > 5 * NOISE
        return
    region = edit.work.region(source)
    inside = region > 0.5
    assert inside.mean() < 0.97
    assert change[inside].mean() > 5 * NOISE
    assert change[blur(np.clip(region * 50, 0, 1), 1.5) == 0].max(initial=0) < NOISE


@by_name()
def test_wrong_and_half_edits_differ_from_right_and_from_nothing(edit):
    source = load_scene(edit.scene)
    right = edit.work.right(source)
    for other in (edit.work.wrong(source), edit.half_done(source, right)):
        assert other.shape == source.shape
        assert (np.abs(other - source).max(axis=2) > 4 * NOISE).mean() > 0.001
        assert (np.abs(other - right).max(axis=2) > 4 * NOISE).mean() > 0.001


@by_name()
def test_half_an_edit_is_nearer_to_the_source_than_the_right_one(edit):
    source = load_scene(edit.scene)
    right = edit.work.right(source)
    half = edit.half_done(source, right)
    assert np.abs(half - source).mean() < np.abs(right - source).mean()


def test_words_without_work_are_refused(monkeypatch):
    monkeypatch.setitem(WORKS, "cat-hat", WORKS["cat-eyes"])
    with pytest.raises(ValueError, match="cat-hat"):
        edits.read_edits()
