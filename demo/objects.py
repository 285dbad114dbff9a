"""Things to add: balls, balloons, moons and planets, each with its light and shadow."""

import numpy as np

from demo.paint import (
    Colour,
    Mask,
    Pixels,
    Point,
    as_pixels,
    blur,
    clouds,
    ellipse,
    grid,
    mix,
    polygon,
    smoothstep,
    strokes,
    within,
)

LIGHT = np.array([-0.5, -0.6, 0.62], dtype=np.float32)


def _ball(pixels: Pixels, centre: Point, radius: float) -> tuple[Mask, Mask, Mask]:
    """Horizontal and vertical place on a sphere in -1..1, and how much light falls there."""
    x, y = grid(pixels)
    u, v = (x - centre[0]) / radius, (y - centre[1]) / radius
    depth = np.sqrt(np.clip(1 - u * u - v * v, 0, 1))
    return u, v, np.clip(u * LIGHT[0] + v * LIGHT[1] + depth * LIGHT[2], 0, 1)


def cast_shadow(pixels: Pixels, centre: Point, radii: Point, depth: float, soft: float) -> Pixels:
    """A soft dark ellipse on the ground."""
    shadow = blur(ellipse(pixels, centre, radii), soft) * depth
    return mix(pixels, (0.02, 0.02, 0.03), shadow)


def add_ball(pixels: Pixels, centre: Point, radius: float, colour: Colour) -> Pixels:
    """A glossy ball with a white band and its shadow."""
    return within(
        pixels, centre, radius * 2.4, lambda square, at: _draw_ball(square, at, radius, colour)
    )


def _draw_ball(pixels: Pixels, centre: Point, radius: float, colour: Colour) -> Pixels:
    """The ball in its square."""
    at = (centre[0] + radius * 0.35, centre[1] + radius * 0.82)
    grounded = cast_shadow(pixels, at, (radius * 1.1, radius * 0.42), 0.75, radius * 0.13)
    u, v, light = _ball(pixels, centre, radius)
    bands = smoothstep(0.07, 0.04, np.abs(v * 0.9 - u * 0.42 + 0.28 * (u * u + v * v) - 0.12))
    base = mix(np.broadcast_to(np.asarray(colour, np.float32), pixels.shape), (0.95,) * 3, bands)
    shade = base * (0.22 + 0.86 * light[..., None])
    glint = smoothstep(0.3, 0.0, np.hypot(u + 0.36, v + 0.42))[..., None] ** 2
    return mix(
        grounded, np.clip(shade + glint * 0.75, 0, 1), ellipse(pixels, centre, (radius,) * 2)
    )


def add_balloon(
    pixels: Pixels, centre: Point, radius: float, first: Colour, second: Colour
) -> Pixels:
    """A striped hot-air balloon with ropes and a basket."""
    return within(
        pixels,
        centre,
        radius * 2.3,
        lambda square, at: _draw_balloon(square, at, radius, first, second),
    )


def _draw_balloon(
    pixels: Pixels, centre: Point, radius: float, first: Colour, second: Colour
) -> Pixels:
    """The balloon in its square."""
    x, y = centre
    skirt = [(x - radius * 0.9, y + radius * 0.42), (x + radius * 0.9, y + radius * 0.42)]
    skirt += [(x + radius * 0.17, y + radius * 1.42), (x - radius * 0.17, y + radius * 1.42)]
    body = np.maximum(ellipse(pixels, centre, (radius, radius)), polygon(pixels, skirt, 0.7))
    u, v, _ = _ball(pixels, centre, radius)
    narrow = np.sqrt(np.clip(1 - np.clip(v, -1, 0.42) ** 2, 0.03, 1))
    narrow = np.where(v > 0.42, 0.9 - 0.73 * np.clip(v - 0.42, 0, 1), narrow)
    across = np.clip(u / narrow, -1, 1)
    stripe = smoothstep(-0.12, 0.12, np.sin(np.arcsin(across) * 8 + 0.4))
    light = np.clip(0.92 - 0.42 * across - 0.2 * across**2 - 0.1 * v, 0.35, 1.15)
    cloth = mix(np.broadcast_to(np.asarray(first, np.float32), pixels.shape), second, stripe)
    flown = mix(pixels, np.clip(cloth * light[..., None], 0, 1), body)
    return _add_basket(flown, centre, radius)


def _add_basket(pixels: Pixels, centre: Point, radius: float) -> Pixels:
    """Ropes and a wicker basket under a balloon."""
    x, y, top, low = *centre, centre[1] + radius * 1.72, centre[1] + radius * 2.02
    wide = radius * 0.17
    ropes = [[(x + side * wide, y + radius * 1.4), (x + side * wide, top)] for side in (-1, 0, 1)]
    roped = mix(pixels, (0.2, 0.15, 0.1), strokes(pixels, ropes, 1.0) * 0.8)
    box = [
        (x - wide * 1.1, top),
        (x + wide * 1.1, top),
        (x + wide * 0.9, low),
        (x - wide * 0.9, low),
    ]
    wicker = mix(roped, (0.42, 0.26, 0.13), polygon(pixels, box, 0.6))
    rim = [(x - wide * 1.2, top - 2), (x + wide * 1.2, top - 2)]
    return mix(wicker, (0.25, 0.14, 0.07), strokes(pixels, [rim], 2.5))


def add_moon(pixels: Pixels, centre: Point, radius: float) -> Pixels:
    """A full moon with grey seas and a faint glow."""
    return within(pixels, centre, radius * 2.7, lambda square, at: _draw_moon(square, at, radius))


def _draw_moon(pixels: Pixels, centre: Point, radius: float) -> Pixels:
    """The moon in its square."""
    x, y = grid(pixels)
    away = np.hypot(x - centre[0], y - centre[1]) / radius
    glow = smoothstep(2.6, 0.9, away) ** 2 * np.float32(0.32)
    lit = mix(pixels, (0.93, 0.93, 0.86), glow)
    seas = smoothstep(0.5, 0.8, clouds(pixels, radius * 0.75, "moon"))
    fine = clouds(pixels, radius * 0.16, "craters") - 0.5
    tone = np.clip(0.93 - 0.28 * seas + 0.09 * fine - 0.12 * np.clip(away, 0, 1) ** 4, 0, 1)
    face = tone[..., None] * np.array([1.0, 0.98, 0.92], dtype=np.float32)
    return mix(lit, face, ellipse(pixels, centre, (radius, radius)))


def add_planet(pixels: Pixels, centre: Point, radius: float, colour: Colour) -> Pixels:
    """A banded planet, lit from the upper left, with a tilted ring before and behind it."""
    return within(
        pixels, centre, radius * 2.2, lambda square, at: _draw_planet(square, at, radius, colour)
    )


def _draw_planet(pixels: Pixels, centre: Point, radius: float, colour: Colour) -> Pixels:
    """The planet in its square."""
    u, v, light = _ball(pixels, centre, radius)
    bands = 0.82 + 0.14 * np.sin(v * 17 + 1.3 * np.sin(v * 5) - u * 5.5)
    tone = np.asarray(colour, np.float32) * (bands * (0.04 + 1.05 * light))[..., None]
    disc = ellipse(pixels, centre, (radius, radius))
    ring = _ring(pixels, centre, radius)
    tilt = np.float32(np.tan(np.deg2rad(-18)))
    behind = ring * smoothstep(0.02, -0.02, v - tilt * u)
    ringed = mix(pixels, (0.86, 0.76, 0.6), behind)
    globe = mix(ringed, np.clip(tone, 0, 1), disc)
    return mix(globe, (0.9, 0.81, 0.66), ring - behind)


def _ring(pixels: Pixels, centre: Point, radius: float) -> Mask:
    """The ring's opacity with its dark gap."""
    x, y = grid(pixels)
    turn = np.deg2rad(-18)
    along = (x - centre[0]) * np.cos(turn) + (y - centre[1]) * np.sin(turn)
    across = (y - centre[1]) * np.cos(turn) - (x - centre[0]) * np.sin(turn)
    far = np.hypot(along, across / 0.26) / radius
    ring = smoothstep(1.28, 1.36, far) * smoothstep(2.1, 2.0, far)
    gap = smoothstep(0.09, 0.03, np.abs(far - 1.74))
    ripple = 0.78 + 0.14 * np.sin(far * 42)
    return as_pixels(ring * (1 - 0.8 * gap) * ripple)
