"""What a review or a life meeting lacks, how many may be excellent: at, below and above each limit."""

import datetime
from dataclasses import replace

import pytest

from apps.reviews import rules
from apps.reviews.entries import Judged, ReviewEntry, Votes
from apps.reviews.rules import LifeFacts, Person

DAY = datetime.date(2026, 11, 20)
NOW = datetime.date(2026, 11, 22)
COMPLETE = ReviewEntry(
    self_on=DAY,
    mutual_on=DAY,
    ballot_on=DAY,
    ballots_out=12,
    ballots_valid=10,
    decided_on=DAY,
    decider="committee",
)


def person(row: int = 1, *, grade: str = "qualified", no_grade: str = "", is_full: bool = True) -> Person:
    votes = Votes() if no_grade else Votes(0, 10, 0, 0)
    return Person(row, f"党员{row}", is_full, Judged(votes, "" if no_grade else grade, no_grade))


def crowd(total: int, excellent: int) -> list[Person]:
    return [person(row, grade="excellent" if row < excellent else "qualified") for row in range(total)]


def sentences(entry: ReviewEntry, people: list[Person], *, may_committee_decide: bool = True) -> list[str]:
    found = rules.lacking_to_close(entry, people, may_committee_decide=may_committee_decide, now=NOW)
    return [one.sentence for one in found]


class TestExcellent:
    @pytest.mark.parametrize(
        ("total", "most"), [(0, 0), (2, 0), (3, 1), (5, 1), (6, 2), (29, 9), (30, 10), (31, 10), (50, 16)]
    )
    def test_at_most_a_third_and_never_rounded_up(self, total, most):
        assert rules.most_excellent(total, on=DAY) == most

    @pytest.mark.parametrize(("excellent", "is_refused"), [(9, False), (10, False), (11, True)])
    def test_below_at_and_above_the_limit_of_thirty(self, excellent, is_refused):
        assert bool(sentences(COMPLETE, crowd(30, excellent))) is is_refused

    def test_one_too_many_is_said_with_the_rule(self):
        [missing] = rules.lacking_to_close(COMPLETE, crowd(30, 11), may_committee_decide=True, now=NOW)
        assert missing.rule == "MEET-09"
        assert missing.sentence == (
            "评为优秀的有 11 名，最多 10 名："
            "优秀一般不超过党员总数（30 名）的三分之一，零头不算。请减少 1 名。"
        )

    def test_probationary_and_absent_members_belong_to_the_total_but_not_those_reviewed_elsewhere(self):
        people = [
            person(1),
            person(2, no_grade="probationary", is_full=False),
            person(3, no_grade="absent"),
            person(4, no_grade="elsewhere"),
        ]
        assert rules.total_of(people) == 3


class TestClosing:
    def test_four_complete_steps_lack_nothing(self):
        assert sentences(COMPLETE, crowd(9, 3)) == []

    def test_each_step_that_is_not_there_is_asked_for_in_order(self):
        assert sentences(ReviewEntry(), [person()]) == [
            "请填个人自评的日期。",
            "请填党员互评的日期。",
            "请填民主测评的日期。",
            "请填发出多少张测评票。",
            "请填收回多少张有效票。",
            "请选由谁评定。",
            "请填评定的日期。",
        ]

    def test_a_day_to_come_is_no_day(self):
        tomorrow = replace(COMPLETE, self_on=NOW + datetime.timedelta(days=1))
        assert sentences(tomorrow, [person()]) == ["这一天还没有到，开过以后再填。"]
        assert sentences(replace(COMPLETE, self_on=NOW), [person()]) == []

    def test_grades_are_not_decided_before_the_ballot(self):
        early = replace(COMPLETE, decided_on=DAY - datetime.timedelta(days=1))
        assert sentences(early, [person()]) == ["先民主测评，再评定：评定日期不能早于测评日期。"]

    @pytest.mark.parametrize(
        ("valid", "expected"), [(11, []), (12, []), (13, ["有效票 13 张，多于发出的 12 张，请核对。"])]
    )
    def test_no_more_valid_ballots_than_were_handed_out(self, valid, expected):
        entry = replace(COMPLETE, ballots_valid=valid)
        votes = Votes(0, valid, 0, 0)
        assert sentences(entry, [Person(1, "党员1", True, Judged(votes, "qualified"))]) == expected

    @pytest.mark.parametrize(
        ("votes", "expected"),
        [
            (Votes(3, 6, 0, 0), ["党员1的票加起来是 9 张，有效票是 10 张，请核对。"]),
            (Votes(3, 7, 0, 0), []),
            (Votes(3, 7, 1, 0), ["党员1的票加起来是 11 张，有效票是 10 张，请核对。"]),
            (Votes(), ["还没有填测评票数：党员1。"]),
        ],
    )
    def test_the_votes_for_each_are_the_valid_ballots(self, votes, expected):
        assert sentences(COMPLETE, [Person(1, "党员1", True, Judged(votes, "qualified"))]) == expected

    def test_who_has_no_grade_is_named(self):
        people = [person(row, grade="") for row in range(1, 6)]
        assert sentences(COMPLETE, people) == ["还没有评定等次：党员1、党员2、党员3等 5 人。"]

    def test_somebody_without_a_grade_needs_neither_votes_nor_grade(self):
        people = [person(1), person(2, no_grade="absent"), person(3, no_grade="probationary", is_full=False)]
        assert sentences(COMPLETE, people) == []

    def test_where_there_is_no_committee_the_members_meeting_decides(self):
        assert sentences(COMPLETE, [person()], may_committee_decide=False) == [
            "本支部正式党员人数少，不设支委会，由党员大会评定。"
        ]
        by_all = replace(COMPLETE, decider="general_meeting")
        assert sentences(by_all, [person()], may_committee_decide=False) == []

    @pytest.mark.parametrize(("full", "has"), [(6, False), (7, True), (8, True)])
    def test_seven_full_members_have_a_committee(self, full, has):
        people = [*crowd(full, 0), person(99, no_grade="probationary", is_full=False)]
        assert rules.has_committee(people, on=DAY) is has


class TestWhatWasEntered:
    def test_a_probationary_member_gets_no_grade_whatever_was_sent(self):
        said = Judged(Votes(1, 2, 3, 4), "excellent")
        assert rules.settled(said, is_full=False, ballots_valid=10) == Judged(no_grade="probationary")

    def test_a_full_member_is_not_made_probationary(self):
        said = Judged(Votes(0, 10, 0, 0), "qualified", "probationary")
        assert rules.settled(said, is_full=True, ballots_valid=10).no_grade == ""

    def test_who_was_absent_keeps_neither_votes_nor_grade(self):
        said = Judged(Votes(1, 9, 0, 0), "qualified", "absent")
        assert rules.settled(said, is_full=True, ballots_valid=10) == Judged(no_grade="absent")

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            (Votes(excellent=4), Votes(4, 6, 0, 0)),
            (Votes(basically_qualified=1), Votes(0, 9, 1, 0)),
            (Votes(excellent=12), Votes(12, 0, 0, 0)),
            (Votes(qualified=10), Votes(0, 10, 0, 0)),
            (Votes(), Votes()),
        ],
    )
    def test_votes_nobody_typed_are_the_rest_for_qualified(self, typed, expected):
        assert rules.with_the_rest(typed, 10) == expected


class TestLifeMeeting:
    def test_of_nothing_all_four_parts_are_lacking(self):
        assert [part.lacking for part in rules.parts_of(LifeFacts())] == [
            "还没有写方案。",
            "还没有写：会前学习、谈心谈话、听取意见。",
            "还没有交上组织生活会的记录。",
            "还没有整改事项。",
        ]

    def test_the_preparation_is_there_when_all_three_are(self):
        part = rules.parts_of(LifeFacts(study="学", talks="谈"))[1]
        assert part.lacking == "还没有写：听取意见。"
        assert rules.parts_of(LifeFacts(study="学", talks="谈", opinions="三条"))[1].is_there

    def test_complete(self):
        facts = LifeFacts("方案", "学", "谈", "听", meetings=1, rectifications=1)
        assert [part.is_there for part in rules.parts_of(facts)] == [True] * 4
