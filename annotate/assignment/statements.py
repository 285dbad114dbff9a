"""The SQL of a claim. Lock order everywhere: membership, tasks by id, assignment.

`docs/hot_path.md` says why each statement has its shape.
"""

# ruff: noqa: S608 - texts are put together from the literals of this file only

from typing import LiteralString

from annotate.assignment.policy import WINDOW

LOCK: LiteralString = """
SELECT p.id, p.key, p.state, p.protocol_version_id, p.lease_minutes, p.supplied_at,
       p.gold_rate, p.repeat_rate, p.repeat_distance,
       m.id, m.cursors, m.exhausted_at, m.supply_seen_at,
       m.unblinded_at IS NOT NULL
         AND (m.unblinding_lifted_at IS NULL OR m.unblinding_lifted_at < m.unblinded_at),
       coalesce(%(now)s::timestamptz, now())
FROM annotate_membership m JOIN annotate_project p ON p.id = m.project_id
WHERE p.slug = %(slug)s AND m.user_id = %(user)s AND m.ended_at IS NULL
FOR NO KEY UPDATE OF m
"""
"""The member who claims, locked, with the project."""

CONTENT: LiteralString = """
t.instruction, t.instruction_language, t.instruction_translations,
t.source_id, s.width, s.height, c.ids, c.images, c.widths, c.heights,
t.edit_mask_id, e.width, e.height
"""
"""What an annotator is shown of a task; candidates as parallel arrays, the mask if there is one."""

OFFER: LiteralString = f"""
a.uuid, a.lease_expires_at, a.protocol_version_id, a.presentation, {CONTENT}
"""

IMAGES: LiteralString = """
JOIN annotate_image s ON s.id = t.source_id
LEFT JOIN annotate_image e ON e.id = t.edit_mask_id
CROSS JOIN LATERAL (
  SELECT array_agg(c.id) AS ids, array_agg(c.image_id) AS images,
         array_agg(i.width) AS widths, array_agg(i.height) AS heights
  FROM annotate_candidate c JOIN annotate_image i ON i.id = c.image_id WHERE c.task_id = t.id
) c
"""

CAN_RETURN: LiteralString = """
t.state = 'open' AND t.withdrawn_at IS NULL
AND (a.purpose <> 'production' OR (t.claimable AND t.round = a.round))
"""
"""Whether an expired or released assignment can become live again."""

MINE: LiteralString = f"""
SELECT a.id, a.state, {OFFER}, d.revision, d.answers
FROM (
  (SELECT * FROM annotate_assignment
   WHERE annotator_id = %(user)s AND project_id = %(project)s AND state = 'live'
   ORDER BY id)
  UNION ALL
  (SELECT * FROM annotate_assignment
   WHERE annotator_id = %(user)s AND project_id = %(project)s AND state = 'expired'
   ORDER BY id DESC LIMIT {WINDOW})
) a
JOIN annotate_task t ON t.id = a.task_id {IMAGES}
LEFT JOIN annotate_draft d ON d.assignment_id = a.id
WHERE a.state = 'live' OR ({CAN_RETURN})
ORDER BY a.state DESC, a.id
LIMIT {WINDOW}
"""
"""My live assignments, then my expired ones that can return; both oldest first."""

RELEASED: LiteralString = f"""
SELECT a.id, a.state, {OFFER}, d.revision, d.answers
FROM annotate_assignment a
JOIN annotate_task t ON t.id = a.task_id {IMAGES}
LEFT JOIN annotate_draft d ON d.assignment_id = a.id
WHERE a.annotator_id = %(user)s AND a.project_id = %(project)s AND a.state = 'released'
  AND a.release_reason <> 'image_failed' AND {CAN_RETURN}
ORDER BY a.id LIMIT {WINDOW}
"""
"""What I gave back and could have again: a picture that failed would only fail again."""


def _revive(skip: LiteralString) -> LiteralString:
    return f"""
WITH l AS MATERIALIZED (
  SELECT a.id AS assignment, t.id FROM annotate_assignment a
  JOIN annotate_task t ON t.id = a.task_id
  WHERE a.id = ANY(%(ids)s::bigint[]) AND (a.state = 'live' OR ({CAN_RETURN}))
  ORDER BY t.id FOR NO KEY UPDATE OF t{skip}
), e AS (
  UPDATE annotate_assignment a SET live_since = %(now)s, lease_expires_at = %(until)s
  FROM l WHERE a.id = l.assignment AND a.state = 'live' RETURNING a.id
), r AS (
  UPDATE annotate_assignment a
  SET state = 'live', live_since = %(now)s, lease_expires_at = %(until)s, ended_at = NULL,
      release_reason = '', release_detail = '', release_candidate_id = NULL
  FROM l WHERE a.id = l.assignment AND a.state IN ('expired', 'released')
  RETURNING a.id, a.task_id, a.purpose
), u AS (
  UPDATE annotate_task t SET held = held + 1
  FROM r WHERE t.id = r.task_id AND r.purpose = 'production'
)
SELECT id FROM e UNION ALL SELECT id FROM r
"""


REVIVE = _revive("")
"""New leases for my overdue and expired ones; busy tasks are waited for, in the order of ids.

What is live still holds its slot; what had expired takes one again.
"""

REVIVE_IDLE = _revive(" SKIP LOCKED")
"""The same where other tasks are locked already: nothing may be waited for."""

NOT_MINE: LiteralString = """
NOT EXISTS (
  SELECT 1 FROM annotate_assignment a WHERE a.task_id = t.id AND a.annotator_id = %(user)s
    AND a.purpose <> 'repeat' AND a.round = t.round OFFSET 0)
"""

SPARE = 16
"""Drawn tasks beyond those asked for, where another claim holds some."""


def _pick(tried: LiteralString, order: LiteralString, skip: LiteralString) -> LiteralString:
    return f"""
WITH w AS MATERIALIZED (
  SELECT k.class, t.id, t.queue_rank, (%(draw)s::smallint[])[t.place] AS drawn
  FROM unnest(%(classes)s::int[], %(cursors)s::bigint[]) AS k(class, passed)
  CROSS JOIN LATERAL (
    SELECT t.id, t.queue_rank, row_number() OVER (ORDER BY t.queue_rank) AS place
    FROM (
      SELECT t.id, t.queue_rank FROM annotate_task t
      WHERE t.project_id = %(project)s AND t.priority = k.class AND t.claimable
        AND t.queue_rank > k.passed AND {NOT_MINE}
      ORDER BY t.queue_rank LIMIT {WINDOW}
    ) t
  ) t
), d AS MATERIALIZED (
  SELECT class, drawn, id FROM w ORDER BY class DESC, drawn LIMIT {tried}
), l AS MATERIALIZED (
  SELECT t.id, d.class, d.drawn FROM d JOIN annotate_task t ON t.id = d.id
  WHERE t.claimable ORDER BY {order} LIMIT %(count)s FOR NO KEY UPDATE OF t{skip}
), n AS (
  SELECT class, coalesce(min(queue_rank) FILTER (WHERE id NOT IN (SELECT id FROM l)) - 1,
                         max(queue_rank)) AS passed, count(*) AS size
  FROM w GROUP BY class
), o AS (
  SELECT array_agg(class) AS classes, array_agg(passed) AS passed,
         coalesce(sum(size), 0)::int AS size FROM n
)
SELECT o.classes, o.passed, o.size, l.id, {CONTENT}
FROM o LEFT JOIN l ON true LEFT JOIN annotate_task t ON t.id = l.id
LEFT JOIN annotate_image s ON s.id = t.source_id
LEFT JOIN annotate_image e ON e.id = t.edit_mask_id
LEFT JOIN LATERAL (
  SELECT array_agg(c.id) AS ids, array_agg(c.image_id) AS images,
         array_agg(i.width) AS widths, array_agg(i.height) AS heights
  FROM annotate_candidate c JOIN annotate_image i ON i.id = c.image_id WHERE c.task_id = t.id
) c ON true
ORDER BY l.class DESC, l.drawn
"""


PICK = _pick(f"%(count)s + {SPARE}", "d.class DESC, d.drawn", " SKIP LOCKED")
"""Draw and lock tasks I have not had; busy ones are passed over, so that order does not matter."""

PICK_PATIENTLY = _pick("%(count)s", "t.id", "")
"""The same, waiting for busy tasks in the order of ids; no other task may be locked before."""

PICK_GOLD: LiteralString = f"""
SELECT t.id, t.protocol_version_id, t.round, {CONTENT}
FROM (
  SELECT * FROM annotate_task t
  WHERE t.project_id = %(project)s AND t.kind = 'gold' AND t.state = 'open'
    AND t.withdrawn_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM annotate_assignment a
      WHERE a.task_id = t.id AND a.annotator_id = %(user)s
        AND (a.purpose <> 'gold' OR a.round = t.round))
  ORDER BY t.queue_rank LIMIT {WINDOW}
) t {IMAGES}
"""
"""Gold tasks that I have never seen; they hold no slots, so that nothing is locked."""

PICK_REPEATS: LiteralString = f"""
SELECT t.id, a.protocol_version_id, a.round + 1, {CONTENT}
FROM (
  SELECT * FROM annotate_assignment
  WHERE annotator_id = %(user)s AND project_id = %(project)s AND state = 'submitted'
  ORDER BY ended_at DESC OFFSET %(distance)s LIMIT {WINDOW}
) a
JOIN annotate_task t ON t.id = a.task_id {IMAGES}
WHERE a.purpose = 'production' AND t.kind = 'production' AND t.state = 'open'
  AND t.withdrawn_at IS NULL AND t.round = a.round AND NOT EXISTS (
    SELECT 1 FROM annotate_assignment b
    WHERE b.task_id = a.task_id AND b.annotator_id = %(user)s AND b.purpose = 'repeat'
      AND b.round = a.round + 1)
"""
"""My own submitted tasks, far enough back, that I have not been given again."""

TAKE: LiteralString = """
WITH x AS (
  SELECT * FROM unnest(%(tasks)s::bigint[], %(uuids)s::uuid[], %(orders)s::text[],
                       %(purposes)s::text[], %(rounds)s::int[], %(versions)s::bigint[])
    WITH ORDINALITY AS x(task, uuid, presentation, purpose, round, version, place)
), u AS (
  UPDATE annotate_task t
  SET held = held + 1, protocol_version_id = coalesce(t.protocol_version_id, p.protocol_version_id)
  FROM x, annotate_project p
  WHERE t.id = x.task AND x.purpose = 'production' AND p.id = %(project)s
  RETURNING t.id, t.protocol_version_id, t.round
), m AS (
  UPDATE annotate_membership
  SET cursors = %(cursors)s::bigint[], exhausted_at = %(exhausted)s, supply_seen_at = %(seen)s
  WHERE id = %(member)s
)
INSERT INTO annotate_assignment (
  uuid, project_id, task_id, annotator_id, protocol_version_id, purpose, round, state,
  live_since, lease_expires_at, presentation, adaptive, release_reason, release_detail)
SELECT x.uuid, %(project)s, x.task, %(user)s, coalesce(u.protocol_version_id, x.version),
       x.purpose, coalesce(u.round, x.round), 'live',
       %(now)s, %(until)s, x.presentation::bigint[], false, '', ''
FROM x LEFT JOIN u ON u.id = x.task ORDER BY x.place
RETURNING uuid, protocol_version_id
"""
"""Take the picked tasks: slots, assignments and how far the member has got, in one."""

WAITS: LiteralString = """
SELECT min(a.lease_expires_at), count(DISTINCT t.id) FROM annotate_assignment a
JOIN annotate_task t ON t.id = a.task_id
WHERE a.project_id = %(project)s AND a.state = 'live' AND a.purpose = 'production'
  AND a.annotator_id <> %(user)s AND a.round = t.round
  AND t.kind = 'production' AND t.state = 'open' AND t.withdrawn_at IS NULL
  AND t.wanted > t.counted AND NOT EXISTS (
    SELECT 1 FROM annotate_assignment b WHERE b.task_id = t.id AND b.annotator_id = %(user)s
      AND b.purpose <> 'repeat' AND b.round = t.round AND b.state IN ('live', 'submitted'))
"""
"""When the first lease runs out on a task I could be given, were it free; how many there are."""
