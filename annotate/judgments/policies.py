"""Words for what counts beside real production work; pure."""

from enum import StrEnum


class Simulated(StrEnum):
    """What becomes of simulated judgments."""

    AUTO = "auto"
    """`mix` where the project says so, else `exclude` where a real judgment counts, else `only`."""
    MIX = "mix"
    EXCLUDE = "exclude"
    ONLY = "only"


class Include(StrEnum):
    """Work that counts only where it is asked for."""

    ADJUDICATION = "adjudication"
    EXAM = "exam"
    GOLD = "gold"
    IMPORTED = "imported"
    TRAINING = "training"
