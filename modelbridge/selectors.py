"""What can be read of jobs and exports."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from annotate.tasks.models import Project
from modelbridge.models import Export, Job

UNFINISHED = (Job.State.QUEUED, Job.State.RUNNING)


def database_now() -> datetime:
    """The database's clock, the one that `recorded_at` is read from."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def jobs_of(project: Project) -> QuerySet[Job]:
    """A project's jobs, newest first."""
    return project.jobs.select_related("created_by").order_by("-created_at", "pk")


def exports_of(project: Project) -> QuerySet[Export]:
    """A project's exports with their jobs, newest first."""
    return project.exports.select_related("job", "created_by").order_by("-created_at", "pk")


def find_export(export_id: UUID) -> Export | None:
    """An export with its job and project."""
    rows = Export.objects.select_related("job", "created_by", "project")
    return rows.filter(pk=export_id).first()
