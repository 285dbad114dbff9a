"""The Celery application."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotate.settings")
app = Celery("editjury")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["modelbridge"], related_name="jobs")
