"""Marking places: a box lies where it was drawn, in the edit's own pixels, while one marks."""

from math import log
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, expect

from annotate.judgments.models import Region
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.looking import faults_here
from tests.world import World, make_world

FRAME = (800, 600)
EDIT = (1016, 768)
"""The edit's aspect is 0.8 % off the source's: it is stretched over the frame."""
SPOT = (410, 300, 500, 360)
"""Left, top, right and bottom of what is planted, in the edit's own pixels."""
RATIO = 1.5


def spotted_world(folder: Path) -> World:
    """A task of one edit with a white spot on grey."""
    folder.mkdir(parents=True)
    Image.new("RGB", FRAME, (90, 90, 90)).save(folder / "source.png")
    edit = Image.new("RGB", EDIT, (90, 90, 90))
    left, top, right, bottom = SPOT
    ImageDraw.Draw(edit).rectangle((left, top, right - 1, bottom - 1), fill=(255, 255, 255))
    edit.save(folder / "edit.png")
    row = {
        "id": "task-0",
        "instruction": "Add a white spot",
        "source": "source.png",
        "category": "scene",
        "candidates": [{"system": "system-0", "image": "edit.png"}],
    }
    return make_world(folder, rows=[row])


class Marking(Bench):
    """The rating page while regions are marked."""

    @property
    def pane(self) -> Locator:
        """The edit's part of the stage."""
        return self.page.locator("main .pane-area").last

    def zoom(self, wheel: float) -> float:
        """Turn the wheel; device pixels for a pixel of the source then."""
        frame = self.pane.locator(".frame")
        before = str(frame.get_attribute("style"))
        self.page.mouse.wheel(0, wheel)
        expect(frame).not_to_have_attribute("style", before)
        wide = "frame => frame.getBoundingClientRect().width * devicePixelRatio"
        return float(frame.evaluate(wide)) / FRAME[0]

    def spot(self, folder: Path) -> tuple[float, float, float, float]:
        """Where the white spot is on the screen, in CSS pixels, by a look at it."""
        box = self.pane.bounding_box()
        assert box is not None
        path = folder / "pane.png"
        self.pane.screenshot(path=path)
        with Image.open(path) as picture:
            found = picture.convert("L").point(lambda shade: 255 * (shade > 200)).getbbox()
        assert found is not None
        x, y = box["x"], box["y"]
        return (
            x + found[0] / RATIO,
            y + found[1] / RATIO,
            x + found[2] / RATIO,
            y + found[3] / RATIO,
        )

    def drag(self, spot: tuple[float, float, float, float]) -> None:
        """Draw from the left top to the right bottom."""
        left, top, right, bottom = spot
        mouse = self.page.mouse
        mouse.move(left, top)
        mouse.down()
        mouse.move((left + right) / 2, (top + bottom) / 2)
        mouse.move(right, bottom)
        mouse.up()

    def submit_last(self) -> None:
        """Rate what is open, and hand over the only task."""
        self.press(["3", "2", "Enter"])
        expect(self.page.get_by_role("heading", name="Nothing left to judge")).to_be_visible()
        self.wait_saved()


def own_pixels(region: Region) -> list[float]:
    """The sides of a stored box in pixels of the edit."""
    width, height = EDIT
    return [region.x0 * width, region.y0 * height, region.x1 * width, region.y1 * height]


def test_it_works(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """Drawn at 400 % on a stretched edit at 1.5 device pixels: within one pixel of the edit."""
    world = spotted_world(tmp_path / "world")
    page = browsing.open(world.add("ann"), device_scale_factor=RATIO)
    bench = Marking(page)
    bench.open(world.project.slug)
    bench.press(["z"])
    left, top, right, bottom = bench.spot(tmp_path)
    page.mouse.move((left + right) / 2, (top + bottom) / 2)
    once = bench.zoom(-300)
    assert bench.zoom(-300 * log(4 / once) / log(once)) == pytest.approx(4, rel=0.02)
    spot = bench.spot(tmp_path)
    bench.press(["r"])
    bench.drag(spot)
    expect(page.locator(".region-chip")).to_have_count(1)
    bench.press(["2", "Escape"])
    expect(page.locator(".region-box")).to_have_count(0)
    bench.submit_last()
    (region,) = Region.objects.all()
    assert own_pixels(region) == pytest.approx(list(SPOT), abs=1)
    assert (region.dimension, region.reason) == ("instruction_following", "wrong_target")
    bench.press(["Control+z"])
    expect(page.get_by_text("Press Ctrl+Z again")).to_be_visible()
    bench.press(["Control+z"])
    bench.wait()
    bench.press(["r"])
    expect(page.locator(".region-chip[aria-pressed=true]")).to_have_accessible_name(
        "Box 1: The wrong object or place was changed"
    )


def test_keyboard(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """Without a mouse: a new box in the middle, moved, sized, taken away, and all of it undone."""
    world = spotted_world(tmp_path / "world")
    bench = Marking(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    chips = bench.page.locator(".region-chip")
    bench.press(["r", "Enter"])
    expect(chips).to_have_count(1)
    assert faults_here(bench.page) == []
    before = bench.page.locator(".region-box[data-chosen]").first.bounding_box()
    bench.press(["ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowUp"])
    after = bench.page.locator(".region-box[data-chosen]").first.bounding_box()
    assert before is not None
    assert after is not None
    moves = [after[side] - before[side] for side in ("x", "y", "width", "height")]
    assert moves == pytest.approx([8, 4, 4, -4], abs=0.1)
    bench.press(["Enter"])
    expect(chips).to_have_count(2)
    bench.press(["Delete"])
    expect(chips).to_have_count(1)
    bench.press(["Control+z"])
    expect(chips).to_have_count(2)
    bench.press(["Control+z", "Control+z", "Control+z"])
    expect(chips).to_have_count(0)
    bench.press(["Enter", "Escape"])
    expect(bench.page.get_by_role("tab", selected=True)).to_be_focused()
    bench.submit_last()
    (region,) = Region.objects.all()
    assert (region.x0, region.y0, region.x1, region.y1) == (0.25, 0.25, 0.75, 0.75)
    assert region.reason is None


def test_two_clicks(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """A click on each of two corners draws; Alt-drag moves the picture and draws nothing."""
    world = spotted_world(tmp_path / "world")
    bench = Marking(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    bench.press(["z", "r"])
    box = bench.pane.bounding_box()
    assert box is not None
    x, y = box["x"] + 300, box["y"] + 200
    picture = bench.pane.locator("img").first
    before = picture.bounding_box()
    bench.page.keyboard.down("Alt")
    bench.drag((x, y, x - 30, y - 40))
    bench.page.keyboard.up("Alt")
    after = picture.bounding_box()
    assert before is not None
    assert after is not None
    assert (round(after["x"] - before["x"]), bench.page.locator(".region-chip").count()) == (-30, 0)
    bench.page.mouse.click(x, y)
    bench.page.mouse.click(x + 40, y + 30)
    expect(bench.page.locator(".region-chip")).to_have_count(1)
    bench.page.get_by_role("button", name="Remove").click()
    expect(bench.page.locator(".region-chip")).to_have_count(0)
