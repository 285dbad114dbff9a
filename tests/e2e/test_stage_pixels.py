"""What one sees is fair to the pixel: the same file looks the same in every pane, at any zoom."""

from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from annotate.people.models import User
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.world import World, make_world, manifest_rows

RATIOS = (1, 1.25, 1.5, 2)
ZOOMS = {
    "fit": ("", ""),
    "100": ("z", "z"),
    "150": ("z +", "z z"),
    "200": ("Alt+z", "Alt+z"),
    "400": ("Alt+z + +", "z z"),
}
"""The keys that lead from the whole image to a magnification, and back."""
SIDE = 301
SHOWN = """
(area) => {
  const images = [...area.querySelectorAll("img")];
  const image = images.find((one) => one.style.visibility !== "hidden");
  const box = image.getBoundingClientRect();
  return [box.left * devicePixelRatio, box.top * devicePixelRatio, box.width * devicePixelRatio];
}
"""


def speckle() -> Image.Image:
    """A picture in which every pixel differs from its neighbours, with soft parts beneath."""
    draw = Random(5)  # noqa: S311 - a picture, not a secret
    soft = Image.frombytes("RGB", (9, 9), draw.randbytes(3 * 81))
    hard = Image.frombytes("RGB", (SIDE, SIDE), draw.randbytes(3 * SIDE * SIDE))
    return Image.blend(soft.resize((SIDE, SIDE), Image.Resampling.BICUBIC), hard, 0.4)


def checkers() -> Image.Image:
    """Black and white pixels by turns."""
    rows = (bytes(255 * ((x + y) % 2) for x in range(SIDE)) for y in range(SIDE))
    return Image.frombytes("L", (SIDE, SIDE), b"".join(rows)).convert("RGB")


def same_world(folder: Path, picture: Image.Image, candidates: int) -> World:
    """A project of one task whose source and candidates are one file."""
    folder.mkdir(parents=True)
    (row,) = manifest_rows(folder, 1, candidates)
    picture.save(folder / "same.png")
    row["source"] = "same.png"
    for candidate in row["candidates"]:
        candidate["image"] = "same.png"
    return make_world(folder, rows=[row])


def open_bench(browsing: Browsing, user: User, world: World, ratio: float) -> Bench:
    """The rating page on a screen of this ratio of device pixels to CSS pixels."""
    bench = Bench(browsing.open(user, device_scale_factor=ratio))
    bench.open(world.project.slug)
    return bench


def press(page: Page, keys: str) -> None:
    """Press keys that are named with spaces between."""
    for key in keys.split():
        page.keyboard.press(key)


def shot(pane: Locator) -> Image.Image:
    """An image area as it is on the screen."""
    return Image.open(BytesIO(pane.screenshot())).convert("RGB")


def test_it_works(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """Source and candidates of one file: every pane gives the same bytes, whatever the zoom."""
    world = same_world(tmp_path / "world", speckle(), 3)
    ann = world.add("ann")
    for ratio in RATIOS:
        page = open_bench(browsing, ann, world, ratio).page
        for view, panes in (("focus", 2), ("sheet", 4)):
            areas = page.locator(".pane-area")
            expect(areas).to_have_count(panes)
            for name, (there, back) in ZOOMS.items():
                press(page, there)
                shots = [area.screenshot() for area in areas.all()]
                assert [one == shots[0] for one in shots] == [True] * panes, (ratio, view, name)
                width = areas.last.evaluate(SHOWN)[2]
                assert name == "fit" or abs(width - SIDE * int(name) / 100) < 0.01
                press(page, back)
            page.keyboard.press("v")
        page.context.close()


def test_checkerboard(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """Pixels that are black and white by turns come back exactly at 100 %."""
    picture = checkers()
    world = same_world(tmp_path / "world", picture, 2)
    ann = world.add("ann")
    for ratio in RATIOS:
        page = open_bench(browsing, ann, world, ratio).page
        page.keyboard.press("z")
        for area in page.locator(".pane-area").all():
            box = area.bounding_box()
            assert box is not None
            left, top, _ = area.evaluate(SHOWN)
            corner = (round(left - box["x"] * ratio), round(top - box["y"] * ratio))
            edges = (*corner, corner[0] + SIDE, corner[1] + SIDE)
            assert shot(area).crop(edges).tobytes() == picture.tobytes(), ratio
        page.context.close()
