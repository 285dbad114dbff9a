"""What a data set is asked to be: every option with its value, checked once."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from protocol.errors import Refused


class Format(StrEnum):
    """What a folder of the data set holds."""

    GROUPS = "groups"
    EDITREWARD = "editreward"


class Consensus(StrEnum):
    """How the ratings of one candidate on one dimension become one value."""

    MEAN = "mean"
    MEDIAN = "median"
    MAJORITY = "majority"


class Ties(StrEnum):
    """What becomes of a pair whose overall values are equal."""

    KEEP = "keep"
    DROP = "drop"
    DUPLICATE = "duplicate"


MAX_RATERS = 100
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Options:
    """The resolved options of one data set; formats in their fixed order."""

    formats: tuple[Format, ...]
    consensus: Consensus = Consensus.MEAN
    ties: Ties = Ties.KEEP
    min_raters: int = 2

    def as_json(self) -> dict[str, Any]:
        """Every option with its value, as the manifest holds it."""
        return {
            "formats": [entry.value for entry in self.formats],
            "consensus": self.consensus.value,
            "ties": self.ties.value,
            "min_raters": self.min_raters,
        }


def resolve(
    *,
    formats: Iterable[str],
    consensus: str = Consensus.MEAN,
    ties: str = Ties.KEEP,
    min_raters: int = 2,
) -> Options:
    """The options of these words; `Refused` names the word that is not accepted."""
    asked = {_word(Format, "format", entry) for entry in formats}
    if not asked:
        raise Refused(f"no format is asked for; accepted are {_listed(Format)}")
    if not 1 <= min_raters <= MAX_RATERS:
        raise Refused(f"min_raters is {min_raters}; accepted is 1 to {MAX_RATERS}")
    return Options(
        formats=tuple(entry for entry in Format if entry in asked),
        consensus=_word(Consensus, "consensus", consensus),
        ties=_word(Ties, "ties", ties),
        min_raters=min_raters,
    )


def _word(kind: type[Word], name: str, text: str) -> Word:
    """The member of a kind; `Refused` where there is none."""
    try:
        return kind(text)
    except ValueError:
        raise Refused(f"{name} {text!r} is unknown; accepted are {_listed(kind)}") from None


def _listed(kind: type[StrEnum]) -> str:
    return ", ".join(kind)
