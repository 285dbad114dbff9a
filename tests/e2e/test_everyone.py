"""For everyone: each state by the rules, the focus never hidden, narrow windows, less motion."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotate.people.models import Role
from tests.e2e import layout
from tests.e2e.browsing import Browsing
from tests.e2e.looking import faults_here
from tests.e2e.states import MORE, STATES, enter, open_room
from tests.world import World

HIDDEN = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const shown = one.closest(".tab") ? one.querySelector("img") : one;
  const label = one.matches("input") ? one.closest("label") : null;
  const box = (label ?? shown).getBoundingClientRect();
  const name = `${one.localName}.${one.className} "${(one.ariaLabel ?? one.textContent).trim()}"`;
  const spots = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5]];
  const free = spots.some(([x, y]) => {
    const top = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
    return top && (top === one || one.contains(top) || label?.contains(top) || top.contains(one));
  });
  const isIn = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return free && isIn ? null : `${name.slice(0, 80)} is hidden`;
}
"""
RINGLESS = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body || one.tabIndex < 0 && !one.matches("dialog *")) return null;
  const next = one.matches("label input") ? one.nextElementSibling : null;
  const parts = [one, next, one.closest("label"), one.querySelector(":scope > img")];
  const ringed = parts.filter(Boolean).some((part) => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  return ringed ? null : `${one.localName}.${one.className} shows no focus`;
}
"""
PAGES = ("/", "/help", "/accessibility", "/account")
SECTIONS = ("progress", "tasks", "annotators", "people", "settings", "exports")
MOVING = """
() => [...document.querySelectorAll("*")]
  .filter((one) => {
    const { transitionDuration, animationName } = getComputedStyle(one);
    return transitionDuration.split(",").some((time) => parseFloat(time) > 0) ||
      animationName !== "none";
  })
  .map((one) => one.className || one.localName)
"""


@pytest.mark.parametrize("state", [*STATES, *MORE])
def test_it_works(world: World, browsing: Browsing, state: str) -> None:
    """Every state keeps every rule of axe in light, dark and forced colours."""
    room = open_room(browsing, world)
    enter(browsing, room, state)
    assert faults_here(room.bench.page) == []
    assert layout.faults(room.bench.page) == []


def walk(page: Page, steps: int) -> list[str]:
    """Where Tab leads to something hidden, or to something that shows no focus."""
    found = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        found += [page.evaluate(HIDDEN), page.evaluate(RINGLESS)]
    return [fault for fault in found if fault]


@pytest.mark.parametrize("size", [(1440, 900), (720, 450), (390, 844)])
def test_the_focus_is_seen(world: World, browsing: Browsing, size: tuple[int, int]) -> None:
    """Tab through the rating page, the menu and a long page: no bar hides the focus."""
    room = open_room(browsing, world, viewport={"width": size[0], "height": size[1]})
    page = room.bench.page
    found = []
    for state in ("focus", "sheet", "menu", "cannot", "guideline"):
        enter(browsing, room, state)
        found += [f"{state}: {fault}" for fault in walk(page, 24)]
    page.goto("/account")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found += walk(page, 40)
    assert found == []


def test_other_pages_reflow(world: World, browsing: Browsing) -> None:
    """At 320 px wide no page of the app scrolls sideways or cuts a text."""
    page = browsing.open(world.add("lea", Role.LEAD), viewport={"width": 320, "height": 640})
    found = []
    for address in (*PAGES, *(f"/p/{world.project.slug}/{name}" for name in SECTIONS)):
        page.goto(address)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        page.wait_for_load_state("networkidle")
        found += [f"{address}: {fault}" for fault in layout.faults(page)]
    assert found == []


def test_nothing_moves(world: World, browsing: Browsing) -> None:
    """Where less motion is asked for nothing fades, slides or blinks."""
    options: dict[str, Any] = {"reduced_motion": "reduce"}
    room = open_room(browsing, world, **options)
    found = []
    for state in ("focus", "sheet", "menu", "cannot"):
        enter(browsing, room, state)
        found += room.bench.page.evaluate(MOVING)
    assert sorted(set(found)) == []


def test_the_statement_is_linked(world: World, browsing: Browsing) -> None:
    """Help and account lead to the page that says what was tested and what needs sight."""
    page = browsing.open(world.add("mei", language="zh-hans"), locale="zh-CN")
    for address in ("/help", "/account"):
        page.goto(address)
        page.get_by_role("link", name=re.compile("^无障碍")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("无障碍")
    expect(page.get_by_role("main")).to_contain_text("盲人标注员")
