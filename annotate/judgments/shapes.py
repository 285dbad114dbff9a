"""The exact fields of a judgment and of the entries of its lists."""

from collections.abc import Mapping
from typing import Any

from annotate.errors import Fault
from annotate.fields import OPTIONAL_TEXT, TEXT, Types, object_faults

NUMBER: Types = (int, float)
OPTIONAL_FLAG: Types = (bool, type(None))

REQUIRED: Mapping[str, Types] = {"submission_id": TEXT}
OPTIONAL: Mapping[str, Types] = {
    "ratings": (list,),
    "comparisons": (list,),
    "reasons": (list,),
    "regions": (list,),
    "cannot_judge": (list,),
    "comment": OPTIONAL_TEXT,
    "language": OPTIONAL_TEXT,
    "viewing": (dict, type(None)),
    "tools": (list,),
    "telemetry": (dict, type(None)),
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
    "tools": ({"tool": TEXT, "ms": (int,)}, {"label": OPTIONAL_TEXT}),
    "cannot_judge": ({"reason": TEXT}, {"label": OPTIONAL_TEXT, "dimension": OPTIONAL_TEXT}),
}
"""Required and optional fields of the entries of each list; null stands for absent."""

MOST_ENTRIES: Mapping[str, int] = {
    "ratings": 500,
    "comparisons": 3000,
    "reasons": 2000,
    "regions": 200,
    "cannot_judge": 500,
    "tools": 1000,
}


def field_faults(payload: Any, also: Mapping[str, Types]) -> list[Fault]:
    """What is wrong with the fields at the top; `also` names more required ones."""
    return list(object_faults(payload, {**REQUIRED, **also}, OPTIONAL))


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
        if wrong := list(object_faults(entry, *ENTRIES[field])):
            faults += [{**fault, "field": field, "index": index} for fault in wrong]
        else:
            kept.append(entry)
    return kept
