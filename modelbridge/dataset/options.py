"""What a data set is asked to be: every option with its value, checked once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from annotate.judgments.policies import Include, Simulated
from annotate.tasks.near_duplicates import MOST, THRESHOLD
from modelbridge.dataset.facts import SCALE
from modelbridge.dataset.splits import Split, read_shares
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
    DISENTANGLE = "disentangle"
    SOFT = "soft"


class PureTies(StrEnum):
    """What becomes of ties that cannot be taken apart."""

    KEEP = "keep"
    DROP = "drop"


class TieBreaks(StrEnum):
    """Whether stated comparisons decide equal pairs."""

    IGNORE = "ignore"
    USE = "use"


MAX_RATERS = 100
SEED = re.compile(r"[\w-]{1,64}", re.ASCII)
MARGIN = re.compile(r"\d{1,3}(\.\d{1,4})?", re.ASCII)
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Options:
    """The resolved options of one data set; formats in their fixed order."""

    formats: tuple[Format, ...]
    consensus: Consensus = Consensus.MEAN
    ties: Ties = Ties.KEEP
    min_raters: int = 2
    margin: str = "0"
    pure_ties: PureTies = PureTies.KEEP
    tie_breaks: TieBreaks = TieBreaks.IGNORE
    split: str = "100"
    split_seed: str = "0"
    near_bits: int = THRESHOLD
    include: tuple[Include, ...] = ()
    simulated: Simulated = Simulated.AUTO

    @property
    def splits(self) -> tuple[Split, ...]:
        """The splits that get a share."""
        shares = zip(Split, read_shares(self.split), strict=True)
        return tuple(split for split, share in shares if share)

    @property
    def scaled_margin(self) -> int:
        """The margin in ten-thousandths."""
        return int(Decimal(self.margin) * SCALE)

    def as_json(self) -> dict[str, Any]:
        """Every option with its value, as the manifest holds it."""
        return {
            "formats": [entry.value for entry in self.formats],
            "consensus": self.consensus.value,
            "ties": self.ties.value,
            "min_raters": self.min_raters,
            "margin": self.margin,
            "pure_ties": self.pure_ties.value,
            "tie_breaks": self.tie_breaks.value,
            "split": self.split,
            "split_seed": self.split_seed,
            "near_bits": self.near_bits,
            "include": [entry.value for entry in self.include],
            "simulated": self.simulated.value,
        }


WORDS: Mapping[str, type[StrEnum]] = {
    "consensus": Consensus,
    "ties": Ties,
    "pure_ties": PureTies,
    "tie_breaks": TieBreaks,
    "simulated": Simulated,
}
"""The options that are one word of a kind."""


def resolve(
    *,
    formats: Iterable[str],
    min_raters: int = 2,
    margin: str = "0",
    near_bits: int = THRESHOLD,
    include: Iterable[str] = (),
    **words: str,
) -> Options:
    """The options of these words; `Refused` names the word that is not accepted."""
    asked = {_word(Format, "format", entry) for entry in formats}
    if not asked:
        raise Refused(f"no format is asked for; accepted are {_listed(Format)}")
    if not 1 <= min_raters <= MAX_RATERS:
        raise Refused(f"min_raters is {min_raters}; accepted is 1 to {MAX_RATERS}")
    if not 0 <= near_bits <= MOST:
        raise Refused(f"near_bits is {near_bits}; accepted is 0 to {MOST}")
    split, seed = words.pop("split", "100"), words.pop("split_seed", "0")
    read_shares(split)
    if unknown := sorted(words.keys() - WORDS.keys()):
        raise Refused(f"option {unknown[0]!r} is unknown; accepted are {', '.join(WORDS)}")
    options = Options(
        formats=tuple(entry for entry in Format if entry in asked),
        min_raters=min_raters,
        margin=_margin(margin),
        split=split,
        split_seed=_seed(seed),
        near_bits=near_bits,
        include=tuple(sorted({_word(Include, "include", entry) for entry in include})),
        **{name: _word(WORDS[name], name, text) for name, text in words.items()},  # type: ignore[arg-type] # each name has its own kind
    )
    if options.pure_ties is PureTies.DROP and options.ties is not Ties.DISENTANGLE:
        raise Refused(
            f"pure_ties drop goes with ties disentangle only, not with {options.ties}; "
            "to drop every tie, use ties drop"
        )
    return options


def _seed(text: str) -> str:
    """The seed; `Refused` unless it is a short plain word."""
    if not SEED.fullmatch(text):
        raise Refused(f"split_seed {text!r} is not accepted; give 1 to 64 letters, digits, - or _")
    return text


def _margin(text: str) -> str:
    """The margin in its shortest form; `Refused` unless it is 0 or more with four decimals."""
    if not MARGIN.fullmatch(text):
        raise Refused(
            f"margin {text!r} is not accepted; give 0 or more, below 1,000, at most four decimals"
        )
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole)}.{rest}" if rest else str(int(whole))


def _word(kind: type[Word], name: str, text: str) -> Word:
    """The member of a kind; `Refused` where there is none."""
    try:
        return kind(text)
    except ValueError:
        raise Refused(f"{name} {text!r} is unknown; accepted are {_listed(kind)}") from None


def _listed(kind: type[StrEnum]) -> str:
    return ", ".join(kind)
