"""Builds editions of any size as TOML text."""

from pathlib import Path
from typing import Any

from protocol.edition import read_edition


def edition_text(
    dimensions: int = 1, levels: int = 2, languages: tuple[str, ...] = ("en",), **head: object
) -> str:
    """An edition of so many dimensions with so many levels, values 0, 0.5, 1 and so on."""
    key, number = head.get("key", "sample"), head.get("number", 1)
    lines = [
        f'key = "{key}"',
        f"number = {number}",
        f"languages = [{', '.join(repr(tag) for tag in languages)}]",
        f"title = {_texts('Title', languages)}",
        f"guideline = {_texts(str(head.get('guideline', 'Look closely.')), languages)}",
    ]
    for dimension in range(dimensions):
        lines += _dimension_lines(dimension, levels, languages)
    lines += [
        "[[cannot_judge_reasons]]",
        'key = "broken"',
        f"text = {_texts('Broken', languages)}",
        "[[low_score_reasons]]",
        'key = "ugly"',
        'dimension = "d0"',
        f"text = {_texts('Ugly', languages)}",
    ]
    return "\n".join(lines) + "\n"


def _dimension_lines(dimension: int, levels: int, languages: tuple[str, ...]) -> list[str]:
    lines = [
        "[[dimensions]]",
        f'key = "d{dimension}"',
        f"name = {_texts(f'Dimension {dimension}', languages)}",
        f"question = {_texts('How is it?', languages)}",
        "[[dimensions.criteria]]",
        'key = "first"',
        f"name = {_texts('First', languages)}",
        f"text = {_texts('What to look at', languages)}",
    ]
    for level in range(levels):
        lines += [
            "[[dimensions.levels]]",
            f"value = {level / 2}",
            f"name = {_texts(f'Level {level}', languages)}",
            f"text = {_texts(f'Worded {level} for {dimension}', languages)}",
        ]
    return lines


def _texts(text: str, languages: tuple[str, ...]) -> str:
    return "{ " + ", ".join(f'{tag} = "{text} ({tag})"' for tag in languages) + " }"


def read_document(text: str | bytes, *, folder: Path | None = None) -> dict[str, Any]:
    """The document of an edition's text."""
    return read_edition(text, folder=folder).document
