"""The simulated systems: every behaviour occurs and has the value a careful rater would give."""

import io

import numpy as np
import pytest
from PIL import Image

from demo.behaviours import BEHAVIOURS, WORTH, carry_out, damage, overdo, worth
from demo.edits import EDITS
from demo.edits_living import eyes
from demo.manifest import make_candidates
from demo.paint import rng_for, to_image, to_pixels
from demo.photographs import load_scene
from demo.systems import SYSTEMS, Order, System, encode, run_system

EDIT = next(edit for edit in EDITS if edit.name == "cat-eyes")
REMOVAL = next(edit for edit in EDITS if edit.name == "coffee-spoon")


@pytest.fixture(scope="module")
def order():
    source = load_scene(EDIT.scene)
    return Order(EDIT, source, EDIT.work.right(source))


@pytest.fixture(scope="module")
def candidates():
    return [(edit, candidate) for edit in EDITS for candidate in make_candidates(edit, 7)]


def decoded(content):
    return to_pixels(Image.open(io.BytesIO(content)).convert("RGB"))


def only(behaviour):
    weights = tuple(int(each == behaviour) for each in BEHAVIOURS)
    return System("test", weights, "PNG")


def test_it_works(order):
    candidate = run_system(SYSTEMS[0], order, 7)
    assert candidate.behaviour in BEHAVIOURS
    assert candidate.values.keys() == {"instruction_following", "visual_quality"}
    assert candidate == run_system(SYSTEMS[0], order, 7)
    assert candidate.seed != run_system(SYSTEMS[0], order, 8).seed


def test_every_behaviour_occurs(candidates):
    assert {candidate.behaviour for _, candidate in candidates} == set(BEHAVIOURS)


def test_values_and_noise_stay_on_the_scale(candidates):
    for _, candidate in candidates:
        assert all(1 <= value <= 4 for value in candidate.values.values())
        assert all(0.3 <= noise <= 0.5 for noise in candidate.noise.values())


def test_values_follow_the_behaviour(candidates):
    for edit, candidate in candidates:
        mild, severe = (worth(candidate.behaviour, edit, share) for share in (0.45, 1.0))
        for dimension, value in candidate.values.items():
            low, high = sorted((mild[dimension], severe[dimension]))
            assert low - 0.45 <= value <= high + 0.45


def test_better_systems_are_right_more_often(candidates):
    right = {
        system.name: [c.behaviour == "right" for _, c in candidates if c.system is system]
        for system in SYSTEMS
    }
    share = {name: sum(hits) / len(hits) for name, hits in right.items()}
    assert share["lumen-edit"] > share["tessera"] > share["sketchbot-mini"]


def test_a_right_edit_is_worth_more_than_any_other():
    for dimension in ("instruction_following", "visual_quality"):
        right = worth("right", EDIT, 0.7)[dimension]
        others = [
            worth(each, EDIT, 0.7)[dimension]
            for each in WORTH
            if each != "right" and (each, dimension) != ("nothing", "visual_quality")
        ]
        assert right > max(others) + 0.4


def test_a_removal_costs_some_quality():
    assert worth("right", REMOVAL, 0.5)["visual_quality"] == pytest.approx(3.3)
    assert worth("nothing", REMOVAL, 0.5)["visual_quality"] == pytest.approx(3.75)


def test_nothing_done_is_the_source_up_to_encoding(order):
    candidate = run_system(only("nothing"), order, 1)
    assert np.array_equal(decoded(candidate.content), order.source)
    lossy = decoded(encode(order.source, System("test", (1,) * 7, "JPEG", 93)))
    assert np.abs(lossy - order.source).mean() < 3 / 255


def test_right_keeps_everything_outside_the_region(order):
    right = decoded(run_system(only("right"), order, 1).content)
    region = eyes(order.source)
    assert np.abs(right - order.source)[region == 0].max() <= 1 / 255
    assert np.abs(right - order.source)[region > 0.9].mean() > 0.05


@pytest.mark.parametrize("behaviour", BEHAVIOURS[1:6])
def test_each_failure_shows(order, behaviour):
    failed = decoded(run_system(only(behaviour), order, 1).content)
    assert (np.abs(failed - order.right).max(axis=2) > 8 / 255).mean() > 0.002


def test_over_edit_reaches_the_whole_picture(order):
    away = np.abs(overdo(order.right, 0.8) - order.right)
    height, width = away.shape[:2]
    corners = [away[:60, :60], away[:60, width - 60 :], away[height - 60 :, :60]]
    assert all(corner.mean() > 0.03 for corner in corners)


def test_artifacts_gather_where_the_picture_was_changed(order):
    broken = damage(order.source, order.right, 0.8, rng_for("test"))
    away = np.abs(broken - order.right).mean(axis=2)
    region = eyes(order.source) > 0.5
    assert away[region].mean() > 3 * away[~region].mean()


def test_behaviours_leave_their_input_alone(order):
    source, right = order.source.copy(), order.right.copy()
    for behaviour in BEHAVIOURS:
        carry_out(behaviour, EDIT, (source, right), 0.8, rng_for("test", behaviour))
    assert np.array_equal(source, order.source)
    assert np.array_equal(right, order.right)


def test_output_sizes_and_formats_vary():
    pixels = load_scene("coffee")
    seen = {}
    for system in SYSTEMS:
        image = Image.open(io.BytesIO(encode(pixels, system)))
        assert image.format == system.format
        seen[system.name] = image.size
    assert seen["lumen-edit"] == to_image(pixels).size == (600, 400)
    assert seen["copperleaf"] == (608, 400)
    assert seen["brightwork-xl"] == (720, 480)
    assert seen["sketchbot-mini"] == (480, 320)
