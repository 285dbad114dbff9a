"""The exact fields of a judgment and the types of their values."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotate.errors import Fault

Types = tuple[type, ...]
NUMBER: Types = (int, float)
TEXT: Types = (str,)
OPTIONAL_TEXT: Types = (str, type(None))
OPTIONAL_FLAG: Types = (bool, type(None))

FIELDS: Mapping[str, Types] = {
    "submission_id": TEXT,
    "ratings": (list,),
    "comparisons": (list,),
    "reasons": (list,),
    "regions": (list,),
    "cannot_judge": (list,),
    "comment": OPTIONAL_TEXT,
    "language": OPTIONAL_TEXT,
    "viewing": (dict, type(None)),
    "tools": (list, type(None)),
    "active_ms": (int, type(None)),
    "submitted_at": OPTIONAL_TEXT,
}

ENTRIES: Mapping[str, tuple[Mapping[str, Types], Mapping[str, Types]]] = {
    "ratings": ({"label": TEXT, "dimension": TEXT, "value": NUMBER}, {"unsure": OPTIONAL_FLAG}),
    "comparisons": (
        {"left": TEXT, "right": TEXT, "outcome": TEXT},
        {"dimension": OPTIONAL_TEXT},
    ),
    "reasons": ({"label": TEXT, "dimension": TEXT, "reason": TEXT}, {}),
    "regions": (
        {"label": TEXT, "box": (list,)},
        {"dimension": OPTIONAL_TEXT, "reason": OPTIONAL_TEXT},
    ),
    "cannot_judge": ({"reason": TEXT}, {"label": OPTIONAL_TEXT, "dimension": OPTIONAL_TEXT}),
}
"""Required and optional fields of the entries of each list; null stands for absent."""

MOST_ENTRIES: Mapping[str, int] = {
    "ratings": 500,
    "comparisons": 3000,
    "reasons": 2000,
    "regions": 200,
    "cannot_judge": 500,
}


def field_faults(payload: Mapping[str, Any], also: Mapping[str, Types]) -> Iterator[Fault]:
    """Unknown fields and wrong types at the top; `also` names more required fields."""
    for name, value in payload.items():
        types = FIELDS.get(name) or also.get(name)
        if types is None:
            yield {"code": "unknown_field", "field": name}
        elif type(value) not in types:
            yield {"code": "wrong_type", "field": name, "accepted": _names(types)}
    for name in ("submission_id", *also):
        if name not in payload:
            yield {"code": "missing_field", "field": name}


def entries(payload: Mapping[str, Any], field: str, faults: list[Fault]) -> list[dict[str, Any]]:
    """The well-shaped entries of a list; what is wrong with the others joins the faults."""
    given = payload.get(field)
    if type(given) is not list:
        return []
    if len(given) > MOST_ENTRIES[field]:
        faults.append({"code": "too_many", "field": field, "limit": MOST_ENTRIES[field]})
        return []
    kept = []
    for index, entry in enumerate(given):
        wrong = list(_entry_faults(entry, *ENTRIES[field]))
        if wrong:
            faults += [{**fault, "field": field, "index": index} for fault in wrong]
        else:
            kept.append(entry)
    return kept


def _entry_faults(
    entry: Any, required: Mapping[str, Types], optional: Mapping[str, Types]
) -> Iterator[Fault]:
    if type(entry) is not dict:
        yield {"code": "not_an_object"}
        return
    for name, value in entry.items():
        types = required.get(name) or optional.get(name)
        if types is None:
            yield {"code": "unknown_field", "name": name}
        elif type(value) not in types:
            yield {"code": "wrong_type", "name": name, "accepted": _names(types)}
    for name in required:
        if name not in entry:
            yield {"code": "missing_field", "name": name}


def _names(types: Types) -> list[str]:
    words = {
        str: "string",
        int: "integer",
        float: "number",
        bool: "boolean",
        list: "array",
        dict: "object",
    }
    return [words[kind] for kind in types if kind in words]
