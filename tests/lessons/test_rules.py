"""Adding answers up, and when they may be shown."""

import datetime
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.lessons.rules import (
    NOTHING,
    Grade,
    Point,
    Scale,
    Tally,
    is_open,
    one_answer,
    paper_tally,
    result,
    tally,
)

SCALE = Scale(minutes=45, usual=2, most=8)


def answers(number, grade=Grade.GOOD):
    return sum([one_answer(dict.fromkeys(Point, grade)) for _ in range(number)], Tally())


def test_one_answer_is_one_grade_for_each_point():
    said = {
        Point.ATTITUDE: Grade.GOOD,
        Point.CONTENT: Grade.POOR,
        Point.FORM: Grade.FAIR,
        Point.EFFECT: Grade.GOOD,
    }
    found = one_answer(said)

    assert [found.of(point) for point in Point] == [(1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0), (1, 0, 0, 0)]


def test_nothing_stored_is_no_answers():
    assert tally(0, []) == Tally(0, NOTHING)


class TestWhatMayBeShown:
    @pytest.mark.parametrize(("number", "shown", "held_back"), [(0, 0, 0), (4, 0, 4), (5, 5, 0), (6, 6, 0)])
    def test_not_fewer_than_five(self, number, shown, held_back):
        found = result(answers(number), Tally())

        assert (found.shown.number, found.held_back) == (shown, held_back)

    def test_few_answers_do_not_hide_behind_many_papers(self):
        """Whoever counted the twenty papers would know what the three others said."""
        found = result(answers(3, Grade.POOR), answers(20))

        assert (found.shown, found.held_back) == (answers(20), 3)

    def test_enough_of_both_are_one(self):
        assert result(answers(5), answers(7, Grade.FAIR)).rows[0] == ("讲课态度", (5, 0, 7, 0))

    def test_no_rows_of_nothing(self):
        assert result(answers(4), Tally()).rows == []


class TestPapers:
    def test_every_paper_says_something_on_every_point(self):
        assert paper_tally(5, [5, 0, 0, 0, 4, 1, 0, 0, 0, 5, 0, 0, 2, 1, 1, 1]).number == 5

    def test_what_does_not_add_up_is_said(self):
        with pytest.raises(Refused, match="“讲的内容”四格加起来是 4，和答卷份数 5 不一样"):
            paper_tally(5, [5, 0, 0, 0, 4, 0, 0, 0, 0, 5, 0, 0, 2, 1, 1, 1])


@pytest.mark.parametrize(
    ("day", "closed", "open_"), [(21, False, True), (22, False, True), (23, False, False), (21, True, False)]
)
def test_open_until_its_last_day_or_until_it_is_closed(day, closed, open_):
    assert is_open(datetime.date(2026, 11, 22), closed=closed, on=datetime.date(2026, 11, day)) is open_


class TestHours:
    @pytest.mark.parametrize(
        ("minutes", "hours"),
        [(0, "0.0"), (44, "0.9"), (45, "1.0"), (46, "1.0"), (90, "2.0"), (94, "2.0"), (95, "2.1")],
    )
    def test_cut_to_a_tenth(self, minutes, hours):
        assert SCALE.hours(timedelta(minutes=minutes)) == Decimal(hours)

    def test_the_usual_and_the_longest(self):
        assert (SCALE.usual_length, SCALE.longest) == (timedelta(minutes=90), timedelta(hours=6))

    @given(st.integers(0, 10_000), st.integers(0, 10_000))
    def test_more_time_is_never_fewer_hours(self, one, other):
        first, second = sorted((one, other))

        assert SCALE.hours(timedelta(minutes=first)) <= SCALE.hours(timedelta(minutes=second))
