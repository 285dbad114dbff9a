"""Whether a judgment is complete and legal: every fault as a code and its parameters; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from annotate.errors import Fault
from annotate.fields import Types
from annotate.judgments.rules import Rules
from annotate.judgments.shapes import entries, field_faults

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
LONGEST_COMMENT = 4000
LONGEST_LANGUAGE = 35
LONGEST_ACTIVE = 24 * 60 * 60 * 1000
LONGEST_TOOL = 64
OUTCOMES = ("left", "right", "tie")

Cell = tuple[int, str]
"""A candidate by its place in the presentation, and a dimension."""


@dataclass(slots=True)
class Answers:
    """A judgment that was checked; candidates stand by their place in the presentation."""

    submission_id: UUID
    ratings: dict[Cell, tuple[Decimal, bool]] = field(default_factory=dict)
    comparisons: dict[tuple[int, int, str | None], str] = field(default_factory=dict)
    reasons: set[tuple[int, str, str]] = field(default_factory=set)
    regions: list[tuple[int, str | None, list[float], str | None]] = field(default_factory=list)
    cannot_judge: dict[tuple[int | None, str | None], str] = field(default_factory=dict)
    comment: str = ""
    language: str = ""
    viewing: dict[str, Any] = field(default_factory=dict)
    tools: list[dict[str, Any]] = field(default_factory=list)
    telemetry: dict[str, Any] = field(default_factory=dict)
    active_ms: int | None = None
    submitted_at: datetime | None = None

    @property
    def judges_nothing(self) -> bool:
        """Whether the task as a whole could not be judged."""
        return not self.ratings


class Check:
    """One judgment against one set of rules and so many candidates."""

    def __init__(self, payload: Mapping[str, Any], candidates: int, rules: Rules) -> None:
        self.payload = payload
        self.candidates = candidates
        self.rules = rules
        self.faults: list[Fault] = []
        self.answers = Answers(submission_id=UUID(int=0))

    def run(self, also: Mapping[str, Types]) -> None:
        """Fill the answers and list the faults."""
        self.faults += field_faults(self.payload, also)
        self._identity()
        self._ratings()
        self._cannot_judge()
        self._completeness()
        self._comparisons()
        self._reasons()
        self._regions()
        self._texts()
        self._extras()

    def _fault(self, code: str, **parameters: Any) -> None:
        self.faults.append({"code": code, **parameters})

    def _place(self, label: str, name: str) -> int | None:
        """The place of a letter, or None with a fault."""
        place = LETTERS.find(label) if len(label) == 1 else -1
        if 0 <= place < self.candidates:
            return place
        self._fault("unknown_label", field=name, label=label)
        return None

    def _knows(self, dimension: str | None, name: str) -> bool:
        """Whether a dimension exists; None stands for none in particular."""
        if dimension is None or dimension in self.rules.levels:
            return True
        self._fault("unknown_dimension", field=name, dimension=dimension)
        return False

    def _identity(self) -> None:
        given = self.payload.get("submission_id")
        if type(given) is not str:
            return
        found = canonical_uuid(given)
        if found is None:
            self._fault("bad_uuid", field="submission_id")
        else:
            self.answers.submission_id = found

    def _ratings(self) -> None:
        for entry in entries(self.payload, "ratings", self.faults):
            label, dimension, value = entry["label"], entry["dimension"], entry["value"]
            place = self._place(label, "ratings")
            if not self._knows(dimension, "ratings") or place is None:
                continue
            levels = self.rules.levels[dimension]
            cell = (place, dimension)
            if value not in levels:
                accepted = list(levels)
                self._fault(
                    "not_a_level", label=label, dimension=dimension, value=value, accepted=accepted
                )
            elif cell in self.answers.ratings:
                self._fault("duplicate_rating", label=label, dimension=dimension)
                continue
            self.answers.ratings[cell] = (
                levels.get(value, Decimal()),
                bool(entry.get("unsure")),
            )

    def _cannot_judge(self) -> None:
        for entry in entries(self.payload, "cannot_judge", self.faults):
            label, dimension, reason = entry.get("label"), entry.get("dimension"), entry["reason"]
            place = None if label is None else self._place(label, "cannot_judge")
            if not self._knows(dimension, "cannot_judge") or (label is not None and place is None):
                continue
            only_for = self.rules.cannot_judge.get(reason, "")
            if only_for not in {None, dimension}:
                self._fault("unknown_reason", field="cannot_judge", reason=reason)
            elif (place, dimension) in self.answers.cannot_judge:
                self._fault("duplicate_cannot_judge", label=label, dimension=dimension)
            self.answers.cannot_judge[place, dimension] = reason

    def _completeness(self) -> None:
        """Each cell is rated or cannot be judged, and not both."""
        covers = self.answers.cannot_judge
        for place in range(self.candidates):
            for dimension in self.rules.levels:
                ways = ((None, None), (place, None), (None, dimension), (place, dimension))
                covered = bool(covers) and any(way in covers for way in ways)
                rated = (place, dimension) in self.answers.ratings
                if rated == covered:
                    code = "rated_and_cannot_judge" if rated else "missing_rating"
                    self._fault(code, label=LETTERS[place], dimension=dimension)

    def _comparisons(self) -> None:
        for entry in entries(self.payload, "comparisons", self.faults):
            dimension, outcome = entry.get("dimension"), entry["outcome"]
            left = self._place(entry["left"], "comparisons")
            right = self._place(entry["right"], "comparisons")
            if outcome not in OUTCOMES:
                self._fault("unknown_outcome", outcome=outcome, accepted=list(OUTCOMES))
            if not self._knows(dimension, "comparisons") or left is None or right is None:
                continue
            parties = {"left": entry["left"], "right": entry["right"], "dimension": dimension}
            known = self.answers.comparisons
            if left == right:
                self._fault("compared_with_itself", **parties)
            elif (left, right, dimension) in known or (right, left, dimension) in known:
                self._fault("duplicate_comparison", **parties)
            known[left, right, dimension] = outcome

    def _reasons(self) -> None:
        for entry in entries(self.payload, "reasons", self.faults):
            label, dimension, reason = entry["label"], entry["dimension"], entry["reason"]
            place = self._place(label, "reasons")
            if not self._knows(dimension, "reasons") or place is None:
                continue
            if reason not in self.rules.low_reasons[dimension]:
                self._fault("unknown_reason", field="reasons", dimension=dimension, reason=reason)
            elif (place, dimension, reason) in self.answers.reasons:
                self._fault("duplicate_reason", label=label, dimension=dimension, reason=reason)
            self.answers.reasons.add((place, dimension, reason))

    def _regions(self) -> None:
        for entry in entries(self.payload, "regions", self.faults):
            dimension, reason, box = entry.get("dimension"), entry.get("reason"), entry["box"]
            place = self._place(entry["label"], "regions")
            if not self._knows(dimension, "regions") or place is None:
                continue
            accepted = self.rules.low_reasons[dimension] if dimension else self.rules.any_low_reason
            if reason is not None and reason not in accepted:
                self._fault("unknown_reason", field="regions", dimension=dimension, reason=reason)
            if not is_box(box):
                self._fault("bad_box", label=entry["label"])
            self.answers.regions.append((place, dimension, box, reason))

    def _texts(self) -> None:
        comment, language = self.payload.get("comment"), self.payload.get("language")
        if type(comment) is str:
            if len(comment) > LONGEST_COMMENT:
                self._fault("too_long", field="comment", limit=LONGEST_COMMENT)
            self.answers.comment = comment
        if type(language) is str and language:
            if len(language) > LONGEST_LANGUAGE or not LANGUAGE.fullmatch(language):
                self._fault("bad_language", field="language")
            self.answers.language = language

    def _extras(self) -> None:
        active = self.payload.get("active_ms")
        if type(active) is int:
            if not 0 <= active <= LONGEST_ACTIVE:
                self._fault("out_of_range", field="active_ms", least=0, most=LONGEST_ACTIVE)
            self.answers.active_ms = active
        self._tools()
        viewing, telemetry = self.payload.get("viewing"), self.payload.get("telemetry")
        if type(viewing) is dict:
            self.answers.viewing = viewing
        if type(telemetry) is dict:
            self.answers.telemetry = telemetry
        submitted = self.payload.get("submitted_at")
        if type(submitted) is str:
            self.answers.submitted_at = moment(submitted)
            if self.answers.submitted_at is None:
                self._fault("bad_time", field="submitted_at")

    def _tools(self) -> None:
        """What was looked through, at which candidate, for how long."""
        for entry in entries(self.payload, "tools", self.faults):
            tool, label, shown = entry["tool"], entry.get("label"), entry["ms"]
            if label is not None:
                self._place(label, "tools")
            if not 0 < len(tool) <= LONGEST_TOOL:
                self._fault("out_of_range", field="tools", least=1, most=LONGEST_TOOL)
            if not 0 <= shown <= LONGEST_ACTIVE:
                self._fault("out_of_range", field="tools", least=0, most=LONGEST_ACTIVE)
            said = {} if label is None else {"label": label}
            self.answers.tools.append({"tool": tool, **said, "ms": shown})


def canonical_uuid(text: str) -> UUID | None:
    """The UUID of its usual text of 36 characters, or None."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None


def is_box(box: Sequence[Any]) -> bool:
    """Whether four numbers are x0 < x1 and y0 < y1 within 0..1."""
    if len(box) != 4 or any(type(side) not in {int, float} for side in box):
        return False
    x0, y0, x1, y1 = box
    return bool(0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1)


def moment(text: str) -> datetime | None:
    """An ISO 8601 time of this age with its offset, or None."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo is not None and 1970 < read.year < 9999 else None


def check_judgment(
    payload: Any, *, candidates: int, rules: Rules, also: Mapping[str, Types] | None = None
) -> tuple[Answers, list[Fault]]:
    """The answers in a payload and everything wrong with it; `also` names more fields."""
    if type(payload) is not dict:
        return Answers(UUID(int=0)), [{"code": "not_an_object"}]
    check = Check(payload, candidates, rules)
    check.run(also or {})
    return check.answers, check.faults
