"""Finds a secret in bytes, whatever form it took on the way."""

import codecs
import gzip
import io
import struct
import zlib
from base64 import b16encode, b32encode, b64encode
from collections.abc import Iterator
from urllib.parse import quote

from PIL import Image


def base64_forms(raw: bytes) -> Iterator[bytes]:
    """What of the bytes is the same in every base64 text that holds them, at each alignment."""
    for shift in range(3):
        text = b64encode(b"\0" * shift + raw + b"\0" * 3)
        begin = -(-shift * 8 // 6)
        yield text[begin : (shift + len(raw)) * 8 // 6]


def forms(text: str) -> list[bytes]:
    """The text in the encodings in which it could travel, lower-case where case means nothing."""
    raw = text.encode()
    ways = {
        raw,
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        text.encode("utf-32-le"),
        b16encode(raw),
        b32encode(raw + b"\0" * (-len(raw) % 5))[: len(raw) * 8 // 5],
        quote(text).encode(),
        quote(text, safe="").encode(),
        "".join(f"%{byte:02x}" for byte in raw).encode(),
        "".join(f"\\u{ord(char):04x}" for char in text).encode(),
        "".join(f"&#{ord(char)};" for char in text).encode(),
        "".join(f"&#x{ord(char):x};" for char in text).encode(),
        text[::-1].encode(),
        codecs.encode(text, "rot13").encode(),
    }
    return sorted(way.lower() for way in ways)


def unpacked(blob: bytes) -> Iterator[bytes]:
    """The bytes, and what is compressed or hidden in them as far as they are an image or gzip."""
    yield blob
    if blob[:2] == b"\x1f\x8b":
        yield from unpacked(gzip.decompress(blob))
    if blob[:8] == b"\x89PNG\r\n\x1a\n":
        yield from png_texts(blob)
    if blob[:8] == b"\x89PNG\r\n\x1a\n" or blob[:4] == b"RIFF" or blob[:2] == b"\xff\xd8":
        with Image.open(io.BytesIO(blob)) as picture:
            yield repr(picture.info).encode()
            yield picture.info.get("icc_profile") or b""
            yield repr(dict(picture.getexif())).encode()


def png_texts(blob: bytes) -> Iterator[bytes]:
    """What is in a PNG's compressed chunks other than pixels."""
    at = 8
    while at < len(blob):
        size, kind = struct.unpack(">I4s", blob[at : at + 8])
        content = blob[at + 8 : at + 8 + size]
        packed = content.partition(b"\0")[2]
        if kind in (b"zTXt", b"iCCP"):
            yield zlib.decompress(packed[1:])
        if kind == b"iTXt" and packed[:1] == b"\1":
            yield zlib.decompress(packed[2:].split(b"\0", 2)[2])
        at += 12 + size


class Searcher:
    """Looks for secrets; each is found under its name."""

    def __init__(self, secrets: dict[str, str]) -> None:
        self.plain = {name: forms(text) for name, text in secrets.items()}
        self.cased = {name: set(base64_forms(text.encode())) for name, text in secrets.items()}

    def found(self, blob: bytes) -> set[str]:
        """The names of the secrets that are in the bytes in any form."""
        names = set()
        for piece in unpacked(blob):
            for variant in (piece, piece.translate(bytes.maketrans(b"-_", b"+/"))):
                lower = variant.lower()
                names |= {n for n, ways in self.plain.items() if any(w in lower for w in ways)}
                names |= {n for n, ways in self.cased.items() if any(w in variant for w in ways)}
        return names
