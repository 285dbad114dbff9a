"""What one edit of the demo is: its words, the right and a wrong result, where it may change."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from demo.paint import Mask, Pixels, mix, smoothstep

Recipe = Callable[[Pixels], Pixels]
Region = Callable[[Pixels], Mask]


@dataclass(frozen=True)
class Work:
    """How an edit is done, done wrongly and done by half; no `region` means the whole picture."""

    right: Recipe
    wrong: Recipe
    region: Region | None = None
    half: Recipe | None = None


@dataclass(frozen=True)
class Edit:
    """An instruction for a scene, in English and in Simplified Chinese, and its work."""

    name: str
    scene: str
    category: str
    instruction: str
    translation: str
    work: Work

    def half_done(self, source: Pixels, right: Pixels) -> Pixels:
        """The edit stopped midway: its own half, else faint where whole, cut where local."""
        if self.work.half:
            return self.work.half(source)
        if self.work.region is None or self.category == "subject addition":
            return source + (right - source) * np.float32(0.4)
        return mix(source, right, _one_side(self.work.region(source)))


def _one_side(region: Mask) -> Mask:
    """The left half of the region's extent, with a narrow edge."""
    columns = region.max(axis=0).nonzero()[0]
    middle = (int(columns[0]) + int(columns[-1])) / 2
    side = smoothstep(middle + 8, middle - 8, np.arange(region.shape[1], dtype=np.float32))
    return np.broadcast_to(side, region.shape)
