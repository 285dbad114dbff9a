"""The line on which each key of a TOML text stands, found with the standard library's parser."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

Place = tuple[str | int, ...]


def line_index(text: str) -> dict[Place, int]:
    """Return the first line of every table, key and list item of a well-formed TOML text.

    A statement of TOML parses alone, so the text is cut where a piece of whole lines parses.
    """
    lines: dict[Place, int] = {}
    table: Place = ()
    counts: dict[Place, int] = {}
    for number, content, is_header in _statements(text.replace("\r\n", "\n")):
        if is_header:
            table = _header_place(content, counts)
            places = [table[:depth] for depth in range(1, len(table) + 1)]
        else:
            places = list(_places(content, table))
        for place in places:
            lines.setdefault(place, number)
    return lines


def line_of(place: Place, lines: Mapping[Place, int]) -> int:
    """Return the line of a place, or of the nearest table around it when it is missing."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _statements(text: str) -> Iterator[tuple[int, dict[str, Any], bool]]:
    """Yield each statement: its first line, its content, whether it is a `[header]`."""
    pending: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        pending.append(line)
        content = _content("\n".join(pending))
        if content is None:
            continue
        if content:
            yield number - len(pending) + 1, content, pending[0].lstrip().startswith("[")
        pending = []


def _content(statement: str) -> dict[str, Any] | None:
    """Return what a piece of TOML says, or None while it is not whole."""
    try:
        return tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return None


def _header_place(content: Mapping[str, Any], counts: dict[Place, int]) -> Place:
    """Return the place that a `[table]` or `[[list]]` header opens, counting list entries."""
    place: Place = ()
    inner: Any = content
    while isinstance(inner, Mapping) and inner:
        if place in counts:
            place = (*place, counts[place])
        name, inner = next(iter(inner.items()))
        place = (*place, name)
    if isinstance(inner, list):
        counts[place] = counts.get(place, -1) + 1
        place = (*place, counts[place])
    return place


def _places(value: object, place: Place) -> Iterator[Place]:
    items: Any = ()
    if isinstance(value, Mapping):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for step, item in items:
        yield (*place, step)
        yield from _places(item, (*place, step))
