"""One row of a judgments file: what was said elsewhere, checked for its shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from annotate.fields import OPTIONAL_TEXT, TEXT, Types, object_faults
from annotate.judgments.validation import LONGEST_COMMENT, moment
from annotate.tasks.faults import RowFault
from annotate.tasks.rows import check_text

REQUIRED: Mapping[str, Types] = {"task": TEXT, "annotator": TEXT, "ratings": (list,)}
OPTIONAL: Mapping[str, Types] = {"submitted_at": OPTIONAL_TEXT, "comment": OPTIONAL_TEXT}
RATING: Mapping[str, Types] = {"system": TEXT, "dimension": TEXT, "value": (int, float)}
RATING_OPTIONAL: Mapping[str, Types] = {"seed": (int, type(None))}
LONGEST_NAME = 200


class ImportedRating(NamedTuple):
    """A level given elsewhere to one system's candidate."""

    system: str
    seed: int | None
    dimension: str
    value: int | float


@dataclass(frozen=True)
class JudgmentRow:
    """A judgment given elsewhere."""

    number: int
    task: str
    annotator: str
    ratings: tuple[ImportedRating, ...]
    submitted_at: datetime | None
    comment: str
    said: Mapping[str, Any]


def read_judgment(number: int, raw: Any) -> JudgmentRow:
    """The row, or a RowFault that says what is wrong with its shape."""
    _check_object(raw, REQUIRED, OPTIONAL, "")
    check_text(raw)
    for index, entry in enumerate(raw["ratings"]):
        _check_object(entry, RATING, RATING_OPTIONAL, f"ratings[{index}]")
    if not raw["ratings"]:
        raise RowFault("no_ratings", "at least one rating is needed", "ratings")
    if not 0 < len(raw["annotator"].strip()) <= LONGEST_NAME:
        raise RowFault("bad_annotator", f"a name of 1 to {LONGEST_NAME} characters", "annotator")
    return JudgmentRow(
        number=number,
        task=raw["task"],
        annotator=raw["annotator"].strip(),
        ratings=tuple(
            ImportedRating(entry["system"], entry.get("seed"), entry["dimension"], entry["value"])
            for entry in raw["ratings"]
        ),
        submitted_at=_time(raw.get("submitted_at")),
        comment=_comment(raw.get("comment") or ""),
        said=raw,
    )


def _check_object(
    raw: Any, required: Mapping[str, Types], optional: Mapping[str, Types], where: str
) -> None:
    for fault in object_faults(raw, required, optional):
        name = fault.get("name", "")
        field = f"{where}.{name}" if where and name else where or name
        accepted = ", ".join(fault.get("accepted", [*required, *optional]))
        raise RowFault(fault["code"], f"accepted: {accepted}", field)


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    read = moment(text)
    if read is None:
        raise RowFault("bad_time", "an ISO 8601 time with its offset", "submitted_at")
    return read


def _comment(text: str) -> str:
    if len(text) > LONGEST_COMMENT:
        raise RowFault("too_long", f"at most {LONGEST_COMMENT} characters", "comment")
    return text
