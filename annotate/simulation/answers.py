"""What a planted annotator answers to a task it is shown, as a page would send it; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from random import Random
from typing import Any

from annotate.simulation.draws import drawn, normal
from annotate.simulation.model import Annotator, lean_of, rate
from annotate.simulation.truth import Truths
from protocol.document import Dimension, Document

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
REFUSES_TASK, REFUSES_CANDIDATE = 0.004, 0.008
"""How often a whole task and one candidate cannot be judged."""

GIVES_REASON, COMMENTS, SAVES_DRAFT = 0.5, 0.06, 0.15
"""How often a low level gets a reason, a judgment a comment, an assignment a draft."""

SHORTEST_MS = 800
REMARKS = (
    "Simulated: hard to choose between the best two.",
    "Simulated: the background changed in some of them.",
    "Simulated: the instruction can be read in two ways.",
    "Simulated: none of them is really finished.",
)

Ratings = dict[tuple[str, str], float]
"""Levels by letter and dimension."""


@dataclass(frozen=True)
class Shown:
    """A task as it lies before an annotator: candidates as (system, seed), in the order shown."""

    task: str
    round: int
    candidates: Sequence[tuple[str, int | None]]


@dataclass(frozen=True)
class Response:
    """A planted annotator's answers to one task."""

    annotator: Annotator
    document: Document
    truths: Truths
    shown: Shown
    tie_break: bool

    @cached_property
    def payload(self) -> dict[str, Any]:
        """The judgment but for its submission id; a pure function of what is shown."""
        if self._chance("task").random() < REFUSES_TASK and self._general_reasons:
            reason = self._chance("task reason").choice(self._general_reasons)
            return self._with_time({"ratings": [], "cannot_judge": [{"reason": reason}]}, cells=1)
        refused = dict(self._refused())
        ratings = list(self._ratings(refused))
        levels = {(each["label"], each["dimension"]): each["value"] for each in ratings}
        answers = {
            "ratings": ratings,
            "cannot_judge": [{"label": label, "reason": why} for label, why in refused.items()],
            "reasons": list(self._low_reasons(levels)),
            "comparisons": list(self._comparisons(levels)) if self.tie_break else [],
            "comment": self._comment(),
        }
        return self._with_time(answers, cells=len(ratings))

    @property
    def draft(self) -> dict[str, Any] | None:
        """The first half of the answers, where this annotator pauses; as the page saves it."""
        ratings = self.payload["ratings"]
        if not ratings or self._chance("draft").random() >= SAVES_DRAFT:
            return None
        half = ratings[: (len(ratings) + 1) // 2]
        return {"ratings": half, "cannot_judge": [], "reasons": [], "comment": ""}

    def _chance(self, about: str) -> Random:
        key = (self.annotator.seed, self.annotator.number, self.shown.task, self.shown.round)
        return drawn(*key, about)

    @property
    def _general_reasons(self) -> list[str]:
        """The reasons for not judging that are about no dimension in particular."""
        reasons = self.document.cannot_judge_reasons
        return [reason.key for reason in reasons if reason.dimension is None]

    def _refused(self) -> Iterator[tuple[str, str]]:
        """The letters of candidates that cannot be judged, with the reason."""
        for label, (system, seed) in zip(LETTERS, self.shown.candidates, strict=False):
            chance = self._chance(f"candidate {system} {seed}")
            if self._general_reasons and chance.random() < REFUSES_CANDIDATE:
                yield label, chance.choice(self._general_reasons)

    def _ratings(self, refused: dict[str, str]) -> Iterator[dict[str, Any]]:
        """One dimension across all candidates, then the next."""
        for dimension in self.document.dimensions:
            for place in range(len(self.shown.candidates)):
                if LETTERS[place] not in refused:
                    yield self._rating(dimension, place)

    def _rating(self, dimension: Dimension, place: int) -> dict[str, Any]:
        shown = self.shown
        system, seed = shown.candidates[place]
        rated = rate(
            self.annotator,
            dimension,
            self.truths.of(shown.task, system, seed, dimension),
            key=(shown.task, shown.round, system, seed),
            lean=lean_of(place, len(shown.candidates)),
        )
        rating = {
            "label": LETTERS[place],
            "dimension": dimension.key,
            "value": float(rated.value),
        }
        return {**rating, "unsure": True} if rated.unsure else rating

    def _low_reasons(self, levels: Ratings) -> Iterator[dict[str, str]]:
        """Reasons for levels in the lower half of a scale, now and then."""
        for (label, key), value in levels.items():
            dimension = self.document.dimension(key)
            low = dimension.values[: (len(dimension.values) + 1) // 2]
            system, seed = self.shown.candidates[LETTERS.index(label)]
            chance = self._chance(f"low {system} {seed} {key}")
            reasons = dimension.low_score_reasons
            if value in map(float, low) and reasons and chance.random() < GIVES_REASON:
                yield {"label": label, "dimension": key, "reason": chance.choice(reasons)}

    def _comparisons(self, levels: Ratings) -> Iterator[dict[str, str]]:
        """Which of two with equal sums is better, or a tie where the truth is close."""
        whole = [
            place
            for place in range(len(self.shown.candidates))
            if all((LETTERS[place], each.key) in levels for each in self.document.dimensions)
        ]
        for left, right in combinations(whole, 2):
            names = LETTERS[left], LETTERS[right]
            sums = [
                sum(levels[name, each.key] for each in self.document.dimensions) for name in names
            ]
            if sums[0] == sums[1]:
                gap = self._worth(left) - self._worth(right)
                outcome = "tie" if abs(gap) < 0.1 else "left" if gap > 0 else "right"
                yield {"left": names[0], "right": names[1], "outcome": outcome}

    def _worth(self, place: int) -> float:
        """The candidate's true worth over all dimensions."""
        system, seed = self.shown.candidates[place]
        return sum(
            self.truths.of(self.shown.task, system, seed, each).value
            for each in self.document.dimensions
        )

    def _comment(self) -> str:
        chance = self._chance("comment")
        return chance.choice(REMARKS) if chance.random() < COMMENTS else ""

    def _with_time(self, answers: dict[str, Any], *, cells: int) -> dict[str, Any]:
        """The answers with a plausible time of work and the mark of a simulation."""
        spent = self.annotator.cell_ms * cells * 2.0 ** (0.5 * normal(self._chance("time")))
        return {
            **answers,
            "language": self.document.languages[0],
            "viewing": {"simulated": True},
            "active_ms": max(SHORTEST_MS, round(spent)),
        }
