"""The exact fields of a JSON object and the types of their values."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotate.errors import Fault, InvalidError

Types = tuple[type, ...]

TEXT: Types = (str,)
OPTIONAL_TEXT: Types = (str, type(None))

NAMES = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    list: "array",
    dict: "object",
}


def object_faults(
    entry: Any, required: Mapping[str, Types], optional: Mapping[str, Types]
) -> Iterator[Fault]:
    """What is wrong with an object: unknown fields, wrong types, missing fields."""
    if type(entry) is not dict:
        yield {"code": "not_an_object"}
        return
    for name, value in entry.items():
        types = required.get(name) or optional.get(name)
        if types is None:
            yield {"code": "unknown_field", "name": name}
        elif type(value) not in types:
            accepted = [NAMES[kind] for kind in types if kind in NAMES]
            yield {"code": "wrong_type", "name": name, "accepted": accepted}
    for name in required:
        if name not in entry:
            yield {"code": "missing_field", "name": name}


def read_object(
    body: Any, required: Mapping[str, Types], optional: Mapping[str, Types] | None = None
) -> dict[str, Any]:
    """The body as an object of exactly these fields; 422 naming each fault."""
    if faults := list(object_faults(body, required, optional or {})):
        raise InvalidError(faults)
    return dict(body)


def check_range(name: str, value: int, *, least: int, most: int) -> None:
    """Refuse a number out of its range (422)."""
    if not least <= value <= most:
        raise InvalidError([{"code": "out_of_range", "name": name, "least": least, "most": most}])
