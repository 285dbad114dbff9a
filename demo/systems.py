"""Seven simulated systems: how often each one errs, and what a careful rater would give for it."""

import io
from dataclasses import dataclass
from typing import Literal

import numpy as np

from demo.behaviours import BEHAVIOURS, Behaviour, carry_out, worth
from demo.paint import Pixels, rng_for, to_image
from demo.plan import Edit

Format = Literal["JPEG", "PNG", "WEBP"]
SUFFIX: dict[Format, str] = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


@dataclass(frozen=True)
class System:
    """A system: its mix of behaviours (as weights), the size of its output and its format."""

    name: str
    weights: tuple[int, ...]
    format: Format
    quality: int = 90
    longest: int | None = None
    multiple: int = 1


# Weights in the order of BEHAVIOURS: right, half, over, artifacts, wrong, cast, nothing.
SYSTEMS = (
    System("lumen-edit", (78, 6, 6, 3, 3, 3, 1), "WEBP", 92),
    System("copperleaf", (62, 10, 12, 5, 5, 5, 1), "PNG", multiple=16),
    System("quill-2", (48, 16, 8, 8, 8, 8, 4), "JPEG", 93, multiple=8),
    System("tessera", (36, 12, 8, 26, 8, 6, 4), "JPEG", 88, longest=608),
    System("marlin-fast", (28, 26, 8, 12, 12, 6, 8), "JPEG", 84, longest=512),
    System("brightwork-xl", (22, 6, 36, 8, 10, 16, 2), "WEBP", 90, longest=720),
    System("sketchbot-mini", (8, 18, 8, 22, 20, 10, 14), "JPEG", 80, longest=480),
)


@dataclass(frozen=True)
class Candidate:
    """One output of a system for one edit, with the values planted in it."""

    system: System
    seed: int
    behaviour: Behaviour
    content: bytes
    values: dict[str, float]
    noise: dict[str, float]


@dataclass(frozen=True)
class Order:
    """A source, its instruction and the right result: what the systems are asked for."""

    edit: Edit
    source: Pixels
    right: Pixels


def run_system(system: System, order: Order, seed: int) -> Candidate:
    """What the system makes of the order; the same for the same seed."""
    rng = rng_for(seed, order.edit.name, system.name)
    shares = np.array(system.weights) / sum(system.weights)
    behaviour = BEHAVIOURS[int(rng.choice(len(BEHAVIOURS), p=shares))]
    severity = float(rng.uniform(0.45, 1.0))
    pixels = carry_out(behaviour, order.edit, (order.source, order.right), severity, rng)
    values = worth(behaviour, order.edit, severity)
    jitter = {name: float(rng.normal(0, 0.1)) for name in values}
    noise = {name: round(float(rng.uniform(0.3, 0.5)), 3) for name in values}
    return Candidate(
        system=system,
        seed=int(rng.integers(1, 2**31)),
        behaviour=behaviour,
        content=encode(pixels, system),
        values={name: round(min(max(values[name] + jitter[name], 1), 4), 3) for name in values},
        noise=noise,
    )


def encode(pixels: Pixels, system: System) -> bytes:
    """The picture in the system's size and format, without metadata."""
    image = to_image(pixels)
    scale = system.longest / max(image.size) if system.longest else 1.0
    step = system.multiple
    width, height = (max(round(side * scale / step), 1) * step for side in image.size)
    if (width, height) != image.size:
        image = image.resize((width, height))
    buffer = io.BytesIO()
    if system.format == "PNG":
        image.save(buffer, "PNG", compress_level=1)
    elif system.format == "WEBP":
        image.save(buffer, "WEBP", quality=system.quality, method=1)
    else:
        image.save(buffer, "JPEG", quality=system.quality)
    return buffer.getvalue()
