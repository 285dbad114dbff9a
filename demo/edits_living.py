"""Edits of the astronaut, the cat, the raccoon and the leaves."""

import numpy as np

from demo.creatures import add_ladybird, add_sunglasses
from demo.fill import smooth_fill
from demo.objects import add_ball
from demo.paint import (
    Colour,
    Mask,
    Pixels,
    blur,
    clouds,
    contrast,
    ellipse,
    grid,
    hue_key,
    luma,
    mix,
    polygon,
    recolour,
    smoothstep,
)
from demo.plan import Work

SUIT = [(110, 205), (128, 235), (158, 272), (200, 292), (250, 300), (290, 285), (306, 238)]
SUIT += [(336, 250), (352, 290), (363, 345), (334, 362), (302, 392), (284, 432), (279, 512)]
SUIT += [(14, 512), (18, 400), (34, 310), (62, 245)]
SHUTTLE = [(386, 0), (443, 0), (462, 40), (462, 258), (476, 268), (476, 275), (366, 287)]
SHUTTLE += [(358, 280), (362, 262), (348, 230), (348, 200), (372, 165), (375, 50)]
STAND_TOP = [(365, 287), (477, 275), (480, 292), (365, 298)]


def suit(source: Pixels) -> Mask:
    """The orange cloth of the space suit."""
    return polygon(source, SUIT, 1.5) * hue_key(source, 13, 26, 0.45)


def paint_suit(source: Pixels) -> Pixels:
    """The suit in blue."""
    return mix(source, recolour(source, (0.16, 0.36, 0.82), 0.48, 0.06), suit(source))


def paint_flag(source: Pixels) -> Pixels:
    """The flag's red stripes in blue instead of the suit."""
    outline = [(0, 0), (66, 0), (100, 205), (40, 280), (20, 390), (0, 512)]
    stripes = polygon(source, outline, 2) * hue_key(source, 352, 24, 0.4) * (1 - suit(source))
    return mix(source, recolour(source, (0.14, 0.3, 0.75), 0.22), stripes)


def shuttle_region(source: Pixels) -> Mask:
    """The shuttle model and its foot."""
    return np.maximum(polygon(source, SHUTTLE, 2), polygon(source, STAND_TOP, 2))


def remove_shuttle(source: Pixels) -> Pixels:
    """The wall continued over the shuttle, the stand's black top closed."""
    not_wall = np.maximum(smoothstep(0.5, 0.4, luma(source)), hue_key(source, 15, 60, 0.3))
    gone = smooth_fill(source, polygon(source, SHUTTLE, 2), "shuttle", 0.006, not_wall)
    return mix(gone, (0.015, 0.012, 0.015), polygon(source, STAND_TOP, 1))


def remove_badge(source: Pixels) -> Pixels:
    """The badge gone instead of the shuttle."""
    return smooth_fill(source, ellipse(source, (170, 385), (44, 44)), "badge")


def keep_orange(source: Pixels) -> Pixels:
    """Everything grey but the suit."""
    grey = np.broadcast_to(contrast(luma(source), 1.08)[..., None], source.shape)
    return mix(grey, source, suit(source))


def not_suit(source: Pixels) -> Mask:
    """Everything but the orange cloth."""
    return 1 - suit(source)


def fade_to_grey(source: Pixels) -> Pixels:
    """The colours only half gone."""
    return keep_orange(source) * 0.45 + source * 0.55


def keep_flag(source: Pixels) -> Pixels:
    """Everything grey but the flag."""
    grey = np.broadcast_to(luma(source)[..., None], source.shape)
    outline = [(0, 0), (66, 0), (100, 205), (40, 280), (20, 390), (0, 512)]
    return mix(grey, source, polygon(source, outline, 2) * (1 - suit(source)))


def eyes(source: Pixels) -> Mask:
    """The irises of the cat."""
    left = ellipse(source, (170, 116), (33, 30), 12)
    right = ellipse(source, (319, 137), (21, 26), 12)
    return np.maximum(left, right) * hue_key(source, 56, 26, 0.2)


def paint_eyes(source: Pixels) -> Pixels:
    """Bright blue irises."""
    return mix(source, recolour(source, (0.2, 0.55, 0.95), 0.42), eyes(source))


def paint_one_eye(source: Pixels) -> Pixels:
    """One blue iris only."""
    left = ellipse(source, (170, 116), (36, 34))
    return mix(source, paint_eyes(source), left)


def paint_nose(source: Pixels) -> Pixels:
    """A blue nose instead of the eyes."""
    outline = [(236, 230), (262, 229), (290, 232), (276, 250), (262, 262), (250, 252)]
    nose = polygon(source, outline, 1.5) * smoothstep(0.12, 0.2, luma(source))
    return mix(source, recolour(source, (0.2, 0.5, 0.95), 0.35), nose)


def add_nose_ladybird(source: Pixels) -> Pixels:
    """A red ladybird on the bridge of the cat's nose."""
    return add_ladybird(source, (263, 172), 17, 14, (0.86, 0.1, 0.06))


def add_marble(source: Pixels) -> Pixels:
    """A blue ball in place of a ladybird."""
    return add_ball(source, (258, 170), 19, (0.1, 0.35, 0.8))


def around_nose(source: Pixels) -> Mask:
    """Where the ladybird and its shadow may lie."""
    return ellipse(source, (264, 174), (40, 40))


def add_glasses(source: Pixels) -> Pixels:
    """Dark glasses over both eyes of the raccoon."""
    return add_sunglasses(source, (267.5, 320), 156.5, 8, (0.06, 0.05, 0.05))


def around_eyes(source: Pixels) -> Mask:
    """Where the glasses may lie."""
    return ellipse(source, (268, 320), (175, 98), 8)


def add_one_lens(source: Pixels) -> Pixels:
    """Only one half of the glasses."""
    x, _ = grid(source)
    return mix(source, add_glasses(source), smoothstep(254, 250, x))


def add_raccoon_ladybird(source: Pixels) -> Pixels:
    """A ladybird on the forehead in place of glasses."""
    return add_ladybird(source, (285, 170), 42, -10, (0.86, 0.1, 0.06))


def green(source: Pixels) -> Mask:
    """Leaves: everything clearly green, softened so that edges keep no green fringe."""
    return blur(hue_key(source, 92, 50, 0.2), 1)


def paint_autumn(source: Pixels) -> Pixels:
    """Leaves from gold to rust."""
    gold = recolour(source, (0.93, 0.66, 0.12), 0.55)
    rust = recolour(source, (0.82, 0.34, 0.1), 0.5)
    return mix(source, mix(gold, rust, clouds(source, 150, "autumn", 2)), green(source))


def paint_fur(source: Pixels) -> Pixels:
    """Golden fur instead of golden leaves."""
    fur = (1 - green(source)) * smoothstep(0.15, 0.3, luma(source))
    return mix(source, recolour(source, (0.9, 0.62, 0.2), 0.55), fur)


def sketch(source: Pixels) -> Pixels:
    """Graphite on warm paper."""
    grey = luma(source)
    inverse = blur(1 - grey, 9)
    dodge = np.clip(grey / np.maximum(1 - inverse, 0.06), 0, 1)
    tone = dodge**2.2 * (0.62 + 0.38 * smoothstep(0.0, 0.55, blur(grey, 3)))
    paper = 1 - 0.05 * clouds(source, 5, "paper", 2)
    shade: Colour = (1.0, 0.985, 0.955)
    return ((0.1 + 0.88 * tone) * paper)[..., None] * np.array(shade, dtype=np.float32)


def poster(source: Pixels) -> Pixels:
    """A flat colour poster in place of a drawing."""
    return np.round(blur(source, 4) * 4) / np.float32(4)


def paint_violet(source: Pixels) -> Pixels:
    """Violet leaves."""
    return mix(source, recolour(source, (0.58, 0.32, 0.86), 0.55), green(source))


def paint_violet_fur(source: Pixels) -> Pixels:
    """Violet fur instead of leaves."""
    return mix(source, recolour(source, (0.6, 0.36, 0.9), 0.6), 1 - green(source))


WORKS = {
    "astronaut-suit": Work(paint_suit, paint_flag, suit),
    "astronaut-shuttle": Work(remove_shuttle, remove_badge, shuttle_region),
    "astronaut-selective": Work(keep_orange, keep_flag, not_suit, half=fade_to_grey),
    "cat-eyes": Work(paint_eyes, paint_nose, eyes, half=paint_one_eye),
    "cat-ladybird": Work(add_nose_ladybird, add_marble, around_nose),
    "raccoon-glasses": Work(add_glasses, add_raccoon_ladybird, around_eyes, half=add_one_lens),
    "raccoon-autumn": Work(paint_autumn, paint_fur, green),
    "raccoon-sketch": Work(sketch, poster),
    "leaves-violet": Work(paint_violet, paint_violet_fur, green),
}
