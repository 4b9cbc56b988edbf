"""What is due, overdue, done and not applicable on a day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.figures import duties
from apps.figures.duties import Obligation, judging
from apps.figures.rules import DutyState
from tests.factories import MemberFactory, OrganizationFactory, PartyGroupFactory
from tests.figures.conftest import October, hold

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def said(rows: list[Obligation], state: DutyState) -> dict[str, str]:
    return {
        f"{each.title}{each.group.name if each.group else ''}": each.state_words
        for each in rows
        if each.state is state
    }


def test_a_branch_s_duties_are_overdue_due_or_done(meetings: October) -> None:
    rows = duties.duties_for(meetings.county.branch, on=TODAY)

    assert said(rows, DutyState.OVERDUE) == {
        "支部党员大会（2026年第三季度）": "逾期53天",
        "党课（2026年第三季度）": "逾期53天",
        "党小组会（2026年10月）第二党小组": "逾期22天",
    }
    assert said(rows, DutyState.DUE) == {
        "支部委员会会议（2026年11月）": "还有8天",
        "党小组会（2026年11月）第一党小组": "还有8天",
        "党小组会（2026年11月）第二党小组": "还有8天",
        "主题党日（2026年11月）": "还有8天",
        "党课（2026年第四季度）": "还有39天",
        "组织生活会（2026年）": "还有39天",
        "民主评议党员（2026年）": "还有39天",
        "谈心谈话（2026年）": "还有39天",
        "向党员大会述职（2026年）": "还有39天",
    }
    assert said(rows, DutyState.DONE) == {
        "支部党员大会（2026年第四季度）": "已完成",
        "支部委员会会议（2026年10月）": "已完成",
        "党小组会（2026年10月）第一党小组": "已完成",
        "主题党日（2026年10月）": "已完成",
    }
    assert [each.state for each in rows] == sorted(
        (each.state for each in rows), key=list(judging._RANK).index
    )


def test_each_duty_shows_its_rule_and_what_counts(meetings: October) -> None:
    (done,) = [
        each
        for each in duties.duties_for(meetings.county.branch, on=TODAY)
        if each.kind == "theme_day" and each.state is DutyState.DONE
    ]

    assert (done.rule.code, str(done.period), done.held, done.due_on) == (
        "MEET-06",
        "2026-10",
        1,
        date(2026, 10, 31),
    )
    assert done.rule.source.article == "第十六条"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 31), "今天到期"),
        (date(2026, 11, 1), "逾期1天"),
        (date(2026, 10, 1), "还有30天"),
    ],
)
def test_the_last_day_of_the_month_is_the_last_to_do_it(october: October, day: date, words: str) -> None:
    (theme_day,) = [
        each
        for each in duties.duties_below(october.county.other_branch.pk, on=day)
        if each.kind == "theme_day" and str(each.period) == "2026-10"
    ]

    assert theme_day.state_words == words


def test_what_does_not_apply_says_why_and_is_never_overdue(meetings: October) -> None:
    rows = duties.duties_below(meetings.county.second_branch.pk, on=TODAY)

    assert {each.reason for each in rows if each.kind == "committee_meeting"} == {
        "正式党员6名，不设支委会，不计"
    }
    assert {each.reason for each in rows if each.kind == "group_meeting"} == {"没有划分党小组，不计"}
    assert DutyState.OVERDUE not in {
        each.state for each in rows if each.kind in ("committee_meeting", "group_meeting")
    }


def test_the_month_before_is_judged_by_the_members_it_had(october: October) -> None:
    """A seventh full member in November makes the committee's meeting due then, not in October."""
    MemberFactory(branch=october.county.second_branch, joined_on=date(2025, 11, 10))
    states = {
        str(each.period): each.state
        for each in duties.duties_below(october.county.second_branch.pk, on=TODAY)
        if each.kind == "committee_meeting"
    }

    assert states == {"2026-10": DutyState.EXEMPT, "2026-11": DutyState.DUE}


def test_before_the_regulation_there_were_no_duties(october: October) -> None:
    assert duties.duties_below(october.county.root.pk, on=date(2017, 5, 20)) == []
    assert duties.overdue_below(october.county.root, on=date(2017, 5, 20)).count == 0


def test_the_quarter_before_the_regulation_asks_nothing(october: October) -> None:
    periods = {str(each.period) for each in duties.duties_below(october.county.root.pk, on=date(2019, 2, 3))}

    assert periods == {"2019-01", "2019-02", "2019-Q1", "2019"}


def test_overdue_comes_worst_first_and_by_part(meetings: October, county_officer: User) -> None:
    found = duties.overdue_for(county_officer, on=TODAY)

    assert [(matter.title, matter.where, matter.days) for matter in found.matters] == [
        ("换届", "河口镇东湾村党支部", 73),
        ("党课（2026年第三季度）", "河口镇党委 2个党支部", 53),
        ("支部党员大会（2026年第三季度）", "河口镇党委 2个党支部", 53),
        ("党课（2026年第三季度）", "石桥乡上寨村党支部", 53),
        ("支部党员大会（2026年第三季度）", "石桥乡上寨村党支部", 53),
        ("党小组会（2026年10月）", "河口镇东湾村党支部第二党小组", 22),
        ("主题党日（2026年10月）", "石桥乡上寨村党支部", 22),
        ("支部委员会会议（2026年10月）", "石桥乡上寨村党支部", 22),
    ]
    assert found.count == 10


def test_nobody_sees_what_is_overdue_elsewhere(
    meetings: October, neighbour: User, township_officer: User, supervisor: User
) -> None:
    theirs = {
        each.unit.name
        for matter in duties.overdue_for(neighbour, on=TODAY).matters
        for each in matter.obligations
    }
    ours = {
        each.unit.name
        for matter in duties.overdue_for(township_officer, on=TODAY).matters
        for each in matter.obligations
    }

    assert theirs == {"石桥乡上寨村党支部"}
    assert ours == {"河口镇东湾村党支部", "河口镇西湾村党支部"}
    assert duties.overdue_for(supervisor, on=TODAY).matters == ()


def count_queries(organization_id: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        duties.duties_below(organization_id, on=TODAY)
    return len(captured)


def test_thirty_branches_more_cost_no_query_more(meetings: October) -> None:
    few = count_queries(meetings.county.root.pk)
    for number in range(30):
        branch = OrganizationFactory(parent=meetings.county.township, code=f"88011{number:02}")
        PartyGroupFactory(branch=branch)
        MemberFactory.create_batch(2, branch=branch)
        hold(branch, "theme_day")

    assert count_queries(meetings.county.root.pk) == few == 18
