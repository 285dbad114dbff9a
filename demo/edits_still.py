"""Edits of the coffee, the dahlia and the two pictures of deep space."""

import numpy as np

from demo.creatures import add_butterfly, add_ladybird, heart
from demo.fill import smooth_fill
from demo.objects import add_moon, add_planet
from demo.paint import (
    Mask,
    Pixels,
    as_pixels,
    blur,
    clouds,
    ellipse,
    grain,
    grid,
    hue_key,
    hue_saturation,
    luma,
    mix,
    polygon,
    recolour,
    smoothstep,
)
from demo.plan import Work

COFFEE = [(205, 148), (218, 118), (245, 101), (280, 95), (320, 100), (350, 120), (368, 145)]
COFFEE += [(364, 165), (340, 182), (300, 193), (260, 190), (225, 172)]
HANDLE = [(396, 66), (424, 62), (427, 80), (417, 110), (409, 150), (396, 200), (390, 235)]
HANDLE += [(372, 240), (384, 200), (399, 140), (407, 100)]
GLEAM = [(314, 250), (318, 238), (345, 232), (368, 222), (372, 246), (340, 262), (322, 262)]
LEFT_RIM = [(84, 175), (95, 140), (122, 104), (150, 82), (168, 71), (186, 66), (190, 150)]
RIGHT_RIM = [(410, 100), (420, 100), (446, 126), (464, 152), (474, 180), (440, 180)]
FIRST = [(168, 215), (182, 160), (230, 108), (312, 84), (400, 108), (432, 155), (446, 218)]
FIRST += [(425, 285), (385, 332), (310, 360), (235, 350), (185, 295)]
SECOND = [(270, 427), (284, 396), (318, 372), (345, 366), (372, 380), (396, 372), (432, 376)]
SECOND += [(448, 400), (478, 414), (486, 427)]


def porcelain(source: Pixels) -> Mask:
    """The red glaze of cup and saucer."""
    rims = [polygon(source, outline, 1.5) for outline in (LEFT_RIM, RIGHT_RIM)]
    round_it = np.maximum.reduce([ellipse(source, (278, 231), (204, 161), 3), *rims])
    inside = ellipse(source, (285, 112), (112, 92), 4)
    _, strength = hue_saturation(source)
    red = hue_key(source, 8, 22, 0.5) * smoothstep(0.42, 0.58, strength)
    return as_pixels(round_it * red * (1 - inside))


def paint_cup(source: Pixels) -> Pixels:
    """Cup and saucer in blue."""
    return mix(source, recolour(source, (0.07, 0.2, 0.5), 0.3), porcelain(source))


def paint_table(source: Pixels) -> Pixels:
    """The table in blue instead of the cup."""
    table = 1 - ellipse(source, (278, 231), (206, 163), 3)
    cup = 1 - ellipse(source, (290, 120), (135, 105))
    lit = smoothstep(0.08, 0.2, luma(source))
    return mix(source, recolour(source, (0.25, 0.4, 0.7), 0.45), table * cup * lit)


def paint_saucer(source: Pixels) -> Pixels:
    """Only the saucer in blue."""
    cup = ellipse(source, (285, 165), (118, 140))
    return mix(paint_cup(source), source, cup)


def coffee(source: Pixels) -> Mask:
    """The surface of the coffee."""
    return polygon(source, COFFEE, 2)


def add_heart(source: Pixels) -> Pixels:
    """A heart of milk foam on the coffee."""
    foam = heart(source, (287, 150), 40, 0.7)
    ring = blur(heart(source, (287, 150), 46, 0.7), 2) * np.float32(0.45)
    warm = mix(source, (0.62, 0.34, 0.12), ring * coffee(source))
    milk = grain(np.full_like(source, 0.0) + np.array([0.97, 0.9, 0.78], np.float32), 0.008, "milk")
    shade = 0.94 + 0.06 * clouds(source, 12, "foam", 2)[..., None]
    return mix(warm, milk * shade, foam * coffee(source) * np.float32(0.95))


def add_saucer_heart(source: Pixels) -> Pixels:
    """A heart on the saucer instead of the coffee."""
    return mix(source, (0.95, 0.88, 0.8), heart(source, (128, 225), 30, 0.9) * np.float32(0.9))


def spoon(source: Pixels) -> Mask:
    """The spoon with its mirror image in the cup."""
    bowl = ellipse(source, (366, 281), (47, 50), -20)
    return as_pixels(
        np.maximum.reduce([bowl, polygon(source, HANDLE, 1), polygon(source, GLEAM, 1.5)])
    )


def remove_spoon(source: Pixels) -> Pixels:
    """Saucer, cup and table continued where the spoon lay."""
    _, strength = hue_saturation(source)
    pale = np.maximum(smoothstep(0.45, 0.55, luma(source)), smoothstep(0.62, 0.5, strength))
    return smooth_fill(source, spoon(source), "spoon", 0.008, pale)


def remove_bowl(source: Pixels) -> Pixels:
    """Only the spoon's bowl gone."""
    return smooth_fill(source, ellipse(source, (367, 281), (44, 47), -20), "bowl", 0.008)


def remove_handle(source: Pixels) -> Pixels:
    """The cup's handle gone instead of the spoon."""
    outline = [(205, 245), (222, 222), (262, 226), (264, 262), (235, 312), (196, 305), (192, 270)]
    return smooth_fill(source, polygon(source, outline, 2), "handle", 0.008)


def blossom(source: Pixels) -> Mask:
    """The petals of the large dahlia."""
    return ellipse(source, (307, 222), (142, 140)) * hue_key(source, 24, 40, 0.2)


def paint_blossom(source: Pixels) -> Pixels:
    """The large dahlia in pink."""
    return mix(source, recolour(source, (0.9, 0.3, 0.62), 0.62), blossom(source))


def paint_leaves(source: Pixels) -> Pixels:
    """A pink background instead of a pink flower."""
    flowers = np.maximum(blossom(source), polygon(source, SECOND, 2))
    return mix(source, recolour(source, (0.8, 0.25, 0.5), 0.3), 1 - flowers)


def second(source: Pixels) -> Mask:
    """The blossom cut by the lower edge."""
    return polygon(source, SECOND, 2.5)


def warm(source: Pixels) -> Mask:
    """Petals and buds: what is redder than blue."""
    return smoothstep(-0.02, 0.04, source[..., 0] - source[..., 2])


def remove_second(source: Pixels) -> Pixels:
    """Blurred leaves in place of the lower blossom."""
    return smooth_fill(source, second(source), "second", 0.012, warm(source))


def remove_first(source: Pixels) -> Pixels:
    """The large blossom removed instead of the small one."""
    return smooth_fill(
        source, ellipse(source, (307, 222), (144, 143)), "first", 0.012, warm(source)
    )


def add_blue_butterfly(source: Pixels) -> Pixels:
    """A blue butterfly on the petals."""
    return add_butterfly(source, (372, 150), 62, 24, (0.2, 0.5, 0.95))


def add_petal_ladybird(source: Pixels) -> Pixels:
    """A ladybird in place of a butterfly."""
    return add_ladybird(source, (362, 160), 22, 30, (0.85, 0.1, 0.06))


def around_butterfly(source: Pixels) -> Mask:
    """Where the butterfly and its shadow may lie."""
    return ellipse(source, (374, 152), (105, 100))


def flowers(source: Pixels) -> Mask:
    """Both blossoms."""
    petals = smoothstep(0.3, 0.42, luma(source))
    lower = polygon(source, SECOND, 1) * petals * smoothstep(374, 380, grid(source)[1])
    return as_pixels(
        np.maximum.reduce([blossom(source), polygon(source, FIRST, 2) * petals, lower])
    )


def paint_wall(source: Pixels) -> Pixels:
    """A plain burgundy wall behind the blossoms."""
    x, y = grid(source)
    light = 1.15 - 0.6 * np.hypot((x - 300) / 640, (y - 180) / 427)
    wall = np.array([0.36, 0.07, 0.13], np.float32) * light[..., None]
    return mix(source, np.clip(grain(as_pixels(wall), 0.006, "wall"), 0, 1), background(source))


def background(source: Pixels) -> Mask:
    """Everything behind the blossoms."""
    return 1 - blur(flowers(source), 0.8)


def nebula(source: Pixels) -> Pixels:
    """Glowing clouds of gas between the galaxies."""
    violet = clouds(source, 260, "violet") ** 1.6
    teal = clouds(source, 210, "teal") ** 2.2
    dust = 0.55 + 0.45 * clouds(source, 60, "dust")
    glow = violet[..., None] * np.array([0.44, 0.12, 0.52], np.float32)
    glow = glow + teal[..., None] * np.array([0.04, 0.32, 0.46], np.float32)
    return as_pixels(1 - (1 - source) * (1 - np.clip(glow * dust[..., None], 0, 1)))


def add_wrong_moon(source: Pixels) -> Pixels:
    """A moon where gas or a planet was asked for."""
    return add_moon(source, (500, 130), 62)


def add_saturn(source: Pixels) -> Pixels:
    """A ringed planet in the lower right."""
    return add_planet(source, (500, 270), 88, (0.93, 0.74, 0.5))


def around_saturn(source: Pixels) -> Mask:
    """Where the planet and its ring may lie."""
    return ellipse(source, (500, 270), (200, 125), -18)


WORKS = {
    "coffee-blue": Work(paint_cup, paint_table, porcelain, half=paint_saucer),
    "coffee-heart": Work(add_heart, add_saucer_heart, coffee),
    "coffee-spoon": Work(remove_spoon, remove_handle, spoon, half=remove_bowl),
    "dahlia-pink": Work(paint_blossom, paint_leaves, blossom),
    "dahlia-second": Work(remove_second, remove_first, second),
    "dahlia-butterfly": Work(add_blue_butterfly, add_petal_ladybird, around_butterfly),
    "dahlia-wall": Work(paint_wall, paint_blossom, background),
    "galaxies-nebula": Work(nebula, add_wrong_moon),
    "deepfield-planet": Work(add_saturn, add_wrong_moon, around_saturn),
}
