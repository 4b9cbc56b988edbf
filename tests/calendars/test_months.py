"""The branch's calendar: what was held, planned, is due and ends; and the office's week."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from apps.calendars.entries import Entry, Mark, by_month, weeks_of
from apps.calendars.queries import entries_for, theme_days_of_week
from apps.core.calendar import CHINA
from apps.core.periods import Month, Year
from tests.factories import (
    MeetingFactory,
    MemberFactory,
    OrganizationFactory,
    TermFactory,
    ThemePlanFactory,
)
from tests.figures.conftest import hold

TODAY = date(2026, 11, 22)
NOVEMBER = Month(2026, 11)


@pytest.fixture(autouse=True)
def on_22_november():
    with time_machine.travel(datetime(2026, 11, 22, 10, tzinfo=CHINA), tick=False):
        yield


def shown(branch, user, period=NOVEMBER):
    return [
        (entry.day.day, entry.mark, entry.title, entry.sentence)
        for entry in sorted(entries_for(branch, user, period, on=TODAY), key=lambda entry: entry.key)
    ]


class TestEntries:
    def test_a_record_stands_on_its_day(self, county, branch_secretary):
        hold(county.branch, "theme_day", on=date(2026, 11, 5))
        assert (5, Mark.HELD, "主题党日", "学习党章") in shown(county.branch, branch_secretary)

    def test_a_planned_theme_day_stands_until_it_is_recorded(self, county, branch_secretary):
        ThemePlanFactory(organization=county.branch, theme="植树", planned_on=date(2026, 11, 12))
        planned = (12, Mark.PLANNED, "主题党日", "植树")
        assert planned in shown(county.branch, branch_secretary)
        hold(county.branch, "theme_day", on=date(2026, 11, 13))
        assert planned not in shown(county.branch, branch_secretary)

    def test_a_fixed_weekday_stands_there_even_without_a_theme(self, county, branch_secretary):
        county.branch.theme_week, county.branch.theme_weekday = 4, 5
        found = shown(county.branch, branch_secretary)
        assert (27, Mark.PLANNED, "主题党日", "主题还没有写。") in found

    def test_what_is_due_stands_on_its_last_day_with_its_rule(self, county, branch_secretary):
        (due,) = [
            entry
            for entry in entries_for(county.branch, branch_secretary, NOVEMBER, on=TODAY)
            if entry.key.startswith("duty-MEET-06")
        ]
        assert (due.day, due.mark, due.sentence) == (
            date(2026, 11, 30), Mark.DUE, "2026年11月的，最迟这一天。"
        )  # fmt: skip
        assert due.record == f"/meetings/new/?branch={county.branch.code}&kind=theme_day"
        assert due.source == "支部工作条例第十六条"
        assert due.href == f"/duties/{county.branch.pk}/MEET-06/2026-11/"

    def test_what_is_done_in_a_room_of_its_own_is_done_there(self, county, branch_secretary):
        branch = county.branch
        done_at = {
            entry.title: entry.record
            for entry in entries_for(branch, branch_secretary, Year(2026), on=TODAY)
            if entry.mark is Mark.DUE
        }
        assert (done_at["民主评议党员"], done_at["谈心谈话"]) == (
            f"/reviews/branches/{branch.pk}/", f"/talks/new/?branch={branch.code}",
        )  # fmt: skip

    def test_what_was_missed_stands_in_its_month(self, county, branch_secretary):
        found = shown(county.branch, branch_secretary, Month(2026, 10))
        assert (31, Mark.OVERDUE, "主题党日", "2026年10月还没有记录，补记也可以。") in found

    def test_terms_and_probations_end(self, county, branch_secretary):
        TermFactory(organization=county.branch, elected_on=date(2021, 11, 20), years=5)
        member = MemberFactory(branch=county.branch, probationary=True, joined_on=date(2025, 11, 25))
        found = [each[:3] for each in shown(county.branch, branch_secretary) if each[1] is Mark.ENDING]
        assert found == [(25, Mark.ENDING, f"{member.name}预备期满"), (20, Mark.ENDING, "本届任期届满")]

    def test_whoever_does_not_see_the_roster_sees_no_names(self, county, supervisor):
        MemberFactory(branch=county.branch, probationary=True, joined_on=date(2025, 11, 25))
        assert [each for each in shown(county.branch, supervisor) if each[1] is Mark.ENDING] == []

    def test_a_draft_is_the_branchs_own(self, county, branch_secretary, township_officer):
        MeetingFactory(organization=county.branch, state="draft", submitted_at=None,
                       held_at=datetime(2026, 11, 3, 9, tzinfo=CHINA))  # fmt: skip
        held = [each for each in shown(county.branch, branch_secretary) if each[1] is Mark.HELD]
        assert held == [(3, Mark.HELD, "主题党日（草稿）", "学习党章")]
        assert [each for each in shown(county.branch, township_officer) if each[1] is Mark.HELD] == []


def test_a_month_is_weeks_from_monday():
    entry = Entry(date(2026, 11, 5), Mark.HELD, "主题党日", "a")
    late = Entry(date(2026, 11, 5), Mark.OVERDUE, "支委会", "b")
    weeks = weeks_of(NOVEMBER, [entry, late], today=TODAY, record={date(2026, 11, 1): "/记"})
    assert [len(week) for week in weeks] == [7] * 6
    days = [day for week in weeks for day in week if day]
    assert [day.on.day for day in days] == list(range(1, 31))
    assert (days[0].on.weekday(), weeks[0][:6], weeks[0][6]) == (6, (None,) * 6, days[0])
    assert (days[4].entries, days[0].record, days[21].is_today) == ((late, entry), "/记", True)


def test_a_year_is_its_months_in_order():
    entry = Entry(date(2026, 11, 5), Mark.HELD, "主题党日", "a")
    found = dict(by_month(Year(2026).months, [entry]))
    assert ([month for month, entries in found.items() if entries], len(found)) == ([NOVEMBER], 12)


class TestPages:
    def test_a_secretary_comes_to_their_month(self, county, signed_in, branch_secretary):
        answer = signed_in(branch_secretary).get(reverse("calendars:calendar"))
        assert answer.headers["Location"] == f"/calendar/{county.branch.pk}/2026/11/"

    def test_an_office_comes_to_its_week(self, signed_in, township_officer):
        answer = signed_in(township_officer).get(reverse("calendars:calendar"))
        assert answer.headers["Location"] == "/calendar/week/"

    def test_from_a_day_that_has_come_a_meeting_is_recorded(self, county, signed_in, branch_secretary):
        answer = signed_in(branch_secretary).get(f"/calendar/{county.branch.pk}/2026/11/")
        html = answer.content.decode()
        address = f"/meetings/new/?branch={county.branch.code}&amp;day=2026-11-"
        assert (f'{address}22"' in html, f'{address}23"' in html) == (True, False)

    def test_the_township_looks_and_records_nothing(self, county, signed_in, township_officer):
        answer = signed_in(township_officer).get(f"/calendar/{county.branch.pk}/2026/11/")
        assert "/meetings/new/" not in answer.content.decode()

    @pytest.mark.parametrize("when", ["2026/13", "2026/0", "1900/1", "2999/12", "99999/1", "0"])
    def test_what_is_no_month_is_not_found(self, county, signed_in, branch_secretary, when):
        assert signed_in(branch_secretary).get(f"/calendar/{county.branch.pk}/{when}/").status_code == 404

    @pytest.mark.parametrize("address", ["2026/11/", "2026/"])
    def test_the_database_is_asked_as_often_for_many_entries(
        self, county, signed_in, branch_secretary, django_assert_max_num_queries, address
    ):
        client, path = signed_in(branch_secretary), f"/calendar/{county.branch.pk}/{address}"
        client.get(path)
        with django_assert_max_num_queries(100) as few:
            client.get(path)
        for day in (3, 5, 8):
            hold(county.branch, "theme_day", on=date(2026, 11, day))
        MemberFactory.create_batch(3, branch=county.branch, probationary=True)
        with django_assert_max_num_queries(len(few)):
            assert client.get(path).context["branch"] == county.branch


class TestTheWeek:
    def test_who_planned_who_fixed_and_who_held_it(self, county, township_officer):
        ThemePlanFactory(organization=county.branch, theme="植树", planned_on=date(2026, 11, 19))
        county.second_branch.theme_day = 20
        county.second_branch.save()
        held = hold(county.second_branch, "theme_day", on=date(2026, 11, 18))
        ThemePlanFactory(organization=county.other_branch, planned_on=date(2026, 11, 19))
        rows = theme_days_of_week(township_officer, date(2026, 11, 16))
        assert [(row.day.day, row.branch, row.theme, row.meeting) for row in rows] == [
            (18, county.second_branch, "学习党章", held),
            (19, county.branch, "植树", None),
        ]

    def test_another_week_has_others(self, signed_in, county, township_officer):
        county.branch.theme_day = 5
        county.branch.save()
        answer = signed_in(township_officer).get("/calendar/week/", {"from": "2026-12-03"})
        assert [row.day for row in answer.context["page"].object_list] == [date(2026, 12, 5)]
        assert answer.context["monday"] == date(2026, 11, 30)

    def test_the_database_is_asked_as_often_for_many_branches(
        self, signed_in, county, township_officer, django_assert_max_num_queries
    ):
        client = signed_in(township_officer)
        client.get("/calendar/week/")
        with django_assert_max_num_queries(100) as few:
            client.get("/calendar/week/")
        for _ in range(4):
            branch = OrganizationFactory(parent=county.township, theme_day=20)
            hold(branch, "theme_day", on=date(2026, 11, 20))
        with django_assert_max_num_queries(len(few)):
            assert len(client.get("/calendar/week/").context["page"].object_list) == 4
