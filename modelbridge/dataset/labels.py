"""What the votes of a pair say beside its outcome."""

from modelbridge.dataset.facts import plain
from modelbridge.dataset.panel import Votes


def _for_outcome(votes: Votes, *, tie: bool) -> int:
    """The votes for the outcome: the first candidate, or neither."""
    return votes[1] if tie else votes[0]


def confidence(votes: Votes, *, tie: bool) -> int | float:
    """How surely the outcome is the raters' own: (votes for it + 1/3) / (votes + 1)."""
    return plain(3 * _for_outcome(votes, tie=tie) + 1, 3 * (sum(votes) + 1))


def soft(votes: Votes) -> int | float:
    """The share of the first candidate, drawn to a half: (votes + ties/2 + 1/2) / (n + 1)."""
    return plain(2 * votes[0] + votes[1] + 1, 2 * (sum(votes) + 1))


def vote_share(votes: Votes, *, tie: bool) -> int | float:
    """The share of the votes that the outcome has."""
    return plain(_for_outcome(votes, tie=tie), sum(votes))


def is_contested(votes: Votes, *, tie: bool) -> bool:
    """Whether more than half of the votes are for another outcome than the consensus."""
    most = max(votes)
    return 2 * most > sum(votes) and _for_outcome(votes, tie=tie) != most
