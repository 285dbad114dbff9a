"""Arithmetic on pixels: masks, keys, colour, blur, noise. Values are sRGB in 0..1, float32."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

Pixels = npt.NDArray[np.float32]
Mask = npt.NDArray[np.float32]
Colour = tuple[float, float, float]
Point = tuple[float, float]
LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def rng_for(*parts: object) -> np.random.Generator:
    """A generator seeded by SHA-256 of the parts, the same on every machine."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def as_pixels(values: npt.ArrayLike) -> Pixels:
    """The values as 32-bit floats."""
    return np.asarray(values, dtype=np.float32)


def to_image(pixels: npt.NDArray[np.floating]) -> Image.Image:
    """The pixels (or a mask) as an 8-bit image."""
    return Image.fromarray((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8))


def to_pixels(image: Image.Image) -> Pixels:
    """An 8-bit image as values in 0..1."""
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def luma(pixels: Pixels) -> Mask:
    """Brightness of each pixel."""
    return pixels @ LUMA


def blur(pixels: Pixels, radius: float) -> Pixels:
    """A Gaussian blur in eight bits, which leaves far pixels exactly as they are."""
    return to_pixels(to_image(pixels).filter(ImageFilter.GaussianBlur(radius)))


def mix(below: Pixels, above: Pixels | Colour, mask: Mask) -> Pixels:
    """`above` laid over `below` where the mask is 1; exactly `below` where it is 0."""
    over = np.asarray(above, dtype=np.float32)
    return (below + (over - below) * mask[..., None]).astype(np.float32)


def smoothstep(low: float, high: float, values: npt.NDArray[np.floating]) -> Mask:
    """0 below `low`, 1 above `high`, smooth between (falls where `low` > `high`)."""
    t = np.clip((values - low) / (high - low), 0, 1)
    return as_pixels(t * t * (3 - 2 * t))


def grid(pixels: Pixels) -> tuple[Mask, Mask]:
    """The x and y coordinate of each pixel's centre."""
    y, x = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]].astype(np.float32)
    return x + np.float32(0.5), y + np.float32(0.5)


def within(
    pixels: Pixels, centre: Point, reach: float, draw: Callable[[Pixels, Point], Pixels]
) -> Pixels:
    """Draws only in the square of `reach` round the centre: `draw` gets it and its middle."""
    left, top = (max(int(place - reach), 0) for place in centre)
    right, low = (int(place + reach) + 1 for place in centre)
    drawn = pixels.copy()
    drawn[top:low, left:right] = draw(
        pixels[top:low, left:right], (centre[0] - left, centre[1] - top)
    )
    return drawn


def polygon(pixels: Pixels, points: Sequence[Point], soft: float = 1.0) -> Mask:
    """A polygon's mask, its edge blurred by `soft` pixels."""
    height, width = pixels.shape[:2]
    canvas = Image.new("L", (width * 2, height * 2))
    ImageDraw.Draw(canvas).polygon([(x * 2, y * 2) for x, y in points], fill=255)
    mask = to_pixels(canvas.resize((width, height), Image.Resampling.BOX))
    return blur(mask, soft) if soft else mask


def strokes(pixels: Pixels, lines: Sequence[Sequence[Point]], width: float) -> Mask:
    """Open lines of one width, hard-edged."""
    canvas = Image.new("L", (pixels.shape[1] * 2, pixels.shape[0] * 2))
    draw = ImageDraw.Draw(canvas)
    for line in lines:
        draw.line([(x * 2, y * 2) for x, y in line], fill=255, width=round(width * 2))
    return to_pixels(canvas.resize((pixels.shape[1], pixels.shape[0]), Image.Resampling.BOX))


def ellipse(pixels: Pixels, centre: Point, radii: Point, turn: float = 0.0) -> Mask:
    """An ellipse's mask with an edge one pixel and a half wide; `turn` in degrees."""
    x, y = grid(pixels)
    angle = np.deg2rad(turn)
    along = (x - centre[0]) * np.cos(angle) + (y - centre[1]) * np.sin(angle)
    across = (y - centre[1]) * np.cos(angle) - (x - centre[0]) * np.sin(angle)
    distance = np.hypot(along / radii[0], across / radii[1])
    return smoothstep(1 + 0.75 / min(radii), 1 - 0.75 / min(radii), distance)


def hue_saturation(pixels: Pixels) -> tuple[Mask, Mask]:
    """Hue in degrees and saturation (HSV) of each pixel."""
    r, g, b = np.moveaxis(pixels, 2, 0)
    high, low = np.maximum(np.maximum(r, g), b), np.minimum(np.minimum(r, g), b)
    spread = np.maximum(high - low, np.float32(1e-6))
    hue = np.select(
        [high == r, high == g], [(g - b) / spread, (b - r) / spread + 2], (r - g) / spread + 4
    )
    return (hue * 60 % 360).astype(np.float32), spread / np.maximum(high, np.float32(1e-3))


def hue_key(pixels: Pixels, hue: float, width: float, saturation: float = 0.3) -> Mask:
    """Where the hue lies within `width` degrees of `hue` and the colour is strong enough."""
    found, strength = hue_saturation(pixels)
    away = np.abs((found - hue + 180) % 360 - 180)
    return smoothstep(width, width * 0.7, away) * smoothstep(
        saturation * 0.7, saturation * 1.1, strength
    )


def recolour(pixels: Pixels, colour: Colour, middle: float, keep: float = 0.0) -> Pixels:
    """The picture's shading in another colour: black, `colour` at brightness `middle`, white."""
    light = luma(pixels)[..., None]
    tone = np.asarray(colour, dtype=np.float32)
    dark = tone * np.minimum(light / middle, 1)
    bright = (1 - tone) * np.clip((light - middle) / (1 - middle), 0, 1) ** 1.4
    return as_pixels((dark + bright) * (1 - keep) + pixels * keep)


def saturate(pixels: Pixels, amount: float) -> Pixels:
    """More (above 1) or less (below 1) colour at the same brightness."""
    grey = luma(pixels)[..., None]
    return np.clip(grey + (pixels - grey) * amount, 0, 1).astype(np.float32)


def contrast(pixels: Pixels, amount: float, middle: float = 0.5) -> Pixels:
    """Tones pushed away from `middle` (above 1) or towards it."""
    return as_pixels(np.clip((pixels - middle) * amount + middle, 0, 1))


def gradient(pixels: Pixels, stops: Sequence[tuple[float, Colour]]) -> Pixels:
    """A vertical run of colours; the stops are shares of the height."""
    height, width = pixels.shape[:2]
    at = (np.arange(height) + 0.5) / height
    places = [place for place, _ in stops]
    columns = [np.interp(at, places, [colour[i] for _, colour in stops]) for i in range(3)]
    column = np.stack(columns, axis=1).astype(np.float32)
    return np.broadcast_to(column[:, None, :], (height, width, 3))


def clouds(pixels: Pixels, scale: float, key: str, octaves: int = 4) -> Mask:
    """Smooth noise in 0..1 with features about `scale` pixels wide."""
    height, width = pixels.shape[:2]
    rng = rng_for("clouds", key)
    total = np.zeros((height, width), dtype=np.float32)
    for octave in range(octaves):
        cell = max(scale / 2**octave, 2.0)
        size = (int(height / cell) + 3, int(width / cell) + 3)
        field = Image.fromarray(rng.random(size, dtype=np.float32))
        grown = field.resize((width, height), Image.Resampling.BICUBIC)
        total += np.asarray(grown) / 2**octave
    low, high = np.quantile(total, 0.02), np.quantile(total, 0.98)
    return as_pixels(np.clip((total - low) / (high - low), 0, 1))


def grain(pixels: Pixels, amount: float, key: str) -> Pixels:
    """Photographic grain, one value for the three channels."""
    noise = rng_for("grain", key).normal(0, amount, pixels.shape[:2]).astype(np.float32)
    return pixels + noise[..., None]
