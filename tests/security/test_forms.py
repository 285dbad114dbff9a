"""The search for secrets finds them in every form, or it proves nothing."""

from base64 import urlsafe_b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.security.forms import Searcher, unpacked
from tests.security.planting import CANARIES, write

SECRET = "Canary7f 3/?"
SEARCH = Searcher({"it": SECRET})


@pytest.mark.parametrize(
    "blob",
    [
        SECRET.encode(),
        SECRET.upper().encode(),
        f"x{SECRET}".encode("utf-16"),
        quote(SECRET).encode(),
        SECRET.encode().hex().encode(),
        *(urlsafe_b64encode(b"x" * shift + SECRET.encode() + b"yz") for shift in range(5)),
        SECRET[::-1].encode(),
    ],
)
def test_it_works(blob):
    assert SEARCH.found(b"before " + blob + b" after") == {"it"}
    assert SEARCH.found(b"before after") == set()


@pytest.mark.parametrize(
    ("suffix", "places"),
    [
        (".png", {"exif", "xmp", "pngtext", "icc"}),
        (".jpg", {"exif", "xmp", "comment", "icc"}),
        (".webp", {"exif", "xmp", "icc"}),
    ],
)
def test_every_place_in_a_file(tmp_path: Path, suffix, places):
    """The planted files hold what they are said to hold, also where it is compressed."""
    path = tmp_path / f"x{suffix}"
    write(path, 1)
    assert Searcher(CANARIES).found(path.read_bytes()) == places
    assert len(list(unpacked(path.read_bytes()))) >= 4
