"""What each body needs: at, below and above every limit; no body borrows another's denominator."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.core.errors import Refused
from apps.decisions.kinds import Body
from apps.decisions.voting import Count, notice_remark, verdict

DAY = date(2026, 10, 20)
TOLD = date(2026, 10, 10)


def judged(body: Body, expected: int, present: int, in_favour: int, **more: Any) -> tuple[bool, str]:
    overrides = more.pop("overrides", {})
    against = more.pop("against", present - in_favour)
    count = Count(expected, present, in_favour, against, **more)
    found = verdict(body, count, on=DAY, overrides=overrides)
    return found.passed, found.rule


@pytest.mark.parametrize(
    ("present", "in_favour", "outcome"),
    [
        (150, 150, (False, "RURAL-10")),
        (151, 76, (True, "RURAL-10")),
        (151, 75, (False, "RURAL-10")),
        (152, 76, (False, "RURAL-10")),
        (152, 77, (True, "RURAL-10")),
    ],
)
def test_villagers_by_heads_more_than_half_come_and_more_than_half_of_them_agree(present, in_favour, outcome):
    assert judged(Body.VILLAGERS, 300, present, in_favour, counted_by="adults") == outcome


@pytest.mark.parametrize(("present", "passed"), [(66, False), (67, True), (68, True)])
def test_villagers_by_households_two_thirds_come(present, passed):
    assert judged(Body.VILLAGERS, 100, present, present, counted_by="households") == (passed, "RURAL-10")
    assert judged(Body.VILLAGERS, 99, 66, 34, counted_by="households") == (True, "RURAL-10")


def test_the_way_of_counting_is_said():
    with pytest.raises(Refused, match="按人还是按户"):
        judged(Body.VILLAGERS, 100, 80, 80)


@pytest.mark.parametrize(
    ("present", "in_favour", "passed"),
    [(19, 19, False), (20, 10, False), (20, 11, True), (21, 11, True), (21, 10, False)],
)
def test_representatives_two_thirds_come_and_more_than_half_of_them_agree(present, in_favour, passed):
    assert judged(Body.REPRESENTATIVES, 30, present, in_favour) == (passed, "RURAL-11")


@pytest.mark.parametrize("way", ["adults", "households"])
@pytest.mark.parametrize(
    ("present", "in_favour", "passed"), [(39, 39, False), (40, 20, False), (40, 21, True), (41, 21, True)]
)
def test_a_group_two_thirds_come_either_way(way, present, in_favour, passed):
    assert judged(Body.GROUP, 60, present, in_favour, counted_by=way) == (passed, "RURAL-13")


@pytest.mark.parametrize(
    ("present", "in_favour", "passed"),
    [(199, 199, False), (200, 199, False), (240, 239, False), (240, 240, True), (300, 241, True)],
)
def test_the_collective_needs_two_thirds_of_all_its_members(present, in_favour, passed):
    """300 may vote, 360 are members with the children: 240 must agree, however few came."""
    assert judged(Body.MEMBERS, 300, present, in_favour, whole=360, notified_on=TOLD) == (passed, "FIN-11")


def test_what_would_do_among_villagers_does_not_among_members():
    villagers = judged(Body.VILLAGERS, 300, 200, 101, counted_by="adults")
    members = judged(Body.MEMBERS, 300, 200, 101, whole=300, notified_on=TOLD)

    assert (villagers, members) == ((True, "RURAL-10"), (False, "FIN-11"))


def test_the_collective_is_told_ten_days_ahead():
    def told(day: date | None) -> tuple[bool, str]:
        return judged(Body.MEMBERS, 30, 30, 30, whole=30, notified_on=day)

    assert told(TOLD) == (True, "FIN-11")
    for late in (date(2026, 10, 11), None):
        with pytest.raises(Refused, match="至少 10 日要通知") as refused:
            told(late)
        assert (refused.value.field, refused.value.rule) == ("notified_on", "FIN-11")


@pytest.mark.parametrize(("told", "says"), [(date(2026, 10, 10), ""), (date(2026, 10, 11), "提前 10 日")])
def test_villagers_told_late_are_remarked_on_only(told, says):
    assert says in notice_remark(Body.VILLAGERS, told, on=DAY)
    assert notice_remark(Body.REPRESENTATIVES, None, on=DAY) == ""


def test_all_members_are_not_fewer_than_those_who_may_vote():
    with pytest.raises(Refused, match="全体成员的人数"):
        judged(Body.MEMBERS, 30, 30, 30, notified_on=TOLD)
    with pytest.raises(Refused, match="少于具有完全民事行为能力的 30 人"):
        judged(Body.MEMBERS, 30, 30, 30, whole=29, notified_on=TOLD)


@pytest.mark.parametrize(
    ("expected", "in_favour", "passed"), [(21, 14, True), (21, 13, False), (22, 14, False), (22, 15, True)]
)
def test_the_collectives_representatives_two_thirds_of_all_agree(expected, in_favour, passed):
    found = judged(Body.MEMBER_REPRESENTATIVES, expected, 20, in_favour, notified_on=TOLD)
    assert found == (passed, "FIN-11")


def test_twenty_representatives_are_too_few():
    with pytest.raises(Refused, match="超过 20 人"):
        judged(Body.MEMBER_REPRESENTATIVES, 20, 20, 20, notified_on=TOLD)


@pytest.mark.parametrize(
    ("present", "in_favour", "outcome"),
    [
        (14, 14, (False, "MEET-11")),
        (15, 15, (False, "MEET-11")),
        (16, 16, (True, "MEET-11")),
        (20, 15, (False, "MEET-11")),
    ],
)
def test_party_members_half_come_and_more_than_half_of_all_agree(present, in_favour, outcome):
    assert judged(Body.PARTY_MEETING, 30, present, in_favour) == outcome


@pytest.mark.parametrize(("present", "outcome"), [(19, (False, "RURAL-06")), (20, (True, "MEET-11"))])
def test_a_county_may_want_two_thirds_of_the_party_members(present, outcome):
    assert judged(Body.PARTY_MEETING, 30, present, present, overrides={"RURAL-06/present": 2}) == outcome


@pytest.mark.parametrize(("present", "in_favour", "passed"), [(3, 3, False), (4, 2, False), (4, 3, True)])
def test_the_joint_meeting(present, in_favour, passed):
    assert judged(Body.JOINT_MEETING, 7, present, in_favour) == (passed, "RURAL-01")


@pytest.mark.parametrize(("present", "in_favour", "passed"), [(2, 2, False), (3, 2, True), (3, 1, False)])
def test_the_party_committee(present, in_favour, passed):
    assert judged(Body.PARTY_COMMITTEE, 5, present, in_favour) == (passed, "MEET-02")


@pytest.mark.parametrize(
    ("figures", "field"),
    [((0, 0, 0), "expected"), ((10, 11, 11), "present"), ((10, 9, 8), "in_favour")],
)
def test_figures_that_cannot_be_right_are_refused(figures, field):
    with pytest.raises(Refused) as refused:
        judged(Body.JOINT_MEETING, *figures, against=0)

    assert refused.value.field == field


def test_the_sentence_names_the_figures():
    sentence = verdict(Body.REPRESENTATIVES, Count(30, 19, 19), on=DAY).sentence

    assert sentence == "应到组成人员 30 人，实到 19 人，至少要到 20 人，会议无效。"
