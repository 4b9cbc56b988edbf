"""A day that comes every month: the 5th, or the second Friday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from apps.core.periods import Month

WEEKDAYS = "一二三四五六日"
NUMERALS = "一二三四"


@dataclass(frozen=True, slots=True)
class MonthlyDay:
    """Either `day` of the month (1 to 28), or the `week`-th (1 to 4) `weekday` (1 is Monday) of it."""

    day: int = 0
    week: int = 0
    weekday: int = 0

    def of(self, month: Month) -> date:
        """The day of that month."""
        if self.day:
            return month.first.replace(day=self.day)
        ahead = (self.weekday - month.first.isoweekday()) % 7
        return month.first + timedelta(days=ahead + 7 * (self.week - 1))

    @property
    def label(self) -> str:
        """ "每月 5 日", "每月第二个周五" """
        if self.day:
            return f"每月 {self.day} 日"
        return f"每月第{NUMERALS[self.week - 1]}个周{WEEKDAYS[self.weekday - 1]}"

    @property
    def key(self) -> str:
        """How a form names it: "5", or "2-5" for the second Friday."""
        return str(self.day) if self.day else f"{self.week}-{self.weekday}"

    @classmethod
    def parse(cls, key: str) -> MonthlyDay:
        """Read a key; raises ValueError when it is none."""
        found = next((each for each in every_day() if each.key == key), None)
        if found is None:
            raise ValueError(f"not a day of every month: {key!r}")
        return found


def every_day() -> tuple[MonthlyDay, ...]:
    """All that there are: those by number, then those by weekday."""
    by_number = (MonthlyDay(day=day) for day in range(1, 29))
    by_weekday = (MonthlyDay(week=week, weekday=day) for week in range(1, 5) for day in range(1, 8))
    return (*by_number, *by_weekday)
