"""Writes: asking for a report, for a new revision, and for the regular ones."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from apps.audit.records import record
from apps.core.access import Person
from apps.core.calendar import today, written
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.meetings.closing import cut_off_of
from apps.organizations.models import Organization
from apps.regulations.settings import settings_of
from apps.reports import queries
from apps.reports.models import MonthlyReport, State
from apps.reports.running import make_report

_LOCK = 0x5250  # a class of advisory locks of this module's own


@transaction.atomic
def ask_for_report(organization: Organization, month: Month, *, by: Person) -> MonthlyReport:
    """The month's report: the newest revision if there is one, otherwise a first one is put in hand."""
    _check(organization, month)
    _wait_for_turn(organization)
    report = queries.latest_report(organization.pk, month)
    if report is None:
        report = MonthlyReport(
            organization=organization,
            month=month,
            cut_off_on=_cut_off(organization, month),
            asked_by_id=by.pk,
        )
        _put_in_hand(report, by)
    elif report.state == State.FAILED:
        report.state, report.failure = State.QUEUED, ""
        _put_in_hand(report, by)
    return report


@transaction.atomic
def ask_for_revision(report: MonthlyReport, *, reason: str, by: Person) -> MonthlyReport:
    """A new revision beside the old ones, with what was handed in until today."""
    _wait_for_turn(report.organization)
    latest = queries.latest_report(report.organization_id, report.month)
    if latest is None or not latest.is_ready:
        raise Refused("上一版还没有生成好，请等它生成后再提出。")
    if not reason.strip():
        raise Refused("请写明重新生成的原因。", field="reason")
    revision = MonthlyReport(
        organization=report.organization,
        month=report.month,
        revision=latest.revision + 1,
        reason=reason.strip(),
        cut_off_on=today(),
        asked_by_id=by.pk,
    )
    _put_in_hand(revision, by)
    return revision


def _check(organization: Organization, month: Month) -> None:
    if organization.kind not in queries.REPORTING_KINDS:
        raise Refused("月报按县和乡镇党委生成，请选择一个党委或者党工委。", field="organization")
    last = _cut_off(organization, month)
    if today() <= last:
        sentence = f"{month.label}的记录到{written(last)}截止，过了这一天才能生成月报。"
        raise Refused(sentence, field="month", rule="RPT-01")


def _cut_off(organization: Organization, month: Month) -> date:
    return cut_off_of(month, settings_of(organization.path))


def _wait_for_turn(organization: Organization) -> None:
    """Whoever asks at the same time waits, and then finds the report that is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, organization.pk])


def _put_in_hand(report: MonthlyReport, by: Person) -> None:
    """Sent after the transaction, when the worker can find the row; if the broker is down, `tend` does."""
    report.save()
    path = report.organization.path
    record("reports.ask", by=by, on=report, organization_path=path, reason=report.reason)
    transaction.on_commit(lambda: make_report.delay(report.pk), robust=True)


def ask_for_regular_reports(*, by: Person, on: date | None = None) -> list[MonthlyReport]:
    """The last closed month's report of each county and township; asking twice is as good as once."""
    return [
        ask_for_report(organization, queries.closed_month(organization.path, on), by=by)
        for organization in queries.regular_reporters()
    ]
