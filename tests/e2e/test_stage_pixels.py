"""What one sees is fair to the pixel: the same file looks the same in every pane, at any zoom."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.world import World, make_world, manifest_rows

RATIOS = (1, 1.25, 1.5, 2)
ZOOMS = {"fit": "z z", "100": "z", "150": "z +", "200": "Alt+z", "400": "Alt+z + +"}
"""The keys that lead to a magnification from the whole image."""
RESTING = "() => [...document.querySelectorAll('.frame')].every((frame) => !frame.style.willChange)"
SIDE = 301


def speckle(seed: int) -> Image.Image:
    """A picture in which every pixel differs from its neighbours, with soft parts in between."""
    draw = Random(seed)  # noqa: S311 - a picture, not a secret
    soft = Image.new("RGB", (9, 9))
    soft.putdata([tuple(draw.randbytes(3)) for _ in range(81)])
    hard = Image.frombytes("RGB", (SIDE, SIDE), draw.randbytes(3 * SIDE * SIDE))
    return Image.blend(soft.resize((SIDE, SIDE), Image.Resampling.BICUBIC), hard, 0.4)


def checkers() -> Image.Image:
    """Black and white pixels by turns."""
    rows = [bytes(255 * ((x + y) % 2) for x in range(SIDE)) for y in range(SIDE)]
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


def panes(page: Page) -> Iterator[Locator]:
    """The image areas of all panes, once nothing moves."""
    page.wait_for_function(RESTING)
    page.mouse.move(0, 0)
    yield from page.locator(".pane-area").all()


def zoom(page: Page, keys: str) -> None:
    """Press the keys that lead to a magnification."""
    for key in keys.split():
        page.keyboard.press(key)


@pytest.mark.parametrize("ratio", RATIOS)
def test_same_file_same_pixels(
    shared_folders: None, browsing: Browsing, tmp_path: Path, ratio: float
) -> None:
    """Source and candidates of one file: every pane gives the same bytes, whatever the zoom."""
    world = same_world(tmp_path / "world", speckle(5), 3)
    bench = Bench(browsing.open(world.add("ann"), device_scale_factor=ratio))
    bench.open(world.project.slug)
    page = bench.page
    for view in ("focus", "sheet"):
        for name, keys in ZOOMS.items():
            zoom(page, keys)
            shots = [pane.screenshot() for pane in panes(page)]
            assert len(shots) == (2 if view == "focus" else 4)
            assert [shot == shots[0] for shot in shots] == [True] * len(shots), (view, name)
            zoom(page, "z z" if name in ("fit", "100") else "z")
        page.keyboard.press("v")
        expect(page.locator(".pane")).to_have_count(4 if view == "focus" else 2)
