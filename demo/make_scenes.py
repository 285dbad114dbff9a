"""Cuts the scenes again from the photographs: `python -m demo.make_scenes FOLDER...`.

The folders hold the files that `demo/photographs.py` names: `skimage/data` of scikit-image 0.26.0,
`sklearn/datasets/images` of scikit-learn 1.9.1 and `scipy/misc` of scipy 1.11.4, in their wheels.
"""

import argparse
import bz2
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from demo.photographs import PHOTOGRAPHS, SCENES, Photograph

QUALITY = 90


def read_photograph(photograph: Photograph, folders: Sequence[Path]) -> Image.Image:
    """The photograph in RGB, from the first folder that has its file."""
    for folder in folders:
        path = folder / photograph.file
        if path.is_file():
            return _decode(path, photograph)
    raise FileNotFoundError(
        f"{photograph.file} is in none of the folders; give the folder that holds it"
    )


def _decode(path: Path, photograph: Photograph) -> Image.Image:
    """The pixels alone: raw bzip2 for scipy's file, else whatever Pillow reads."""
    if path.suffix == ".dat":
        return Image.frombytes("RGB", photograph.size, bz2.decompress(path.read_bytes()))
    with Image.open(path) as image:
        pixels = image.convert("RGB")
    if pixels.size != photograph.size:
        raise ValueError(f"{path.name} is {pixels.size}, expected {photograph.size}")
    return Image.frombytes("RGB", pixels.size, pixels.tobytes())


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes every scene and prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    folders = parser.parse_args(arguments).folders
    photographs = {each.name: read_photograph(each, folders) for each in PHOTOGRAPHS}
    total = 0
    for scene in SCENES:
        scene.path.parent.mkdir(exist_ok=True)
        crop = photographs[scene.photograph].crop(scene.box)
        crop.save(scene.path, "WEBP", quality=QUALITY, method=6)
        total += scene.path.stat().st_size
    sys.stdout.write(f"{len(SCENES)} scenes, {total} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
