"""The `editreward` format: the training list of EditReward, its keys first and ours after."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from modelbridge.dataset.facts import SPLIT, TaskFacts, plain
from modelbridge.dataset.pairs import Pair, Scores, confidence


def pair_row(task: TaskFacts, pair: Pair, files: Mapping[str, str]) -> dict[str, Any]:
    """The row of a pair: path1 is the preferred one, of a tie the drawn one."""
    first, second = task.candidates[pair.first], task.candidates[pair.second]
    won, tied, lost = pair.votes
    return {
        "prompt": task.instruction,
        "path_src": files[task.source.sha256],
        "path1": files[first.image.sha256],
        "path2": files[second.image.sha256],
        "model1": first.system,
        "model2": second.system,
        "choice_dist": [plain(won + Fraction(tied, 2)), plain(lost + Fraction(tied, 2))],
        "confidence": plain(confidence(pair)),
        **_scores("model1", pair.scores[0]),
        **_scores("model2", pair.scores[1]),
        "tie_case": pair.tie,
        "votes": [won, tied, lost],
        "raters": won + tied + lost,
        "simulated_raters": pair.simulated,
        "weight": plain(pair.weight),
        "task": task.id,
        "candidate1": first.id,
        "candidate2": second.id,
        "seed1": first.seed,
        "seed2": second.seed,
        "category": task.category,
        "split": SPLIT,
        "protocol": task.protocol.digest,
    }


def _scores(name: str, scores: Scores) -> dict[str, int | float]:
    """A candidate's values by dimension number and their sum."""
    values: dict[str, int | float] = {
        f"{name}_dim{number}_score": plain(value)
        for number, value in enumerate(scores.dimensions, start=1)
    }
    return {**values, f"{name}_overall_score": plain(scores.overall)}
