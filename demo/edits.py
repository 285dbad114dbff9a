"""All thirty edits of the demo, in the order of their tasks."""

import tomllib
from pathlib import Path

from demo import edits_grey, edits_living, edits_places, edits_still
from demo.plan import Edit

WORKS = edits_living.WORKS | edits_still.WORKS | edits_places.WORKS | edits_grey.WORKS


def read_edits() -> tuple[Edit, ...]:
    """The words of `instructions.toml` joined with the work of the same name."""
    words = tomllib.loads(Path(__file__).with_name("instructions.toml").read_text("utf-8"))
    if words.keys() != WORKS.keys():
        raise ValueError(f"words without work or the reverse: {words.keys() ^ WORKS.keys()}")
    return tuple(
        Edit(name, row["scene"], row["category"], row["en"], row["zh-Hans"], WORKS[name])
        for name, row in words.items()
    )


EDITS = read_edits()
