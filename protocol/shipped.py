"""The editions that come with the program."""

import tomllib
from pathlib import Path

from protocol.errors import Refused

EDITIONS = Path(__file__).resolve().parent / "editions"


class NotShippedError(Refused):
    """No edition of this key and number comes with the program."""


def shipped_editions() -> dict[tuple[str, int], Path]:
    """Return every shipped edition's file by key and number, in that order."""
    found = {}
    for path in EDITIONS.glob("*.toml"):
        head = tomllib.loads(path.read_text(encoding="utf-8"))
        found[head["key"], head["number"]] = path
    return dict(sorted(found.items()))


def shipped_edition(key: str, number: int | None = None) -> Path:
    """Return the file of a shipped edition; without a number the highest of its key."""
    editions = shipped_editions()
    matching = [name for name in editions if name[0] == key and number in {None, name[1]}]
    if not matching:
        known = ", ".join(f"{name}@{version}" for name, version in editions)
        wanted = key if number is None else f"{key}@{number}"
        raise NotShippedError(f"{wanted} is not a shipped edition; shipped are {known}")
    return editions[max(matching)]
