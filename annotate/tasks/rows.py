"""One row of a task manifest: what it may hold, checked before any file is touched."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from annotate.tasks.faults import RowFault

MAX_CANDIDATES = 26
MAX_NAME = 200
MAX_CATEGORY = 100
MAX_INSTRUCTION = 10_000
MAX_METADATA = 65_536
MAX_REFERENCE = 4_096
SEEDS = range(-(2**63), 2**63)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")

REQUIRED = ("id", "instruction", "source", "candidates")
OPTIONAL = (
    "category",
    "edit_mask",
    "instruction_lang",
    "instruction_translations",
    "metadata",
)
CANDIDATE = ("system", "image", "seed")


@dataclass(frozen=True)
class CandidateRow:
    """One candidate: a system, where its image is, perhaps a seed."""

    system: str
    image: str
    seed: int | None


@dataclass(frozen=True)
class TaskRow:
    """One task of a manifest, well formed."""

    number: int
    external_id: str
    instruction: str
    source: str
    candidates: tuple[CandidateRow, ...]
    category: str
    edit_mask: str | None
    language: str
    translations: Mapping[str, str]
    metadata: Mapping[str, Any]

    def images(self) -> dict[str, str]:
        """Where each image is, by the field that names it."""
        named = {"source": self.source}
        if self.edit_mask is not None:
            named["edit_mask"] = self.edit_mask
        for place, candidate in enumerate(self.candidates):
            named[f"candidates[{place}].image"] = candidate.image
        return named

    def digest(self, hashes: Mapping[str, str]) -> str:
        """SHA-256 of what the task means, given each image's hash by field."""
        candidates = [
            [candidate.system, candidate.seed, hashes[f"candidates[{place}].image"]]
            for place, candidate in enumerate(self.candidates)
        ]
        meaning = {
            "instruction": self.instruction,
            "language": self.language,
            "translations": self.translations,
            "source": hashes["source"],
            "edit_mask": hashes.get("edit_mask"),
            "category": self.category,
            "metadata": self.metadata,
            "candidates": sorted(candidates, key=json.dumps),
        }
        text = json.dumps(meaning, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def read_row(number: int, row: Any) -> TaskRow:
    """The row as a task; a RowFault says what is wrong with it."""
    if not isinstance(row, dict):
        raise RowFault("bad_type", "a row is an object")
    check_text(row)
    _check_fields(row, REQUIRED, (*REQUIRED, *OPTIONAL))
    return TaskRow(
        number=number,
        external_id=_text(row, "id", MAX_NAME),
        instruction=_instruction(row),
        source=_text(row, "source", MAX_REFERENCE),
        candidates=_candidates(row["candidates"]),
        category=_text(row, "category", MAX_CATEGORY) if row.get("category") else "",
        edit_mask=_text(row, "edit_mask", MAX_REFERENCE) if row.get("edit_mask") else None,
        language=_language(_typed(row, "instruction_lang", str, "en"), "instruction_lang"),
        translations=_translations(_typed(row, "instruction_translations", dict, {})),
        metadata=_metadata(_typed(row, "metadata", dict, {})),
    )


def check_text(value: Any) -> None:
    """Refuse what PostgreSQL cannot hold, anywhere in the row: NUL and lone surrogates."""
    if isinstance(value, str):
        if "\0" in value:
            raise RowFault("nul", "holds a NUL character")
        if any("\ud800" <= char <= "\udfff" for char in value):
            raise RowFault("bad_utf8", "holds bytes or escapes that are not Unicode text")
    elif isinstance(value, dict):
        for key, entry in value.items():
            check_text(key)
            check_text(entry)
    elif isinstance(value, list):
        for entry in value:
            check_text(entry)


def _check_fields(
    row: Mapping[str, Any], required: tuple[str, ...], known: tuple[str, ...], where: str = ""
) -> None:
    for name in row:
        if name not in known:
            accepted = ", ".join(known)
            raise RowFault("unknown_field", f"{name} is not known; accepted: {accepted}", where)
    for name in required:
        if row.get(name) is None:
            raise RowFault("missing_field", f"{name} is required", where or name)


def _typed(row: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    value = row.get(name)
    if value is None:
        return default
    if not isinstance(value, kind):
        raise RowFault("bad_type", f"must be {kind.__name__}", name)
    return value


def _text(row: Mapping[str, Any], name: str, longest: int) -> str:
    value: str = _typed(row, name, str, "")
    if not value.strip():
        raise RowFault("empty", "must not be empty", name)
    if len(value) > longest:
        raise RowFault("too_long", f"over {longest} characters", name)
    return value


def _instruction(row: Mapping[str, Any]) -> str:
    value: str = _typed(row, "instruction", str, "")
    if not value.strip():
        raise RowFault("empty_instruction", "must not be empty", "instruction")
    if len(value) > MAX_INSTRUCTION:
        raise RowFault("too_long", f"over {MAX_INSTRUCTION} characters", "instruction")
    return value


def _language(value: str, field: str) -> str:
    if not LANGUAGE.fullmatch(value) or len(value) > 35:
        raise RowFault(
            "bad_language", f"{value} is not a language tag such as en or zh-Hans", field
        )
    return value


def _translations(value: Mapping[str, Any]) -> dict[str, str]:
    field = "instruction_translations"
    for language, text in value.items():
        _language(language, field)
        if not isinstance(text, str) or not text.strip() or len(text) > MAX_INSTRUCTION:
            raise RowFault("bad_type", "texts by language tag, none of them empty", field)
    return dict(value)


def _metadata(value: dict[str, Any]) -> dict[str, Any]:
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise RowFault("bad_type", f"must be JSON: {error}", "metadata") from error
    if len(text) > MAX_METADATA:
        raise RowFault("too_long", f"over {MAX_METADATA} characters of JSON", "metadata")
    return value


def _candidates(value: Any) -> tuple[CandidateRow, ...]:
    if not isinstance(value, list):
        raise RowFault("bad_type", "must be a list", "candidates")
    if not value:
        raise RowFault("too_few_candidates", "at least 1", "candidates")
    if len(value) > MAX_CANDIDATES:
        raise RowFault(
            "too_many_candidates", f"{len(value)}; at most {MAX_CANDIDATES}", "candidates"
        )
    rows = tuple(_candidate(entry, f"candidates[{place}]") for place, entry in enumerate(value))
    if len({(row.system, row.seed) for row in rows}) < len(rows):
        raise RowFault("same_system_and_seed", "two are of one system and seed", "candidates")
    return rows


def _candidate(value: Any, where: str) -> CandidateRow:
    if not isinstance(value, dict):
        raise RowFault("bad_type", "must be an object", where)
    _check_fields(value, ("system", "image"), CANDIDATE, where)
    seed = value.get("seed")
    if seed is not None and (type(seed) is not int or seed not in SEEDS):
        raise RowFault("bad_type", "must be a 64-bit integer", f"{where}.seed")
    return CandidateRow(
        system=_in(where, lambda: _text(value, "system", MAX_NAME)),
        image=_in(where, lambda: _text(value, "image", MAX_REFERENCE)),
        seed=seed,
    )


def _in(where: str, read: Callable[[], str]) -> str:
    try:
        return read()
    except RowFault as fault:
        raise fault.at(f"{where}.{fault.field}") from fault
