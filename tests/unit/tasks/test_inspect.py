"""What is read of a file before anything is decoded."""

import io
import struct
import zlib

import pytest
from PIL import Image

from annotate.tasks import imaging
from annotate.tasks.faults import RowFault
from annotate.tasks.imaging import Header, inspect
from tests.annotate.tasks.builders import encoded, picture


def look(content):
    return inspect(io.BytesIO(content))[0]


def refusal(content):
    with pytest.raises(RowFault) as caught:
        look(content)
    return caught.value.reason


def png(width, height, *, bits=8, colour=2, body=b""):
    """A PNG that says so of itself and holds whatever body."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", body), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg_saying(width, height):
    """A JPEG whose header was changed to another size."""
    content = bytearray(encoded(picture()))
    start = content.index(b"\xff\xc0")
    content[start + 5 : start + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def webp_saying(width, height):
    """An extended WebP header of that size, and nothing behind it."""
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0" * 4 + sizes
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_works(kind):
    assert look(encoded(picture(1, (64, 48)), kind)) == Header(kind, 64, 48)


def test_a_lossless_webp_and_an_extended_one():
    assert look(encoded(picture(), "WEBP", lossless=True)) == Header("WEBP", 64, 48)
    assert look(encoded(picture(), "WEBP", exif=b"Exif\0\0")) == Header("WEBP", 64, 48)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not an image at all, just text",
        b"GIF89a" + b"\0" * 40,
        b"BM" + b"\0" * 60,
        b"%PDF-1.7\n" + b"\0" * 40,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"RIFF\x24\0\0\0WAVEfmt ",
    ],
)
def test_other_kinds_are_not_images(content):
    assert refusal(content) == "not_an_image"


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP"])
def test_images_of_other_formats_are_not_accepted(kind):
    assert refusal(encoded(picture(), kind)) == "not_an_image"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cut_off_header_is_truncated(kind):
    assert refusal(encoded(picture(), kind)[:20]) == "truncated"


@pytest.mark.parametrize(
    "content",
    [
        png(100_000, 100_000),
        png(2**31 - 1, 2**31 - 1),
        png(8001, 8000),
        png(16_384, 10),
        jpeg_saying(65_500, 65_500),
        jpeg_saying(10_000, 8_000),
        webp_saying(16_383, 16_383),
        webp_saying(2**24, 2**24),
        webp_saying(2**24, 1),
    ],
)
def test_a_huge_header_is_too_large_before_decoding(content):
    assert refusal(content) == "too_large"


def test_the_largest_that_is_accepted():
    assert look(png(8000, 8000)) == Header("PNG", 8000, 8000)
    assert look(png(16_383, 3_900)) == Header("PNG", 16_383, 3_900)


def test_too_many_bytes(monkeypatch):
    content = encoded(picture())
    monkeypatch.setattr(imaging, "MAX_BYTES", len(content) - 1)
    assert refusal(content) == "too_large"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_has_many_frames(kind):
    frames = [picture(seed) for seed in range(3)]
    content = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
    assert refusal(content) == "many_frames"


def test_a_jpeg_of_two_pictures_has_many_frames():
    content = encoded(picture(1), "MPO", save_all=True, append_images=[picture(2)])
    assert content.startswith(b"\xff\xd8\xff")
    assert refusal(content) == "many_frames"


def test_nothing_is_decoded(monkeypatch):
    def decode(*_):
        raise AssertionError("decoded")

    content = encoded(picture())
    monkeypatch.setattr(Image.Image, "load", decode)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    assert look(content) == Header("JPEG", 64, 48)
