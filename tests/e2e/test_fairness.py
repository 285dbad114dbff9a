"""Nothing near an image tints, frames, fades or covers it; how it was seen is stored."""

from typing import Any

import pytest

from annotate.judgments.models import Judgment
from annotate.tasks.services import update_settings
from tests.e2e import fairness
from tests.e2e.browsing import Browsing
from tests.e2e.looking import SCHEMES, SETTLED
from tests.e2e.states import STATES, Room, enter, open_room
from tests.world import World

GROUND = "#6C6C6C"


def look(room: Room, name: str) -> list[str]:
    """What is unfair in a state, in light and in dark."""
    page = room.bench.page
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        found += [f"{name}, {scheme}: {fault}" for fault in fairness.faults(page)]
        found += [f"{name}, {scheme}: level {one}" for one in fairness.coloured_levels(page)]
    return found


def test_it_works(world: World, browsing: Browsing) -> None:
    """In every state, in light and dark: greys alone near images, and nothing on them."""
    room = open_room(browsing, world)
    found = []
    for name in STATES.keys() - {"difference"}:  # not an image but a picture of two
        enter(browsing, room, name)
        found += look(room, name)
    assert found == []
    enter(browsing, room, "difference")
    assert fairness.tinted(room.bench.page) == []


PLANTED = {
    "have a colour": "document.querySelector('.bar').style.borderBottom = '4px solid teal'",
    "borderRadius": "document.querySelector('.stage img').style.borderRadius = '4px'",
    "lies over an image": "document.body.append(Object.assign(document.createElement('div'),"
    " { className: 'cover', style: 'position: fixed; inset: 100px' }))",
}


@pytest.mark.parametrize("fault", list(PLANTED))
def test_a_planted_fault_is_found(world: World, browsing: Browsing, fault: str) -> None:
    """The check is able to fail; zoomed, the images reach the edges of the stage."""
    room = open_room(browsing, world)
    enter(browsing, room, "zoomed")
    assert fairness.faults(room.bench.page) == []
    room.bench.page.evaluate(PLANTED[fault])
    assert [said for said in fairness.faults(room.bench.page) if fault in said] != []


@pytest.mark.parametrize("ground", [GROUND, "#404040"])
def test_the_ground_is_the_project_s(world: World, browsing: Browsing, ground: str) -> None:
    """The ground is what the project says, the same in light and dark."""
    update_settings(project=world.project, changes={"ground": ground})
    room = open_room(browsing, world)
    enter(browsing, room, "focus")
    page = room.bench.page
    wanted = [int(ground[place : place + 2], 16) for place in (1, 3, 5)]
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        box: Any = page.locator(".stage").evaluate("one => one.getBoundingClientRect().toJSON()")
        corner = fairness.pixels(page)[int(box["y"]) + 2, int(box["x"] + box["width"] / 2)]
        assert corner.tolist() == wanted


def test_how_it_was_seen_is_stored(world: World, browsing: Browsing) -> None:
    """A judgment holds the ground, and the time spent on each dimension, which no page shows."""
    room = open_room(browsing, world)
    room.open()
    room.bench.rate_all(2)
    room.bench.submit()
    room.bench.wait_saved()
    (judgment,) = Judgment.objects.all()
    assert judgment.viewing["ground"] == GROUND
    spent = judgment.telemetry["dimension_ms"]
    assert sorted(spent) == ["instruction_following", "visual_quality"]
    assert sum(spent.values()) <= (judgment.active_ms or 0) + len(spent)
