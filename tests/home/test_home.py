"""Each role lands on a first screen that says what is due in their scope."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.core.periods import Month
from apps.meetings import statistics
from tests.factories import (
    AttendanceFactory,
    GrantFactory,
    MeetingFactory,
    MemberFactory,
    SeatFactory,
    TermFactory,
    UserFactory,
)

TODAY = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


@pytest.fixture(autouse=True)
def on_the_22nd_of_november():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def staffed(county):
    """The branch has eight full members, a committee of three, and held October's theme day."""
    members = [MemberFactory(branch=county.branch) for _ in range(8)]
    term = TermFactory(organization=county.branch)
    for member in members[:3]:
        SeatFactory(term=term, member=member)
    meeting = MeetingFactory(organization=county.branch)
    for member in members:
        AttendanceFactory(meeting=meeting, member=member)
    statistics.refresh_all([Month(2026, 10)])
    return members


def first_screen(client):
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_secretary_reads_what_is_overdue_with_its_rule_and_the_button_that_does_it(
    staffed, branch_secretary, signed_in
):
    page = first_screen(signed_in(branch_secretary))
    assert "10月没有支委会记录。每月一次，补记也可以。" in page
    assert "kind=committee_meeting&amp;month=2026-10" in page
    assert 'href="/regulations/MEET-02/"' in page


def test_each_line_opens_its_rule_and_the_records_that_count(staffed, county, branch_secretary, signed_in):
    client = signed_in(branch_secretary)
    lines = client.get("/").context["lines"]
    found = {line.title: client.get(line.opens).context["found"] for line in lines}

    assert {page.organization for page in found.values()} == {county.branch}
    assert [page.title.partition("（")[0] for page in found.values()] == [
        {"支委会": "支部委员会会议", "党员大会": "支部党员大会"}.get(title, title) for title in found
    ]


def test_a_secretary_reads_what_is_due_still(staffed, branch_secretary, signed_in):
    page = first_screen(signed_in(branch_secretary))
    assert "第四季度还没有开。每季度一次。" in page
    assert "还有39天" in page


def test_october_s_theme_day_is_done_and_not_asked_for(staffed, branch_secretary, signed_in):
    assert "10月没有主题党日" not in first_screen(signed_in(branch_secretary))


def test_a_branch_without_a_committee_is_not_asked_for_its_meetings(county, branch_secretary, signed_in):
    for _ in range(6):
        MemberFactory(branch=county.branch)
    assert "记支委会" not in first_screen(signed_in(branch_secretary))


def test_a_secretary_is_told_of_a_probation_that_ends(staffed, county, branch_secretary, signed_in):
    MemberFactory(
        branch=county.branch, name="王建国", probationary=True, joined_on=datetime.date(2025, 12, 18)
    )
    page = first_screen(signed_in(branch_secretary))
    assert "12月18日" in page
    assert "王建国" in page


def test_an_officer_sees_their_township_and_nothing_of_the_other(
    staffed, county, township_officer, signed_in
):
    for _ in range(3):
        MemberFactory(branch=county.other_branch)
    page = first_screen(signed_in(township_officer))
    assert "河口镇东湾村党支部" in page
    assert "石桥乡" not in page


def test_the_neighbour_sees_theirs(staffed, county, neighbour, signed_in):
    page = first_screen(signed_in(neighbour))
    assert "石桥乡" in page
    assert "河口镇" not in page


def test_the_county_s_first_screen_takes_as_many_queries_for_more_branches(
    staffed, county, county_officer, signed_in
):
    client = signed_in(county_officer)
    with CaptureQueriesContext(connection) as few:
        first_screen(client)
    for branch in (county.second_branch, county.other_branch):
        for _ in range(8):
            MemberFactory(branch=branch)
    with CaptureQueriesContext(connection) as more:
        first_screen(client)
    assert len(more) == len(few)


def test_an_empty_installation_says_what_to_do_first(db, signed_in):
    administrator = GrantFactory(role="county_administrator", organization=None).user
    page = first_screen(signed_in(administrator))
    assert "先导入党组织台账" in page
    assert reverse("imports:new", args=["organizations"]) in page


def test_the_supervision_committee_sees_its_village_and_no_roster(staffed, supervisor, signed_in):
    page = first_screen(signed_in(supervisor))
    assert "河口镇东湾村党支部" in page
    assert staffed[0].name not in page


def test_who_holds_no_role_is_told_whom_to_ask(db, signed_in):
    assert "请找县级管理员" in first_screen(signed_in(UserFactory()))


def test_search_finds_organizations_members_and_meetings_in_scope_only(
    staffed, county, township_officer, neighbour, signed_in
):
    MemberFactory(branch=county.branch, name="欧阳明月")
    assert "欧阳明月" in signed_in(township_officer).get("/search/", {"q": "欧阳"}).content.decode()
    assert "没有找到" in signed_in(neighbour).get("/search/", {"q": "欧阳"}).content.decode()
    assert "河口镇东湾村党支部" in signed_in(township_officer).get("/search/", {"q": "东湾"}).content.decode()
    assert "学习党章" in signed_in(township_officer).get("/search/", {"q": "党章"}).content.decode()


def test_search_for_a_nul_finds_nothing(staffed, township_officer, signed_in):
    assert signed_in(township_officer).get(reverse("home:search"), {"q": "\0"}).status_code == 200


def test_what_is_overdue_in_many_branches_opens_the_list_behind_it(
    staffed, county, county_officer, signed_in
):
    """One line for the township's two branches; the list behind it is as long as the line says."""
    for _ in range(8):
        MemberFactory(branch=county.second_branch)
    client = signed_in(county_officer)
    page = client.get("/overdue/").content.decode()
    asked = "period=2026-10&amp;by=branch&amp;rule=MEET-02&amp;state=overdue"
    href = f"/duties/?organization={county.township.pk}&amp;{asked}"
    assert href in page
    listing = client.get(href.replace("&amp;", "&")).content.decode()
    assert county.branch.name in listing
    assert county.second_branch.name in listing
    assert county.other_branch.name not in listing
