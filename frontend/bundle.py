"""The built bundle: which hashed files the shell loads."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent / "static" / "frontend"
ENTRY = "src/main.tsx"
WORDS = {"en": "src/i18n/en.ts", "zh-hans": "src/i18n/zh-Hans.ts"}


@dataclass(frozen=True)
class Bundle:
    """The addresses of the entry script, each language's words, the style sheets and the icon."""

    script: str
    words: dict[str, str]
    styles: tuple[str, ...]
    icon: str


def _address(file: str) -> str:
    """A built file's address; names are hashed by Vite, so that they need no second hash."""
    return f"{settings.STATIC_URL}frontend/{file}"


@cache
def bundle() -> Bundle:
    """The bundle that Vite's manifest describes; raises when it was never built."""
    path = ROOT / "manifest.json"
    if not path.is_file():
        raise ImproperlyConfigured(f"{path} is missing: run `npm run build` in frontend/.")
    manifest = json.loads(path.read_text(encoding="utf-8"))
    entry = manifest[ENTRY]
    files = {chunk["file"] for chunk in manifest.values()}
    styles = tuple(sorted(_address(file) for file in files if file.endswith(".css")))
    return Bundle(
        script=_address(entry["file"]),
        words={language: _address(manifest[path]["file"]) for language, path in WORDS.items()},
        styles=styles,
        icon=_address(manifest["src/icon.svg"]["file"]),
    )
