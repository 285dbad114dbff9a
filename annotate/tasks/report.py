"""What an import did, and where the rows that were not accepted are written."""

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from annotate.tasks.manifest import BadManifestError, BadRow


@dataclass
class Report:
    """Counts of an import; `seconds` tells its two halves apart."""

    rows: int = 0
    added: int = 0
    unchanged: int = 0
    images: int = 0
    pixels: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: {"taking_in": 0.0, "levels": 0.0})

    def as_dict(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "rows": self.rows,
            "added": self.added,
            "unchanged": self.unchanged,
            "images": self.images,
            "rejected": self.rejected.total(),
            "reasons": dict(sorted(self.rejected.items())),
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
            "megapixels": round(self.pixels / 1e6, 3),
        }


class Rejects:
    """Writes each rejected row as a line, as it is met; the file exists only if there are any."""

    def __init__(self, path: Path, manifest: Path) -> None:
        if path.exists() and (not path.is_file() or path.samefile(manifest)):
            raise BadManifestError(f"{path} cannot take the rejected rows; name another file")
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise BadManifestError(f"{path.parent} cannot be written; name another with --rejected")
        self.path = path
        self.file: IO[str] | None = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.file:
            self.file.close()

    def write(self, row: BadRow) -> None:
        """Add one row."""
        if self.file is None:
            self.file = self.path.open("x", encoding="utf-8")
        line = {"row": row.number, "id": row.external_id, **row.fault.as_dict()}
        self.file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.file.flush()
