"""Removing things: smooth fill from the surroundings and seamless copies of near-by texture."""

import numpy as np
from PIL import Image

from demo.paint import Mask, Pixels, as_pixels, blur, grain, mix


def spread(values: Pixels, known: Mask) -> Pixels:
    """The known values carried smoothly over the unknown ones (a push-pull pyramid)."""
    height, width = known.shape
    weighted = np.dstack([values * known[..., None], known]).astype(np.float32)
    levels = [weighted]
    while min(levels[-1].shape[:2]) > 2:
        levels.append(_halve(levels[-1]))
    filled = _divide(levels[-1])
    for level in reversed(levels[:-1]):
        larger = _resize(filled, level.shape[1], level.shape[0])
        weight = np.clip(level[..., 3:], 0, 1)
        filled = larger + (_divide(level) - larger) * weight
    return filled[:height, :width]


def _halve(level: Pixels) -> Pixels:
    """Half the size; a cell with one known pixel in four counts as known."""
    width, height = (level.shape[1] + 1) // 2, (level.shape[0] + 1) // 2
    half = _resize(level, width, height, Image.Resampling.BOX)
    weight = half[..., 3:]
    return as_pixels(half * (np.minimum(weight * 4, 1) / np.maximum(weight, 1e-4)))


def _divide(level: Pixels) -> Pixels:
    """Mean values of a level of weighted sums."""
    return (level[..., :3] / np.maximum(level[..., 3:], np.float32(1e-4))).astype(np.float32)


def _resize(
    values: Pixels, width: int, height: int, how: Image.Resampling = Image.Resampling.BILINEAR
) -> Pixels:
    """Float planes resized one by one."""
    planes = [
        np.asarray(
            Image.fromarray(np.ascontiguousarray(values[..., i])).resize((width, height), how)
        )
        for i in range(values.shape[2])
    ]
    return np.stack(planes, axis=2)


def smooth_fill(
    pixels: Pixels, hole: Mask, key: str, noise: float = 0.01, ignore: Mask | None = None
) -> Pixels:
    """The hole filled with the colours round it and some grain; `ignore` marks unusable ones."""
    known = 1 - np.clip(blur(hole, 2) * 4, 0, 1)
    if ignore is not None:
        known = known * (1 - ignore)
    filled = blur(spread(pixels, known.astype(np.float32)), 3)
    return mix(pixels, np.clip(grain(filled, noise, key), 0, 1), hole)


def clone(
    pixels: Pixels, hole: Mask, offset: tuple[int, int], ignore: Mask | None = None
) -> Pixels:
    """The hole covered by the texture `offset` pixels away, its tone matched at the border."""
    shifted = np.roll(pixels, (-offset[1], -offset[0]), axis=(0, 1))
    known = 1 - np.clip(blur(hole, 2) * 4, 0, 1)
    if ignore is not None:
        known = known * (1 - ignore)
    tone = spread(pixels - shifted, known.astype(np.float32))
    return mix(pixels, np.clip(shifted + tone, 0, 1), hole)
