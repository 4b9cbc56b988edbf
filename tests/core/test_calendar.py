"""Days after the Civil Code, section 12.2 of the handbook."""

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from apps.core.calendar import add_months, add_years, full_years, today

DAYS = st.dates(date(1901, 1, 1), date(2900, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 5, 20), 12, date(2027, 5, 20)),
        (date(2027, 5, 20), 6, date(2027, 11, 20)),
        (date(2026, 3, 10), 24, date(2028, 3, 10)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_the_corresponding_day_or_the_months_last(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


@given(DAYS, st.integers(-600, 600))
def test_the_month_is_always_the_one_asked_for(day: date, months: int) -> None:
    result = add_months(day, months)
    assert (result.year - day.year) * 12 + result.month - day.month == months
    assert result.day <= day.day


def test_a_year_after_the_29th_of_february() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("on", "years"),
    [(date(2026, 5, 19), 17), (date(2026, 5, 20), 18), (date(2026, 5, 21), 18), (date(2008, 5, 19), -1)],
)
def test_a_year_is_full_on_the_birthday_itself(on: date, years: int) -> None:
    assert full_years(date(2008, 5, 20), on) == years


@given(DAYS, DAYS)
def test_full_years_agree_with_adding_years(since: date, on: date) -> None:
    years = full_years(since, on)
    assert add_years(since, years) <= on < add_years(since, years + 1)


def test_today_is_chinas_day() -> None:
    with time_machine.travel("2026-11-21T16:00:00Z", tick=False):
        assert today() == date(2026, 11, 22)
    with time_machine.travel("2026-11-21T15:59:59Z", tick=False):
        assert today() == date(2026, 11, 21)
