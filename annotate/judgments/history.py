"""An annotator's look back: their own judgments as they gave them, by letters."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from annotate.assignment.models import Assignment
from annotate.assignment.offers import version_digest
from annotate.assignment.tokens import LABELS, image_url
from annotate.judgments.models import Judgment
from annotate.judgments.selectors import amend_refusal, latest_judgments, timely_assignments
from annotate.tasks.models import Candidate, Image


def look_back(*, rows: Sequence[Assignment], user_id: int, now: datetime) -> list[dict[str, Any]]:
    """The rows as the API answers them; each says whether it can still be amended, or why not."""
    timely = {
        project_id: timely_assignments(user_id=user_id, project_id=project_id, now=now)
        for project_id in {row.project_id for row in rows}
    }
    judgments = _latest_of(rows)
    answers = []
    for row in rows:
        refusal = amend_refusal(assignment=row, timely=timely[row.project_id])
        answers.append(
            {**_judged(row, judgments[row.pk]), "amendable": refusal is None, "refusal": refusal}
        )
    return answers


def _latest_of(rows: Iterable[Assignment]) -> dict[int, Judgment]:
    found = latest_judgments().filter(assignment__in=[row.pk for row in rows])
    found = found.prefetch_related("ratings", "comparisons", "reasons", "regions")
    return {judgment.assignment_id: judgment for judgment in found}


def _judged(row: Assignment, judgment: Judgment) -> dict[str, Any]:
    task = row.task
    images = {candidate.pk: candidate.image for candidate in task.candidates.all()}
    labels = dict(zip(row.presentation, LABELS, strict=False))
    return {
        "submission_id": judgment.submission_id,
        "revision": judgment.revision,
        "recorded_at": judgment.recorded_at,
        "project": row.project.slug,
        "assignment": row.uuid,
        "protocol": version_digest(row.protocol_version_id),
        "instruction": task.instruction,
        "instruction_lang": task.instruction_language,
        "instruction_translations": task.instruction_translations,
        "source": _shown(row, task.source),
        "candidates": [{"label": label, **_shown(row, images[pk])} for pk, label in labels.items()],
        "edit_mask": task.edit_mask and _shown(row, task.edit_mask),
        **_said(judgment, labels),
    }


def _shown(row: Assignment, image: Image) -> dict[str, Any]:
    url = image_url(bytes(row.project.key), row.uuid, image.pk)
    return {"url": url, "width": image.width, "height": image.height}


def _said(judgment: Judgment, labels: dict[int, str]) -> dict[str, Any]:
    """The answers in the shape in which they were given."""
    return {
        "ratings": [
            {
                "label": labels[row.candidate_id],
                "dimension": row.dimension,
                "value": float(row.value),
                "unsure": row.unsure,
            }
            for row in judgment.ratings.all()
        ],
        "comparisons": [_compared(row, labels) for row in judgment.comparisons.all()],
        "reasons": [
            {
                "label": labels[row.candidate_id],
                "dimension": row.dimension,
                "reason": row.reason,
            }
            for row in judgment.reasons.all()
        ],
        "regions": [
            {
                "label": labels[row.candidate_id],
                "dimension": row.dimension,
                "box": [row.x0, row.y0, row.x1, row.y1],
                "reason": row.reason,
            }
            for row in judgment.regions.all()
        ],
        "cannot_judge": [
            {
                ("label" if name == "candidate" else name): (
                    labels[value] if name == "candidate" else value
                )
                for name, value in entry.items()
            }
            for entry in judgment.cannot_judge
        ],
        "comment": judgment.comment,
        "language": judgment.language,
    }


def _compared(row: Any, labels: dict[int, str]) -> dict[str, Any]:
    lower, higher = labels[row.lower_id], labels[row.higher_id]
    left, right = (lower, higher) if row.lower_left else (higher, lower)
    winner = {"lower": lower, "higher": higher, "tie": None}[row.outcome]
    outcome = "tie" if winner is None else "left" if winner == left else "right"
    return {"left": left, "right": right, "dimension": row.dimension, "outcome": outcome}


def candidates_with_images() -> Any:
    """What `look_back` wants prefetched of a task's candidates."""
    return Candidate.objects.select_related("image")
