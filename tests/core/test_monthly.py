"""A day of every month, by number or by weekday."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.monthly import MonthlyDay, every_day
from apps.core.periods import Month

MONTHS = st.builds(Month, st.integers(1901, 2998), st.integers(1, 12))


@pytest.mark.parametrize(
    ("day", "month", "falls_on", "label"),
    [
        (MonthlyDay(day=5), Month(2026, 11), date(2026, 11, 5), "每月 5 日"),
        (MonthlyDay(day=28), Month(2027, 2), date(2027, 2, 28), "每月 28 日"),
        (MonthlyDay(week=2, weekday=5), Month(2026, 11), date(2026, 11, 13), "每月第二个周五"),
        (MonthlyDay(week=1, weekday=7), Month(2026, 11), date(2026, 11, 1), "每月第一个周日"),
        (MonthlyDay(week=4, weekday=6), Month(2026, 2), date(2026, 2, 28), "每月第四个周六"),
    ],
)
def test_it_falls_on_a_day_of_each_month(day, month, falls_on, label):
    assert (day.of(month), day.label) == (falls_on, label)


@given(st.sampled_from(every_day()), MONTHS)
def test_it_always_lies_in_its_month(day, month):
    found = day.of(month)
    assert found in month
    assert day.day in (0, found.day)
    assert day.weekday in (0, found.isoweekday())


@pytest.mark.parametrize("day", every_day(), ids=lambda day: day.key)
def test_a_form_gives_back_what_it_was_given(day):
    assert MonthlyDay.parse(day.key) == day


@pytest.mark.parametrize("key", ["", "0", "29", "5-1", "1-8", "2-5 ", "第二个周五"])
def test_what_is_no_such_day_is_refused(key):
    with pytest.raises(ValueError, match="not a day"):
        MonthlyDay.parse(key)
