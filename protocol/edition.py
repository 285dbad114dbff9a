"""Reads a protocol edition (TOML) into the document of a version, or says what is wrong where."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from typing_extensions import override

from protocol.errors import Refused
from protocol.images import ImageFile, read_images
from protocol.lines import line_index, line_of
from protocol.rules import Fault, faults_of, shown

LARGEST_EDITION = 256 * 1024
_SYNTAX = re.compile(
    r"(?P<what>.*) \(at (line (?P<line>\d+), column \d+|end of document)\)", re.DOTALL
)
_BEYOND_READING = (ValueError, ArithmeticError, RecursionError)


class EditionError(Refused):
    """An edition with faults; `faults` holds each as (line, key, message)."""

    def __init__(self, faults: list[tuple[int, str, str]]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"line {line}: {key}: {text}" for line, key, text in faults))

    @property
    @override
    def details(self) -> Mapping[str, Any]:
        names = ("line", "key", "message")
        return {"faults": [dict(zip(names, fault, strict=True)) for fault in self.faults]}


@dataclass(frozen=True, slots=True)
class Edition:
    """What an edition says, and the images that its examples show."""

    document: dict[str, Any]
    images: tuple[ImageFile, ...]


def read_edition(source: str | bytes, *, folder: Path | None = None) -> Edition:
    """Return the edition of a text, its images read from `images/` in the folder beside it.

    Raises:
        EditionError: with every fault of the text, or every fault of the image files.
    """
    text = _decoded(source)
    edition = _loaded(text)
    images: tuple[ImageFile, ...] = ()
    faults = faults_of(edition)
    if not faults:
        images, faults = read_images(edition.get("images", []), folder)
    if faults:
        lines = line_index(text)
        raise EditionError(sorted(_located(fault, lines) for fault in faults))
    return Edition(_document(edition), images)


def _located(fault: Fault, lines: Mapping[tuple[str | int, ...], int]) -> tuple[int, str, str]:
    message = f"found {fault.found}; accepted: {fault.accepted}"
    return line_of(fault.place, lines), shown(fault.place), message


def _decoded(source: str | bytes) -> str:
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(raw) > LARGEST_EDITION:
        message = f"found {len(raw)} bytes; accepted: at most {LARGEST_EDITION}"
        raise EditionError([(1, "the edition", message)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"found byte 0x{raw[error.start]:02x}; accepted: text in UTF-8"
        raise EditionError([(line, "the edition", message)]) from error


def _loaded(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        match = _SYNTAX.fullmatch(str(error))
        line = int(match["line"]) if match and match["line"] else text.count("\n") + 1
        what = match["what"] if match else str(error)
        raise EditionError([_toml_fault(text, line, what)]) from error
    except _BEYOND_READING as error:
        what = "what can't be read (too large or too deep)"
        raise EditionError([_toml_fault(text, _unreadable_line(text), what)]) from error


def _toml_fault(text: str, line: int, what: str) -> tuple[int, str, str]:
    written = text.split("\n")[line - 1].partition("=")[0].strip()[:60]
    return line, written or "the edition", f"found {what}; accepted: TOML 1.0"


def _unreadable_line(text: str) -> int:
    """Return the line that the parser gives up on for another reason than its syntax."""
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        try:
            tomllib.loads(line, parse_float=Decimal)
        except tomllib.TOMLDecodeError:
            continue
        except _BEYOND_READING:
            return number
    return len(lines)


def _document(edition: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document: the edition plus, per dimension, the reasons that apply to it.

    Images stand in it by their SHA-256; what their files are called is the edition's business.
    """
    reasons = edition.get("low_score_reasons", [])
    digests = {image["key"]: image["sha256"] for image in edition.get("images", [])}
    document = {
        **edition,
        "low_score_reasons": reasons,
        "dimensions": [
            {
                **dimension,
                "criteria": dimension.get("criteria", []),
                "levels": [_level(level, digests) for level in dimension["levels"]],
                "low_score_reasons": list(_reason_keys(reasons, dimension["key"])),
            }
            for dimension in edition["dimensions"]
        ],
    }
    document.pop("images", None)
    cleaned: dict[str, Any] = _cleaned(document)
    return cleaned


def _level(level: Mapping[str, Any], digests: Mapping[str, str]) -> dict[str, Any]:
    """Return the level; without examples it is written as it was before there were any."""
    examples = [
        {**example, "source": digests[example["source"]], "edit": digests[example["edit"]]}
        for example in level.get("examples", [])
    ]
    bare = {name: value for name, value in level.items() if name != "examples"}
    return {**bare, "examples": examples} if examples else bare


def _reason_keys(reasons: list[Mapping[str, Any]], dimension: str) -> Iterator[str]:
    return (entry["key"] for entry in reasons if entry.get("dimension", dimension) == dimension)


def _cleaned(value: Any) -> Any:
    """Return the value with every text in normal form C and without blank space around it."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, Mapping):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value
