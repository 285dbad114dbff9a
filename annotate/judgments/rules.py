"""What a protocol version accepts, laid out for quick checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from protocol.document import Document


@dataclass(frozen=True, slots=True)
class Rules:
    """The levels and reasons of a protocol version by dimension."""

    levels: Mapping[str, Mapping[float, Decimal]]
    low_reasons: Mapping[str, frozenset[str]]
    cannot_judge: Mapping[str, str | None]

    @property
    def any_low_reason(self) -> frozenset[str]:
        """The reasons of every dimension together."""
        return frozenset().union(*self.low_reasons.values())


def rules_of(document: Document) -> Rules:
    """The rules of a parsed document; a level is found by the number that JSON gives."""
    return Rules(
        levels={
            dimension.key: {float(value): value for value in dimension.values}
            for dimension in document.dimensions
        },
        low_reasons={
            dimension.key: frozenset(dimension.low_score_reasons)
            for dimension in document.dimensions
        },
        cannot_judge={reason.key: reason.dimension for reason in document.cannot_judge_reasons},
    )
