"""What Celery does with reports: one by its number, the regular ones by the clock."""

from __future__ import annotations

from celery import shared_task

from apps.accounts.services import system_user
from apps.audit.context import acting_as
from apps.reports import queries, services
from apps.reports.running import make_report

__all__ = ["ask_for_regular_reports", "make_report", "tend_reports"]


@shared_task(name="reports.ask_for_regular_reports")
def ask_for_regular_reports() -> None:
    """Daily: ask for what is missing of the last closed month."""
    user = system_user()
    with acting_as(user, via="reports.ask_for_regular_reports"):
        services.ask_for_regular_reports(by=user)


@shared_task(name="reports.tend")
def tend_reports() -> None:
    """Take up again what was asked for while no worker or broker was there."""
    for pk in queries.forgotten_reports():
        make_report.delay(pk)
