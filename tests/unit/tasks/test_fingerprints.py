"""What an image is known by."""

import hashlib

import numpy as np
from PIL import Image, ImageEnhance

from annotate.tasks.fingerprints import perceptual_hash, pixel_sha256
from tests.annotate.tasks.builders import picture


def distance(one, other):
    first, second = perceptual_hash(one), perceptual_hash(other)
    assert first is not None
    assert second is not None
    return ((first ^ second) & (2**64 - 1)).bit_count()


def test_it_works():
    image = picture(1, (300, 700))
    expected = hashlib.sha256(b"300 x 700\n" + image.tobytes()).hexdigest()
    assert pixel_sha256(image) == expected


def test_the_size_is_part_of_it():
    flat = Image.new("RGB", (4, 2), "red")
    assert pixel_sha256(flat) != pixel_sha256(Image.new("RGB", (2, 4), "red"))


def test_similar_images_differ_in_few_bits_and_others_in_many():
    image = picture(1, (600, 400))
    assert distance(image, image.resize((150, 100))) <= 4
    assert distance(image, ImageEnhance.Brightness(image).enhance(0.8)) <= 6
    assert distance(image, picture(2, (600, 400))) >= 16


def test_the_hash_is_the_dct_written_out():
    image = picture(1, (32, 32))
    grey = np.asarray(image.convert("L"), dtype=float)
    low = [
        sum(
            grey[y, x] * np.cos(np.pi * v * (2 * y + 1) / 64) * np.cos(np.pi * u * (2 * x + 1) / 64)
            for y in range(32)
            for x in range(32)
        )
        for v in range(8)
        for u in range(8)
    ]
    bits = "".join("1" if value > np.median(low) else "0" for value in low)
    unsigned = int(bits, 2)
    assert perceptual_hash(image) == (unsigned - 2**64 if unsigned >= 2**63 else unsigned)


def test_a_flat_image_has_none():
    assert perceptual_hash(Image.new("RGB", (50, 50), "grey")) is None
    noise = np.random.default_rng(1).normal(128, 3, (200, 200, 3)).clip(0, 255).astype(np.uint8)
    assert perceptual_hash(Image.fromarray(noise)) is None
    spot = Image.new("RGB", (100, 100), "grey")
    spot.paste("white", (40, 40, 60, 60))
    assert perceptual_hash(spot) is not None
