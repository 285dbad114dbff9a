"""The queries of `doctor`; each returns what breaks an invariant."""

HELD = """
SELECT 'task', t.uuid, 'held', t.held, 'but', count(a.id), 'live'
FROM annotate_task t
LEFT JOIN annotate_assignment a ON a.task_id = t.id AND a.purpose = 'production'
  AND a.state = 'live' AND a.round = t.round
GROUP BY t.id HAVING t.held <> count(a.id) ORDER BY t.id
"""

COUNTED = """
SELECT 'task', t.uuid, 'counted', t.counted, 'but', count(j.id), 'counted judgments'
FROM annotate_task t
LEFT JOIN annotate_assignment a ON a.task_id = t.id AND a.round = t.round
  AND a.purpose IN ('production', 'imported')
LEFT JOIN annotate_judgment j ON j.assignment_id = a.id AND j.counted
  AND NOT EXISTS (SELECT 1 FROM annotate_judgment n WHERE n.supersedes_id = j.id)
GROUP BY t.id HAVING t.counted <> count(j.id) ORDER BY t.id
"""

ORDERS = """
SELECT 'assignment', a.uuid, 'shows', a.presentation, 'of', c.ids
FROM annotate_assignment a
JOIN LATERAL (SELECT array_agg(id ORDER BY id) ids FROM annotate_candidate
              WHERE task_id = a.task_id) c ON true
WHERE (SELECT array_agg(x ORDER BY x) FROM unnest(a.presentation) x) IS DISTINCT FROM c.ids
ORDER BY a.id
"""

REVISIONS = """
SELECT 'judgment', j.submission_id, 'revision', j.revision, 'supersedes', p.submission_id
FROM annotate_judgment j LEFT JOIN annotate_judgment p ON p.id = j.supersedes_id
WHERE j.revision > 1
  AND (p.assignment_id IS DISTINCT FROM j.assignment_id OR p.revision <> j.revision - 1)
ORDER BY j.id
"""

STRANGERS = """
SELECT 'rating', r.id, 'of judgment', j.submission_id, 'names a candidate of another task'
FROM annotate_rating r
JOIN annotate_judgment j ON j.id = r.judgment_id
JOIN annotate_assignment a ON a.id = j.assignment_id
JOIN annotate_candidate c ON c.id = r.candidate_id
WHERE c.task_id <> a.task_id ORDER BY r.id
"""

LEVELS = """
WITH legal AS (
  SELECT v.id, d->>'key' AS dimension, (l->>'value')::numeric AS value
  FROM protocol_protocolversion v,
       jsonb_array_elements(v.document::jsonb->'dimensions') d,
       jsonb_array_elements(d->'levels') l
)
SELECT 'rating', r.id, 'of judgment', j.submission_id, r.dimension, r.value, 'is no level'
FROM annotate_rating r
JOIN annotate_judgment j ON j.id = r.judgment_id
JOIN annotate_assignment a ON a.id = j.assignment_id
LEFT JOIN legal ON legal.id = a.protocol_version_id AND legal.dimension = r.dimension
  AND legal.value = r.value
WHERE legal.id IS NULL ORDER BY r.id
"""

LIVE = """
SELECT 'user', u.username, 'holds', count(*), 'in project', a.project_id
FROM annotate_assignment a JOIN annotate_user u ON u.id = a.annotator_id
WHERE a.state = 'live' GROUP BY u.username, a.project_id HAVING count(*) > 8
ORDER BY u.username
"""

STATES = """
SELECT 'assignment', a.uuid, 'is', a.state, 'with', count(j.id), 'judgments'
FROM annotate_assignment a LEFT JOIN annotate_judgment j ON j.assignment_id = a.id
GROUP BY a.id HAVING (a.state = 'submitted') <> (count(j.id) > 0) ORDER BY a.id
"""
