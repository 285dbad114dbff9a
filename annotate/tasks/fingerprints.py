"""What an image is known by: a hash of its pixels, and one that similar images share."""

import hashlib

import numpy as np
from PIL import Image

ROWS = 256
FLAT = 2.0
"""Standard deviation of 32 x 32 greys (0..255) under which a picture has no structure to go by."""
DCT = np.cos(np.pi / 64 * np.outer(np.arange(8), 2 * np.arange(32) + 1))
"""The eight lowest frequencies of a DCT-II over 32 samples, shape (8, 32)."""


def pixel_sha256(image: Image.Image) -> str:
    """SHA-256 of "WIDTH x HEIGHT" and the RGB bytes of a display form, row by row."""
    digest = hashlib.sha256(f"{image.width} x {image.height}\n".encode())
    for top in range(0, image.height, ROWS):
        strip = image.crop((0, top, image.width, min(top + ROWS, image.height)))
        digest.update(strip.tobytes())
    return digest.hexdigest()


def perceptual_hash(image: Image.Image) -> int | None:
    """64 bits, signed, of which similar images differ in few; None for a flat image.

    Which of the 8 x 8 lowest DCT coefficients of 32 x 32 greys are over their median; the first
    coefficient is the highest bit.
    """
    small = image.convert("L").resize((32, 32), Image.Resampling.LANCZOS, reducing_gap=2.0)
    greys = np.asarray(small, dtype=np.float64)
    if greys.std() < FLAT:
        return None
    low = np.round(DCT @ greys @ DCT.T, 6)
    bits = np.packbits((low > np.median(low)).ravel())
    return int.from_bytes(bits.tobytes(), "big", signed=True)
