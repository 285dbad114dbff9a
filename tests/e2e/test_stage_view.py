"""One view for all panes: kept through views and sizes; pixels show in all panes together."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.test_stage_boxes import sized_world

FRAMES = """
() => [...document.querySelectorAll(".pane-area")].map((area) => {
  const frame = area.querySelector(".frame");
  const box = area.getBoundingClientRect();
  const shown = frame.getBoundingClientRect();
  return {
    scale: (shown.width * devicePixelRatio) / frame.offsetWidth,
    x: (box.left + box.width / 2 - shown.left) / shown.width,
    y: (box.top + box.height / 2 - shown.top) / shown.height,
    rendering: getComputedStyle(frame.querySelector("img")).imageRendering,
    moves: frame.style.willChange,
  };
})
"""
DRAWN = """
(rendering) => [...document.querySelectorAll(".frame img")].every(
  (image) => getComputedStyle(image).imageRendering === rendering)
"""
MAGNIFIED = """
() => [...document.querySelectorAll(".pane-area .frame")].every((frame) =>
  frame.getBoundingClientRect().width * devicePixelRatio > 2 * frame.offsetWidth)
"""
TRANSFORM = "() => document.querySelector('.frame').style.transform"
MOVED = "(before) => document.querySelector('.frame').style.transform !== before"
DRAWN_TWICE = """
() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
"""
"""Panes follow a change of their size in the frame that shows it."""
RESTING = "() => [...document.querySelectorAll('.frame')].every((frame) => !frame.style.willChange)"


def frames(page: Page) -> list[dict[str, Any]]:
    """What each pane shows: its scale and centre, and how pixels are drawn."""
    return list(page.evaluate(FRAMES))


def rounded(page: Page) -> set[tuple[float, float, float]]:
    """The views of all panes once drawn; a thousandth of the image is under a pixel here."""
    page.evaluate(DRAWN_TWICE)
    return {
        (round(one["scale"], 3), round(one["x"], 2), round(one["y"], 2)) for one in frames(page)
    }


def test_it_works(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """A zoomed and dragged view is the same in every pane, as a sheet and in any window."""
    world = sized_world(tmp_path / "world", (1000, 1000))
    page = browsing.open(world.add("ann"))
    Bench(page).open(world.project.slug)
    page.mouse.move(300, 300)
    page.mouse.wheel(0, -900)
    page.wait_for_function(MAGNIFIED)
    (before,) = rounded(page)
    still = page.evaluate(TRANSFORM)
    page.mouse.down()
    page.mouse.move(340, 330)
    # Moves reach the page with its next frame.
    page.wait_for_function(MOVED, arg=still)
    assert {one["moves"] for one in frames(page)} == {"transform"}
    page.mouse.up()
    page.wait_for_function(RESTING)
    (view,) = rounded(page)
    assert view[0] == before[0] > 2
    assert view[1] < before[1]
    assert view[2] < before[2]
    page.keyboard.press("v")
    expect(page.locator(".pane")).to_have_count(4)
    assert rounded(page) == {view}
    page.set_viewport_size({"width": 1100, "height": 800})
    expect(page.locator(".stage")).to_have_css("width", "1100px")
    assert rounded(page) == {view}
    page.keyboard.press("v")
    expect(page.locator(".pane")).to_have_count(2)
    assert rounded(page) == {view}
    page.keyboard.press("z")
    assert {one["scale"] for one in frames(page)} == {1}


def test_pixels_show_together(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """All panes are smooth until the finest image is at 200 %, then show their pixels together."""
    world = sized_world(tmp_path / "world", (400, 400))
    page = browsing.open(world.add("ann"))
    Bench(page).open(world.project.slug)
    page.keyboard.press("z")
    for scale, rendering in ((1, "auto"), (1.5, "auto"), (2, "pixelated")):
        # Pixels are shown once the sharper pictures are there, all at once.
        page.wait_for_function(DRAWN, arg=rendering)
        (seen,) = {(round(one["scale"], 6), one["rendering"]) for one in frames(page)}
        assert seen == (scale, rendering)
        page.keyboard.press("+")
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert {one["rendering"] for one in frames(page)} == {"auto"}
