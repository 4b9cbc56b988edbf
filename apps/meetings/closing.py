"""Until when a month's records are in time: one day for the recording page and for the report."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from apps.core.periods import Month
from apps.regulations.settings import CountySettings
from apps.regulations.table import limit


def cut_off_of(month: Month, own: CountySettings) -> date:
    """The last day on which records of the month count in its report (RPT-01).

    The county's own setting holds; one for the whole installation comes before it.
    """
    row = limit("RPT-01", "cutoff_day", on=month, overrides=own.on(month))
    day = settings.PARTYBUILD_MONTHLY_CUTOFF_DAY or int(row.value)
    return month.next().first.replace(day=day)


def locks_on(month: Month, handed_in: date, own: CountySettings) -> date:
    """The last day on which a record of the month may be taken back: the cut-off, or a late one's own day."""
    return max(cut_off_of(month, own), handed_in)
