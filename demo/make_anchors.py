"""Makes the pictures of the shipped protocol's examples: `python -m demo.make_anchors FOLDER`.

One scene and one instruction for each dimension, so that only the level differs. The command
prints the `[[images]]` tables that name the files in an edition.
"""

import argparse
import hashlib
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from demo.behaviours import changed, damage
from demo.creatures import add_sunglasses
from demo.edits_living import add_glasses
from demo.edits_still import paint_cup, paint_saucer, paint_table
from demo.paint import Pixels, blur, mix, polygon, rng_for, smoothstep, to_image
from demo.photographs import load_scene
from demo.plan import Recipe

SIDE = 256
QUALITY = 86
HANDLE = [(222, 232), (248, 228), (262, 240), (254, 256), (240, 264), (228, 300), (214, 308)]
HANDLE += [(200, 306), (195, 284), (204, 250)]


@dataclass(frozen=True)
class Anchor:
    """One picture: its name, its scene, the part that is shown, how it is edited."""

    name: str
    scene: str
    box: tuple[int, int, int, int]
    recipe: Recipe


def as_it_is(source: Pixels) -> Pixels:
    """The source itself."""
    return source


def paint_all_but_handle(source: Pixels) -> Pixels:
    """Cup and saucer in blue; the handle stays red."""
    return mix(paint_cup(source), source, polygon(source, HANDLE, 1.5))


def ruin(source: Pixels) -> Pixels:
    """Glasses in blocks, torn and haloed, as no picture may be."""
    broken = damage(source, add_glasses(source), 1.0, rng_for("anchors", "ruin"))
    return damage(source, broken, 0.9, rng_for("anchors", "again"))


def paste(source: Pixels) -> Pixels:
    """Glasses too large, askew, cut out with a white rim."""
    pasted = add_sunglasses(source, (284, 330), 205, -9, (0.06, 0.05, 0.05))
    return _rimmed(source, pasted, 5, 1.0)


def leave_fringe(source: Pixels) -> Pixels:
    """Good glasses with a thin pale fringe."""
    return _rimmed(source, add_glasses(source), 3, 0.7)


def _rimmed(source: Pixels, edited: Pixels, width: float, strength: float) -> Pixels:
    """The edit with a pale rim around what was changed."""
    inside = smoothstep(0.4, 0.6, blur(changed(source, edited), 7))
    around = np.clip(blur(inside, width) * 4 - inside * 4, 0, 1) * np.float32(strength)
    return mix(edited, (0.97, 0.97, 0.97), around)


CUP = (78, 0, 478, 400)
FACE = (70, 130, 470, 530)
ANCHORS = (
    Anchor("cup", "coffee", CUP, as_it_is),
    Anchor("cup_1", "coffee", CUP, paint_table),
    Anchor("cup_2", "coffee", CUP, paint_saucer),
    Anchor("cup_3", "coffee", CUP, paint_all_but_handle),
    Anchor("cup_4", "coffee", CUP, paint_cup),
    Anchor("raccoon", "raccoon", FACE, as_it_is),
    Anchor("raccoon_1", "raccoon", FACE, ruin),
    Anchor("raccoon_2", "raccoon", FACE, paste),
    Anchor("raccoon_3", "raccoon", FACE, leave_fringe),
    Anchor("raccoon_4", "raccoon", FACE, add_glasses),
)


def make(anchor: Anchor) -> bytes:
    """The picture's file."""
    picture = to_image(anchor.recipe(load_scene(anchor.scene))).crop(anchor.box)
    buffer = io.BytesIO()
    small = picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    small.save(buffer, "WEBP", quality=QUALITY, method=6)
    return buffer.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every picture and print how an edition names it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    folder.mkdir(parents=True, exist_ok=True)
    for anchor in ANCHORS:
        content = make(anchor)
        file = folder / f"{anchor.name}.webp"
        file.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        lines = (f'key = "{anchor.name}"', f'file = "{file.name}"', f'sha256 = "{digest}"')
        sys.stdout.write("[[images]]\n" + "\n".join(lines) + "\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
