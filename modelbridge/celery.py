"""The Celery application: a message only wakes a worker, the job's row is the truth."""

import os

from celery import Celery

JOB = "modelbridge.run_job"
SWEEP = "modelbridge.sweep_jobs"
TIDY = "modelbridge.tidy"
HOUR = 3600

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotate.settings")
app = Celery("editjury")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    task_ignore_result=True,
    task_default_queue="editjury",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_soft_time_limit=6 * HOUR,
    task_time_limit=6 * HOUR + 60,
    task_publish_retry=False,
    # Longer than any job runs: a message is not delivered twice while its job is at work.
    broker_transport_options={
        "visibility_timeout": 7 * HOUR,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "max_retries": 0,
        "interval_start": 0,
        "interval_step": 0,
    },
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_pool="prefork",
    worker_concurrency=2,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    beat_schedule={
        "sweep": {"task": SWEEP, "schedule": 15.0, "options": {"expires": 15}},
        "tidy": {"task": TIDY, "schedule": float(HOUR), "options": {"expires": HOUR}},
    },
    beat_max_loop_interval=15,
    timezone="UTC",
)
app.autodiscover_tasks(["modelbridge"], related_name="jobs")
