"""The comparison tools: what each shows, when it ends, and what is stored about its use."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from annotate.judgments.models import Judgment
from tests.e2e.browsing import Browsing
from tests.e2e.tools import (
    PLANTED,
    SIZE,
    SOURCE,
    SQUARE,
    Tools,
    tools_world,
)

BRIGHT = """
(canvas) => {
  const { data, width, height } = canvas.getContext("2d").getImageData(
    0, 0, canvas.width, canvas.height);
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if (data[4 * (y * width + x) + 2] > 120) {
        left = Math.min(left, x); right = Math.max(right, x + 1);
        top = Math.min(top, y); bottom = Math.max(bottom, y + 1);
      }
  return [left / width, top / height, right / width, bottom / height];
}
"""
"""The box, in parts of a change map, of all that is brighter than its middle blue."""
LIE = """
const read = CanvasRenderingContext2D.prototype.getImageData;
CanvasRenderingContext2D.prototype.getImageData = function (...where) {
  const image = read.apply(this, where);
  image.data[4] ^= 1;
  return image;
};
"""
HIDE = """
() => {
  Object.defineProperty(document, "hidden", { configurable: true, value: true });
  document.dispatchEvent(new Event("visibilitychange"));
  delete document.hidden;
}
"""


@pytest.fixture
def start(shared_folders: None, browsing: Browsing, tmp_path: Path) -> Callable[..., Tools]:
    """Opens the rating page on a world of its own; options are those of the window."""

    def begin(*, mask: bool = False, script: str = "", **options: object) -> Tools:
        world = tools_world(tmp_path / "world", mask=mask)
        page = browsing.open(world.add("ann"), **options)
        if script:
            page.add_init_script(script)
        return Tools(page, world)

    return begin


def test_it_works(start: Callable[..., Tools]) -> None:
    """The stored judgment says which tool was shown for which candidate, and how long."""
    tools = start()
    page = tools.page
    same, planted = tools.go("same"), tools.go("planted")
    page.keyboard.press("s")
    expect(tools.title).to_have_attribute("data-tool", "slider")
    tools.go("same")
    page.keyboard.press("d")
    expect(tools.title).to_have_text(f"{same} · Difference")
    page.keyboard.press("d")
    expect(tools.title).to_have_text(same)
    page.keyboard.down("f")
    expect(tools.title).to_have_text("SOURCE")
    page.keyboard.up("f")
    tools.finish()
    tools.wait_saved()
    stored = Judgment.objects.get().tools
    assert {(entry["tool"], entry["label"]) for entry in stored} == {
        ("slider", planted),
        ("slider", same),
        ("difference", same),
        ("source", same),
    }
    assert all(0 < entry["ms"] < 600_000 for entry in stored)


def test_difference(start: Callable[..., Tools]) -> None:
    """Equal images are black; a planted square is all that is lit, brighter with more gain."""
    tools = start()
    tools.go("same")
    tools.page.keyboard.press("d")
    expect(tools.title).to_have_attribute("data-tool", "difference")
    assert tools.shot().getextrema() == ((0, 0), (0, 0), (0, 0))
    tools.go("planted")
    assert max(tools.at(345, 125)) == 255
    assert tools.at(100, 300) == (0, 0, 0)
    gain = tools.page.get_by_label("Brightness of the difference")
    gain.fill("0")
    assert tools.at(345, 125) == tuple(
        abs(before - after) for before, after in zip(SOURCE, PLANTED, strict=True)
    )


def test_slider(start: Callable[..., Tools]) -> None:
    """The source is left of the line, the edit right of it."""
    tools = start()
    tools.go("planted")
    tools.page.keyboard.press("s")
    slider = tools.page.get_by_role("slider", name="Slider between")
    expect(slider).to_have_value("0.5")
    assert tools.at(345, 125) == PLANTED
    slider.fill("0.95")
    assert tools.at(345, 125) == SOURCE
    line = tools.page.locator(".split-line").bounding_box()
    assert line is not None
    tools.page.mouse.move(line["x"] + 12, line["y"] + 200)
    tools.page.mouse.down()
    tools.page.mouse.move(line["x"] - 300, line["y"] + 200, steps=4)
    tools.page.mouse.up()
    assert tools.at(345, 125) == PLANTED
    assert 0.4 < float(slider.input_value()) < 0.7


def test_blink(start: Callable[..., Tools]) -> None:
    """Source and edit take turns, and the caption says which is seen; P stops it."""
    tools = start()
    label = tools.go("planted")
    tools.page.keyboard.press("k")
    tools.page.get_by_label("Blinks per second").fill("2.5")
    for _ in range(2):
        expect(tools.title).to_have_text("SOURCE")
        expect(tools.title).to_have_text(label)
    tools.page.keyboard.press("p")
    expect(tools.page.get_by_role("button", name="Blink", exact=True)).to_be_visible()
    expect(tools.title).to_have_text(label)
    assert tools.at(345, 125) == PLANTED


def test_blink_with_less_motion(start: Callable[..., Tools]) -> None:
    """A device that asks for less motion gets no blink before its person asks for it."""
    tools = start(reduced_motion="reduce")
    label = tools.go("planted")
    tools.page.keyboard.press("k")
    expect(tools.page.get_by_text("Off: this device asks for less motion")).to_be_visible()
    expect(tools.title).to_have_text(label)
    tools.page.get_by_role("button", name="Blink anyway").click()
    expect(tools.title).to_have_text("SOURCE")
    expect(tools.page.get_by_role("button", name="Pause")).to_be_visible()


def test_change_map(start: Callable[..., Tools]) -> None:
    """The map marks the planted square, nothing for equal images, and says that one was moved."""
    tools = start()
    tools.go("planted")
    tools.page.keyboard.press("e")
    found = tools.map().evaluate(BRIGHT)
    wanted = [edge / SIZE[at % 2] for at, edge in enumerate(SQUARE)]
    assert found == pytest.approx(wanted, abs=0.02)
    tools.go("same")
    assert tools.map().evaluate(BRIGHT) == [1, 1, 0, 0]
    moved = tools.page.get_by_text("lined up: it was shifted or scaled")
    expect(moved).to_have_count(0)
    tools.go("shifted")
    expect(moved).to_be_visible(timeout=30_000)


def test_outside_the_change(start: Callable[..., Tools]) -> None:
    """Without a mask the tool asks for a box, once: the edit dimmed in it, the map around it."""
    tools = start()
    tools.go("planted")
    tools.page.keyboard.press("o")
    expect(tools.page.get_by_text("Draw a box around the change")).to_be_visible()
    frame = tools.page.locator(".pane-area").last.locator(".frame").first.bounding_box()
    assert frame is not None
    factor = frame["width"] / SIZE[0]
    corners = [
        (frame["x"] + factor * x, frame["y"] + factor * y) for x, y in ((295, 75), (395, 175))
    ]
    tools.page.mouse.move(*corners[0])
    tools.page.mouse.down()
    tools.page.mouse.move(*corners[1], steps=3)
    tools.page.mouse.up()
    tools.map()
    assert tools.at(345, 125) == pytest.approx([0.4 * part for part in PLANTED], abs=2)
    assert tools.at(200, 250) == (0, 0, 0)
    tools.go("same")
    tools.map()
    assert tools.at(345, 125) == pytest.approx([0.4 * part for part in SOURCE], abs=2)


def test_outside_a_given_mask(start: Callable[..., Tools]) -> None:
    """The task's own mask needs no drawing."""
    tools = start(mask=True)
    tools.go("planted")
    tools.page.keyboard.press("o")
    tools.map()
    assert tools.at(345, 125) == pytest.approx([0.4 * part for part in PLANTED], abs=2)
    assert tools.at(200, 250) == (0, 0, 0)


def test_next_change(start: Callable[..., Tools]) -> None:
    """N brings the largest change into view in every pane, at 200 %."""
    tools = start()
    tools.go("planted")
    tools.page.keyboard.press("n")
    for pane in tools.page.locator(".pane-area").all():
        # The square is right of the middle: the frame's right edge meets the pane's.
        expect(pane.locator(".frame").first).to_have_css(
            "transform", "matrix(2, 0, 0, 2, -244, 0)", timeout=30_000
        )
    assert tools.title.inner_text() == tools.label("planted")


def test_pin(start: Callable[..., Tools]) -> None:
    """A pinned edit stands where the source was, and is what others are compared with."""
    tools = start()
    page = tools.page
    same = tools.go("same")
    page.keyboard.press("b")
    planted = tools.go("planted")
    expect(page.get_by_role("figure").first).to_contain_text(f"{same}, pinned")
    page.keyboard.press("d")
    expect(tools.title).to_have_text(f"{planted} and {same} · Difference")
    assert tools.at(100, 300) == (0, 0, 0)
    assert max(tools.at(345, 125)) == 255


@pytest.mark.parametrize("end", ["keyup", "blur", "hidden page", "dialog"])
def test_the_held_source_ends(start: Callable[..., Tools], end: str) -> None:
    """SOURCE is in the caption for as long as the key is held, and no longer."""
    tools = start()
    label = tools.go("planted")
    page = tools.page
    page.keyboard.down(" ")
    expect(tools.title).to_have_text("SOURCE")
    assert tools.at(345, 125) == SOURCE
    if end == "keyup":
        page.keyboard.up(" ")
    elif end == "blur":
        page.evaluate("window.dispatchEvent(new Event('blur'))")
    elif end == "hidden page":
        page.evaluate(HIDE)
    else:
        page.locator(".bar-end").get_by_role("button", name="All keys").click()
        expect(page.get_by_role("dialog")).to_be_visible()
    expect(tools.title).to_have_text(label)
    assert end == "dialog" or tools.at(345, 125) == PLANTED


def test_a_browser_that_changes_what_is_read(start: Callable[..., Tools]) -> None:
    """A canvas that lies is found out: the map is off and says so, the other tools work."""
    tools = start(script=LIE)
    tools.go("planted")
    tools.page.keyboard.press("e")
    said = tools.page.get_by_text("Off: this browser changes what is read from a canvas")
    expect(said).to_be_visible()
    expect(tools.page.locator(".map-picture")).to_have_count(0)
    tools.page.keyboard.press("d")
    assert max(tools.at(345, 125)) == 255


def test_every_tool_by_name(start: Callable[..., Tools]) -> None:
    """Each tool is a named control beside its key."""
    tools = start()
    tools.go("planted")
    for name, tool in (
        ("Side by side", "side"),
        ("Slider", "slider"),
        ("Difference", "difference"),
        ("Change map", "map"),
        ("Outside the change", "outside"),
        ("Blink", "blink"),
    ):
        tools.page.get_by_role("button", name="Compare", exact=True).click()
        menu = tools.page.locator("#tool-menu")
        menu.locator(f"[data-action={tool}]").filter(has_text=name).click()
        expect(tools.title).to_have_attribute("data-tool", tool)
        expect(menu).to_be_hidden()
