"""A checked judgment as the parameters of the statements that store it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from psycopg.types.json import Jsonb

from annotate.judgments.validation import Answers
from annotate.prepared import bigs


def payload_digest(payload: Mapping[str, Any]) -> bytes:
    """SHA-256 of the payload's canonical JSON: the order of keys does not matter."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def stored_parameters(answers: Answers, presentation: Sequence[int]) -> dict[str, Any]:
    """The answers as columns, candidates by id."""
    return {
        "submission": answers.submission_id,
        "said_at": answers.submitted_at,
        "active": answers.active_ms,
        "cannot": Jsonb(_cannot_judge(answers, presentation)),
        "comment": answers.comment,
        "language": answers.language,
        "viewing": Jsonb(answers.viewing),
        "tools": Jsonb(answers.tools),
        "telemetry": Jsonb(answers.telemetry),
        **_ratings(answers, presentation),
        **_comparisons(answers, presentation),
        **_reasons(answers, presentation),
        **_regions(answers, presentation),
    }


def _cannot_judge(answers: Answers, presentation: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {
            **({} if place is None else {"candidate": presentation[place]}),
            **({} if dimension is None else {"dimension": dimension}),
            "reason": reason,
        }
        for (place, dimension), reason in answers.cannot_judge.items()
    ]


def _ratings(answers: Answers, presentation: Sequence[int]) -> dict[str, Any]:
    given = answers.ratings.values()
    return {
        "r_candidates": bigs(presentation[place] for place, _ in answers.ratings),
        "r_dimensions": [dimension for _, dimension in answers.ratings],
        "r_values": bigs(value for value, _ in given),
        "r_unsure": [unsure for _, unsure in given],
    }


def _comparisons(answers: Answers, presentation: Sequence[int]) -> dict[str, Any]:
    rows = []
    for (left, right, dimension), outcome in answers.comparisons.items():
        one, other = presentation[left], presentation[right]
        lower_left = one < other
        wins = {"left": lower_left, "right": not lower_left}
        side = "tie" if outcome == "tie" else "lower" if wins[outcome] else "higher"
        rows.append((min(one, other), max(one, other), dimension, side, lower_left))
    return {
        "c_lower": bigs(row[0] for row in rows),
        "c_higher": bigs(row[1] for row in rows),
        "c_dimensions": [row[2] for row in rows],
        "c_outcomes": [row[3] for row in rows],
        "c_left": [row[4] for row in rows],
    }


def _reasons(answers: Answers, presentation: Sequence[int]) -> dict[str, Any]:
    rows = sorted(answers.reasons)
    return {
        "e_candidates": bigs(presentation[place] for place, _, _ in rows),
        "e_dimensions": [dimension for _, dimension, _ in rows],
        "e_reasons": [reason for _, _, reason in rows],
    }


def _regions(answers: Answers, presentation: Sequence[int]) -> dict[str, Any]:
    boxes = [box for _, _, box, _ in answers.regions]
    return {
        "g_candidates": bigs(presentation[place] for place, *_ in answers.regions),
        "g_dimensions": [dimension for _, dimension, _, _ in answers.regions],
        "g_x0": [float(box[0]) for box in boxes],
        "g_y0": [float(box[1]) for box in boxes],
        "g_x1": [float(box[2]) for box in boxes],
        "g_y1": [float(box[3]) for box in boxes],
        "g_reasons": [reason for *_, reason in answers.regions],
    }
