"""What a protocol edition must hold: every fault of one, with its place and what is accepted."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from protocol.document import number_text

Place = tuple[str | int, ...]
Languages = tuple[str, ...]
KEY_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,39}")
LANGUAGE_PATTERN = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
FILE_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(webp|jpg|jpeg|png)")
SHA256_PATTERN = re.compile(r"[0-9a-f]{64}")
RESERVED_DIMENSIONS = frozenset({"overall"})
LARGEST_VALUE = 1000
DECIMAL_PLACES = 3


@dataclass(frozen=True)
class Fault:
    """One thing that is not accepted: where it stands, what was found, what is accepted."""

    place: Place
    found: str
    accepted: str


@dataclass(frozen=True)
class Rule:
    """What is accepted in one place, in words and as a check that yields the faults."""

    accepted: str
    faults: Callable[[Any, Place, Languages], Iterator[Fault]]


def faults_of(edition: Mapping[str, Any]) -> list[Fault]:
    """Return the faults of an edition; an empty list means that it is accepted.

    Languages come first, for every text depends on them; what joins parts comes last.
    """
    only_languages = {name: value for name, value in edition.items() if name == "languages"}
    faults = list(_LANGUAGES_ONLY.faults(only_languages, (), ()))
    if not faults:
        faults = list(_EDITION.faults(edition, (), tuple(edition["languages"])))
    return faults or list(_joint_faults(edition))


def shown(place: Place) -> str:
    """Return a place the way a person reads it.

    >>> shown(("dimensions", 0, "name", "zh-Hans"))
    'dimensions[0].name.zh-Hans'
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".") or "the edition"


def _found(value: object) -> str:
    """Return how a value is named to the person who wrote it."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else f"{value[:40]}…")
    return str(value)[:40]


def _table(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """Return the rule of a table with exactly these keys."""
    fields = {**required, **(optional or {})}
    accepted = f"a table with the keys {', '.join(fields)}"

    def faults(value: Any, place: Place, languages: Languages) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(place, _found(value), accepted)
            return
        for name in value:
            if name not in fields:
                yield Fault((*place, name), "an unknown key", f"the keys {', '.join(fields)}")
        for name, rule in fields.items():
            if name in value:
                yield from rule.faults(value[name], (*place, name), languages)
            elif name in required:
                yield Fault((*place, name), "no such key", rule.accepted)

    return Rule(accepted, faults)


def _each(rule: Rule, low: int, high: int, what: str) -> Rule:
    """Return the rule of a list of so many things."""
    accepted = f"a list of {low} to {high} {what}"

    def faults(value: Any, place: Place, languages: Languages) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(place, _found(value), accepted)
            return
        if not low <= len(value) <= high:
            yield Fault(place, f"a list of {len(value)}", accepted)
        for position, item in enumerate(value):
            yield from rule.faults(item, (*place, position), languages)

    return Rule(accepted, faults)


def _texts(limit: int) -> Rule:
    """Return the rule of one text in every language of the edition."""
    accepted = f"text of 1 to {limit} characters, without control characters"
    each_language = f"in every language, {accepted}"

    def faults(value: Any, place: Place, languages: Languages) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(place, _found(value), each_language)
            return
        for name in value:
            if name not in languages:
                yield Fault((*place, name), "an unknown key", f"the keys {', '.join(languages)}")
        for name in languages:
            found = _text_fault(value[name], limit) if name in value else "no such key"
            if found:
                yield Fault((*place, name), found, accepted)

    return Rule(each_language, faults)


def _text_fault(value: object, limit: int) -> str:
    """Return what is wrong with a text, or nothing."""
    if not isinstance(value, str):
        return _found(value)
    if not value.strip():
        return "an empty text"
    for character in value:
        if character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cs"}:
            return f"the control character U+{ord(character):04X}"
    length = len(unicodedata.normalize("NFC", value).strip())
    return f"{length} characters" if length > limit else ""


def _plain(accepted: str, is_accepted: Callable[[Any], bool]) -> Rule:
    """Return the rule of a value that is judged alone."""

    def faults(value: Any, place: Place, _languages: Languages) -> Iterator[Fault]:
        if not is_accepted(value):
            yield Fault(place, _found(value), accepted)

    return Rule(accepted, faults)


def _matching(pattern: re.Pattern[str], accepted: str) -> Rule:
    """Return the rule of a text that matches a pattern."""
    return _plain(accepted, lambda value: isinstance(value, str) and bool(pattern.fullmatch(value)))


def _is_edition_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 9999


def _is_level_value(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    exact = Decimal(value)
    exponent = exact.as_tuple().exponent
    if not exact.is_finite() or not -LARGEST_VALUE <= exact <= LARGEST_VALUE:
        return False
    # A far exponent would make a text of that many zeros.
    if not isinstance(exponent, int) or exponent < -30:
        return False
    return len(number_text(exact).partition(".")[2]) <= DECIMAL_PLACES


def _joint_faults(edition: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the faults between parts of an edition whose parts are sound."""
    yield from _repeats([(("languages", i), tag) for i, tag in enumerate(edition["languages"])])
    dimensions = edition["dimensions"]
    yield from _repeated_keys(dimensions, ("dimensions",))
    for position, dimension in enumerate(dimensions):
        yield from _dimension_faults(dimension, ("dimensions", position))
    yield from _image_faults(edition)
    low_score_reasons = edition.get("low_score_reasons", [])
    yield from _repeated_keys(edition["cannot_judge_reasons"], ("cannot_judge_reasons",))
    yield from _repeated_keys(low_score_reasons, ("low_score_reasons",))
    keys = [dimension["key"] for dimension in dimensions]
    for position, reason in enumerate(low_score_reasons):
        if reason.get("dimension", keys[0]) not in keys:
            place = ("low_score_reasons", position, "dimension")
            yield Fault(place, repr(reason["dimension"]), f"{' or '.join(keys)}, or no such key")


def _dimension_faults(dimension: Mapping[str, Any], place: Place) -> Iterator[Fault]:
    if dimension["key"] in RESERVED_DIMENSIONS:
        yield Fault((*place, "key"), repr(dimension["key"]), "a key that is not a reserved word")
    yield from _repeated_keys(dimension.get("criteria", []), (*place, "criteria"))
    values = [level["value"] for level in dimension["levels"]]
    for position, (lower, upper) in enumerate(pairwise(values), start=1):
        if not lower < upper:
            accepted = f"a value above {lower}: levels stand in strictly rising order"
            yield Fault((*place, "levels", position, "value"), str(upper), accepted)


def _image_faults(edition: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the faults between examples and the images that the edition names."""
    images = edition.get("images", [])
    yield from _repeated_keys(images, ("images",))
    keys = [image["key"] for image in images]
    shown_keys = set()
    for place, key in example_images(edition):
        shown_keys.add(key)
        if key not in keys:
            yield Fault(place, f"the unknown image {key!r}", "the key of one of [[images]]")
    for position, key in enumerate(keys):
        if key not in shown_keys:
            yield Fault(("images", position), f"{key!r}, which no example shows", "used images")


def example_images(edition: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Yield the place and the image's key of both sides of every example."""
    for i, dimension in enumerate(edition["dimensions"]):
        for j, level in enumerate(dimension["levels"]):
            for k, example in enumerate(level.get("examples", [])):
                for side in ("source", "edit"):
                    place = ("dimensions", i, "levels", j, "examples", k, side)
                    yield place, example[side]


def _repeated_keys(entries: list[Mapping[str, Any]], place: Place) -> Iterator[Fault]:
    return _repeats([((*place, i, "key"), entry["key"]) for i, entry in enumerate(entries)])


def _repeats(named: list[tuple[Place, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            yield Fault(place, f"{name!r} a second time", "each of them once")
        seen.add(name)


_KEY = _matching(KEY_PATTERN, "1 to 40 of a-z, 0-9 and _, a letter first")
_TAG = _matching(LANGUAGE_PATTERN, "a language tag such as en, de-CH or zh-Hans")
_NUMBER = _plain("an integer from 1 to 9999", _is_edition_number)
_VALUE = _plain(
    f"an integer or decimal from -{LARGEST_VALUE} to {LARGEST_VALUE} with at most "
    f"{DECIMAL_PLACES} decimal places",
    _is_level_value,
)
_LANGUAGES = _each(_TAG, 1, 8, "language tags")
_LANGUAGES_ONLY = _table({"languages": _LANGUAGES})
_CRITERION = _table({"key": _KEY, "name": _texts(60), "text": _texts(600)})
_EXAMPLE = _table({"source": _KEY, "edit": _KEY}, {"instruction": _texts(300), "note": _texts(300)})
_LEVEL = _table(
    {"value": _VALUE, "name": _texts(40), "text": _texts(600)},
    {"examples": _each(_EXAMPLE, 0, 6, "examples, [[dimensions.levels.examples]]")},
)
_IMAGE = _table(
    {
        "key": _KEY,
        "file": _matching(FILE_PATTERN, "a file name that ends in .webp, .jpg or .png"),
        "sha256": _matching(SHA256_PATTERN, "64 hexadecimal digits in lower case"),
    }
)
_DIMENSION = _table(
    {
        "key": _KEY,
        "name": _texts(60),
        "question": _texts(300),
        "levels": _each(_LEVEL, 2, 10, "levels, [[dimensions.levels]]"),
    },
    {"criteria": _each(_CRITERION, 0, 12, "criteria, [[dimensions.criteria]]")},
)
_REASON = _table({"key": _KEY, "text": _texts(200)})
_LOW_REASON = _table({"key": _KEY, "text": _texts(200)}, {"dimension": _KEY})
_REQUIRED = {
    "key": _KEY,
    "number": _NUMBER,
    "languages": _LANGUAGES,
    "title": _texts(120),
    "guideline": _texts(20_000),
    "dimensions": _each(_DIMENSION, 1, 8, "dimensions, [[dimensions]]"),
    "cannot_judge_reasons": _each(_REASON, 1, 30, "reasons, [[cannot_judge_reasons]]"),
}
_OPTIONAL = {
    "low_score_reasons": _each(_LOW_REASON, 0, 60, "reasons, [[low_score_reasons]]"),
    "images": _each(_IMAGE, 0, 200, "images, [[images]]"),
}
_EDITION = _table(_REQUIRED, _OPTIONAL)
EDITION_KEYS = (*_REQUIRED, *_OPTIONAL)
"""The keys at the top of an edition, in their usual order."""
