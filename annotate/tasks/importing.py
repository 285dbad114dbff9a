"""Imports a task manifest: streaming, resumable, and adding nothing when run twice."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from annotate.tasks import storage
from annotate.tasks.decoding import DecodingPool
from annotate.tasks.folder import Folder
from annotate.tasks.importer import BATCH, Importer, Seen
from annotate.tasks.intake import Intake
from annotate.tasks.manifest import BadManifestError, read_manifest
from annotate.tasks.models import Project
from annotate.tasks.remote import Remote
from annotate.tasks.report import Rejects, Report
from annotate.tasks.sources import Sources


def import_manifest(
    *,
    project: Project,
    path: Path,
    rejected: Path,
    dry_run: bool = False,
    batch: int = BATCH,
    on_batch: Callable[[Report], object] = id,
) -> Report:
    """Import every good row of a manifest; each bad one goes to the file `rejected`."""
    if project.state == Project.State.ARCHIVED:
        raise BadManifestError(f"{project.slug} is archived; activate it before importing")
    with (
        Folder(path.parent) as folder,
        storage.scratch() as scratch,
        DecodingPool() as pool,
        Rejects(rejected, path) as rejects,
    ):
        sources = Sources(folder=folder, remote=Remote() if settings.IMPORT_REMOTE else None)
        intake = Intake(opener=sources, pool=pool, scratch=scratch)
        importer = Importer(
            project=project, intake=intake, rejects=rejects, dry_run=dry_run, batch=batch
        )
        seen = Seen(scratch / "seen.sqlite3")
        rows = read_manifest(path)
        while importer.take_batch(rows, seen):
            on_batch(importer.report)
    return importer.report
