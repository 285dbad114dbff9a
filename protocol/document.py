r"""The document of a protocol version: its canonical text, its digest, its parsed form.

Canonical text: JSON in UTF-8 without spaces; object keys sorted by code point; every string in
Unicode normal form C, escaped only where JSON demands it (`"`, `\` and control characters).
Numbers are exact: the shortest decimal without exponent, sign of zero, leading `+` or trailing
zeros (`3`, `2.5`, `-0.25`). Floats, nulls and booleans have no place in it.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of pictures that shows a level; images by the SHA-256 of their files."""

    source: str
    edit: str
    instruction: Texts | None = None
    note: Texts | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a dimension's scale, worded for that dimension."""

    value: Decimal
    name: Texts
    text: Texts
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a dimension asks to look at."""

    key: str
    name: Texts
    text: Texts


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a judgment was low or not possible; without a dimension it belongs to every one."""

    key: str
    text: Texts
    dimension: str | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """One ordinal question about a candidate, its levels ascending."""

    key: str
    name: Texts
    question: Texts
    criteria: tuple[Criterion, ...]
    levels: tuple[Level, ...]
    low_score_reasons: tuple[str, ...]

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The values of the levels, ascending."""
        return tuple(level.value for level in self.levels)


@dataclass(frozen=True, slots=True)
class Document:
    """What annotators are asked, in every language of the protocol."""

    key: str
    number: int
    languages: tuple[str, ...]
    title: Texts
    guideline: Texts
    dimensions: tuple[Dimension, ...]
    cannot_judge_reasons: tuple[Reason, ...]
    low_score_reasons: tuple[Reason, ...]

    @property
    def images(self) -> frozenset[str]:
        """The SHA-256 of every image that an example shows."""
        levels = (level for dimension in self.dimensions for level in dimension.levels)
        examples = (example for level in levels for example in level.examples)
        return frozenset(image for each in examples for image in (each.source, each.edit))

    def dimension(self, key: str) -> Dimension:
        """Return the dimension of this key; KeyError where there is none."""
        for dimension in self.dimensions:
            if dimension.key == key:
                return dimension
        raise KeyError(key)


def number_text(value: Decimal | int) -> str:
    """Return the one text of a number: exact, shortest, without exponent.

    >>> number_text(Decimal("2.50")), number_text(Decimal("1E+1")), number_text(Decimal("-0.0"))
    ('2.5', '10', '0')
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"{value!r} is not an exact number")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{value} is not a finite number")
    text = format(Decimal(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def canonical(document: Mapping[str, Any]) -> str:
    """Return the canonical text of a document (the rule stands at the top of this module)."""
    return "".join(_pieces(document))


def digest(text: str) -> str:
    """Return the SHA-256 of a canonical text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def parse(text: str) -> Document:
    """Return the parsed form of a canonical text that was checked when it was imported."""
    raw = json.loads(text, parse_float=Decimal)
    return Document(
        key=raw["key"],
        number=raw["number"],
        languages=tuple(raw["languages"]),
        title=raw["title"],
        guideline=raw["guideline"],
        dimensions=tuple(_dimension(entry) for entry in raw["dimensions"]),
        cannot_judge_reasons=tuple(_reason(entry) for entry in raw["cannot_judge_reasons"]),
        low_score_reasons=tuple(_reason(entry) for entry in raw["low_score_reasons"]),
    )


def _pieces(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield _string(value)
    elif isinstance(value, Mapping):
        yield from _object_pieces(value)
    elif isinstance(value, list | tuple):
        yield "["
        for position, item in enumerate(value):
            yield "," if position else ""
            yield from _pieces(item)
        yield "]"
    elif isinstance(value, int | Decimal):
        yield number_text(value)
    else:
        raise TypeError(f"{value!r} has no canonical form")


def _object_pieces(mapping: Mapping[str, object]) -> Iterator[str]:
    named = {unicodedata.normalize("NFC", key): item for key, item in mapping.items()}
    if len(named) != len(mapping):
        raise ValueError("two keys of one object are the same text in normal form C")
    yield "{"
    for position, key in enumerate(sorted(named)):
        yield "," if position else ""
        yield f"{_string(key)}:"
        yield from _pieces(named[key])
    yield "}"


def _string(text: str) -> str:
    return json.dumps(unicodedata.normalize("NFC", text), ensure_ascii=False)


def _dimension(raw: Mapping[str, Any]) -> Dimension:
    return Dimension(
        key=raw["key"],
        name=raw["name"],
        question=raw["question"],
        criteria=tuple(Criterion(**entry) for entry in raw["criteria"]),
        levels=tuple(_level(entry) for entry in raw["levels"]),
        low_score_reasons=tuple(raw["low_score_reasons"]),
    )


def _level(raw: Mapping[str, Any]) -> Level:
    examples = tuple(Example(**entry) for entry in raw.get("examples", ()))
    return Level(Decimal(raw["value"]), raw["name"], raw["text"], examples)


def _reason(raw: Mapping[str, Any]) -> Reason:
    return Reason(raw["key"], raw["text"], raw.get("dimension"))
