"""What candidates are truly worth: read from a truth file, else drawn from the seed; pure."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from typing_extensions import override

from annotate.simulation.draws import NORMAL, drawn, normal
from protocol.document import Dimension
from protocol.errors import Refused

Place = tuple[str, str, int | None, str]
"""A task's external id, a system, its seed (None: each) and a dimension."""

Types = tuple[type, ...]

REQUIRED: Mapping[str, Types] = {
    "task": (str,),
    "system": (str,),
    "dimension": (str,),
    "value": (int, float),
}
OPTIONAL: Mapping[str, Types] = {"noise": (int, float), "seed": (int, type(None))}
SHOWN = 20
DRAWN_NOISE = 0.25
"""The noise, in steps of the scale, of a candidate that no truth line names."""

SKILL, QUALITY, ASPECT = 0.5, 0.75, 0.45
"""The spread of systems, of one system's candidates, and of one candidate's dimensions."""


class Truth(NamedTuple):
    """The planted value of a candidate on a dimension and its noise, in units of the scale."""

    value: float
    noise: float


class BadLine(NamedTuple):
    """A line of a truth file that is not accepted."""

    line: int
    reason: str


class BadTruthError(Refused):
    """A truth file with bad lines; nothing was simulated."""

    def __init__(self, faults: list[BadLine]) -> None:
        shown = [f"line {fault.line}: {fault.reason}" for fault in faults[:SHOWN]]
        rest = len(faults) - SHOWN
        more = [f"and {rest} more"] if rest > 0 else []
        super().__init__("\n".join([f"{len(faults)} bad truth lines", *shown, *more]))
        self.faults = faults

    @property
    @override
    def details(self) -> Mapping[str, Any]:
        """Every bad line, for programs."""
        return {"faults": [fault._asdict() for fault in self.faults]}


@dataclass(frozen=True)
class Truths:
    """The planted truth of a project: lines where there are any, draws elsewhere."""

    seed: int
    lines: Mapping[Place, Truth] = field(default_factory=dict)

    def of(self, task: str, system: str, seed: int | None, dimension: Dimension) -> Truth:
        """The truth of one candidate on one dimension."""
        named = self.lines.get((task, system, seed, dimension.key))
        if named is None and seed is not None:
            named = self.lines.get((task, system, None, dimension.key))
        return named or self._drawn(task, system, seed, dimension)

    def _drawn(self, task: str, system: str, seed: int | None, dimension: Dimension) -> Truth:
        """A skill of the system, a quality of the candidate, an aspect of the dimension."""
        total = SKILL * normal(drawn(self.seed, "skill", system))
        total += QUALITY * normal(drawn(self.seed, "quality", task, system, seed))
        total += ASPECT * normal(drawn(self.seed, "aspect", task, system, seed, dimension.key))
        low, high = float(dimension.values[0]), float(dimension.values[-1])
        step = (high - low) / (len(dimension.values) - 1)
        return Truth(low + (high - low) * NORMAL.cdf(total), DRAWN_NOISE * step)


def read_truth(
    lines: Iterable[bytes], *, candidates: Iterable[tuple[str, str, int | None]], known: set[str]
) -> dict[Place, Truth]:
    """The truth lines by place; any bad one refuses all, with its number and reason.

    `candidates` are (task, system, seed) of the project, `known` the keys of its dimensions.
    """
    pool = _pool(candidates)
    found: dict[Place, Truth] = {}
    faults: list[BadLine] = []
    for number, line in enumerate(lines, start=1):
        try:
            place, truth = _read_line(line, pool, known)
        except ValueError as error:
            faults.append(BadLine(number, str(error)))
            continue
        if place in found:
            faults.append(BadLine(number, "says the same candidate and dimension a second time"))
        found[place] = truth
    if faults:
        raise BadTruthError(faults)
    return found


def _pool(
    candidates: Iterable[tuple[str, str, int | None]],
) -> dict[str, dict[str, set[int | None]]]:
    """The seeds of each system in each task."""
    pool: dict[str, dict[str, set[int | None]]] = {}
    for task, system, seed in candidates:
        pool.setdefault(task, {}).setdefault(system, set()).add(seed)
    return pool


def _read_line(
    line: bytes, pool: Mapping[str, Mapping[str, set[int | None]]], known: set[str]
) -> tuple[Place, Truth]:
    """One line's place and truth; ValueError says what is wrong with it."""
    row = _parsed(line)
    if wrong := next(_shape_faults(row), None):
        raise ValueError(wrong)
    task, system, seed = row["task"], row["system"], row.get("seed")
    if task not in pool:
        raise ValueError(f"the project has no task {task!r}")
    if system not in pool[task]:
        raise ValueError(f"the task {task!r} has no candidate of {system!r}")
    if seed is not None and seed not in pool[task][system]:
        raise ValueError(f"the task {task!r} has no candidate of {system!r} with seed {seed}")
    if row["dimension"] not in known:
        accepted = ", ".join(sorted(known))
        raise ValueError(f"there is no dimension {row['dimension']!r}; accepted are {accepted}")
    try:
        truth = Truth(float(row["value"]), float(row.get("noise", 0.0)))
    except OverflowError:
        truth = Truth(math.inf, math.inf)
    if not math.isfinite(truth.value) or not 0 <= truth.noise < math.inf:
        raise ValueError("accepted are a finite value and a finite noise of at least 0")
    return (task, system, seed, row["dimension"]), truth


def _parsed(line: bytes) -> dict[str, Any]:
    """The object of a line."""
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError("is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is not JSON ({error})") from error
    if not isinstance(row, dict):
        raise ValueError("is not a JSON object")  # noqa: TRY004 - one kind of fault
    return row


def _shape_faults(row: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the fields of a line, first things first."""
    for name in REQUIRED:
        if name not in row:
            yield f"lacks {name}"
    for name, value in row.items():
        types = REQUIRED.get(name) or OPTIONAL.get(name)
        if types is None:
            accepted = ", ".join([*REQUIRED, *OPTIONAL])
            yield f"has an unknown field {name!r}; accepted are {accepted}"
        elif isinstance(value, bool) or not isinstance(value, types):
            yield f"has a {name} that is not a {'text' if str in types else 'number'}"
