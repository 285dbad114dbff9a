"""The rating page in its states and sizes: nothing cut, nothing on top of another, no shift."""

from typing import Any

import pytest

from tests.e2e import layout, pseudo
from tests.e2e.browsing import Browsing
from tests.e2e.states import STATES, Room, enter, open_room
from tests.world import World

SIZES: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "low": {"viewport": {"width": 1366, "height": 625}},
    "zoomed": {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}


def look(browsing: Browsing, room: Room) -> list[str]:
    """What is wrong in any state."""
    found = []
    layout.watch_shifts(room.bench.page.context)
    for name in STATES:
        enter(browsing, room, name)
        found += [f"{name}: {fault}" for fault in layout.faults(room.bench.page)]
    return found


@pytest.mark.parametrize("size", list(SIZES))
def test_it_works(world: World, browsing: Browsing, size: str) -> None:
    """Every state, at a desk, in a low window, at 200 % and on a phone."""
    assert look(browsing, open_room(browsing, world, **SIZES[size])) == []


MOVED = "layout shift outside input"
"""Done without a key press, after which the browser forgives it for a while."""
PLANTED = {
    "text is cut": "document.querySelector('.bar-left').style.cssText ="
    " 'width: 20px; overflow: hidden; white-space: nowrap'",
    "controls intersect": "document.querySelector('.submit').style.marginLeft = '-90px'",
    "a target of": "document.querySelector('.tool').style.cssText = 'min-height: 0; height: 20px'",
    "a scroll bar on the stage": "document.querySelector('.stage').style.overflow = 'auto';"
    "document.querySelector('.pane').style.minWidth = '200vw'",
    MOVED: "document.querySelector('.bar').style.marginTop = '30px'",
}


@pytest.mark.parametrize("fault", list(PLANTED))
def test_a_planted_fault_is_found(world: World, browsing: Browsing, fault: str) -> None:
    """The check is able to fail: each kind of fault, done to a page that is right."""
    room = open_room(browsing, world)
    layout.watch_shifts(room.bench.page.context)
    enter(browsing, room, "done" if fault == MOVED else "focus")
    page = room.bench.page
    assert layout.faults(page) == []
    page.evaluate(PLANTED[fault])
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert [said for said in layout.faults(page) if said.startswith(fault)] != []


@pytest.mark.parametrize("size", list(SIZES))
def test_longer_words(world: World, browsing: Browsing, size: str) -> None:
    """In a language 40 % longer than English nothing is cut and nothing overlaps."""
    room = open_room(browsing, world, **SIZES[size])
    heard: set[str] = set()
    pseudo.speak(room.bench.page.context, heard)
    found = look(browsing, room)
    assert heard == pseudo.keys()
    assert found == []
