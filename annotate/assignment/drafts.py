"""Drafts: unfinished answers, saved in one statement, for there are many to a judgment."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from annotate.assignment.models import Assignment
from annotate.errors import ConflictError, MissingError
from annotate.prepared import big, fetch_one

State = Assignment.State

SAVE: LiteralString = """
WITH now AS (
  SELECT coalesce(%(now)s::timestamptz, now()) AS t
), a AS MATERIALIZED (
  SELECT a.id, a.state, a.lease_expires_at, a.live_since,
         p.lease_minutes * interval '1 minute' AS lease
  FROM annotate_assignment a
  JOIN annotate_project p ON p.id = a.project_id
  JOIN annotate_membership m ON m.project_id = a.project_id AND m.user_id = a.annotator_id
  WHERE a.uuid = %(assignment)s AND a.annotator_id = %(user)s AND m.ended_at IS NULL
  FOR NO KEY UPDATE OF a
), d AS (
  INSERT INTO annotate_draft AS held (assignment_id, revision, answers, updated_at)
  SELECT a.id, %(revision)s, %(answers)s::jsonb, now.t FROM a, now
  WHERE a.state IN ('live', 'expired')
  ON CONFLICT (assignment_id) DO UPDATE
  SET revision = EXCLUDED.revision, answers = EXCLUDED.answers, updated_at = EXCLUDED.updated_at
  WHERE held.revision < EXCLUDED.revision
  RETURNING assignment_id
), r AS (
  UPDATE annotate_assignment s
  SET lease_expires_at =
    greatest(s.lease_expires_at, least(now.t + a.lease, a.live_since + interval '8 hours'))
  FROM a, d, now
  WHERE s.id = a.id AND a.state = 'live' AND a.lease_expires_at - now.t < a.lease / 2
    AND NOT EXISTS (SELECT 1 FROM annotate_draft b
                    WHERE b.assignment_id = a.id AND b.answers = %(answers)s::jsonb)
  RETURNING s.lease_expires_at
)
SELECT a.state, coalesce(r.lease_expires_at, a.lease_expires_at), d.assignment_id IS NOT NULL
FROM a LEFT JOIN d ON true LEFT JOIN r ON true
"""
"""Save a newer revision, and renew the lease where changed answers come in its second half."""

HELD: LiteralString = """
SELECT d.revision, d.answers, d.answers = %(answers)s::jsonb
FROM annotate_draft d JOIN annotate_assignment a ON a.id = d.assignment_id
WHERE a.uuid = %(assignment)s
"""


@dataclass(frozen=True)
class SavedDraft:
    """What the server holds after a draft was saved."""

    revision: int
    lease_expires_at: datetime


def save_draft(
    *,
    assignment: UUID,
    user_id: int,
    revision: int,
    answers: dict[str, Any],
    now: datetime | None = None,
) -> SavedDraft:
    """Store unfinished answers; an older or contradicting revision is a conflict.

    Changed answers renew a lease of which less than half is left, to 8 hours in all. Answers to
    an expired assignment are kept too: it is offered again with them.
    """
    given = {"assignment": assignment, "answers": Jsonb(answers)}
    said = {**given, "user": big(user_id), "revision": big(revision), "now": now}
    row = fetch_one(SAVE, said)
    if row is None:
        raise MissingError
    state, lease, saved = row
    if state in {State.SUBMITTED, State.RELEASED}:
        raise ConflictError(f"The assignment is {state}.", code=f"assignment_{state}")
    held = None if saved else fetch_one(HELD, given)
    if held is not None and not (held[0] == revision and held[2]):
        raise ConflictError(
            "The server holds another draft.",
            code="draft_conflict",
            revision=held[0],
            answers=json.loads(held[1]),
        )
    return SavedDraft(revision, lease)
