"""What must hold after every step, read from the tables."""

from django.db import connection

from annotate.tasks.models import Project

COUNTERS = """
SELECT t.id, t.held, t.counted, live.number, counting.number
FROM annotate_task t
CROSS JOIN LATERAL (
  SELECT count(*) AS number FROM annotate_assignment a
  WHERE a.task_id = t.id AND a.state = 'live' AND a.purpose = 'production' AND a.round = t.round
) live
CROSS JOIN LATERAL (
  SELECT count(*) AS number FROM annotate_assignment a
  JOIN annotate_judgment j ON j.assignment_id = a.id
  WHERE a.task_id = t.id AND a.round = t.round AND j.counted
    AND NOT EXISTS (SELECT 1 FROM annotate_judgment n WHERE n.supersedes_id = j.id)
) counting
WHERE t.project_id = %s AND (t.held <> live.number OR t.counted <> counting.number)
"""

STATES = """
SELECT a.id, a.state, count(j.id)
FROM annotate_assignment a LEFT JOIN annotate_judgment j ON j.assignment_id = a.id
WHERE a.project_id = %s
GROUP BY a.id HAVING (a.state = 'submitted') <> (count(j.id) > 0)
"""

TOO_MANY_LIVE = """
SELECT a.annotator_id, count(*) FROM annotate_assignment a
WHERE a.project_id = %s AND a.state = 'live' GROUP BY 1 HAVING count(*) > 8
"""

WRONG_ORDER = """
SELECT a.id FROM annotate_assignment a
WHERE a.project_id = %s AND a.purpose <> 'imported' AND ARRAY(
  SELECT unnest(a.presentation) ORDER BY 1
) <> ARRAY(SELECT c.id FROM annotate_candidate c WHERE c.task_id = a.task_id ORDER BY 1)
"""

BLANK_THAT_COUNTS = """
SELECT j.id FROM annotate_judgment j JOIN annotate_assignment a ON a.id = j.assignment_id
WHERE a.project_id = %s AND j.counted
  AND (a.purpose NOT IN ('production', 'imported')
       OR NOT EXISTS (SELECT 1 FROM annotate_rating r WHERE r.judgment_id = j.id))
"""

GOLD_AFTER_PRODUCTION = """
SELECT g.id FROM annotate_assignment g JOIN annotate_assignment p
  ON p.task_id = g.task_id AND p.annotator_id = g.annotator_id AND p.purpose = 'production'
WHERE g.project_id = %s AND g.purpose = 'gold'
"""

LONG_LEASES = """
SELECT a.id FROM annotate_assignment a
WHERE a.project_id = %s AND a.lease_expires_at > a.live_since + interval '8 hours'
"""

CHECKS = {
    "counters": COUNTERS,
    "states": STATES,
    "more than 8 live": TOO_MANY_LIVE,
    "presentation": WRONG_ORDER,
    "blank that counts": BLANK_THAT_COUNTS,
    "gold after production": GOLD_AFTER_PRODUCTION,
    "long leases": LONG_LEASES,
}


def faults(project: Project) -> list[tuple[object, ...]]:
    """Every row of the project that breaks an invariant, with the invariant's name."""
    found = []
    with connection.cursor() as cursor:
        for name, sql in CHECKS.items():
            cursor.execute(sql, [project.pk])
            found += [(name, *row) for row in cursor.fetchall()]
    return found
