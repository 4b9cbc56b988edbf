"""The periods with which a table of one period is compared: the one before, and a year ago. Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from apps.core.calendar import add_months
from apps.disclosure.frozen import period_words

ONE_DAY = datetime.timedelta(days=1)
YEAR = 12  # months
_NAMES = {1: "上月", 3: "上季度", 6: "上个半年", YEAR: "去年"}


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier period: what people call it, and its days."""

    name: str
    first: datetime.date
    last: datetime.date

    @property
    def words(self) -> str:
        """ "上月（2026年9月）" """
        return f"{self.name}（{period_words(self.first, self.last)}）"


def periods_before(first: datetime.date, last: datetime.date) -> list[Before]:
    """As many months before, and the same months a year ago; nothing where it is no whole months."""
    after = last + ONE_DAY
    if first.day != 1 or after.day != 1:
        return []
    months = (after.year - first.year) * YEAR + after.month - first.month
    back = {months: _NAMES.get(months, "上期"), YEAR: "去年" if months == YEAR else "去年同期"}
    return [
        Before(name, add_months(first, -count), add_months(after, -count) - ONE_DAY)
        for count, name in back.items()
    ]
