"""Until when a month's records are in time: one day for the recording page and for the report."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from apps.core.periods import Month
from apps.regulations.table import limit


def cut_off_of(month: Month) -> date:
    """The last day on which records of the month count in its report (RPT-01; a setting of the county)."""
    day = settings.PARTYBUILD_MONTHLY_CUTOFF_DAY or int(limit("RPT-01", "cutoff_day", on=month).value)
    return month.next().first.replace(day=day)
