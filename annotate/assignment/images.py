"""The one way to an image's bytes: by its token, for the assignment's annotator only."""

import hmac
from typing import IO, LiteralString
from uuid import UUID

from annotate.assignment.tokens import image_token
from annotate.errors import MissingError
from annotate.prepared import big, fetch_all
from annotate.tasks.storage import best_level, level_path, open_stored

IMAGES: LiteralString = """
SELECT p.key, i.id, i.sha256, i.levels::text
FROM annotate_assignment a
JOIN annotate_project p ON p.id = a.project_id
JOIN annotate_membership m ON m.project_id = a.project_id AND m.user_id = a.annotator_id
JOIN annotate_task t ON t.id = a.task_id
JOIN annotate_image i ON i.id = ANY (
  ARRAY[t.source_id, t.edit_mask_id]
  || ARRAY(SELECT c.image_id FROM annotate_candidate c WHERE c.task_id = t.id))
WHERE a.uuid = %(assignment)s AND a.annotator_id = %(user)s AND m.ended_at IS NULL
"""
"""Every image of an own assignment; as one array, so that each is found by the index."""


def find_image(*, assignment: UUID, token: str, user_id: int, level: int) -> IO[bytes]:
    """The image behind a token at the level that fits, open; 404 to all but its annotator."""
    rows = fetch_all(IMAGES, {"assignment": assignment, "user": big(user_id)})
    given = token.encode()
    for key, pk, sha256, levels in rows:
        if hmac.compare_digest(image_token(key, assignment, pk).encode(), given):
            existing = [int(each) for each in levels.strip("[]").split(",") if each.strip()]
            return open_stored(level_path(sha256, best_level(existing, level)))
    raise MissingError
