"""Who is expected, who votes, and what a record still lacks."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.calendar import CHINA
from apps.core.errors import Refused
from apps.core.monthly import MonthlyDay
from apps.meetings.kinds import Kind, Matter
from apps.meetings.rules import (
    Circle,
    Decision,
    Missing,
    Record,
    VoterFacts,
    can_resolve,
    circle_of,
    counted_kinds,
    deviation_note,
    may_vote,
    missing_elements,
    theme_day_deviation,
    why_no_vote,
)
from apps.regulations.table import duties

TODAY = date(2026, 11, 22)
COMPLETE = Record(
    kinds=[Kind.THEME_DAY],
    held_at=datetime(2026, 11, 5, 15, 0, tzinfo=CHINA),
    place="村党群服务中心",
    topic="学习文件",
    host="李长福",
    recorder="周玉梅",
    minutes="一、学习文件，周玉梅领读。",
    expected=37,
    present=35,
)
REPAIR = Decision(Matter.ORDINARY, "修缮活动室", responsible="张卫东", due_on=date(2026, 12, 31))


def test_every_duty_of_the_regulations_is_met_by_a_kind_of_meeting() -> None:
    assert {row.kind for row in duties(on=TODAY)} <= {kind.value for kind in Kind}


@pytest.mark.parametrize(
    ("kinds", "circle"),
    [
        ([Kind.GENERAL_MEETING], Circle.ALL_MEMBERS),
        ([Kind.THEME_DAY], Circle.ALL_MEMBERS),
        ([Kind.LESSON], Circle.ALL_MEMBERS),
        ([Kind.LIFE_MEETING], Circle.ALL_MEMBERS),
        ([Kind.MEMBER_REVIEW], Circle.ALL_MEMBERS),
        ([Kind.COMMITTEE_MEETING], Circle.COMMITTEE),
        ([Kind.GROUP_MEETING], Circle.GROUP),
        ([Kind.TALK], Circle.CHOSEN),
        ([Kind.THEME_DAY, Kind.LESSON, Kind.GENERAL_MEETING], Circle.ALL_MEMBERS),
        ([Kind.GROUP_MEETING, Kind.LESSON], Circle.GROUP),
        ([Kind.LIFE_MEETING, Kind.COMMITTEE_MEETING], Circle.COMMITTEE),
        ([Kind.LIFE_MEETING, Kind.MEMBER_REVIEW, Kind.GROUP_MEETING], Circle.GROUP),
        ([Kind.TALK, Kind.COMMITTEE_MEETING], Circle.COMMITTEE),
    ],
)
def test_who_is_expected(kinds: list[Kind], circle: Circle) -> None:
    assert circle_of(kinds) == circle


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([Kind.COMMITTEE_MEETING, Kind.GENERAL_MEETING], "支委会和党员大会应到的人不一样，请分开记。"),
        ([Kind.GROUP_MEETING, Kind.THEME_DAY], "党小组会和主题党日应到的人不一样，请分开记。"),
        ([Kind.GROUP_MEETING, Kind.COMMITTEE_MEETING], "党小组会和支委会应到的人不一样，请分开记。"),
        ([Kind.COMMITTEE_MEETING, Kind.LESSON], "支委会和党课应到的人不一样，请分开记。"),
        ([], "请选择会议类型。"),
    ],
)
def test_kinds_for_which_different_people_are_expected_are_recorded_apart(
    kinds: list[Kind], sentence: str
) -> None:
    with pytest.raises(Refused) as caught:
        circle_of(kinds)
    assert (caught.value.field, caught.value.sentence) == ("kinds", sentence)


@given(st.permutations([Kind.THEME_DAY, Kind.LESSON, Kind.LIFE_MEETING, Kind.TALK]))
def test_the_order_of_the_kinds_does_not_matter(kinds: list[Kind]) -> None:
    assert circle_of(kinds) == Circle.ALL_MEMBERS


def test_where_votes_can_be_taken() -> None:
    assert {kind for kind in Kind if can_resolve([kind])} == {Kind.GENERAL_MEETING, Kind.COMMITTEE_MEETING}
    assert can_resolve([Kind.THEME_DAY, Kind.GENERAL_MEETING])


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (VoterFacts(full_on=date(2020, 7, 1)), ""),
        (VoterFacts(full_on=None), "预备党员"),
        (VoterFacts(full_on=date(2026, 11, 21)), ""),
        (VoterFacts(full_on=TODAY), ""),
        (VoterFacts(full_on=date(2026, 11, 23)), "预备党员"),
        (VoterFacts(full_on=date(2020, 7, 1), on_probation_within_party=True), "留党察看期间"),
        (VoterFacts(full_on=date(2020, 7, 1), is_detained=True), "权利中止"),
        (VoterFacts(full_on=date(2020, 7, 1), is_active=False), "不在册"),
    ],
)
def test_who_votes_on_a_day(facts: VoterFacts, why: str) -> None:
    assert why_no_vote(facts, on=TODAY) == why
    assert may_vote(facts, on=TODAY) == (not why)


@pytest.mark.parametrize(("present", "kinds"), [(2, []), (3, [Kind.COMMITTEE_MEETING])])
def test_a_committee_meeting_counts_only_with_its_quorum(present: int, kinds: list[Kind]) -> None:
    assert counted_kinds([Kind.COMMITTEE_MEETING], expected=5, present=present, on=TODAY) == kinds


def test_attendance_undoes_no_other_meeting() -> None:
    kinds = [Kind.THEME_DAY, Kind.LESSON, Kind.GENERAL_MEETING]
    assert counted_kinds(kinds, expected=37, present=1, on=TODAY) == kinds


@pytest.mark.parametrize(
    ("day", "days", "note"),
    [
        (2, 3, ""),
        (5, 0, ""),
        (8, 3, ""),
        (1, 4, "本支部的主题党日定在每月 5 日，这次相差 4 天，请写一句原因。"),
        (9, 4, "本支部的主题党日定在每月 5 日，这次相差 4 天，请写一句原因。"),
    ],
)
def test_a_theme_day_far_from_the_fixed_day_asks_for_a_reason(day: int, days: int, note: str) -> None:
    held_on = date(2026, 11, day)
    assert theme_day_deviation(held_on, MonthlyDay(day=5)) == days
    assert deviation_note(held_on, MonthlyDay(day=5)) == note


def test_a_fixed_weekday_is_another_day_each_month() -> None:
    second_friday = MonthlyDay(week=2, weekday=5)
    assert deviation_note(date(2026, 11, 16), second_friday) == ""
    assert deviation_note(date(2026, 11, 17), second_friday) == (
        "本支部的主题党日定在每月第二个周五，这次相差 4 天，请写一句原因。"
    )


def test_a_branch_without_a_fixed_day_is_asked_nothing() -> None:
    assert deviation_note(date(2026, 11, 30), None) == ""


def test_a_complete_record_lacks_nothing() -> None:
    assert missing_elements(COMPLETE) == []


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"held_at": None}, [("held_at", "请填写开会时间。")]),
        ({"place": " "}, [("place", "请填写地点。")]),
        ({"host": ""}, [("host", "请选择主持人。")]),
        ({"recorder": ""}, [("recorder", "请选择记录人。")]),
        ({"topic": ""}, [("topic", "请填写主题或议题。")]),
        ({"minutes": "\n"}, [("minutes", "请填写会议记录，不同意见也要记上。")]),
        ({"kinds": []}, [("kinds", "请选择会议类型。")]),
        ({"expected": 0, "present": 0}, [("attendances", "没有应到的人，请先核对支部的党员名册。")]),
        ({"present": 0}, [("attendances", "没有一个人到会，这次会不能交上。")]),
        ({"absent_without_reason": 2}, [("attendances", "有 2 人没有到会，还没选原因。")]),
        ({"kinds": [Kind.LESSON]}, [("lecturer", "上党课要填写讲课人。")]),
        ({"kinds": [Kind.LESSON], "lecturer": "李长福"}, []),
        ({"kinds": [Kind.GROUP_MEETING]}, [("group", "党小组会要选择是哪个党小组。")]),
        ({"kinds": [Kind.GROUP_MEETING], "group": "第一党小组"}, []),
    ],
)
def test_each_element_that_a_record_needs(changes: dict, missing: list[tuple[str, str]]) -> None:
    assert missing_elements(replace(COMPLETE, **changes)) == [Missing(*element) for element in missing]


def test_a_gathering_of_several_kinds_needs_what_each_of_them_needs() -> None:
    record = replace(COMPLETE, kinds=[Kind.GROUP_MEETING, Kind.LESSON])
    assert [element.field for element in missing_elements(record)] == ["group", "lecturer"]


def test_an_empty_record_lists_everything_in_the_order_of_the_form() -> None:
    fields = [element.field for element in missing_elements(Record(kinds=[]))]
    assert fields == ["kinds", "held_at", "place", "host", "recorder", "topic", "minutes", "attendances"]


@pytest.mark.parametrize(
    ("decision", "sentences"),
    [
        (REPAIR, []),
        (replace(REPAIR, text=" "), ["第 1 项决议没有写决定事项。"]),
        (replace(REPAIR, responsible=""), ["第 1 项决议要写责任人和完成时限。"]),
        (replace(REPAIR, due_on=None), ["第 1 项决议要写责任人和完成时限。"]),
        (Decision(Matter.ADMISSION, "接收王芳为预备党员"), ["第 1 项“接收预备党员”要填写表决票数。"]),
        (Decision(Matter.ADMISSION, "接收王芳为预备党员", votes=34), []),
        (Decision(Matter.COMMITTEE_REPORT, "通过支委会工作报告"), []),
    ],
)
def test_what_a_resolution_needs(decision: Decision, sentences: list[str]) -> None:
    record = replace(COMPLETE, kinds=[Kind.GENERAL_MEETING], decisions=(decision,))
    assert [element.sentence for element in missing_elements(record)] == sentences


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (replace(REPAIR, text=" "), "decisions-1-text"),
        (replace(REPAIR, responsible=""), "decisions-1-responsible"),
        (replace(REPAIR, due_on=None), "decisions-1-due_on"),
        (Decision(Matter.ADMISSION, "接收王芳为预备党员"), "decisions-1-in_favour"),
    ],
)
def test_what_a_resolution_lacks_is_said_at_its_own_field(decision: Decision, field: str) -> None:
    record = replace(COMPLETE, kinds=[Kind.GENERAL_MEETING], decisions=(REPAIR, decision))
    assert [element.field for element in missing_elements(record)] == [field]
