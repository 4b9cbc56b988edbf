"""The frame of each page: whose name, which county, which entries."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from apps.accounts.models import User
from apps.home.context import Navigation, navigation_of
from apps.home.places import Place, place_of
from tests.factories import GrantFactory, OrganizationFactory, UserFactory


def frame(user: User, path: str = "/") -> Navigation:
    request = RequestFactory().get(path)
    request.user = user
    return navigation_of(request)


def titles(entries) -> list[str]:
    return [entry.title for entry in entries]


def test_a_county_officer_has_the_whole_bar(county_officer):
    nav = frame(county_officer)
    assert titles(nav.entries) == [
        "要办的事",
        "党组织",
        "党员",
        "三会一课",
        "完成情况",
        "村务公开",
        "报表",
        "制度依据",
    ]
    assert titles(nav.extra) == [
        *("民主评议", "党课", "谈心谈话", "日历", "打印归档", "提醒", "导入记录"),
    ]
    assert (nav.frame, nav.county, nav.place, nav.person) == ("base.html", "清源县", "组织部", "县组织部陈静")


def test_an_administrator_has_accounts_and_deeds_besides(county_administrator):
    extra = titles(frame(county_administrator).extra)
    assert extra[:6] == ["民主评议", "党课", "谈心谈话", "日历", "打印归档", "提醒"]
    assert extra[6:] == ["导入记录", "操作记录", "账号管理"]


def test_a_township_officer_is_named_by_their_township(township_officer, neighbour):
    assert [frame(user).place for user in (township_officer, neighbour)] == ["河口镇党委", "石桥乡党委"]


def test_a_branch_secretary_gets_the_phone_and_the_rest_under_more(branch_secretary):
    nav = frame(branch_secretary)
    assert (nav.frame, nav.place) == ("branch.html", "河口镇东湾村党支部")
    assert titles(nav.tabs) == ["首页", "会议", "党员"]
    assert titles(nav.extra) == [
        *("党组织", "完成情况", "村务公开", "报表", "制度依据"),
        *("民主评议", "党课", "谈心谈话", "这部手机上的记录", "日历", "打印归档", "提醒"),
    ]


def test_the_supervision_committee_sees_no_roster_and_no_meetings(supervisor):
    nav = frame(supervisor)
    assert titles(nav.entries) == ["要办的事", "党组织", "村务公开", "制度依据"]
    assert titles(nav.tabs) == ["首页", "公开"]


def test_the_search_names_only_what_it_finds(county_officer, supervisor):
    assert [frame(user).searched for user in (county_officer, supervisor)] == ["组织、党员、会议", "组织"]


@pytest.mark.parametrize(
    ("role", "place"),
    [("civil_affairs", "民政局"), ("agriculture", "农业农村局"), ("auditor", "中国共产党清源县委员会")],
)
def test_a_county_desk_is_named_by_its_office(role, place, county):
    user = UserFactory.create()
    GrantFactory.create(user=user, role=role, organization=county.root)
    assert place_of(user) == Place("清源县", place)


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", ["要办的事"]), ("/members/17/", ["党员"]), ("/reports/", ["报表"]), ("/password/", [])],
)
def test_the_entry_of_the_page_is_marked(path, current, county_officer):
    assert [entry.title for entry in frame(county_officer, path).entries if entry.current] == current


def test_a_stranger_has_no_entries(db):
    request = RequestFactory().get("/login/")
    request.user = AnonymousUser()
    nav = navigation_of(request)
    assert (nav.entries, nav.person, nav.county) == ((), "", "")


def test_somebody_without_grants_has_a_name_and_no_place(db):
    user = UserFactory.create(name="还没有授权的人")
    assert place_of(user) == Place()
    assert titles(frame(user).entries) == ["要办的事", "制度依据"]


def test_a_grant_everywhere_names_the_only_county(county):
    user = UserFactory.create()
    GrantFactory.create(user=user, role="county_administrator", organization=None)
    assert place_of(user) == Place("清源县", "组织部")


def test_with_two_counties_a_grant_everywhere_names_none(county):
    OrganizationFactory.create(
        code="77", name="中国共产党平川县委员会", kind="committee", sector="county_organ"
    )
    user = UserFactory.create()
    GrantFactory.create(user=user, role="county_administrator", organization=None)
    assert place_of(user).county == ""


def test_the_frame_asks_the_database_twice(branch_secretary, django_assert_num_queries):
    user = User.objects.get(pk=branch_secretary.pk)
    with django_assert_num_queries(2):
        frame(user)


def test_the_lists_behind_figures_stand_under_the_reports(county_officer, signed_in):
    page = signed_in(county_officer).get("/figures/").content.decode()
    assert '<a href="/reports/" aria-current="page">报表</a>' in page
