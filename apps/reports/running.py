"""Making a report, as a worker does it: count, write, freeze; done twice it is done once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from celery import shared_task
from django.db import connection, transaction
from django.utils import timezone

from apps.audit.context import acting_as
from apps.core import progress
from apps.core.calendar import today
from apps.core.workflow import lock_for
from apps.reports import queries
from apps.reports.building import Order, Progress, build
from apps.reports.frozen import to_json
from apps.reports.models import MonthlyReport, State

log = structlog.get_logger(__name__)
FAILURE = "统计的时候出了错，已经记下来。请过一会儿再生成一次；还不行，请联系系统管理员。"


@shared_task(name="reports.make_report")
def make_report(pk: int) -> None:
    """Count, write and freeze one report; a second call finds it done and leaves."""
    report = MonthlyReport.objects.select_related("organization", "asked_by").get(pk=pk)
    if report.is_ready:
        return
    MonthlyReport.objects.filter(pk=pk, state=State.QUEUED).update(state=State.RUNNING)
    try:
        with _snapshot():
            content = to_json(build(_order(report), _teller(pk)))
    except Exception:
        log.exception("report failed", report=pk)
        MonthlyReport.objects.filter(pk=pk).exclude(state=State.READY).update(
            state=State.FAILED, failure=FAILURE
        )
        raise
    _freeze(report, content)


def _freeze(report: MonthlyReport, content: dict[str, object]) -> None:
    """Of two workers the second finds the report ready and changes nothing."""
    with acting_as(report.asked_by, via="reports.make_report"), transaction.atomic():
        row = lock_for(report)
        if not row.is_ready:
            row.content, row.state, row.made_at, row.failure = content, State.READY, timezone.now(), ""
            row.save()


def _order(report: MonthlyReport) -> Order:
    return Order(
        organization=report.organization,
        month=report.month,
        cut_off_on=report.cut_off_on,
        revision=report.revision,
        reason=report.reason,
        made_on=today(),
        before=queries.latest_content(report.organization_id, report.month.previous()),
    )


def _teller(pk: int) -> Progress:
    def tell(done: int, total: int, sentence: str) -> None:
        progress.report(queries.progress_name(pk), done, total, sentence)

    return tell


@contextmanager
def _snapshot() -> Iterator[None]:
    """All reads see the same moment, so that the figures of one report agree with each other."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
