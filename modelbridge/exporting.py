"""Exports: a project's judgments at one moment, written as a data set."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO

from annotate.judgments.selection import resolve_simulated
from annotate.tasks import storage
from annotate.tasks.models import Project
from modelbridge.dataset.folder import check_target
from modelbridge.dataset.options import Options
from modelbridge.dataset.reader import read_project, selection_of
from modelbridge.dataset.write import Dataset, Progress, write_dataset
from modelbridge.moment import PATIENCE, fix_moment, settle


def export_project(
    *,
    project: Project,
    options: Options,
    as_of: datetime | None,
    target: Path,
    progress: Progress,
    patience: float = PATIENCE,
) -> Dataset:
    """The data set of a project in the target folder, there whole or not at all."""
    check_target(target)
    moment = fix_moment(as_of)
    settle(moment, patience=patience)
    policy = resolve_simulated(selection_of(project, moment, options))
    options = replace(options, simulated=policy)
    return write_dataset(
        read_project(project, moment, options), options, target, open_display, progress
    )


def open_display(original: str) -> IO[bytes]:
    """The display form that people judged, of an image by its original's content."""
    return storage.open_stored(storage.level_path(original, storage.FULL))
