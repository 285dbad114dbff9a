"""Which tasks a data set leaves out, as things stood at one moment."""

from datetime import datetime

from django.apps import apps
from django.db.models import Exists, OuterRef, Subquery


def withdrawn(as_of: datetime) -> Exists:
    """Whether a task was withdrawn at the moment: what its history says, not what it is now."""
    event = apps.get_model("annotate", "TaskEvent")
    then = event.objects.filter(pgh_obj=OuterRef(OuterRef("pk")), pgh_created_at__lte=as_of)
    newest = Subquery(then.order_by("-pgh_id").values("pgh_id")[:1])
    return Exists(event.objects.filter(pgh_id=newest, withdrawn_at__isnull=False))
