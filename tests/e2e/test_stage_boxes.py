"""The stage in measured boxes: how large images are, what fits a phone, what is too small."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FloatRect, Locator, Page, expect

from annotate.tasks.models import Project
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.world import World, make_world, manifest_rows

DESKS = {(1440, 900): 700, (1366, 625): 430, (1440, 780): 580, (1920, 1080): 880}
"""The least side of a square image in a pair, by the size of the window."""
PHONE = {"width": 390, "height": 844}
BARS = 164
TOUCH = """
([type, x, y, id]) => {
  const target = type === "pointerdown" ? document.elementFromPoint(x, y) : window.touched;
  window.touched = target;
  target.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, composed: true,
    pointerId: id, pointerType: "touch", isPrimary: id === 1, clientX: x, clientY: y }));
}
"""


def sized_world(folder: Path, size: tuple[int, int], candidates: int = 3) -> World:
    """A project of one task whose images have this size."""
    folder.mkdir(parents=True)
    (row,) = manifest_rows(folder, 1, candidates)
    for number, name in enumerate([row["source"], *(one["image"] for one in row["candidates"])]):
        shade = 60 + 5 * number
        picture = Image.linear_gradient("L").resize(size).convert("RGB")
        picture.paste((shade, 90, 80), (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
        picture.save(folder / name)
    return make_world(folder, rows=[row])


def box_of(part: Locator) -> FloatRect:
    """The bounding box of something that is seen."""
    box = part.bounding_box()
    assert box is not None
    return box


def shown_boxes(page: Page) -> list[FloatRect]:
    """The boxes of the images that are seen, pane by pane."""
    seen = page.locator(".frame img").filter(visible=True)
    return [box_of(one) for one in seen.all()]


def open_bench(browsing: Browsing, world: World, **options: Any) -> Bench:
    """The rating page of a new annotator."""
    bench = Bench(browsing.open(world.add("ann"), **options))
    bench.open(world.project.slug)
    return bench


def test_it_works(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """A square pair is as large as the bars leave room for, in every window."""
    world = sized_world(tmp_path / "world", (1024, 1024))
    page = open_bench(browsing, world).page
    for (width, height), least in DESKS.items():
        page.set_viewport_size({"width": width, "height": height})
        stage = box_of(page.locator(".stage"))
        assert (stage["width"], stage["height"]) == (width, height - BARS)
        expect(page.locator(".pane-area").last).to_have_css("height", f"{height - BARS - 20}px")
        first, second = shown_boxes(page)
        for box in (first, second):
            assert min(box["width"], box["height"]) >= least
            assert stage["y"] <= box["y"]
            assert box["y"] + box["height"] <= stage["y"] + stage["height"] - 20
        assert first["x"] + first["width"] <= second["x"]


@pytest.mark.parametrize("size", [(2500, 500), (500, 2500), (4000, 3000)])
def test_shapes(
    shared_folders: None, browsing: Browsing, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Wide images lie above each other, tall ones side by side, as large as they go."""
    world = sized_world(tmp_path / "world", size)
    page = open_bench(browsing, world).page
    first, second = shown_boxes(page)
    aspect = size[0] / size[1]
    assert first["width"] == pytest.approx(second["width"])
    assert first["width"] / first["height"] == pytest.approx(aspect, rel=0.01)
    is_stacked = first["y"] + first["height"] <= second["y"]
    assert is_stacked == (aspect > 2)
    room = 1440 if is_stacked else 716
    assert first["width"] >= room - 1 or first["height"] >= (348 if is_stacked else 716) - 1
    page.keyboard.press("v")
    expect(page.locator(".pane")).to_have_count(4)
    stage = box_of(page.locator(".stage"))
    for box in shown_boxes(page):
        assert box["y"] >= stage["y"]
        assert box["y"] + box["height"] <= stage["y"] + stage["height"]


def test_pages(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """The sheet of 26 candidates comes in pages of seven beside the source, turned by buttons."""
    world = sized_world(tmp_path / "world", (512, 512), 26)
    page = open_bench(browsing, world).page
    page.keyboard.press("v")
    expect(page.locator(".pane")).to_have_count(8)
    assert all(box["width"] >= 280 for box in shown_boxes(page))
    pages = page.get_by_role("navigation", name="Pages of the contact sheet").get_by_role("button")
    first_and_last = [f"{text[0]}{text[-1]}" for text in pages.all_inner_texts()]
    assert first_and_last == ["AG", "HN", "OU", "VZ"]
    pages.last.click()
    expect(page.locator(".pane")).to_have_count(6)
    expect(page.get_by_role("tab", name="Edit V.")).to_have_attribute("aria-selected", "true")
    expect(pages.last).to_have_attribute("aria-current", "page")


def touch(page: Page, kind: str, x: float, y: float, finger: int = 1) -> None:
    """One event of a finger."""
    page.evaluate(TOUCH, [f"pointer{kind}", x, y, finger])


def test_phone(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """A phone: one image, a resting finger shows the source, two fingers zoom, a swipe moves on."""
    world = sized_world(tmp_path / "world", (1024, 1024))
    options = {"viewport": PHONE, "has_touch": True, "device_scale_factor": 2}
    page = open_bench(browsing, world, **options).page
    stage = box_of(page.locator(".stage"))
    assert stage["width"] == 390
    assert PHONE["height"] - stage["height"] <= 360
    (image,) = shown_boxes(page)
    assert image["width"] == 390
    caption = page.locator(".pane figcaption strong")
    expect(caption).to_have_text("A")
    touch(page, "down", 200, 300)
    expect(caption).to_have_text("SOURCE")
    touch(page, "up", 200, 300)
    expect(caption).to_have_text("A")
    touch(page, "down", 150, 300)
    touch(page, "down", 250, 300, 2)
    touch(page, "move", 350, 300, 2)
    touch(page, "up", 350, 300, 2)
    touch(page, "up", 150, 300)
    (zoomed,) = shown_boxes(page)
    assert zoomed["width"] == pytest.approx(780, rel=0.01)
    strip = box_of(page.get_by_role("tablist"))
    middle = strip["y"] + strip["height"] / 2
    touch(page, "down", 300, middle)
    touch(page, "move", 245, middle)
    touch(page, "up", 245, middle)
    expect(page.get_by_role("tab", selected=True).locator(".tab-letter")).to_have_text("B")


def test_zoomed_page(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """At 200 % zoom one pane is left over a dock in one row, and every control is there."""
    world = sized_world(tmp_path / "world", (1024, 1024))
    page = open_bench(browsing, world, viewport={"width": 720, "height": 450}).page
    expect(page.locator(".pane")).to_have_count(1)
    dock = box_of(page.locator(".dock"))
    assert dock["height"] == 116
    assert dock["y"] + dock["height"] == 450
    parts = [*page.locator(".dock button").all(), *page.locator(".levels label").all()]
    boxes = [box_of(part) for part in parts]
    assert len(boxes) >= 3 + 4 + 4
    for box in boxes:
        assert dock["y"] <= box["y"]
        assert box["y"] + box["height"] <= 450
        assert box["x"] + box["width"] <= 720


def test_minimum_stage(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """Below the stage that the project asks for nothing is rated, and the page says what to do."""
    world = sized_world(tmp_path / "world", (512, 512))
    world.project.minimum_stage = 600
    world.project.save(update_fields=["minimum_stage"])
    bench = open_bench(browsing, world)
    page = bench.page
    page.set_viewport_size({"width": 1440, "height": 700})
    alert = page.get_by_role("alert").filter(has_text="image area of at least 600")
    expect(alert).to_contain_text("Make the window taller")
    expect(bench.levels.first).to_be_disabled()
    page.keyboard.press("4")
    page.set_viewport_size({"width": 500, "height": 700})
    expect(alert).to_contain_text("wider and taller")
    page.set_viewport_size({"width": 1440, "height": 900})
    bench.wait()
    expect(page.locator(".dot.filled")).to_have_count(0)
    page.keyboard.press("3")
    expect(page.locator(".dot.filled")).to_have_count(1)


def test_other_shape(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """A candidate of another shape is shown whole, it is said, and how it lies can be chosen."""
    folder = tmp_path / "world"
    folder.mkdir()
    (row,) = manifest_rows(folder, 1, 1)
    Image.new("RGB", (200, 200), (90, 120, 150)).save(folder / row["candidates"][0]["image"])
    world = make_world(folder, rows=[row])
    page = open_bench(browsing, world).page
    source, edit = shown_boxes(page)
    assert edit["height"] == pytest.approx(source["height"], abs=1)
    assert edit["width"] == pytest.approx(edit["height"], abs=1)
    note = page.get_by_role("button", name="Other shape than the source: shown whole")
    note.click()
    page.get_by_role("radio", name="Stretch over the source").check()
    stretched = shown_boxes(page)[1]
    assert stretched["width"] == pytest.approx(source["width"], abs=1)
    page.get_by_role("radio", name="Show it whole").check()
    page.get_by_role("button", name="Move right").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    moved = shown_boxes(page)[1]
    factor = source["width"] / 160
    assert moved["x"] - edit["x"] == pytest.approx(11 * factor, abs=1)
    page.get_by_role("radio", name="Cover the source").check()
    covering = shown_boxes(page)[1]
    assert covering["height"] == pytest.approx(covering["width"], abs=1)
    assert covering["width"] == pytest.approx(source["width"], abs=1)
    page.keyboard.press("Escape")
    expect(page.locator(".fitting-note")).to_have_text(
        "Other shape than the source: cut to cover it"
    )


def test_pixel_sizes_are_shown_where_the_project_wants_them_only(
    shared_folders: None, browsing: Browsing, tmp_path: Path
) -> None:
    """A size can name a system: none is on the page unless the project shows them."""
    world = sized_world(tmp_path / "world", (640, 480))
    page = browsing.open(world.add("ann"))
    for is_wanted in (False, True):
        Project.objects.update(show_size=is_wanted)
        Bench(page).open(world.project.slug)
        for view, images in (("focus", 2), ("sheet", 4)):
            expect(page.locator(f".stage[data-view={view}] .pane")).to_have_count(images)
            sizes = page.locator(".pixel-size").all_inner_texts()
            assert sizes == ["640 \N{MULTIPLICATION SIGN} 480"] * images * is_wanted
            assert ("640" in page.locator("body").inner_text()) == is_wanted
            page.keyboard.press("v")
