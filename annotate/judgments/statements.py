"""The SQL of a submission and of an amendment. Lock order: task, then assignment."""

# ruff: noqa: S608 - texts are put together from the literals of this file only

from typing import LiteralString

FIND: LiteralString = """
SELECT a.id, a.project_id, a.task_id, a.purpose, a.state, a.round, a.presentation,
       a.protocol_version_id, t.round, t.wanted, t.held, t.counted, m.unblinded_at IS NOT NULL
FROM annotate_task t
JOIN annotate_assignment a ON a.task_id = t.id
JOIN annotate_membership m ON m.project_id = a.project_id AND m.user_id = a.annotator_id
WHERE a.uuid = %(assignment)s AND a.annotator_id = %(user)s AND m.ended_at IS NULL
FOR NO KEY UPDATE OF t, a
"""
"""The submitter's assignment with its task, both locked and as they are under the locks."""

WRITE: LiteralString = """
j AS (
  INSERT INTO annotate_judgment (
    assignment_id, submission_id, payload_digest, revision, supersedes_id, submitted_at, origin,
    counted, unblinded, active_ms, cannot_judge, comment, language, viewing, tools, telemetry)
  SELECT %(assignment)s, %(submission)s::uuid, %(digest)s::bytea, %(revision)s,
         %(supersedes)s::bigint, %(said_at)s::timestamptz, %(origin)s::text, %(counted)s::bool,
         %(unblinded)s::bool, %(active)s::int, %(cannot)s::jsonb, %(comment)s::text,
         %(language)s::text, %(viewing)s::jsonb, %(tools)s::jsonb,
         %(telemetry)s::jsonb
  ON CONFLICT (submission_id) DO NOTHING
  RETURNING id, recorded_at
), r AS (
  INSERT INTO annotate_rating (judgment_id, candidate_id, dimension, value, unsure)
  SELECT j.id, x.* FROM j, unnest(
    %(r_candidates)s::bigint[], %(r_dimensions)s::text[], %(r_values)s::numeric[],
    %(r_unsure)s::bool[]) x
), c AS (
  INSERT INTO annotate_comparison (
    judgment_id, lower_id, higher_id, dimension, outcome, lower_left)
  SELECT j.id, x.* FROM j, unnest(
    %(c_lower)s::bigint[], %(c_higher)s::bigint[], %(c_dimensions)s::text[],
    %(c_outcomes)s::text[], %(c_left)s::bool[]) x
), e AS (
  INSERT INTO annotate_reason (judgment_id, candidate_id, dimension, reason)
  SELECT j.id, x.* FROM j, unnest(
    %(e_candidates)s::bigint[], %(e_dimensions)s::text[], %(e_reasons)s::text[]) x
), g AS (
  INSERT INTO annotate_region (judgment_id, candidate_id, dimension, x0, y0, x1, y1, reason)
  SELECT j.id, x.* FROM j, unnest(
    %(g_candidates)s::bigint[], %(g_dimensions)s::text[], %(g_x0)s::float8[], %(g_y0)s::float8[],
    %(g_x1)s::float8[], %(g_y1)s::float8[], %(g_reasons)s::text[]) x
)
"""
"""A judgment with all it holds; nothing at all where the submission id is taken."""

SUBMIT: LiteralString = f"""
WITH {WRITE}, a AS (
  UPDATE annotate_assignment SET state = 'submitted', ended_at = %(now)s
  FROM j WHERE annotate_assignment.id = %(assignment)s
), t AS (
  UPDATE annotate_task SET held = held - %(freed)s, counted = counted + %(taken)s
  FROM j WHERE annotate_task.id = %(task)s AND (%(freed)s <> 0 OR %(taken)s <> 0)
)
SELECT id, recorded_at FROM j
"""
"""A first judgment: the assignment's end and the task's counters move with it."""

AMEND: LiteralString = f"""
WITH {WRITE}, t AS (
  UPDATE annotate_task SET counted = counted + %(taken)s
  FROM j WHERE annotate_task.id = %(task)s AND %(taken)s <> 0
)
SELECT id, recorded_at FROM j
"""
"""A later revision; the counter moves where "cannot judge" came or went."""

STORED: LiteralString = """
SELECT payload_digest, revision, recorded_at FROM annotate_judgment
WHERE assignment_id = %(assignment)s AND submission_id = %(submission)s
"""
