"""Image files: what is accepted, and the one form in which everybody sees them.

Accepted are JPEG, PNG and WebP files of one frame. The display form is 8-bit sRGB without
metadata; `docs/import.md` states its rules. Pure: Pillow and numpy only.
"""

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np
from PIL import Image, ImageCms, UnidentifiedImageError

from annotate.tasks.faults import RowFault

MAX_BYTES = 50_000_000
MAX_PIXELS = 64_000_000
MAX_SIDE = 16_383
"""The longest side that the display format holds."""

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    EOFError,
    struct.error,
    OverflowError,
)
"""What Pillow raises on files that are not what they say."""

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
SAMPLES = np.linspace(0, 255, 17).round().astype(np.uint8)


@dataclass(frozen=True)
class Header:
    """What a file says of itself before anything is decoded."""

    format: str
    width: int
    height: int


def sniff(head: bytes) -> str:
    """The format that a file's first 12 bytes name; refused where none of ours."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    raise RowFault("not_an_image", "not a JPEG, PNG or WebP file")


def inspect(file: IO[bytes]) -> tuple[Header, Image.Image]:
    """The header, checked, and the image, not yet decoded."""
    length = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(32)
    file.seek(0)
    if length > MAX_BYTES:
        raise RowFault("too_large", f"{length} bytes; at most {MAX_BYTES}")
    kind = sniff(head)
    if kind == "WEBP":
        check_size(*_webp_size(head, length))
    image = _open(file, kind)
    check_size(*image.size)
    if image.format != kind or getattr(image, "n_frames", 1) != 1:
        raise RowFault("many_frames", "holds more than one frame")
    return Header(kind, *image.size), image


def check_size(width: int, height: int) -> None:
    """Refuse a size that is over the limits."""
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        limit = f"at most {MAX_PIXELS} pixels and {MAX_SIDE} a side"
        raise RowFault("too_large", f"{width} x {height} pixels; {limit}")


def _webp_size(head: bytes, length: int) -> tuple[int, int]:
    """The canvas in a WebP header, read before a decoder reserves memory for it."""
    if length < int.from_bytes(head[4:8], "little") + 8 or len(head) < 30:
        raise RowFault("truncated", "shorter than its header says")
    kind = head[12:16]
    if kind == b"VP8X":
        width, height = head[24:27], head[27:30]
        return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width_bits, height_bits = struct.unpack("<HH", head[26:30])
        return width_bits & 0x3FFF, height_bits & 0x3FFF
    raise RowFault("not_an_image", "not a WebP file")


def _open(file: IO[bytes], kind: str) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return Image.open(file, formats=[kind])
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise RowFault("too_large", f"more than {MAX_PIXELS} pixels") from error
        except UnidentifiedImageError as error:
            raise RowFault("truncated", f"the {kind} header is cut off or damaged") from error
        except BROKEN as error:
            raise broken(error) from error


def broken(error: Exception) -> RowFault:
    """A decoder's complaint as a fault."""
    text = str(error) or type(error).__name__
    cut = any(word in text.lower() for word in ("truncated", "not enough", "eof"))
    return RowFault("truncated" if cut else "undecodable", text)


def display_form(image: Image.Image) -> Image.Image:
    """The image as everybody sees it: upright, 8 bits, sRGB, on white, without metadata."""
    try:
        image.load()
        profile = image.info.get("icc_profile")
        shown = _on_white(_in_srgb(_plain(_upright(image)), profile))
    except BROKEN as error:
        raise broken(error) from error
    shown.info = {}
    return shown


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its EXIF asks; unreadable EXIF asks for nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
        except BROKEN:
            return image
    if turn is None:
        return image
    turned = image.transpose(turn)
    turned.info = image.info
    return turned


def _plain(image: Image.Image) -> Image.Image:
    """In 8-bit L, LA, RGB, RGBA or CMYK; of 16 bits the upper eight stay."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    clear = "transparency" in image.info
    if image.mode in ("P", "PA"):
        return image.convert("RGBA" if clear or image.mode == "PA" else "RGB")
    if image.mode in ("1", "L"):
        return image.convert("LA" if clear else "L")
    if image.mode == "RGB" and clear:
        return image.convert("RGBA")
    if image.mode in ("RGB", "LA", "RGBA", "CMYK"):
        return image
    raise RowFault("undecodable", f"pixels of the kind {image.mode}")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Converted by the embedded profile; one that cannot be used counts as none."""
    transform = _transform(profile, image.mode.removesuffix("A")) if profile else None
    if transform is None:
        return image.convert("RGB") if image.mode == "CMYK" else image
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    converted = ImageCms.applyTransform(image.convert(image.mode.removesuffix("A")), transform)
    if converted is None:
        raise RowFault("undecodable", "the colour conversion returned nothing")
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """From the profile to sRGB; None where it is unusable or changes nothing."""
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            SRGB,
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, *BROKEN):
        return None
    return None if mode == "RGB" and _changes_nothing(transform) else transform


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether 17 x 17 x 17 colours come out as they went in, within one step."""
    grid = np.stack(np.meshgrid(SAMPLES, SAMPLES, SAMPLES), axis=-1).reshape(17, 289, 3)
    after = ImageCms.applyTransform(Image.fromarray(grid), transform)
    return bool(np.abs(np.asarray(after).astype(int) - grid).max() <= 1)


def _on_white(image: Image.Image) -> Image.Image:
    """In RGB; what is transparent shows white."""
    if image.mode in ("LA", "RGBA"):
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")


def level_sizes(width: int, height: int, levels: tuple[int, ...]) -> Iterator[tuple[int, int, int]]:
    """The levels smaller than the image, each with its width and height."""
    longest = max(width, height)
    for level in levels:
        if level < longest:
            scale = level / longest
            yield level, max(1, round(width * scale)), max(1, round(height * scale))


def encode(image: Image.Image, size: tuple[int, int] | None = None) -> bytes:
    """A display level of the display form as a file: lossless WebP without metadata."""
    if size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", lossless=True, method=0, quality=25, exact=True)
    return buffer.getvalue()
