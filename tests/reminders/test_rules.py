"""When somebody may be reminded, and what a digest says."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from apps.core.calendar import CHINA
from apps.core.periods import Month, Quarter, Year
from apps.figures.duties import Obligation
from apps.figures.rules import DutyState
from apps.figures.values import Group, Unit
from apps.regulations.table import duty
from apps.reminders.digests import digest_of
from apps.reminders.robots import signature
from apps.reminders.rules import Quiet, is_time, next_try

QUIET = Quiet.parse("21:00-8:00", weekends=True)
OCTOBER, THIRD = Month(2026, 10), Quarter(2026, 3)


@pytest.mark.parametrize(
    ("moment", "covered"),
    [
        (datetime(2026, 11, 23, 7, 59, tzinfo=CHINA), True),
        (datetime(2026, 11, 23, 8, 0, tzinfo=CHINA), False),
        (datetime(2026, 11, 23, 20, 59, tzinfo=CHINA), False),
        (datetime(2026, 11, 23, 21, 0, tzinfo=CHINA), True),
        (datetime(2026, 11, 22, 10, 0, tzinfo=CHINA), True),  # a Sunday
    ],
)
def test_at_night_and_at_weekends_nobody_is_disturbed(moment, covered):
    assert QUIET.covers(moment) is covered


def test_quiet_hours_may_lie_within_a_day_and_weekends_may_be_working_days():
    noon = Quiet.parse("12:00-14:00", weekends=False)
    sunday = date(2026, 11, 22)
    hours = [11, 12, 13, 14]
    assert [noon.covers(datetime.combine(sunday, time(hour), CHINA)) for hour in hours] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("hours", ["", "21:00", "25:00-08:00", "abends"])
def test_hours_that_are_none_are_refused_when_the_system_starts(hours):
    with pytest.raises(ValueError, match=r".+"):
        Quiet.parse(hours, weekends=True)


@pytest.mark.parametrize(
    ("rhythm", "last", "expected"),
    [
        ("weekly", None, True),
        ("weekly", date(2026, 11, 22), True),  # last week's Sunday
        ("weekly", date(2026, 11, 23), False),
        ("weekly", date(2026, 11, 25), False),
        ("daily", date(2026, 11, 24), True),
        ("daily", date(2026, 11, 25), False),
        ("off", None, False),
    ],
)
def test_nobody_gets_two_a_day_or_two_a_week(rhythm, last, expected):
    assert is_time(rhythm, on=date(2026, 11, 25), last=last) is expected


def test_each_try_waits_longer_and_there_is_a_last_one():
    now = datetime(2026, 11, 23, 10, tzinfo=CHINA)
    waits = [next_try(tries, now=now) for tries in (1, 2, 3, 4)]
    assert waits == [now + timedelta(minutes=5), now + timedelta(minutes=30), now + timedelta(hours=2), None]


def unit(number):
    return Unit(
        number, f"880{number}", f"第{number}村党支部", "branch", "village", f"88/880{number}/", None, None
    )


def open_duty(code, period, days, *, state=DutyState.OVERDUE, number=1, group=None):
    return Obligation(duty(code, on=period), unit(number), state, days, period, group, due_on=period.last)


def said(obligations, **more):
    found = digest_of(obligations, place="东湾村党支部", within=7, link=lambda matter: "/x", **more)
    return found and [line.sentence for line in found.lines]


class TestDigest:
    def test_the_worst_comes_first_with_its_rule(self):
        found = digest_of(
            [
                open_duty("MEET-06", Month(2026, 11), 7, state=DutyState.DUE),
                open_duty("MEET-02", OCTOBER, 23),
                open_duty("MEET-01", THIRD, 54),
            ],
            place="东湾村党支部",
            within=7,
            link=lambda matter: f"https://x/{matter[0].rule.code}",
            settings_href="https://x/reminders/",
        )
        assert found is not None
        assert found.text == (
            "东湾村党支部：3 项要办的事\n\n"
            "1. 2026年第三季度党员大会还没有记录，逾期54天，补记也可以。\n"
            "   依据：支部工作条例第十一条、第十四条（MEET-01）\n   https://x/MEET-01\n\n"
            "2. 2026年10月支委会还没有记录，逾期23天，补记也可以。\n"
            "   依据：支部工作条例第十二条（MEET-02）\n   https://x/MEET-02\n\n"
            "3. 2026年11月主题党日还没有记录，还有7天。\n"
            "   依据：支部工作条例第十六条（MEET-06）\n   https://x/MEET-06\n\n"
            "不想收到，在这里改：https://x/reminders/"
        )

    def test_an_office_hears_how_many_and_not_who(self):
        rows = [open_duty("MEET-02", OCTOBER, 23, number=number) for number in range(1, 41)]
        assert said(rows) == ["2026年10月支委会：40 个党支部还没有记录，最久逾期23天，补记也可以。"]

    def test_a_single_branch_is_named_where_the_title_does_not(self):
        found = said([open_duty("MEET-02", OCTOBER, 23, number=4)], named=True)
        assert found == ["2026年10月支委会：第4村党支部还没有记录，逾期23天，补记也可以。"]

    def test_groups_of_one_branch_are_one_line(self):
        groups = [Group(number, 1, f"第{number}党小组", date(2020, 1, 1), None) for number in (1, 2)]
        rows = [open_duty("MEET-03", OCTOBER, 23, group=group) for group in groups]
        assert said(rows[:1]) == ["2026年10月党小组会（第1党小组）还没有记录，逾期23天，补记也可以。"]
        assert said(rows) == ["2026年10月党小组会：2 个党小组还没有记录，最久逾期23天，补记也可以。"]

    def test_secretaries_of_committees_are_not_called_branches(self):
        lesson = duty("MEET-05", "secretary", on=Year(2025))
        rows = [open_duty("MEET-07", Year(2025), 23, number=number) for number in (1, 2)]
        committees = [row._replace(rule=lesson, unit=row.unit._replace(kind="committee")) for row in rows]
        assert said(committees) == [
            "2025年党委（党组）书记讲党课：2 个党组织还没有记录，最久逾期23天，补记也可以。"
        ]

    def test_what_was_begun_is_not_called_nothing(self):
        lessons = open_duty("MEET-05", THIRD, 54)._replace(held=1)
        assert said([lessons]) == ["2026年第三季度党课只有 1 次记录，逾期54天，补记也可以。"]
        assert said([lessons, open_duty("MEET-05", THIRD, 54, number=2)]) == [
            "2026年第三季度党课：2 个党支部还没有完成，最久逾期54天，补记也可以。"
        ]
        talks = open_duty("MEET-10", Year(2025), 300)
        assert said([talks]) == ["2025年谈心谈话还没有完成，逾期300天，补记也可以。"]

    def test_five_lines_at_most_and_the_rest_is_counted(self):
        codes = ("MEET-01", "MEET-02", "MEET-03", "MEET-05", "MEET-06")
        rows = [open_duty(code, period, 20) for code in codes for period in (OCTOBER, THIRD)]
        found = digest_of(rows, place="河口镇党委", within=7, link=lambda matter: "/x")
        assert found is not None
        assert (len(found.lines), found.more, found.title) == (5, 5, "河口镇党委：10 项要办的事")
        assert found.markdown.endswith("另有 5 项，打开系统看。")

    def test_what_has_time_is_done_or_does_not_apply_is_not_told(self):
        rows = [
            open_duty("MEET-06", Month(2026, 11), 8, state=DutyState.DUE),
            open_duty("MEET-02", OCTOBER, 0, state=DutyState.DONE),
            open_duty("MEET-03", OCTOBER, 0, state=DutyState.EXEMPT),
        ]
        assert said(rows) is None


def test_dingtalk_is_shown_that_we_know_the_secret():
    """The proof as its manual makes it: HMAC-SHA256 of time and secret, base64, escaped."""
    assert signature("SECexample", now=1700000000.0) == ("&timestamp=1700000000000&sign=" + EXAMPLE_PROOF)


EXAMPLE_PROOF = "uroalHrWHORz59talE1o26b8HuX2kOp8WlAN91F9Pj0%3D"
