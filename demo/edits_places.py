"""Edits of the launch pad, the pagoda, the cameraman, the lawn and the paving."""

import numpy as np

from demo.fill import clone
from demo.objects import add_ball, add_balloon, add_moon
from demo.paint import (
    Mask,
    Pixels,
    as_pixels,
    blur,
    clouds,
    contrast,
    ellipse,
    gradient,
    grid,
    hue_key,
    luma,
    mix,
    polygon,
    recolour,
    rng_for,
    saturate,
    smoothstep,
    strokes,
)
from demo.plan import Work

ROCKET = [(322, 125), (334, 150), (334, 404), (376, 406), (376, 427), (266, 427)]
ROCKET += [(266, 406), (309, 404), (309, 160), (311, 145)]
RIGHT_TOWER = [(441, 116), (451, 116), (459, 188), (462, 260), (474, 340), (484, 427), (462, 427)]
RIGHT_TOWER += [(458, 404), (444, 402), (437, 380), (437, 260), (439, 188)]
LEFT_TOWER = [(196, 116), (206, 116), (206, 380), (162, 396), (184, 200)]
PAGODA = [(205, 25), (220, 60), (270, 95), (322, 118), (322, 135), (296, 145), (334, 178)]
PAGODA += [(322, 235), (356, 255), (350, 330), (370, 345), (300, 427), (60, 427), (62, 270)]
PAGODA += [(80, 185), (115, 140), (92, 115), (180, 65), (192, 28)]


def evening_sky(source: Pixels) -> Mask:
    """Everything above the horizon but the rocket."""
    _, y = grid(source)
    rocket = polygon(source, ROCKET, 1.2)
    return (1 - rocket) * smoothstep(412, 350, y)


def paint_sunset(source: Pixels) -> Pixels:
    """A glowing sunset: the smooth old sky divided out, so that towers stay as silhouettes."""
    stops = [(0.0, (0.16, 0.1, 0.3)), (0.35, (0.55, 0.2, 0.36)), (0.65, (0.95, 0.45, 0.25))]
    sky = gradient(source, [*stops, (0.9, (1.0, 0.78, 0.4)), (1.0, (0.9, 0.55, 0.3))])
    haze = 0.88 + 0.2 * clouds(source, 260, "haze", 3)[..., None]
    share = luma(source) / np.maximum(luma(_old_sky(source)), np.float32(0.03))
    glow = sky * haze * np.clip(share, 0.05, 1.25)[..., None]
    lamps = np.clip(source - 0.5, 0, 1) * smoothstep(330, 345, grid(source)[1])[..., None]
    steel = smoothstep(0.04, -0.01, source[..., 2] - source[..., 0])
    steel = steel * smoothstep(350, 325, grid(source)[1])
    return mix(
        source, np.clip(mix(as_pixels(glow), source, steel) + lamps, 0, 1), evening_sky(source)
    )


def _old_sky(source: Pixels) -> Pixels:
    """The evening sky as a smooth surface, fitted where nothing stands before it."""
    x, y = (axis / 640 for axis in grid(source))
    terms = np.stack([x * 0 + 1, x, y, x * x, x * y, y * y, y**3, x * x * y], axis=-1)
    clear = smoothstep(0.03, 0.1, source[..., 2] - source[..., 0]) * (y < 0.56)
    rows = clear > 0.5
    fit, *_ = np.linalg.lstsq(terms[rows][::7], source[rows][::7], rcond=None)
    return np.clip(terms @ fit, 0, 1).astype(np.float32)


def paint_rocket(source: Pixels) -> Pixels:
    """An orange rocket before the old sky."""
    body = polygon(source, ROCKET, 1.5) * smoothstep(404, 400, grid(source)[1])
    pale = smoothstep(0.08, 0.0, source[..., 2] - source[..., 0])
    return mix(source, recolour(source, (1.0, 0.5, 0.15), 0.6), body * pale)


def add_full_moon(source: Pixels) -> Pixels:
    """A full moon between the towers."""
    return add_moon(source, (256, 92), 34)


def around_moon(source: Pixels) -> Mask:
    """Where the moon and its glow may lie."""
    return ellipse(source, (256, 92), (92, 92))


def add_sky_balloon(source: Pixels) -> Pixels:
    """A balloon in place of the moon."""
    return add_balloon(source, (256, 85), 34, (0.8, 0.2, 0.2), (0.9, 0.8, 0.4))


def right_tower(source: Pixels) -> Mask:
    """The slim tower to the right of the rocket, without the lamps."""
    lamps = np.maximum(ellipse(source, (433, 394), (13, 13)), ellipse(source, (450, 419), (15, 15)))
    return as_pixels(polygon(source, RIGHT_TOWER, 1.5) * (1 - lamps))


def remove_tower(source: Pixels) -> Pixels:
    """Sky in place of the slim right tower."""
    bright = smoothstep(0.42, 0.5, luma(source))
    return clone(source, right_tower(source), (52, 0), bright)


def remove_left_tower(source: Pixels) -> Pixels:
    """The left tower gone instead of the right one."""
    return clone(source, polygon(source, LEFT_TOWER, 1.5), (52, 0))


def day_sky(source: Pixels) -> Mask:
    """The pale sky round the pagoda down to the far shore."""
    _, y = grid(source)
    pale = smoothstep(0.56, 0.68, luma(source))
    pale = pale * smoothstep(-0.09, -0.04, source[..., 2] - source[..., 0])
    floors = [[(121, 128), (293, 128), (293, 161), (121, 161)]]
    floors += [[(103, 182), (320, 182), (320, 240), (103, 240)]]
    walls = np.maximum(*(polygon(source, floor, 1) for floor in floors))
    return as_pixels(pale * (1 - walls) * smoothstep(216, 196, y))


def paint_dusk(source: Pixels) -> Pixels:
    """A warm sunset sky and its light on everything."""
    stops = [(0.0, (0.36, 0.33, 0.6)), (0.2, (0.8, 0.48, 0.55)), (0.38, (1.0, 0.66, 0.38))]
    sky = gradient(source, [*stops, (0.5, (1.0, 0.83, 0.5)), (1.0, (1.0, 0.8, 0.5))])
    bands = clouds(source, 190, "dusk", 4)[..., None]
    lit = np.clip(sky * (0.86 + 0.2 * bands), 0, 1)
    warm = np.clip(contrast(source, 1.04, 0.4) * np.array([0.98, 0.82, 0.68], np.float32), 0, 1)
    return mix(warm, lit, day_sky(source))


def paint_roofs(source: Pixels) -> Pixels:
    """Pink roofs under the old sky."""
    roofs = polygon(source, PAGODA, 2) * hue_key(source, 15, 22, 0.4)
    return mix(source, recolour(source, (0.95, 0.4, 0.55), 0.45), roofs)


def add_red_balloon(source: Pixels) -> Pixels:
    """A hot-air balloon over the lake."""
    return add_balloon(source, (452, 84), 42, (0.85, 0.13, 0.12), (0.98, 0.8, 0.25))


def around_balloon(source: Pixels) -> Mask:
    """Where the balloon may lie."""
    return ellipse(source, (452, 110), (60, 85))


def add_lake_ball(source: Pixels) -> Pixels:
    """A beach ball on the lake in place of a balloon."""
    return add_ball(source, (455, 268), 30, (0.85, 0.13, 0.12))


def paint_night(source: Pixels) -> Pixels:
    """The pagoda at night with lit rooms and stars."""
    dark = source * np.array([0.26, 0.31, 0.48], np.float32)
    stops = [(0.0, (0.015, 0.025, 0.09)), (0.5, (0.17, 0.22, 0.36)), (1.0, (0.17, 0.22, 0.36))]
    sky = mix(
        mix(dark, gradient(source, stops), day_sky(source)), (0.95, 0.96, 1.0), _stars(source)
    )
    rooms = [[(122, 137), (292, 137), (292, 156), (122, 156)]]
    rooms += [[(110, 194), (318, 194), (318, 222), (110, 222)]]
    rooms += [[(86, 287), (338, 287), (338, 318), (86, 325)]]
    inside = np.maximum.reduce([polygon(source, room, 1.5) for room in rooms])
    lamp = np.clip(0.3 + luma(source)[..., None] * 1.7, 0, 1) * np.array(
        [1.0, 0.72, 0.32], np.float32
    )
    lit = mix(sky, lamp, inside * smoothstep(0.03, 0.24, luma(source)) * np.float32(0.9))
    glow = blur(inside, 16)[..., None] * np.array([0.3, 0.16, 0.05], np.float32)
    return np.clip(lit + glow * polygon(source, PAGODA, 4)[..., None], 0, 1)


def _stars(source: Pixels) -> Mask:
    """A few hundred stars in the sky of the pagoda."""
    rng = rng_for("stars")
    field = rng.random(source.shape[:2]).astype(np.float32)
    points = smoothstep(0.9985, 1.0, field) * 0.8
    shown = np.clip(points + blur(points, 0.6), 0, 1) * smoothstep(200, 90, grid(source)[1])
    return as_pixels(shown * day_sky(source))


def darken_sky(source: Pixels) -> Pixels:
    """Only the sky is made dark."""
    stops = [(0.0, (0.05, 0.07, 0.18)), (0.5, (0.16, 0.2, 0.35)), (1.0, (0.2, 0.2, 0.3))]
    return mix(source, gradient(source, stops), day_sky(source))


def paint_winter(source: Pixels) -> Pixels:
    """Snow on trees and roofs, a cold light and falling flakes."""
    light = luma(source)
    _, y = grid(source)
    land = (1 - day_sky(source)) * smoothstep(0.12, 0.5, light)
    foliage = smoothstep(
        -0.02, 0.06, source[..., 1] - np.maximum(source[..., 0], source[..., 2]) * 0.96
    )
    roofs = smoothstep(0.22, 0.4, source[..., 0] - source[..., 2]) * polygon(source, PAGODA, 2)
    cover = np.clip(land * (0.55 * smoothstep(230, 300, y) + foliage) + roofs * 0.75, 0, 0.93)
    snow = np.clip(0.6 + light * 0.62, 0, 1)[..., None] * np.array([0.95, 0.98, 1.0], np.float32)
    cold = saturate(source, 0.72) * np.array([0.92, 0.96, 1.0], np.float32)
    return mix(mix(cold, snow, cover), (1.0, 1.0, 1.0), _flakes(source))


def _flakes(source: Pixels) -> Mask:
    """Falling snow, near flakes larger and softer."""
    total = np.zeros(source.shape[:2], dtype=np.float32)
    for size, share in ((0.7, 0.004), (1.2, 0.0012), (1.9, 0.0003)):
        field = rng_for("flakes", size).random(source.shape[:2])
        dots = blur((field < share).astype(np.float32), size)
        total = np.maximum(total, np.clip(dots * size * size * 6.5, 0, 0.85))
    return total


def paint_rain(source: Pixels) -> Pixels:
    """Grey rain in place of snow."""
    rng = rng_for("rain")
    starts = rng.random((260, 2)) * np.array([source.shape[1], source.shape[0]])
    lines = [[(x, y), (x - 5, y + 22)] for x, y in starts.tolist()]
    grey = contrast(saturate(source, 0.6), 0.8, 0.35)
    return mix(grey, (0.85, 0.88, 0.92), strokes(source, lines, 1.0) * np.float32(0.55))


WORKS = {
    "rocket-sunset": Work(paint_sunset, paint_rocket, evening_sky),
    "rocket-moon": Work(add_full_moon, add_sky_balloon, around_moon),
    "rocket-tower": Work(remove_tower, remove_left_tower, right_tower),
    "pagoda-sunset": Work(paint_dusk, paint_roofs),
    "pagoda-balloon": Work(add_red_balloon, add_lake_ball, around_balloon),
    "pagoda-night": Work(paint_night, paint_roofs, half=darken_sky),
    "pagoda-winter": Work(paint_winter, paint_rain),
}
