"""What a browser fetches before the first task stays small, in either language."""

import gzip
import json
from typing import Any

import pytest

from frontend.bundle import ENTRY, ROOT, WORDS

MOST = 150_000
"""Bytes as they travel, compressed; docs/hot_path.md promises it."""


def reached(manifest: dict[str, Any], first: list[str]) -> set[str]:
    """The scripts that are fetched with some chunks: what they import, and so on."""
    chunks, waiting = set(), list(first)
    while waiting:
        chunk = waiting.pop()
        if chunk not in chunks:
            chunks.add(chunk)
            waiting += manifest[chunk].get("imports", [])
    return {manifest[chunk]["file"] for chunk in chunks}


@pytest.mark.parametrize("language", sorted(WORDS))
def test_it_works(language: str) -> None:
    """The entry and the words of one language are within the limit, and the words are apart."""
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    entry = reached(manifest, [ENTRY])
    files = entry | reached(manifest, [WORDS[language]])
    assert len(files) > len(entry)
    sizes = {file: len(gzip.compress((ROOT / file).read_bytes(), 9)) for file in files}
    assert sum(sizes.values()) <= MOST, sizes
