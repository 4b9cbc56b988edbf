"""Reads: the reports that somebody may see, and what came in after one was frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from apps.core import progress
from apps.core.calendar import today
from apps.core.periods import Month
from apps.core.scope import Reader
from apps.figures.queries import census_of
from apps.meetings.closing import cut_off_of
from apps.organizations.kinds import Kind
from apps.organizations.models import Organization, OrganizationQuerySet
from apps.regulations.settings import settings_of
from apps.reports.building import end_of, late_records
from apps.reports.frozen import Content, LateRecord, from_json
from apps.reports.models import MonthlyReport, State

PATIENCE = timedelta(minutes=10)
# A report is made for a committee and what stands below it, not for a single branch.
REPORTING_KINDS = (Kind.COMMITTEE, Kind.WORKING_COMMITTEE)


def reports_for(user: Reader) -> QuerySet[MonthlyReport]:
    """Every revision that the user may see, newest month first; without the contents."""
    rows: QuerySet[MonthlyReport] = MonthlyReport.objects.visible_to(user)
    return rows.select_related("organization", "asked_by").defer("content")


def report_for(user: Reader, pk: int) -> MonthlyReport | None:
    """One report with its content, if the user may see it."""
    rows: QuerySet[MonthlyReport] = MonthlyReport.objects.visible_to(user)
    return rows.select_related("organization", "asked_by").filter(pk=pk).first()


def revisions_of(report: MonthlyReport) -> list[MonthlyReport]:
    """All revisions of the same report, newest first."""
    rows = MonthlyReport.objects.filter(organization=report.organization_id, month=report.month)
    return list(rows.select_related("asked_by").defer("content").order_by("-revision"))


def latest_report(organization_id: int, month: Month) -> MonthlyReport | None:
    """The newest revision, whatever its state."""
    rows = MonthlyReport.objects.filter(organization=organization_id, month=month)
    return rows.order_by("-revision").first()


def latest_content(organization_id: int, month: Month) -> Content | None:
    """What the newest finished revision says."""
    rows = MonthlyReport.objects.filter(organization=organization_id, month=month, state=State.READY)
    report = rows.order_by("-revision").first()
    return None if report is None else content_of(report)


def content_of(report: MonthlyReport) -> Content:
    """The frozen value; only of a report that is ready."""
    if report.content is None:
        raise ValueError("the report is not made yet")
    return from_json(report.content)


def organizations_that_report(user: Reader, permission: str = "reports.make") -> OrganizationQuerySet:
    """The committees in whose name the user may have reports made; the highest first in each subtree."""
    rows: OrganizationQuerySet = Organization.objects.within(user, permission)
    return rows.current().filter(kind__in=REPORTING_KINDS)


def regular_reporters() -> list[Organization]:
    """Who gets a report every month: each county, and each committee directly below it."""
    rows = Organization.objects.current().filter(kind__in=REPORTING_KINDS)
    return [row for row in rows if row.depth <= 1]


def closed_month(path: str, on: date | None = None) -> Month:
    """The last month whose cut-off is over where an organization stands."""
    day = on or today()
    month = Month.of(day).previous()
    return month if day > cut_off_of(month, settings_of(path)) else month.previous()


def came_after(report: MonthlyReport) -> Sequence[LateRecord]:
    """Records of the month that were handed in after the report's cut-off; they go into the next period."""
    census = census_of(report.organization_id, report.month)
    since, until = end_of(report.cut_off_on), timezone.now()
    found = late_records(census, before=report.month.next(), since=since, until=until)
    return [record for record in found if record.held_on in report.month]


def forgotten_reports() -> list[int]:
    """Reports that were asked for a while ago and are not made."""
    rows = MonthlyReport.objects.filter(
        state__in=(State.QUEUED, State.RUNNING), asked_at__lt=timezone.now() - PATIENCE
    )
    return list(rows.values_list("pk", flat=True))


def progress_of(report: MonthlyReport) -> progress.Progress:
    """How far the job is."""
    return progress.progress_of(progress_name(report.pk))


def progress_name(pk: int) -> str:
    """Under which name the worker says how far it is."""
    return f"reports.{pk}"
