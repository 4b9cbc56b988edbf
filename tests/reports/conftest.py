"""The October of tests/figures, on the day after its cut-off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.core.periods import Month
from apps.organizations.models import Organization
from apps.reports import queries, services
from apps.reports.frozen import Content
from apps.reports.models import MonthlyReport
from tests.figures.conftest import OCTOBER, meetings, october

__all__ = ["meetings", "october"]


@pytest.fixture
def on_the_sixth() -> Iterator[Any]:
    with time_machine.travel("2026-11-06 09:00+08:00", tick=False) as clock:
        yield clock


def made(organization: Organization, month: Month = OCTOBER, *, by: User) -> MonthlyReport:
    """Asked for and made, as a worker would."""
    report = services.ask_for_report(organization, month, by=by)
    services.make_report(report.pk)
    report.refresh_from_db()
    return report


def said(report: MonthlyReport) -> Content:
    return queries.content_of(report)
