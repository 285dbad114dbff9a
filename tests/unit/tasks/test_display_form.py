"""The one form in which everybody sees an image, case by case of the stated rule."""

import io
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from annotate.tasks import imaging
from annotate.tasks.faults import RowFault
from tests.annotate.tasks.builders import encoded, picture
from tests.unit.tasks.test_inspect import png

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def shown(content):
    return imaging.display_form(imaging.inspect(io.BytesIO(content))[1])


def pixels(image):
    return np.asarray(image).astype(int)


def refusal(content):
    with pytest.raises(RowFault) as caught:
        shown(content)
    return caught.value.reason


def profile_of(space):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes()


def linear_profile():
    """sRGB's primaries with a linear tone curve: darkens nothing but moves every mid-tone."""
    content = bytearray(SRGB.tobytes())
    for tag in (b"rTRC", b"gTRC", b"bTRC"):
        entry = content.index(tag, 128)
        offset = int.from_bytes(content[entry + 4 : entry + 8], "big")
        content[offset : offset + 12] = b"curv" + b"\0" * 8
        content[entry + 8 : entry + 12] = (12).to_bytes(4, "big")
    return bytes(content)


def test_it_works():
    image = picture(3)
    form = shown(encoded(image, "PNG"))
    assert (form.mode, form.size, form.info) == ("RGB", (64, 48), {})
    assert np.array_equal(pixels(form), pixels(image))


@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (1, lambda a: a),
        (2, lambda a: a[:, ::-1]),
        (3, lambda a: a[::-1, ::-1]),
        (4, lambda a: a[::-1]),
        (5, lambda a: a.transpose(1, 0, 2)),
        (6, lambda a: np.rot90(a, -1)),
        (7, lambda a: a[::-1, ::-1].transpose(1, 0, 2)),
        (8, np.rot90),
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_orientation_is_applied(orientation, turn, kind):
    image = picture(3)
    exif = Image.Exif()
    exif[imaging.ORIENTATION] = orientation
    content = encoded(
        image, kind, exif=exif.tobytes(), **({} if kind == "PNG" else {"lossless": True})
    )
    assert np.array_equal(pixels(shown(content)), turn(pixels(image)))


def test_broken_exif_asks_for_nothing():
    image = picture(3)
    content = encoded(image, "PNG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert np.array_equal(pixels(shown(content)), pixels(image))


def test_of_16_bit_grey_the_upper_8_stay():
    values = np.array([[0, 255, 256, 511], [32768, 65280, 65534, 65535]], dtype=np.uint16)
    form = shown(encoded(Image.fromarray(values), "PNG"))
    assert pixels(form)[..., 0].tolist() == [[0, 0, 1, 1], [128, 255, 255, 255]]
    assert np.array_equal(pixels(form)[..., 0], pixels(form)[..., 2])


def test_of_16_bit_colour_the_upper_8_stay():
    row = b"\0" + bytes.fromhex("00ff 0100 01ff8000 ff00 ffff")
    form = shown(png(2, 1, bits=16, body=zlib.compress(row)))
    assert pixels(form).tolist() == [[[0, 1, 1], [128, 255, 255]]]


def test_grey_palette_and_bilevel_become_colour():
    for mode in ("L", "P", "1"):
        image = picture(3).convert(mode)
        form = shown(encoded(image, "PNG"))
        assert form.mode == "RGB"
        assert np.array_equal(pixels(form), pixels(image.convert("RGB")))


def test_what_is_transparent_shows_white():
    image = Image.new("RGBA", (3, 1))
    image.putdata([(10, 20, 30, 255), (0, 0, 0, 0), (0, 100, 200, 128)])
    assert pixels(shown(encoded(image, "PNG"))).tolist() == [
        [[10, 20, 30], [255, 255, 255], [127, 177, 227]]
    ]


@pytest.mark.parametrize(("mode", "clear"), [("RGB", (0, 0, 0)), ("L", 0), ("P", 0)])
def test_a_transparent_colour_shows_white(mode, clear):
    image = Image.new(mode, (2, 1), clear)
    image.putpixel((1, 0), 1 if mode != "RGB" else (1, 1, 1))
    if mode == "P":
        image.putpalette([9, 9, 9, 1, 1, 1])
    form = shown(encoded(image, "PNG", transparency=clear))
    assert pixels(form).tolist() == [[[255, 255, 255], [1, 1, 1]]]


def test_grey_with_alpha_shows_white():
    image = Image.new("LA", (2, 1))
    image.putdata([(40, 255), (40, 0)])
    assert pixels(shown(encoded(image, "PNG"))).tolist() == [[[40, 40, 40], [255, 255, 255]]]


def test_cmyk_without_a_profile_is_converted_plainly():
    image = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    form = shown(encoded(image, "JPEG", quality=100))
    assert form.mode == "RGB"
    assert np.abs(pixels(form) - [0, 255, 255]).max() <= 2


def test_cmyk_with_a_useless_profile_is_converted_plainly():
    image = Image.new("CMYK", (16, 16), (0, 255, 0, 0))
    content = encoded(image, "JPEG", quality=100, icc_profile=profile_of("sRGB"))
    assert np.abs(pixels(shown(content)) - [255, 0, 255]).max() <= 2


def test_srgb_stays_exactly_as_it_is():
    image = picture(3)
    content = encoded(image, "PNG", icc_profile=profile_of("sRGB"))
    assert np.array_equal(pixels(shown(content)), pixels(image))


def test_another_profile_is_converted():
    image = Image.new("RGB", (4, 4), (55, 128, 255))
    form = shown(encoded(image, "PNG", icc_profile=linear_profile()))
    expected = [round(255 * (1.055 * (v / 255) ** (1 / 2.4) - 0.055)) for v in (55, 128)] + [255]
    assert np.abs(pixels(form)[0, 0] - expected).max() <= 1


def test_a_profile_leaves_alpha_alone():
    image = Image.new("RGBA", (2, 1), (55, 128, 255, 255))
    image.putpixel((1, 0), (55, 128, 255, 0))
    form = shown(encoded(image, "PNG", icc_profile=linear_profile()))
    assert pixels(form)[0, 1].tolist() == [255, 255, 255]
    assert np.abs(pixels(form)[0, 0] - [128, 188, 255]).max() <= 1


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 200, SRGB.tobytes()[:300]])
def test_a_broken_profile_counts_as_none(profile):
    image = picture(3)
    content = encoded(image, "PNG", icc_profile=profile)
    assert np.array_equal(pixels(shown(content)), pixels(image))


def test_metadata_is_gone_from_the_levels():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "CANARY", zip=False)
    notes.add_itxt("XML:com.adobe.xmp", "<x>CANARY</x>")
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    content = encoded(
        picture(3), "PNG", pnginfo=notes, exif=exif.tobytes(), icc_profile=linear_profile()
    )
    assert b"CANARY" in content
    level = imaging.encode(shown(content))
    assert b"CANARY" not in level
    assert [name for name in (b"EXIF", b"XMP ", b"ICCP", b"VP8X") if name in level] == []


def test_levels_are_lossless_and_scaled():
    image = picture(3, (1400, 700))
    level = Image.open(io.BytesIO(imaging.encode(image)))
    assert np.array_equal(pixels(level), pixels(image))
    sizes = list(imaging.level_sizes(1400, 700, (512, 1024, 2048)))
    assert sizes == [(512, 512, 256), (1024, 1024, 512)]
    small = Image.open(io.BytesIO(imaging.encode(image, (512, 256))))
    assert (small.format, small.size) == ("WEBP", (512, 256))


def test_a_thin_image_keeps_a_pixel():
    assert list(imaging.level_sizes(16_000, 3, (512,))) == [(512, 512, 1)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cut_off_file_is_refused(kind):
    content = encoded(picture(3, (300, 200)), kind)
    assert refusal(content[: len(content) * 2 // 3]) == "truncated"


def test_damaged_data_is_refused():
    assert refusal(png(64, 48, body=b"nonsense")) == "undecodable"


def test_a_bomb_of_text_is_refused():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("bomb", "a" * 70_000_000, zip=True)
    assert refusal(encoded(picture(), "PNG", pnginfo=notes)) == "undecodable"
