"""Whatever somebody can type has a title and words when two people wrote in one record."""

from __future__ import annotations

import datetime
from dataclasses import fields, replace

import pytest

from apps.core.calendar import CHINA
from apps.meetings.conflicts import TITLES, differences, merged
from apps.meetings.entries import (
    CandidateEntry,
    ExclusionEntry,
    FollowUpEntry,
    MeetingEntry,
    ResolutionEntry,
    TaskEntry,
)
from apps.meetings.forms import MeetingForm
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import Voting
from apps.meetings.wording import Names, in_words

DAY = datetime.date(2026, 12, 22)
NAMES = Names({1: "李长福", 2: "王秀英"}, {7: "第一党小组"}, {5: "修路灯"}, {3: "11月03日 研究修屋"})
BALLOT = ResolutionEntry(
    "选举支委会", Matter.ELECTION, Voting.SECRET, seats=1,
    ballots_issued=9, ballots_returned=9, ballots_void=1,
    candidates=(CandidateEntry("李长福", 8), CandidateEntry("赵强", 0, 1, 7, on_ballot=False)),
)  # fmt: skip
BALLOT_IN_WORDS = (
    "选举支委会；选举支部委员会，无记名投票；应选 1，发出 9，收回 9，废票 1；"
    "李长福 赞成 8，不赞成 0，弃权 0；赵强（另写的） 赞成 0，不赞成 1，弃权 7"
)

# What no person types: keys, and what the page tells the server of itself.
HIDDEN = {"client_key", "page", "version", "listed", "asked"}
STORED_AS = {
    "held_on": "held_at", "begins": "held_at", "ends": "ended_at", "group": "group_id",
    "host": "host_id", "recorder": "recorder_id",
}  # fmt: skip


def test_every_field_of_the_form_has_a_title():
    typed = {name for name in MeetingForm().fields if not name.startswith("task_")} - HIDDEN
    stored = {STORED_AS.get(name, name) for name in typed} | {"tasks", "late", "resolutions"}

    assert stored == set(TITLES)


def test_every_value_of_an_entry_has_a_title_but_what_the_page_showed():
    assert {one.name for one in fields(MeetingEntry)} - {"listed"} == set(TITLES)


@pytest.fixture
def plain():
    return MeetingEntry(kinds=(Kind.THEME_DAY,), held_at=datetime.datetime(2026, 11, 5, 15, tzinfo=CHINA))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("kinds", (Kind.THEME_DAY, Kind.LESSON), "主题党日、党课"),
        ("group_id", 7, "第一党小组"),
        ("host_id", 2, "王秀英"),
        ("chosen", frozenset({2, 1}), "李长福、王秀英"),
        ("late", frozenset({2}), "王秀英"),
        ("absences", {1: "illness", 2: ""}, "李长福（病假）、王秀英"),
        ("exclusions", {1: ExclusionEntry("abroad", "河组〔2026〕3 号", DAY)},
         "李长福（自费出国半年以上，河组〔2026〕3 号，2026-12-22）"),
        ("followups", {5: FollowUpEntry("done", "11月完工")}, "修路灯：已办成，11月完工"),
        ("tasks", (TaskEntry("问价钱", "李长福", DAY), TaskEntry("通知")),
         "问价钱，责任人 李长福，2026-12-22 前\n通知"),
        ("resolutions", (ResolutionEntry("修屋", in_favour=8, against=1, dissent="再等等"),),
         "修屋；一般事项，举手；赞成 8，反对 1，弃权 0；不同意见：再等等"),
        ("resolutions", (ResolutionEntry("接收", Matter.ADMISSION, Voting.SECRET, in_favour=8, about="张三",
                                         written_in_favour=2),),
         "接收；接收预备党员，无记名投票；讨论的是 张三；赞成 8，反对 0，弃权 0；会前书面赞成 2"),
        ("resolutions", (ResolutionEntry("修屋", in_favour=8, discussed_in_id=3),),
         "修屋；一般事项，举手；事先讨论的支委会：11月03日 研究修屋；赞成 8，反对 0，弃权 0"),
        ("resolutions", (BALLOT,), BALLOT_IN_WORDS),
        ("ended_at", None, ""),
        ("life_year", 2025, "2025"),
    ],
)  # fmt: skip
def test_it_is_read_out_whole(plain, name, value, words):
    assert in_words(replace(plain, **{name: value}), name, NAMES) == words


@pytest.mark.parametrize("name", TITLES)
def test_a_difference_in_any_field_is_shown(plain, name):
    other = {
        "kinds": (Kind.LESSON,), "held_at": plain.held_at + datetime.timedelta(hours=1),
        "ended_at": plain.held_at, "absences": {1: ""}, "late": frozenset({1}), "chosen": frozenset({1}),
        "exclusions": {1: ExclusionEntry("abroad")}, "followups": {5: FollowUpEntry("done")},
        "tasks": (TaskEntry("x"),), "resolutions": (BALLOT,), "group_id": 7, "host_id": 1,
        "recorder_id": 1, "life_year": 2020,
    }.get(name, "别的话")  # fmt: skip

    found = differences(plain, replace(plain, **{name: other}), NAMES)

    assert [(one.name, one.title) for one in found] == [(name, TITLES[name])]
    assert found[0].theirs != found[0].mine


def test_who_was_chosen_by_either_takes_part_unless_somebody_says_otherwise(plain):
    one, other = replace(plain, chosen=frozenset({1})), replace(plain, chosen=frozenset({2}))

    assert merged(one, other, {}).chosen == frozenset({1, 2})
    assert merged(one, other, {"chosen": "mine"}).chosen == frozenset({2})


class TestBothTogether:
    """What nobody chose: nobody's words are lost."""

    def test_what_one_left_open_the_other_says(self, plain):
        theirs, mine = replace(plain, topic="学习党章", place="礼堂"), replace(plain, place="村小学")

        both = merged(theirs, mine, {})

        assert (both.topic, both.place) == ("学习党章", "村小学")
        usual = {one.name: one.usual for one in differences(theirs, mine, NAMES)}
        assert usual == {"topic": "theirs", "place": "mine"}

    def test_what_was_taken_out_on_purpose_stays_out(self, plain):
        theirs = replace(plain, late_reason="农忙，没顾上")

        assert merged(theirs, plain, {"late_reason": "mine"}).late_reason == ""

    def test_every_guest_once(self, plain):
        theirs, mine = replace(plain, guests="吴晓、 镇长"), replace(plain, guests="镇长,周敏")

        assert merged(theirs, mine, {}).guests == "镇长、周敏、吴晓"

    def test_a_decision_that_both_wrote_has_the_dissent_of_both(self, plain):
        theirs = ResolutionEntry(
            "修屋", against=2, dissent="赵强觉得太贵。", responsible="李长福", due_on=DAY
        )
        mine = ResolutionEntry("修屋", against=1, dissent="王秀英要先公开账目。")

        (decision,) = merged(
            replace(plain, resolutions=(theirs,)), replace(plain, resolutions=(mine,)), {}
        ).resolutions

        assert (decision.responsible, decision.due_on, decision.against) == ("李长福", DAY, 1)
        assert decision.dissent == "王秀英要先公开账目。\n\n赵强觉得太贵。"

    def test_decisions_and_tasks_of_either_are_there(self, plain):
        theirs = replace(
            plain, resolutions=(ResolutionEntry("修屋"),), tasks=(TaskEntry("问价", "李长福", DAY),)
        )
        mine = replace(
            plain, resolutions=(ResolutionEntry("装灯"),), tasks=(TaskEntry("问价"), TaskEntry("通知"))
        )

        both = merged(theirs, mine, {})

        assert [one.text for one in both.resolutions] == ["装灯", "修屋"]
        assert both.tasks == (TaskEntry("问价", "李长福", DAY), TaskEntry("通知"))

    def test_what_both_heard_of_a_task_is_kept(self, plain):
        done, short = "完" * 100, "差" * 100  # as much as one may write
        theirs = replace(plain, followups={5: FollowUpEntry("done", done), 6: FollowUpEntry("failed")})
        mine = replace(plain, followups={5: FollowUpEntry("going", short)})

        assert merged(theirs, mine, {}).followups == {
            5: FollowUpEntry("going", f"{short}；{done}"),
            6: FollowUpEntry("failed"),
        }
