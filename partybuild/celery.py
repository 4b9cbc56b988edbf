"""The Celery application: `celery -A partybuild worker`, `celery -A partybuild beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

from apps.core.memory import limit_memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partybuild.settings")

app = Celery("partybuild")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def end_memory(**_: Any) -> None:
    """Only the process that reads a hostile file dies of it; whoever sent the job sees that it failed."""
    limit_memory()
