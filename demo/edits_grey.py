"""Edits of the three grey photographs: the cameraman, the lawn and the paving."""

import numpy as np

from demo.fill import smooth_fill
from demo.objects import add_ball, add_moon
from demo.paint import (
    Mask,
    Pixels,
    as_pixels,
    blur,
    clouds,
    contrast,
    ellipse,
    grain,
    grid,
    luma,
    mix,
    polygon,
    recolour,
    smoothstep,
    strokes,
)
from demo.plan import Work

MAN = [(0, 230), (40, 225), (70, 150), (120, 118), (160, 100), (172, 70), (205, 58), (250, 75)]
MAN += [(275, 115), (330, 130), (330, 165), (335, 185), (330, 220), (306, 250), (306, 278)]
MAN += [(290, 292), (245, 314), (205, 298), (168, 348), (144, 382), (152, 512), (0, 512)]
TRIPOD = [[(293, 210), (293, 486)], [(284, 328), (232, 512)], [(308, 330), (403, 512)]]
TRIPOD += [[(288, 335), (247, 512)], [(310, 318), (336, 304)], [(236, 492), (298, 484), (388, 482)]]


def lawn(source: Pixels) -> Mask:
    """The grass behind the cameraman."""
    _, y = grid(source)
    head = polygon(source, [(276, 312), (308, 312), (310, 345), (276, 345)], 0)
    legs = np.maximum(strokes(source, TRIPOD[:4], 11), strokes(source, TRIPOD[4:], 6))
    not_grass = np.maximum.reduce([polygon(source, MAN, 0), legs, head])
    return as_pixels(smoothstep(232, 238, y) * (1 - np.clip(blur(not_grass, 1) * 1.3, 0, 1)))


def paint_lawn(source: Pixels) -> Pixels:
    """Green grass in the grey photograph."""
    return mix(source, recolour(source, (0.33, 0.58, 0.18), 0.52), lawn(source))


def paint_coat(source: Pixels) -> Pixels:
    """A green coat instead of green grass."""
    coat = polygon(source, MAN, 1.5) * smoothstep(0.32, 0.22, luma(source))
    return mix(source, np.clip(recolour(source, (0.1, 0.4, 0.14), 0.14), 0, 1), coat)


def far_tower(source: Pixels) -> Mask:
    """The tower block on the horizon."""
    return polygon(source, [(409, 112), (436, 112), (436, 191), (409, 191)], 1.2)


def remove_far_tower(source: Pixels) -> Pixels:
    """Sky in place of the tower block."""
    trees = smoothstep(0.62, 0.5, luma(source))
    return smooth_fill(source, far_tower(source), "tower", 0.006, trees)


def remove_dome(source: Pixels) -> Pixels:
    """The dome gone instead of the tower."""
    dome = polygon(source, [(338, 164), (410, 164), (410, 196), (338, 196)], 2)
    return smooth_fill(source, dome, "dome", 0.006)


def sepia(source: Pixels) -> Pixels:
    """An old print: brown tones, a vignette and grain."""
    x, y = grid(source)
    away = np.hypot((x - 256) / 256, (y - 256) / 256)
    tone = contrast(luma(source), 0.88, 0.55)[..., None] * np.array([1.12, 0.94, 0.7], np.float32)
    aged = tone + np.array([0.06, 0.04, 0.02], np.float32)
    faded = aged * (1.02 - 0.42 * smoothstep(0.55, 1.45, away))[..., None]
    return np.clip(grain(faded, 0.018, "sepia"), 0, 1)


def cyanotype(source: Pixels) -> Pixels:
    """A blue print in place of a brown one."""
    return recolour(source, (0.2, 0.45, 0.75), 0.5)


def add_red_ball(source: Pixels) -> Pixels:
    """A red ball lying in the grass."""
    return add_ball(source, (262, 270), 74, (0.85, 0.1, 0.1))


def around_ball(source: Pixels) -> Mask:
    """Where the ball and its shadow may lie."""
    return ellipse(source, (275, 290), (135, 120))


def add_grass_moon(source: Pixels) -> Pixels:
    """A moon disc in place of a ball."""
    return add_moon(source, (262, 270), 74)


def bricks(source: Pixels) -> Mask:
    """The bricks without the mortar."""
    return smoothstep(0.53, 0.45, luma(source))


def paint_bricks(source: Pixels) -> Pixels:
    """Terracotta bricks, a little different from place to place."""
    red = recolour(source, (0.7, 0.3, 0.2), 0.42)
    brown = recolour(source, (0.56, 0.25, 0.17), 0.42)
    return mix(source, mix(red, brown, clouds(source, 70, "bricks", 3)), bricks(source))


def paint_mortar(source: Pixels) -> Pixels:
    """Red mortar instead of red bricks."""
    return mix(source, recolour(source, (0.8, 0.3, 0.2), 0.62), 1 - bricks(source))


WORKS = {
    "cameraman-lawn": Work(paint_lawn, paint_coat, lawn),
    "cameraman-tower": Work(remove_far_tower, remove_dome, far_tower),
    "cameraman-sepia": Work(sepia, cyanotype),
    "lawn-ball": Work(add_red_ball, add_grass_moon, around_ball),
    "paving-terracotta": Work(paint_bricks, paint_mortar, bricks),
}
