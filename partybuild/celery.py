"""The Celery application: `celery -A partybuild worker`, `celery -A partybuild beat`."""

import os
import resource
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partybuild.settings")

app = Celery("partybuild")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def limit_memory(**_: Any) -> None:
    """Only the process that reads a hostile file dies of it; whoever sent the job sees that it failed."""
    wanted = settings.PARTYBUILD_WORKER_MEMORY_MB * 1024 * 1024
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    if wanted and (most == resource.RLIM_INFINITY or wanted < most):
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
