"""The year's theme days: filed by saving, offered from above, and filled into the record."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from apps.audit.models import Deed
from apps.core.errors import Refused
from apps.core.monthly import MonthlyDay
from apps.core.periods import Month, Year
from apps.meetings.kinds import Kind
from apps.meetings.models import ThemePlan
from apps.meetings.plans import queries, services, theme_for
from apps.meetings.plans.lines import PlanLine, taken_over
from apps.meetings.prefilling import Wish, prefilled
from tests.factories import OrganizationFactory, ThemePlanFactory

NEXT_YEAR = Year(2027)
MARCH, APRIL = Month(2027, 3), Month(2027, 4)


def themes_of(organization, year=NEXT_YEAR):
    return {line.month.month: line.theme for line in queries.lines_of(organization, year) if line.theme}


class TestSaving:
    def test_it_is_filed_to_the_level_above_at_once(self, county, branch_secretary, township_officer):
        services.save_plan(county.branch, [PlanLine(MARCH, "春季植树")], by=branch_secretary)
        (first, second) = queries.progress_below(township_officer, NEXT_YEAR)
        assert (first.branch, first.planned, first.is_whole) == (county.branch, 1, False)
        assert (second.branch, second.planned) == (county.second_branch, 0)

    def test_saving_the_same_again_writes_nothing(self, county, branch_secretary):
        lines = [PlanLine(MARCH, "春季植树", date(2027, 3, 12), "后山")]
        assert services.save_plan(county.branch, lines, by=branch_secretary) == lines
        assert services.save_plan(county.branch, lines, by=branch_secretary) == []
        assert Deed.objects.filter(action="meetings.plan").count() == 1

    def test_an_emptied_line_is_no_longer_planned(self, county, branch_secretary):
        ThemePlanFactory(organization=county.branch, month=MARCH)
        services.save_plan(county.branch, [PlanLine(MARCH)], by=branch_secretary)
        assert themes_of(county.branch) == {}

    @pytest.mark.parametrize(
        ("line", "sentence"),
        [
            (PlanLine(MARCH, place="后山"), "3月写了日子或地点，还没有写主题。"),
            (PlanLine(MARCH, "植树", date(2027, 4, 1)), "3月的日子要在这个月里。"),
        ],
    )
    def test_what_cannot_be(self, county, branch_secretary, line, sentence):
        with pytest.raises(Refused) as refused:
            services.save_plan(county.branch, [line, PlanLine(APRIL, "学习")], by=branch_secretary)
        assert (refused.value.sentence, refused.value.field) == (sentence, "2027-03")
        assert not ThemePlan.objects.exists()

    def test_a_branchs_plan_is_written_by_the_branch_and_by_nobody_above(self, county, township_officer):
        with pytest.raises(PermissionDenied):
            services.save_plan(county.branch, [PlanLine(MARCH, "植树")], by=township_officer)

    def test_what_is_offered_is_written_by_the_office_and_by_no_branch(self, county, branch_secretary):
        with pytest.raises(PermissionDenied):
            services.save_plan(county.township, [PlanLine(MARCH, "植树")], by=branch_secretary)

    @pytest.mark.parametrize(
        "wrong", [{"theme": ""}, {"planned_on": date(2027, 4, 1)}, {"planned_on": date(2026, 3, 1)}]
    )
    def test_the_database_holds_it_too(self, county, wrong):
        with pytest.raises(IntegrityError):
            ThemePlanFactory(organization=county.branch, month=MARCH, **wrong)


class TestChanges:
    def test_each_later_change_stays_to_be_seen(self, county, branch_secretary):
        for line in (
            PlanLine(MARCH, "植树"),
            PlanLine(MARCH, "学习"),
            PlanLine(MARCH),
            PlanLine(MARCH, "走访"),
        ):
            services.save_plan(county.branch, [line], by=branch_secretary)
        found = [(each.sentence, each.changes) for each in queries.changes_of(county.branch, NEXT_YEAR)]
        assert found == [
            ("2027年3月又写了计划", (("主题", "", "走访"),)),
            ("2027年3月取消了计划", (("主题", "学习", ""),)),
            ("2027年3月改了计划", (("主题", "植树", "学习"),)),
        ]

    def test_what_was_filed_once_and_left_alone_has_no_changes(self, county, branch_secretary):
        services.save_plan(county.branch, [PlanLine(MARCH, "植树")], by=branch_secretary)
        assert queries.changes_of(county.branch, NEXT_YEAR) == []


class TestOffered:
    @pytest.fixture
    def offered(self, county):
        ThemePlanFactory(organization=county.root, month=MARCH, theme="县里的主题")
        ThemePlanFactory(organization=county.root, month=APRIL, theme="县里的四月")
        ThemePlanFactory(organization=county.township, month=MARCH, theme="镇里的主题")
        ThemePlanFactory(organization=county.other_township, month=APRIL, theme="邻乡的主题")

    def test_the_nearest_above_wins(self, county, offered):
        assert queries.offered_to(county.branch, NEXT_YEAR.months) == {
            MARCH: "镇里的主题",
            APRIL: "县里的四月",
        }

    def test_one_tap_fills_the_empty_months(self, county, offered, branch_secretary):
        lines = [PlanLine(MARCH, "自己的"), PlanLine(APRIL), PlanLine(Month(2027, 5))]
        services.save_plan(county.branch, lines, by=branch_secretary, take="all")
        assert themes_of(county.branch) == {3: "自己的", 4: "县里的四月"}

    def test_one_month_is_taken_over_whatever_stood_there(self):
        lines = [PlanLine(MARCH, "自己的", place="后山"), PlanLine(APRIL)]
        assert taken_over(lines, {MARCH: "镇里的", APRIL: "县里的"}, "2027-03") == [
            PlanLine(MARCH, "镇里的", place="后山"),
            PlanLine(APRIL),
        ]

    def test_they_are_suggested_and_then_the_branchs_own_of_other_years(self, county, offered):
        ThemePlanFactory(organization=county.branch, month=Month(2026, 5), theme="去年自己的")
        found = queries.suggestions_for(county.branch, NEXT_YEAR)
        assert found == ["镇里的主题", "县里的四月", "去年自己的"]


class TestTheRecord:
    def test_a_theme_day_comes_with_the_planned_theme(self, village):
        ThemePlanFactory(organization=village.branch, theme="护林防火")
        assert prefilled(village.branch, Wish(Kind.THEME_DAY)).topic == "护林防火"
        assert prefilled(village.branch, Wish(Kind.COMMITTEE_MEETING)).topic == ""

    def test_without_a_plan_with_the_one_offered(self, county):
        assert theme_for(county.branch, MARCH) == ""
        ThemePlanFactory(organization=county.township, month=MARCH, theme="镇里的主题")
        assert theme_for(county.branch, MARCH) == "镇里的主题"

    def test_a_past_month_is_recorded_on_its_fixed_weekday(self, village):
        village.branch.theme_week, village.branch.theme_weekday = 2, 5
        entry = prefilled(village.branch, Wish(Kind.THEME_DAY, Month(2026, 10)))
        assert entry.held_on == date(2026, 10, 9)

    @pytest.mark.parametrize(
        ("day", "held_on"), [(date(2026, 11, 3), date(2026, 11, 3)), (date(2026, 12, 1), date(2026, 11, 22))]
    )
    def test_the_calendar_asks_for_a_day_that_has_come(self, village, day, held_on):
        assert prefilled(village.branch, Wish(day=day)).held_on == held_on


class TestTheFixedDay:
    def test_the_branch_fixes_it_itself(self, county, branch_secretary):
        services.fix_theme_day(county.branch, MonthlyDay(week=2, weekday=5), by=branch_secretary)
        county.branch.refresh_from_db()
        assert county.branch.fixed_theme_day == MonthlyDay(week=2, weekday=5)
        services.fix_theme_day(county.branch, None, by=branch_secretary)
        county.branch.refresh_from_db()
        assert county.branch.fixed_theme_day is None

    @pytest.mark.parametrize(
        "wrong", [{"theme_day": 5, "theme_week": 1, "theme_weekday": 1}, {"theme_week": 1}]
    )
    def test_it_is_one_day_or_none(self, county, wrong):
        with pytest.raises(IntegrityError):
            OrganizationFactory(parent=county.township, **wrong)


class TestPages:
    @pytest.fixture
    def address(self, county):
        return reverse("meetings:plan", args=[county.branch.pk, 2027])

    def test_a_secretary_comes_straight_to_their_own(self, signed_in, branch_secretary, address):
        answer = signed_in(branch_secretary).get(reverse("meetings:plans"), {"year": "2027"})
        assert answer.headers["Location"] == address

    def test_saved_with_the_fixed_day(self, signed_in, branch_secretary, county, address):
        sent = {"2027-03": "植树", "2027-03-planned_on": "2027-03-12", "fixed": "2-5"}
        answer = signed_in(branch_secretary).post(address, sent, follow=True)
        assert [str(each) for each in answer.context["messages"]] == ["已保存，改了 1 个月。上级已经能看到。"]
        county.branch.refresh_from_db()
        assert county.branch.fixed_theme_day == MonthlyDay(week=2, weekday=5)
        assert ThemePlan.objects.get().day == date(2027, 3, 12)

    def test_a_mistake_stands_at_its_month(self, signed_in, branch_secretary, address):
        answer = signed_in(branch_secretary).post(address, {"2027-03-place": "后山"})
        assert answer.status_code == 422
        assert answer.context["form"].errors == {"2027-03": ["3月写了日子或地点，还没有写主题。"]}

    def test_the_township_reads_it(self, signed_in, township_officer, county, address):
        ThemePlanFactory(organization=county.branch, month=MARCH, theme="植树")
        client = signed_in(township_officer)
        answer = client.get(address)
        assert ("植树" in answer.content.decode(), answer.context["may_write"]) == (True, False)
        assert client.post(address, {"2027-03": "别的"}).status_code == 403

    def test_the_list_asks_the_database_as_often_for_one_branch_as_for_many(
        self, signed_in, township_officer, county, django_assert_max_num_queries
    ):
        client = signed_in(township_officer)
        client.get(reverse("meetings:plans"))
        with django_assert_max_num_queries(100) as few:
            client.get(reverse("meetings:plans"))
        OrganizationFactory.create_batch(3, parent=county.township)
        with django_assert_max_num_queries(len(few)):
            answer = client.get(reverse("meetings:plans"))
        assert len(answer.context["page"].object_list) == 5
