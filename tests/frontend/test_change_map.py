"""The change map of the rating page, against NVIDIA's own evaluator and planted changes."""

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import flip_evaluator
import numpy as np
import pytest
from PIL import Image, ImageFilter
from skimage import data

ROOT = Path(__file__).resolve().parents[2]
NODE = ROOT / ".venv" / "bin" / "node"
SCRIPT = Path(__file__).with_name("change_map.mjs")

Picture = np.ndarray[Any, np.dtype[np.uint8]]


def photograph(width: int, height: int) -> Picture:
    """A public-domain photograph at a size."""
    return np.asarray(Image.fromarray(data.astronaut()).resize((width, height)))


def as_jpeg(picture: Picture, quality: int) -> Picture:
    """What JPEG leaves of a picture."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))


def plant(picture: Picture, box: tuple[int, int, int, int], colour: tuple[int, ...]) -> Picture:
    """A picture with a filled box: left, top, width, height."""
    left, top, width, height = box
    planted = picture.copy()
    planted[top : top + height, left : left + width] = colour
    return planted


def noise(picture: Picture) -> Picture:
    """A picture with noise on every pixel."""
    drawn = np.random.default_rng(11).normal(0, 12, picture.shape)
    return np.asarray(np.clip(picture + drawn, 0, 255), np.uint8)


def blurred(picture: Picture) -> Picture:
    """A picture out of focus."""
    return np.asarray(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(2)))


def pair(name: str) -> tuple[Picture, Picture]:
    """One of the six generated pairs."""
    wide, plain = photograph(320, 200), np.full((180, 240, 3), 40, np.uint8)
    draw = np.random.default_rng(5)
    pairs = {
        "jpeg": (wide, as_jpeg(wide, 40)),
        "planted": (wide, plant(wide, (60, 40, 70, 50), (20, 220, 60))),
        "noise": (wide, noise(wide)),
        "blur": (photograph(199, 301), blurred(photograph(199, 301))),
        "black and white": (plain * 0, plant(plain * 0, (100, 0, 9, 180), (255, 255, 255))),
        "unrelated": tuple(draw.integers(0, 256, (2, 150, 210, 3), np.uint8)),
    }
    return pairs[name]


def ours(folder: Path, before: Picture, after: Picture) -> tuple[Any, Any]:
    """Our map, and the other findings of the page's code."""
    height, width = before.shape[:2]
    for name, picture in (("before", before), ("after", after)):
        opaque = np.full((height, width, 1), 255, np.uint8)
        np.concatenate([picture, opaque], axis=2).tofile(folder / name)
    files = [folder / name for name in ("before", "after", "map")]
    words: list[str | Path] = [
        NODE,
        "--disable-warning=ExperimentalWarning",
        SCRIPT,
        str(width),
        str(height),
        *files,
    ]
    done = subprocess.run(words, capture_output=True, check=True, text=True)
    found = np.fromfile(folder / "map", np.float32).reshape(height, width)
    return found, json.loads(done.stdout)


def theirs(before: Picture, after: Picture) -> tuple[Any, float]:
    """The map and mean of flip-evaluator."""
    pictures = [picture.astype(np.float32) / 255 for picture in (before, after)]
    given, mean, _ = flip_evaluator.evaluate(
        *pictures, "LDR", applyMagma=False, parameters={"ppd": 67.02}
    )
    return np.asarray(given).reshape(before.shape[:2]), mean


@pytest.mark.parametrize(
    "name", ["jpeg", "planted", "noise", "blur", "black and white", "unrelated"]
)
def test_it_works(name: str, tmp_path: Path) -> None:
    before, after = pair(name)
    found, said = ours(tmp_path, before, after)
    expected, mean = theirs(before, after)
    assert expected.max() > 0.05
    assert np.abs(found - expected).max() <= 1e-3
    assert abs(said["mean"] - mean) <= 1e-3


def test_identical_images_give_zero(tmp_path: Path) -> None:
    picture = photograph(300, 200)
    found, said = ours(tmp_path, picture, picture)
    assert not found.any()
    assert said["mean"] == 0
    assert said["regions"] == []


@pytest.mark.parametrize(
    ("side", "colour", "least"),
    [(229, (40, 90, 200), 0.9), (229, (250, 250, 250), 0.9), (51, (250, 250, 250), 0.85)],
    ids=["5 % of the area", "the same, bright", "5 % of a side"],
)
def test_a_planted_square_is_found_under_noise(
    side: int, colour: tuple[int, int, int], least: float, tmp_path: Path
) -> None:
    source = photograph(1024, 1024)
    after = as_jpeg(plant(source, (300, 400, side, side), colour), 70)
    found, said = ours(tmp_path, source, after)
    planted = plant(np.zeros_like(source), (300, 400, side, side), (1, 1, 1))[..., 0] > 0
    changed = found > said["cut"]
    overlap = (changed & planted).sum() / (changed | planted).sum()
    assert overlap >= least
    box = said["regions"][0]["box"]
    assert [box["left"], box["top"]] == pytest.approx([300 / 1024, 400 / 1024], abs=0.012)
    assert said["placement"] == {"dx": 0, "dy": 0, "scale": 1}


def test_a_shifted_and_scaled_edit_is_lined_up(tmp_path: Path) -> None:
    source = photograph(640, 480)
    moved = Image.fromarray(plant(source, (200, 100, 90, 90), (200, 30, 200)))
    x, y, scale = 5.0, -4.0, 1.012
    left, top = 320 - 320 * scale - x, 240 - 240 * scale - y
    matrix = (scale, 0, left, 0, scale, top)
    turned = moved.transform((640, 480), Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)
    _, said = ours(tmp_path, source, as_jpeg(np.asarray(turned), 80))
    placement = said["placement"]
    assert placement["scale"] == pytest.approx(1 / scale, abs=0.001)
    assert placement["dx"] * 640 == pytest.approx(x / scale, abs=0.7)
    assert placement["dy"] * 640 == pytest.approx(y / scale, abs=0.7)
    box = said["regions"][0]["box"]
    assert box["left"] * 640 == pytest.approx(200, abs=6)
    assert box["width"] * 640 == pytest.approx(90, abs=10)
