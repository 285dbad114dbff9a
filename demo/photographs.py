"""The photographs the demo is cut from, and the scenes: disjoint crops kept in `demo/scenes/`."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from demo.paint import Pixels

SCENE_FOLDER = Path(__file__).parent / "scenes"


@dataclass(frozen=True)
class Photograph:
    """A picture with its source and its licence."""

    name: str
    file: str
    size: tuple[int, int]
    credit: str
    licence: str


@dataclass(frozen=True)
class Scene:
    """One crop of a photograph; the box is left, top, right, bottom in the photograph's pixels."""

    name: str
    photograph: str
    box: tuple[int, int, int, int]

    @property
    def path(self) -> Path:
        """Where the crop is kept."""
        return SCENE_FOLDER / f"{self.name}.webp"


PHOTOGRAPHS = (
    Photograph("astronaut", "astronaut.png", (512, 512), "NASA (Eileen Collins)", "public domain"),
    Photograph("chelsea", "chelsea.png", (451, 300), "Stefan van der Walt", "CC0 1.0"),
    Photograph(
        "coffee", "coffee.png", (600, 400), "Rachel Michetti, Pikolo Espresso Bar", "CC0 1.0"
    ),
    Photograph("rocket", "rocket.jpg", (640, 427), "SpaceX (DSCOVR on Falcon 9)", "public domain"),
    Photograph(
        "hubble",
        "hubble_deep_field.jpg",
        (1000, 872),
        "NASA (Hubble eXtreme Deep Field)",
        "public domain",
    ),
    Photograph("camera", "camera.png", (512, 512), "Lav Varshney", "CC0 1.0"),
    Photograph("brick", "brick.png", (512, 512), "CC0Textures", "CC0 1.0"),
    Photograph("grass", "grass.png", (512, 512), "linolafett (DeviantArt)", "CC0 1.0"),
    Photograph("china", "china.jpg", (640, 427), "danielbuechele", "CC BY 2.0"),
    Photograph("flower", "flower.jpg", (640, 427), "vultilion (danielbuechele)", "CC BY 2.0"),
    Photograph("raccoon", "face.dat", (1024, 768), "public-domain-image.com", "public domain"),
)

SCENES = (
    Scene("astronaut", "astronaut", (0, 0, 512, 512)),
    Scene("cat", "chelsea", (0, 0, 451, 300)),
    Scene("coffee", "coffee", (0, 0, 600, 400)),
    Scene("rocket", "rocket", (0, 0, 640, 427)),
    Scene("pagoda", "china", (0, 0, 640, 427)),
    Scene("dahlia", "flower", (0, 0, 640, 427)),
    Scene("raccoon", "raccoon", (384, 0, 1024, 700)),
    Scene("leaves", "raccoon", (0, 260, 384, 768)),
    Scene("galaxies", "hubble", (0, 0, 640, 436)),
    Scene("deepfield", "hubble", (300, 436, 1000, 872)),
    Scene("cameraman", "camera", (0, 0, 512, 512)),
    Scene("lawn", "grass", (0, 0, 512, 512)),
    Scene("paving", "brick", (0, 0, 512, 512)),
)


def load_scene(name: str) -> Pixels:
    """The scene's pixels as sRGB values in 0..1."""
    (scene,) = (scene for scene in SCENES if scene.name == name)
    with Image.open(scene.path) as image:
        return np.asarray(image.convert("RGB"), dtype=np.float32) / np.float32(255)
