"""Addresses of images that say nothing: a keyed token per assignment and image."""

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache
from uuid import UUID

from django.conf import settings

LABELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The letters by which an annotator knows the candidates, in presentation order."""


@lru_cache(maxsize=256)
def _token_key(secret: str, project_key: bytes) -> bytes:
    """The key of a project's tokens; it changes with the site's secret."""
    return hmac.digest(secret.encode(), b"image token:" + project_key, "sha256")


def image_token(project_key: bytes, assignment: UUID, image_id: int) -> str:
    """The token of an image in an assignment: 22 characters, no order or name inferable."""
    key = _token_key(settings.SECRET_KEY, project_key)
    drawn = hmac.digest(key, assignment.bytes + image_id.to_bytes(8), "sha256")
    return urlsafe_b64encode(drawn[:16]).rstrip(b"=").decode()


def image_url(project_key: bytes, assignment: UUID, image_id: int) -> str:
    """The path at which the assignment's annotator gets the image."""
    return f"/i/{assignment}/{image_token(project_key, assignment, image_id)}"
