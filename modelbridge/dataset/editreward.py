"""The `editreward` format: the training list of EditReward, its keys first and ours after."""

import json
from collections.abc import Mapping
from functools import lru_cache

from modelbridge.dataset.facts import TaskFacts
from modelbridge.dataset.labels import confidence, is_contested, soft, vote_share
from modelbridge.dataset.pairs import Pair, TieKind
from modelbridge.dataset.panel import Votes

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class PairTexts:
    """Writes the rows of one task as JSON; what its pairs share is encoded once."""

    def __init__(self, task: TaskFacts, files: Mapping[str, str]) -> None:
        self._head = f'{{"prompt": {_encode(task.instruction)}, '
        self._head += f'"path_src": {_encode(files[task.source])}'
        self._task = f'"task": {_encode(task.id)}'
        self._tail = f'"category": {_encode(task.category)}, "split": {_encode(task.split)}, '
        self._tail += f'"protocol": {_encode(task.protocol.digest)}}}'
        self._dimensions = [_encode(entry.key) for entry in task.protocol.dimensions]
        self._candidates = [
            (
                _encode(files[candidate.image]),
                _encode(candidate.system),
                _encode(candidate.id),
                _encode(candidate.seed),
            )
            for candidate in task.candidates
        ]

    def text(self, pair: Pair) -> str:
        """The row of a pair: path1 is the preferred one, of a tie the drawn one."""
        path1, model1, id1, seed1 = self._candidates[pair.first]
        path2, model2, id2, seed2 = self._candidates[pair.second]
        dist, verdict = _vote_texts(pair.votes, tie=pair.tie, kind=pair.tie_kind)
        about = "null" if pair.dimension is None else self._dimensions[pair.dimension]
        scores1, scores2 = (
            _score_texts(1, pair.scores[0].shown),
            _score_texts(2, pair.scores[1].shown),
        )
        return (
            f'{self._head}, "path1": {path1}, "path2": {path2}, '
            f'"model1": {model1}, "model2": {model2}, '
            f'{dist}, {scores1}, {scores2}, {verdict}, "dimension": {about}, '
            f'"stated": {list(pair.stated)}, "decided_by": "{pair.decided_by}", '
            f'"simulated_raters": {pair.simulated}, "weight": {pair.weight}, '
            f"{self._task}, "
            f'"candidate1": {id1}, "candidate2": {id2}, "seed1": {seed1}, "seed2": {seed2}, '
            f"{self._tail}"
        )


@lru_cache(maxsize=10_000)
def _vote_texts(votes: Votes, *, tie: bool, kind: TieKind | None) -> tuple[str, str]:
    """What the votes say, before and after the scores."""
    won, tied, lost = votes
    dist = f'"choice_dist": [{_with_half(won, tied)}, {_with_half(lost, tied)}]'
    dist += f', "confidence": {confidence(votes, tie=tie)}'
    verdict = f'"tie_case": {_encode(kind is not None)}, "tie_kind": {_encode(kind)}, '
    verdict += f'"votes": [{won}, {tied}, {lost}], "raters": {won + tied + lost}, '
    verdict += f'"soft": {soft(votes)}, "vote_share": {vote_share(votes, tie=tie)}, '
    verdict += f'"contested": {_encode(is_contested(votes, tie=tie))}'
    return dist, verdict


@lru_cache(maxsize=10_000)
def _score_texts(side: int, shown: tuple[int | float, ...]) -> str:
    """A candidate's values by dimension number, the sum last."""
    keys = [*(f"dim{number}" for number in range(1, len(shown))), "overall"]
    pairs = zip(keys, shown, strict=True)
    return ", ".join(f'"model{side}_{key}_score": {value!r}' for key, value in pairs)


def _with_half(votes: int, tied: int) -> int | float:
    """Votes and half of the tied ones."""
    return votes + tied / 2 if tied % 2 else votes + tied // 2
