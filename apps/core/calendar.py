"""Days as the county counts them."""

import calendar
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHORTEST_MONTH = 28
CHINA = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """Today in China, wherever the server stands (CALC-10)."""
    return datetime.now(CHINA).date()


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (or earlier), or the month's last day (CALC-01)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= SHORTEST_MONTH:  # of most days nothing need be known about the month
        return date(year, month0 + 1, day.day)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February in a common year (CALC-01)."""
    return add_months(day, 12 * years)


def full_years(since: date, on: date) -> int:
    """Whole years from `since` to `on`; full on the anniversary itself (CALC-09)."""
    years = on.year - since.year
    return years if add_years(since, years) <= on else years - 1


def written(day: date) -> str:
    """The day as a sentence says it, "2026年10月5日"."""
    return f"{day.year}年{day.month}月{day.day}日"
