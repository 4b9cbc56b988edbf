"""Headings and phrases: they repeat what was entered and never say what was said."""

import datetime
from dataclasses import replace

import pytest

from apps.core.calendar import CHINA
from apps.meetings.entries import FollowUpEntry, MeetingEntry, ResolutionEntry
from apps.meetings.kinds import Kind, Matter
from apps.meetings.minutes import (
    GAP,
    PHRASES,
    decision_headings,
    framed,
    headings_of,
    numeral,
    phrases_for,
    usual_topic,
    with_new_decisions,
)
from apps.meetings.rules import has_gaps, likely_days
from apps.papers.records import paragraphs_of

ENTRY = MeetingEntry(
    kinds=(Kind.THEME_DAY, Kind.GENERAL_MEETING),
    held_at=datetime.datetime(2026, 11, 5, 15, 0, tzinfo=CHINA),
    resolutions=(ResolutionEntry("修缮活动室"), ResolutionEntry("")),
)


def test_without_a_topic_the_first_heading_has_a_gap() -> None:
    assert headings_of(ENTRY, {}) == ["学习《　》", "讨论表决：修缮活动室"]


def test_what_became_of_earlier_tasks_comes_first() -> None:
    heard = {7: FollowUpEntry("done", "上周完工"), 8: FollowUpEntry("going"), 9: FollowUpEntry("failed")}
    entry = replace(ENTRY, topic="学习党章", followups=heard)
    assert headings_of(entry, {7: "修路", 8: "装灯"}) == [
        "上次事项的办理情况：修路（已办成，上周完工）；装灯（还在办）",
        "学习党章",
        "讨论表决：修缮活动室",
    ]


@pytest.mark.parametrize("topic", ["学习党章；研究修路", "学习党章; 研究修路；"])
def test_each_item_of_the_agenda_has_a_heading(topic: str) -> None:
    entry = replace(ENTRY, topic=topic)
    assert headings_of(entry, {}) == ["学习党章", "研究修路", "讨论表决：修缮活动室"]


@pytest.mark.parametrize(
    ("decision", "heading"),
    [
        (ResolutionEntry("", Matter.ADMISSION, about="王芳"), ["讨论表决：接收预备党员：王芳"]),
        (ResolutionEntry("", Matter.ELECTION), ["讨论表决：选举支部委员会"]),
        (ResolutionEntry("", Matter.DISPOSAL), []),
        (ResolutionEntry(""), []),
    ],
)
def test_a_decision_without_words_is_called_by_its_matter_and_its_person(
    decision: ResolutionEntry, heading: list[str]
) -> None:
    assert decision_headings(replace(ENTRY, resolutions=(decision,))) == heading


def test_every_heading_is_one_on_paper_too() -> None:
    entry = replace(ENTRY, followups={7: FollowUpEntry("done", "上周完工")})
    words = framed("", headings_of(entry, {7: "修路"})).replace(GAP, "《党章》")
    assert [(line["文字"][0], line["是标题"]) for line in paragraphs_of(words)] == [
        ("一", True),
        ("二", True),
        ("三", True),
    ]


def test_headings_are_numbered_on_and_never_twice() -> None:
    once = framed("", ["学习党章", "讨论表决：修路。"])
    assert once == "一、学习党章\n二、讨论表决：修路。"
    assert framed(f"{once}\n大家同意。", ["学习党章", "总结"]) == f"{once}\n大家同意。\n三、总结"


def test_a_new_decision_gets_its_heading_where_headings_are_used() -> None:
    written = replace(ENTRY, minutes="一、学习党章。\n大家发言。")
    assert with_new_decisions(written) == "一、学习党章。\n大家发言。\n二、讨论表决：修缮活动室"


@pytest.mark.parametrize(
    "minutes",
    ["", "今天学习了党章。", "一、讨论表决：修活动室（改过的标题）。", "一、活动室的事\n大家同意。"],
)
def test_otherwise_nothing_is_put_into_the_minutes(minutes: str) -> None:
    assert with_new_decisions(replace(ENTRY, minutes=minutes)) == minutes


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三")]
)
def test_chinese_numerals(number: int, shown: str) -> None:
    assert numeral(number) == shown


def test_a_county_adds_its_own_phrases_to_a_kind() -> None:
    own = {"theme_day": ["重温入党誓词。", "学习了《　》。"], "lesson": ["播放了专题片。"]}
    assert phrases_for([Kind.THEME_DAY], own) == (*PHRASES[Kind.THEME_DAY], "重温入党誓词。")


def test_every_phrase_leaves_something_to_say() -> None:
    """A phrase is a frame: a gap, or an open end after a colon."""
    every = [phrase for phrases in PHRASES.values() for phrase in phrases]
    assert [phrase for phrase in every if not (has_gaps(phrase) or phrase.endswith("："))] == []


def test_what_a_meeting_without_a_topic_is_called() -> None:
    assert usual_topic(ENTRY) == "11月主题党日、党员大会"
    assert usual_topic(replace(ENTRY, kinds=())) == ""


def test_likely_days_begin_with_today() -> None:
    now = datetime.date(2026, 11, 22)
    assert likely_days(None, now) == [
        ("今天", now),
        ("昨天", datetime.date(2026, 11, 21)),
        ("上周今天", datetime.date(2026, 11, 15)),
    ]
