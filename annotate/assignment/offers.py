"""What an annotator is given to judge: built from an allow-list, alike for every purpose."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from annotate.assignment.tokens import LABELS, image_url
from protocol.models import ProtocolVersion


@lru_cache(maxsize=1024)
def version_digest(version_id: int) -> str:
    """The digest of a protocol version, which never changes once work was given out."""
    return ProtocolVersion.objects.values_list("digest", flat=True).get(pk=version_id)


@dataclass(frozen=True, slots=True)
class Content:
    """A task as it is shown: text, source, candidates by id, and where the edit is meant to be."""

    instruction: str
    language: str
    translations: dict[str, str]
    source: tuple[int, int, int]
    candidates: dict[int, tuple[int, int, int]]
    edit_mask: tuple[int, int, int] | None = None

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> "Content":
        """From the thirteen columns of `statements.CONTENT`; an image is (id, width, height)."""
        images = zip(row[7], row[8], row[9], strict=True)
        return cls(
            instruction=row[0],
            language=row[1],
            translations=json.loads(row[2]),
            source=(row[3], row[4], row[5]),
            candidates=dict(zip(row[6], images, strict=True)),
            edit_mask=None if row[10] is None else (row[10], row[11], row[12]),
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """A live assignment with everything its annotator may know."""

    uuid: UUID
    lease_expires_at: datetime
    version_id: int
    presentation: list[int]
    content: Content
    draft: dict[str, Any] | None = None

    def as_json(self, project_key: bytes) -> dict[str, Any]:
        """The offer as the API answers it: letters instead of ids, keyed addresses."""
        content = self.content
        candidates = [content.candidates[pk] for pk in self.presentation]
        return {
            "id": self.uuid,
            "lease_expires_at": self.lease_expires_at,
            "protocol": version_digest(self.version_id),
            "instruction": content.instruction,
            "instruction_lang": content.language,
            "instruction_translations": content.translations,
            "source": self._image(project_key, content.source),
            "candidates": [
                {"label": label, **self._image(project_key, image)}
                for label, image in zip(LABELS, candidates, strict=False)
            ],
            "edit_mask": content.edit_mask and self._image(project_key, content.edit_mask),
            "draft": self.draft,
        }

    def _image(self, project_key: bytes, image: tuple[int, int, int]) -> dict[str, Any]:
        pk, width, height = image
        return {
            "url": image_url(project_key, self.uuid, pk),
            "width": width,
            "height": height,
        }
