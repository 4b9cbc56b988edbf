"""What Celery does with reminders: plan by the clock, send each in a job of its own."""

from __future__ import annotations

from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from apps.reminders import queries, services
from apps.reminders.rules import Quiet


@shared_task(name="reminders.deliver")
def deliver(pk: int) -> None:
    services.deliver(pk)


@shared_task(name="reminders.plan")
def plan() -> None:
    """Every hour: make the day's digests of those who have none yet, outside the quiet hours."""
    now = timezone.now()
    if _is_quiet(now):
        return
    for pk in services.plan(now):
        deliver.delay(pk)


@shared_task(name="reminders.tend")
def tend() -> None:
    """Every ten minutes: give up what was lost or waited overnight, try again what waits."""
    now = timezone.now()
    services.give_up_lost(now)
    services.give_up_late(now)
    if _is_quiet(now):
        return
    for pk in queries.waiting(now):
        deliver.delay(pk)


def _is_quiet(now: datetime) -> bool:
    hours = Quiet.parse(settings.PARTYBUILD_QUIET_HOURS, weekends=settings.PARTYBUILD_QUIET_WEEKENDS)
    return hours.covers(now)
