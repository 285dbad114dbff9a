"""The SQL of progress: counts over assignments and judgments.

A judgment that says that the task as a whole cannot be judged is neither counted nor surplus.
"""

LEFT = """
SELECT p.id, (
  SELECT count(*) FROM (
    SELECT 1 FROM annotate_task t
    WHERE t.project_id = p.id AND t.claimable AND NOT EXISTS (
      SELECT 1 FROM annotate_assignment a
      WHERE a.task_id = t.id AND a.annotator_id = %(user)s AND a.purpose = 'production'
        AND a.round = t.round AND a.state IN ('live', 'submitted'))
    LIMIT %(most)s
  ) claimable)
FROM unnest(%(projects)s::bigint[]) AS p (id)
"""

AHEAD = """
SELECT m.project_id, (
  SELECT count(*) FROM (
    SELECT 1 FROM annotate_task t
    WHERE t.project_id = m.project_id AND t.claimable
      AND t.queue_rank > m.cursors[t.priority + 1] AND NOT EXISTS (
        SELECT 1 FROM annotate_assignment a
        WHERE a.task_id = t.id AND a.annotator_id = m.user_id AND a.purpose = 'production'
          AND a.round = t.round AND a.state IN ('live', 'submitted') OFFSET 0)
    LIMIT %(most)s
  ) claimable)
FROM annotate_membership m
WHERE m.user_id = %(user)s AND m.project_id = ANY(%(projects)s)
"""
"""The same, but only past the member's cursors: a walk that ends after so many tasks."""

MINE = """
SELECT p.id,
  (SELECT count(*) FROM annotate_assignment a
   WHERE a.annotator_id = %(user)s AND a.project_id = p.id AND a.state = 'submitted'),
  (SELECT count(*) FROM annotate_assignment a
   WHERE a.annotator_id = %(user)s AND a.project_id = p.id AND a.state = 'live')
FROM unnest(%(projects)s::bigint[]) AS p (id)
"""
"""One count for each of the partial indexes."""

ASSIGNMENTS = """
SELECT u.id,
  (SELECT count(*) FROM annotate_assignment a
   WHERE a.annotator_id = u.id AND a.project_id = %(project)s AND a.state = 'live'),
  (SELECT count(*) FROM annotate_assignment a
   WHERE a.annotator_id = u.id AND a.project_id = %(project)s AND a.state = 'submitted')
FROM unnest(%(users)s::bigint[]) AS u (id)
"""

JUDGMENTS = """
SELECT a.annotator_id,
       count(*) FILTER (WHERE NOT j.counted AND a.purpose = 'production' AND NOT jsonb_path_exists(
    j.cannot_judge, '$[*] ? (!exists(@.candidate) && !exists(@.dimension))')),
       count(*) FILTER (WHERE j.cannot_judge <> '[]'),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY j.active_ms), max(j.recorded_at)
FROM annotate_judgment j JOIN annotate_assignment a ON a.id = j.assignment_id
WHERE a.project_id = %(project)s AND a.annotator_id = ANY(%(users)s) AND a.state = 'submitted'
  AND j.revision = 1
GROUP BY a.annotator_id
"""

SURPLUS = """
SELECT count(*) FROM annotate_judgment j JOIN annotate_assignment a ON a.id = j.assignment_id
WHERE a.project_id = %(project)s AND a.purpose = 'production'
  AND j.revision = 1 AND NOT j.counted AND NOT jsonb_path_exists(
    j.cannot_judge, '$[*] ? (!exists(@.candidate) && !exists(@.dimension))')
"""

BY_DAY = """
SELECT (j.recorded_at AT TIME ZONE 'UTC')::date, count(*)
FROM annotate_judgment j JOIN annotate_assignment a ON a.id = j.assignment_id
WHERE a.project_id = %(project)s AND j.revision = 1 AND j.recorded_at >= %(since)s
GROUP BY 1 ORDER BY 1
"""

EXCLUDED = """
SELECT DISTINCT user_id FROM annotate_exclusion
WHERE project_id = %(project)s AND user_id = ANY(%(users)s) AND ended_at IS NULL
"""
