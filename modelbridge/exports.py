"""Exports as rows: asked for from the page, written by a job, kept in the export folder."""

import logging
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from annotate.errors import DomainError, InvalidError
from annotate.people.models import User
from annotate.tasks.models import Project
from modelbridge.dataset.options import Options, resolve
from modelbridge.exporting import export_project
from modelbridge.models import Export, Job
from modelbridge.moment import fix_moment
from modelbridge.running import RunningJob
from modelbridge.services import start_job
from protocol.errors import Refused

KIND = "export"
DAY = 24 * 3600.0

log = logging.getLogger(__name__)


@transaction.atomic
def start_export(*, project: Project, options: Options, as_of: datetime | None, by: User) -> Export:
    """An export of the project as it stands at the moment, queued."""
    moment = fix_moment(as_of)
    job = start_job(kind=KIND, project=project, parameters={}, by=by)
    return Export.objects.create(
        project=project, job=job, as_of=moment, options=options.as_json(), created_by=by
    )


def ask_export(*, project: Project, asked: Mapping[str, Any], by: User) -> Export:
    """An export of what a program asked for; `InvalidError` says what is not accepted (422)."""
    words = {name: value for name, value in asked.items() if name != "as_of"}
    try:
        options = resolve(**words)
        return start_export(project=project, options=options, as_of=asked.get("as_of"), by=by)
    except DomainError:
        raise
    except Refused as refusal:
        fault = {"code": "bad_option", "message": str(refusal)}
        raise InvalidError([fault], str(refusal)) from refusal


def export_folder(export_id: UUID) -> Path:
    """Where an export's files lie once it is done."""
    return Path(settings.EXPORT_ROOT) / str(export_id)


def run_export(running: RunningJob) -> None:
    """Write the export of a job; what an earlier attempt left is removed first."""
    export = Export.objects.select_related("project").get(job=running.job)
    _remove(export.pk)
    running.progress(0, None, "waiting for running transactions")
    written = export_project(
        project=export.project,
        options=resolve(**export.options),
        as_of=export.as_of,
        target=export_folder(export.pk),
        progress=running.progress,
    )
    files = [file.as_json() for file in written.files]
    export.manifest = {**written.manifest, "files": files}
    export.digest = written.digest
    export.save(update_fields=["manifest", "digest"])


def _remove(export_id: UUID) -> None:
    """Remove an export's folder and every unfinished one of it."""
    shutil.rmtree(export_folder(export_id), ignore_errors=True)
    for partial in Path(settings.EXPORT_ROOT).glob(f"{export_id}.partial-*"):
        shutil.rmtree(partial, ignore_errors=True)


@dataclass(frozen=True)
class _Found:
    """A folder of the export folder that belongs to an export."""

    path: Path
    export: UUID
    partial: bool


def tidy_exports() -> int:
    """Remove unfinished folders a day old, and folders of exports that failed; how many."""
    removed = 0
    for found in _folders():
        state = Job.objects.filter(export=found.export).values_list("state", flat=True).first()
        dead = state in {Job.State.FAILED, Job.State.CANCELLED}
        old = time.time() - found.path.stat().st_mtime > DAY
        if dead or (found.partial and old and state != Job.State.RUNNING):
            log.info("removing %s", found.path)
            shutil.rmtree(found.path, ignore_errors=True)
            removed += 1
    return removed


def _folders() -> list[_Found]:
    """The folders of exports, whole and unfinished; whatever else lies there is left alone."""
    root = Path(settings.EXPORT_ROOT)
    found = []
    for path in sorted(root.iterdir()) if root.is_dir() else []:
        name, partial, _ = path.name.partition(".partial-")
        try:
            found.append(_Found(path, UUID(name), bool(partial)))
        except ValueError:
            continue
    return found
