"""What a system can do with an instruction: the right edit and six ways to fail."""

import io
from collections.abc import Callable
from typing import Literal

import numpy as np
from PIL import Image

from demo.paint import (
    Mask,
    Pixels,
    blur,
    contrast,
    mix,
    saturate,
    smoothstep,
    to_image,
    to_pixels,
)
from demo.plan import Edit

Behaviour = Literal["right", "half", "over", "artifacts", "wrong", "cast", "nothing"]
BEHAVIOURS: tuple[Behaviour, ...] = (
    "right",
    "half",
    "over",
    "artifacts",
    "wrong",
    "cast",
    "nothing",
)
# For each behaviour and dimension: the value when it is slight and when it is severe.
WORTH: dict[Behaviour, dict[str, tuple[float, float]]] = {
    "right": {"instruction_following": (3.95, 3.7), "visual_quality": (3.85, 3.45)},
    "half": {"instruction_following": (2.6, 2.1), "visual_quality": (3.0, 2.4)},
    "over": {"instruction_following": (2.9, 2.2), "visual_quality": (2.7, 1.8)},
    "artifacts": {"instruction_following": (3.2, 2.7), "visual_quality": (1.9, 1.1)},
    "wrong": {"instruction_following": (1.5, 1.1), "visual_quality": (3.1, 2.7)},
    "cast": {"instruction_following": (3.1, 2.5), "visual_quality": (2.4, 1.5)},
    "nothing": {"instruction_following": (1.1, 1.0), "visual_quality": (3.8, 3.7)},
}
# Removals leave smooth fills behind, so that even a right one shows on a close look.
REMOVAL_COST = 0.35
CASTS = ((1.18, 0.86, 1.12), (0.84, 1.14, 0.82), (1.2, 1.08, 0.62), (0.74, 1.02, 1.24))


def worth(behaviour: Behaviour, edit: Edit, severity: float) -> dict[str, float]:
    """The value of a result on each dimension, 1 to 4."""
    values = {
        name: slight + (severe - slight) * severity
        for name, (slight, severe) in WORTH[behaviour].items()
    }
    if edit.category == "subject removal" and behaviour in {"right", "half"}:
        values["visual_quality"] -= REMOVAL_COST
    return values


def carry_out(
    behaviour: Behaviour,
    edit: Edit,
    pictures: tuple[Pixels, Pixels],
    severity: float,
    rng: np.random.Generator,
) -> Pixels:
    """The result of the behaviour; `pictures` are the source and the right edit."""
    source, right = pictures
    results: dict[Behaviour, Callable[[], Pixels]] = {
        "right": lambda: finish(edit, source, right, severity),
        "half": lambda: edit.half_done(source, right),
        "over": lambda: overdo(right, severity),
        "artifacts": lambda: damage(source, right, severity, rng),
        "wrong": lambda: edit.work.wrong(source),
        "cast": lambda: tinge(right, severity, rng),
        "nothing": lambda: source,
    }
    return results[behaviour]()


def tinge(right: Pixels, severity: float, rng: np.random.Generator) -> Pixels:
    """The right edit in a false light."""
    tint = np.array(CASTS[int(rng.integers(len(CASTS)))], dtype=np.float32)
    share = np.float32(0.55 + 0.45 * severity)
    return np.clip(right * (1 + (tint - 1) * share), 0, 1)


def finish(edit: Edit, source: Pixels, right: Pixels, severity: float) -> Pixels:
    """The right edit as one system does it: a tone paler than another's, objects always whole."""
    if edit.category in {"subject addition", "subject removal"}:
        return right
    return source + (right - source) * np.float32(1 - 0.16 * severity)


def overdo(right: Pixels, severity: float) -> Pixels:
    """The right edit and far too much besides: glaring, waxen, cut closer."""
    waxen = mix(blur(right, 2.2), right, np.full(right.shape[:2], 0.35, dtype=np.float32))
    glaring = contrast(saturate(waxen, 1.35 + 0.75 * severity), 1.15 + 0.3 * severity, 0.45)
    height, width = right.shape[:2]
    cut = 0.03 + 0.05 * severity
    box = (width * cut, height * cut, width * (1 - cut), height * (1 - cut))
    image = to_image(glaring).resize((width, height), Image.Resampling.BICUBIC, box=box)
    return to_pixels(image)


def damage(source: Pixels, right: Pixels, severity: float, rng: np.random.Generator) -> Pixels:
    """The right edit with blocks, a halo and torn rows where the picture was changed."""
    where = changed(source, right)
    wide = blur(where, 6)
    ring = np.clip(wide - blur(where, 2) * 0.75, 0, 1) * np.float32(1.6 * severity)
    haloed = mix(right, (1.0, 1.0, 1.0), np.clip(ring, 0, 0.8))
    blocky = _blocks(haloed, 7 + round(5 * severity))
    keep = 0.55 + 0.35 * severity
    broken = mix(haloed, blocky, wide * np.float32(keep))
    torn = _tear(broken, wide, severity, rng)
    buffer = io.BytesIO()
    to_image(torn).save(buffer, "JPEG", quality=round(26 - 16 * severity))
    with Image.open(buffer) as image:
        return to_pixels(image.convert("RGB"))


def changed(source: Pixels, right: Pixels) -> Mask:
    """Where the right edit differs clearly from the source; of a whole change only the middle."""
    r, g, b = np.moveaxis(np.abs(right - source), 2, 0)
    differs = smoothstep(0.03, 0.1, np.maximum(np.maximum(r, g), b))
    if float(differs.mean()) < 0.5:
        return differs
    height, width = differs.shape
    middle = np.zeros_like(differs)
    middle[height // 5 : height * 4 // 5, width // 5 : width * 4 // 5] = 1
    return differs * blur(middle, 20)


def _blocks(pixels: Pixels, size: int) -> Pixels:
    """The picture in squares of one colour."""
    height, width = pixels.shape[:2]
    small = to_image(pixels).resize((width // size, height // size), Image.Resampling.BOX)
    return to_pixels(small.resize((width, height), Image.Resampling.NEAREST))


def _tear(pixels: Pixels, where: Mask, severity: float, rng: np.random.Generator) -> Pixels:
    """Some bands of rows pushed aside where the picture was changed."""
    rows = where.max(axis=1).nonzero()[0]
    torn = pixels.copy()
    for _ in range(3):
        top = int(rng.integers(rows[0], rows[-1] + 1))
        band = slice(top, top + int(rng.integers(6, 16)))
        push = int(rng.integers(6, 10 + round(14 * severity))) * (1 if rng.random() < 0.5 else -1)
        moved = np.roll(pixels[band], push, axis=1)
        torn[band] = mix(pixels[band], moved, smoothstep(0.0, 0.2, where[band]))
    return torn
