"""Small things to add: a ladybird, a butterfly, sunglasses, a heart of milk foam."""

from itertools import pairwise

import numpy as np

from demo.objects import cast_shadow
from demo.paint import (
    Colour,
    Mask,
    Pixels,
    Point,
    blur,
    ellipse,
    grid,
    mix,
    polygon,
    smoothstep,
    strokes,
    within,
)


def _place(centre: Point, scale: float, turn: float, points: list[Point]) -> list[Point]:
    """Points given round the origin, moved, scaled and turned (degrees)."""
    c, s = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
    return [
        (centre[0] + scale * (x * c - y * s), centre[1] + scale * (x * s + y * c))
        for x, y in points
    ]


def add_ladybird(pixels: Pixels, centre: Point, size: float, turn: float, shell: Colour) -> Pixels:
    """A ladybird seen from above, its head towards `turn` degrees clockwise from up."""
    return within(
        pixels, centre, size * 2.4, lambda square, at: _draw_ladybird(square, at, size, turn, shell)
    )


def _draw_ladybird(
    pixels: Pixels, centre: Point, size: float, turn: float, shell: Colour
) -> Pixels:
    """The ladybird in its square."""
    shaded = cast_shadow(
        pixels, (centre[0] + size * 0.2, centre[1] + size * 0.25), (size, size * 1.1), 0.5, size / 6
    )
    legs = [
        _place(
            centre, size, turn, [(side * 0.6, y), (side * 1.15, y - 0.12), (side * 1.28, y + 0.1)]
        )
        for side in (-1, 1)
        for y in (-0.5, 0.0, 0.5)
    ]
    legged = mix(shaded, (0.05, 0.04, 0.04), strokes(pixels, legs, max(size * 0.09, 1.2)))
    (head,) = _place(centre, size, turn, [(0.0, -0.98)])
    headed = mix(legged, (0.05, 0.05, 0.06), ellipse(pixels, head, (size * 0.5, size * 0.34), turn))
    for cheek in _place(centre, size, turn, [(-0.24, -1.02), (0.24, -1.02)]):
        headed = mix(headed, (0.93, 0.92, 0.88), ellipse(pixels, cheek, (size * 0.11,) * 2))
    return _add_shell(headed, centre, size, turn, shell)


def _add_shell(pixels: Pixels, centre: Point, size: float, turn: float, shell: Colour) -> Pixels:
    """The shaded, spotted back of a ladybird."""
    x, y = grid(pixels)
    u, v = (x - centre[0]) / size, (y - centre[1]) / size
    light = np.clip(1.08 - 0.42 * np.hypot(u + 0.3, v + 0.35) ** 2, 0.3, 1.1)
    back = np.clip(np.asarray(shell, np.float32) * light[..., None], 0, 1)
    body = mix(pixels, back, ellipse(pixels, centre, (size * 0.88, size), turn))
    seam = [_place(centre, size, turn, [(0.0, -0.95), (0.0, 0.96)])]
    body = mix(body, (0.08, 0.03, 0.03), strokes(pixels, seam, max(size * 0.07, 1.0)))
    spots = [(-0.42, -0.42), (0.42, -0.42), (-0.5, 0.2), (0.5, 0.2), (-0.26, 0.64), (0.26, 0.64)]
    for spot in _place(centre, size, turn, spots):
        body = mix(body, (0.06, 0.04, 0.05), ellipse(pixels, spot, (size * 0.16,) * 2))
    shine = smoothstep(0.34, 0.0, np.hypot(u + 0.34, v + 0.42)) ** 2
    return mix(body, (1.0, 0.97, 0.95), shine * np.float32(0.7))


UPPER: list[Point] = [(0.04, -0.1), (0.3, -0.62), (0.72, -0.95), (1.08, -0.98), (1.16, -0.72)]
UPPER += [(1.02, -0.34), (0.78, -0.08), (0.4, 0.04), (0.05, 0.06)]
LOWER: list[Point] = [(0.05, 0.02), (0.42, 0.05), (0.74, 0.12), (0.86, 0.4), (0.74, 0.72)]
LOWER += [(0.5, 0.84), (0.28, 0.66), (0.12, 0.36)]


def add_butterfly(pixels: Pixels, centre: Point, size: float, turn: float, wing: Colour) -> Pixels:
    """A butterfly with open wings: dark rims, veins and light spots."""
    return within(
        pixels, centre, size * 1.9, lambda square, at: _draw_butterfly(square, at, size, turn, wing)
    )


def _draw_butterfly(
    pixels: Pixels, centre: Point, size: float, turn: float, wing: Colour
) -> Pixels:
    """The butterfly in its square."""
    shadow = (centre[0] + size * 0.12, centre[1] + size * 0.16)
    insect = cast_shadow(pixels, shadow, (size * 0.85, size * 0.6), 0.45, size / 7)
    for outline in (LOWER, UPPER):
        for side in (-1, 1):
            mirrored = [(side * x, y) for x, y in outline]
            insect = _add_wing(insect, _place(centre, size, turn, mirrored), centre, size, wing)
    dots = [(1.0, -0.8), (1.02, -0.58), (0.93, -0.36), (0.68, 0.62)]
    for dot in _place(centre, size, turn, [(s * x, y) for x, y in dots for s in (-1, 1)]):
        insect = mix(insect, (0.96, 0.95, 0.9), ellipse(pixels, dot, (size * 0.045,) * 2))
    feelers = [[(0.0, -0.3), (s * 0.14, -0.6), (s * 0.26, -0.72)] for s in (-1.0, 1.0)]
    lines = [_place(centre, size, turn, list(line)) for line in feelers]
    insect = mix(insect, (0.07, 0.05, 0.05), strokes(pixels, lines, 1.4))
    body = ellipse(pixels, *_body(centre, size, turn))
    return mix(insect, (0.1, 0.07, 0.06), body)


def _body(centre: Point, size: float, turn: float) -> tuple[Point, Point, float]:
    """Centre, radii and turn of a butterfly's body."""
    (middle,) = _place(centre, size, turn, [(0.0, 0.06)])
    return middle, (size * 0.07, size * 0.42), turn


def _add_wing(
    pixels: Pixels, outline: list[Point], centre: Point, size: float, wing: Colour
) -> Pixels:
    """One wing: a dark rim round a shaded, veined field."""
    whole = polygon(pixels, outline, size * 0.02)
    inner = smoothstep(0.62, 0.98, blur(whole, size * 0.075))
    x, y = grid(pixels)
    away = np.hypot(x - centre[0], y - centre[1]) / size
    field = np.asarray(wing, np.float32) * np.clip(1.15 - 0.45 * away, 0, 1)[..., None]
    veins = [[centre, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)] for a, b in pairwise(outline)]
    dark = mix(pixels, (0.07, 0.05, 0.06), whole)
    painted = mix(dark, np.clip(field, 0, 1), inner * whole)
    return mix(painted, (0.08, 0.07, 0.1), strokes(pixels, veins, 1.1) * whole * np.float32(0.55))


def lens(pixels: Pixels, centre: Point, radii: Point, turn: float) -> tuple[Mask, Mask]:
    """The masks of a lens with its frame, and of the glass alone."""
    outer = ellipse(pixels, centre, radii, turn)
    return outer, ellipse(pixels, centre, (radii[0] * 0.9, radii[1] * 0.9), turn)


def add_sunglasses(
    pixels: Pixels, middle: Point, span: float, turn: float, frame: Colour
) -> Pixels:
    """Dark glasses, `span` pixels between the lenses' centres, with the sky in each lens."""
    return within(
        pixels,
        middle,
        span * 1.2,
        lambda square, at: _draw_sunglasses(square, at, span, turn, frame),
    )


def _draw_sunglasses(
    pixels: Pixels, middle: Point, span: float, turn: float, frame: Colour
) -> Pixels:
    """The sunglasses in their square."""
    radii = (span * 0.42, span * 0.35)
    bridge = _place(middle, span, turn, [(-0.22, -0.1), (0.0, -0.16), (0.22, -0.1)])
    worn = mix(pixels, frame, strokes(pixels, [bridge], radii[1] * 0.2))
    for centre in _place(middle, span, turn, [(-0.5, 0.0), (0.5, 0.0)]):
        outer = ellipse(pixels, centre, radii, turn)
        worn = mix(worn, (0.0, 0.0, 0.0), blur(outer, 6) * np.float32(0.35))
        worn = _add_glass(mix(worn, frame, outer), centre, radii, turn)
    return worn


def _add_glass(pixels: Pixels, centre: Point, radii: Point, turn: float) -> Pixels:
    """One dark glass with its gleam."""
    glass = ellipse(pixels, centre, (radii[0] * 0.9, radii[1] * 0.9), turn)
    _, y = grid(pixels)
    depth = np.clip((y - centre[1]) / radii[1] * 0.5 + 0.5, 0, 1)[..., None]
    tint = np.array([0.16, 0.19, 0.26], np.float32) * (1 - depth) + np.float32(0.02)
    tinted = mix(pixels, tint, glass * np.float32(0.95))
    at = (centre[0] - radii[0] * 0.35, centre[1] - radii[1] * 0.4)
    shine = blur(ellipse(pixels, at, (radii[0] * 0.28, radii[1] * 0.14), turn - 25), 2)
    return mix(tinted, (0.9, 0.95, 1.0), shine * glass * np.float32(0.7))


def heart(pixels: Pixels, centre: Point, radius: float, flat: float) -> Mask:
    """A heart shape with soft edges, pressed to `flat` of its height."""
    turns = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    across = 16 * np.sin(turns) ** 3
    down = 5 * np.cos(2 * turns) - 13 * np.cos(turns) + 2 * np.cos(3 * turns) + np.cos(4 * turns)
    scale = radius / 16
    outline = zip(centre[0] + across * scale, centre[1] + down * scale * flat, strict=True)
    return polygon(pixels, [(float(x), float(y)) for x, y in outline], 1.2)
