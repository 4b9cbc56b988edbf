"""What happens by itself: late opinions go to the township, names whose time is over are deleted."""

from __future__ import annotations

from celery import shared_task

from apps.opinions import services


@shared_task(name="opinions.tend")
def tend_opinions() -> None:
    services.escalate_overdue()
    services.forget_petitioners()
