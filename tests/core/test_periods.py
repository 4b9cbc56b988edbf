"""Months, quarters and years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.periods import Month, Period, Quarter, Year, parse_period

DAYS = st.dates(date(1901, 1, 1), date(2998, 12, 31))
KINDS = st.sampled_from([Month, Quarter, Year])


def test_a_month_knows_its_days_and_its_words() -> None:
    october = Month(2026, 10)
    assert (october.first, october.last) == (date(2026, 10, 1), date(2026, 10, 31))
    assert (october.label, str(october)) == ("2026年10月", "2026-10")
    assert october.months == (october,)


def test_a_quarter_knows_its_months_and_its_words() -> None:
    fourth = Quarter(2026, 4)
    assert fourth.months == (Month(2026, 10), Month(2026, 11), Month(2026, 12))
    assert (fourth.first, fourth.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (fourth.label, str(fourth)) == ("2026年第四季度", "2026-Q4")


def test_a_year_knows_its_months_and_its_words() -> None:
    year = Year(2026)
    assert (year.months[0], year.months[-1], len(year.months)) == (Month(2026, 1), Month(2026, 12), 12)
    assert (year.label, str(year)) == ("2026年", "2026")


def test_february_of_a_leap_year_ends_on_the_29th() -> None:
    assert Month(2024, 2).last == date(2024, 2, 29)
    assert Month(2026, 2).last == date(2026, 2, 28)


def test_the_turn_of_the_year() -> None:
    assert Month(2026, 12).next() == Month(2027, 1)
    assert Month(2027, 1).previous() == Month(2026, 12)
    assert Quarter(2026, 4).next() == Quarter(2027, 1)
    assert Quarter(2027, 1).previous() == Quarter(2026, 4)
    assert Year(2026).next().previous() == Year(2026)


def test_both_ends_belong_to_a_period_and_their_neighbours_do_not() -> None:
    october = Month(2026, 10)
    ends = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)]
    assert [day in october for day in ends] == [False, True, True, False]


def test_periods_sort_and_hash_as_values() -> None:
    assert sorted([Month(2026, 10), Month(2025, 12)]) == [Month(2025, 12), Month(2026, 10)]
    assert len({Quarter(2026, 4), Quarter.of(date(2026, 11, 22))}) == 1
    kinds: set[Period] = {Year(2026), Month(2026, 1), Quarter(2026, 1)}
    assert len(kinds) == 3


@given(DAYS, KINDS)
def test_every_day_lies_in_its_period_and_in_no_neighbour(day: date, kind: type[Period]) -> None:
    period = kind.of(day)
    assert day in period
    assert day not in period.next()
    assert day not in period.previous()
    assert period.last + timedelta(days=1) == period.next().first


@given(DAYS, KINDS)
def test_what_is_written_is_read_back(day: date, kind: type[Period]) -> None:
    period = kind.of(day)
    assert kind.parse(str(period)) == period
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Month, "2026-13"), (Month, "2026-00"), (Month, "2026-1"), (Month, "2026年10月"), (Month, ""),
        (Month, "２０２６-10"), (Month, "2026-10\n"), (Month, "0000-01"), (Month, "9999-12"),
        (Quarter, "2026-Q5"), (Quarter, "2026-Q0"), (Quarter, "2026Q4"), (Quarter, "2026-4"),
        (Year, "26"), (Year, "0001"), (Year, "20261"), (Year, "-2026"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(kind: type[Period], text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        kind.parse(text)
    with pytest.raises(ValueError, match="period"):
        parse_period(text)
