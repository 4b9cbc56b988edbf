"""The matrix: branches by duties, from the county down to the records behind a cell."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from apps.accounts.models import User
from apps.core.calendar import CHINA
from apps.core.periods import Month, Year
from apps.figures import duties
from apps.figures.duties.matrix import Line, matrix_of
from apps.figures.queries import census_of, listing, measure
from apps.figures.registry import LECTURED, REGISTRY
from apps.figures.rules import DutyState
from apps.figures.values import DONE, MISSING
from apps.lessons.queries import lessons_of_secretaries, secretaries_for
from apps.meetings.kinds import Matter
from apps.regulations.models import RuleOverride
from tests.factories import (
    MemberFactory,
    OrganizationFactory,
    PartyGroupFactory,
    ResolutionFactory,
    SeatFactory,
    TermFactory,
)
from tests.figures.conftest import October, hold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = date(2026, 11, 22)
OCTOBER = Month(2026, 10)


@pytest.fixture
def today():
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=CHINA), tick=False):
        yield


def words(line: Line) -> dict[str, str]:
    return {cell.column.rule.key: cell.words for cell in line.cells}


def shares(line: Line) -> dict[str, str]:
    return {cell.column.rule.key: cell.share for cell in line.cells}


def october_matrix(organization_id: int, *, by_branch: bool = True, rule: str = ""):
    return matrix_of(organization_id, OCTOBER, on=TODAY, by_branch=by_branch, rule=rule)


class TestLines:
    def test_each_branch_with_each_duty_in_words(self, meetings: October):
        lines = {line.unit.id: words(line) for line in october_matrix(meetings.county.township.pk).lines}

        assert lines[meetings.county.branch.pk] == {
            "MEET-02": "已完成",
            "MEET-03": "1/2，逾期22天",
            "MEET-06": "已完成",
            "MEET-01": "已完成",
            "MEET-05": "还有39天",
            "MEET-07": "还有39天",
            "MEET-08": "还有39天",
            "MEET-10": "还有39天",
            "MEET-19": "还有39天",
        }
        assert set(lines[meetings.temporary.pk].values()) == {"不适用"}

    def test_each_part_with_how_many_of_how_many(self, meetings: October):
        found = october_matrix(meetings.county.root.pk, by_branch=False)
        rows = {str(line.unit.name): shares(line) for line in found.lines}

        assert [line.unit.id for line in found.lines] == [
            meetings.county.root.pk,
            meetings.county.township.pk,
            meetings.county.other_township.pk,
        ]
        assert rows["河口镇党委"]["MEET-06"] == "2/2"
        assert rows["河口镇党委"]["MEET-02"] == "1/1"
        assert rows["石桥乡党委"]["MEET-06"] == "0/1"
        assert shares(found.total)["MEET-06"] == "2/3"

    def test_only_those_in_a_state(self, meetings: October):
        found = october_matrix(meetings.county.root.pk, rule="MEET-02")

        assert [line.unit.id for line in found.only(DutyState.OVERDUE)] == [meetings.county.other_branch.pk]
        assert [cell.column.rule.key for line in found.lines for cell in line.cells] == ["MEET-02"] * 4

    @pytest.mark.parametrize(("code", "rule"), [("M01", "MEET-02"), ("M02", "MEET-03"), ("M03", "MEET-06")])
    def test_says_the_same_as_the_figures_of_the_month(self, meetings: October, code: str, rule: str):
        asked = REGISTRY[code]
        root = meetings.county.root.pk
        (reading,) = measure(census_of(root, OCTOBER, on=TODAY), [asked]).readings()
        (cell,) = october_matrix(root, rule=rule).total.cells

        assert (cell.done, cell.asked) == (reading.count(DONE), reading.count(DONE) + reading.count(MISSING))

    def test_thirty_branches_more_cost_no_query_more(self, meetings: October):
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                october_matrix(meetings.county.root.pk)
            return len(captured)

        few = queries()
        for number in range(30):
            branch = OrganizationFactory(parent=meetings.county.township, code=f"88011{number:02}")
            PartyGroupFactory(branch=branch)
            MemberFactory.create_batch(2, branch=branch)
            hold(branch, "theme_day")
        assert queries() == few


def set_lessons(times: int, author: User) -> None:
    """The county's own number for MEET-05, from October on."""
    RuleOverride.objects.create(
        county="88/", rule="MEET-05", value=times, since=date(2026, 10, 1), reason="县里定", author=author
    )


class TestTheYear:
    def state_of(self, organization_id: int, rule: str, on: date = TODAY) -> dict[str, str]:
        return {
            str(each.period): each.state_words
            for each in duties.duties_below(organization_id, on=on)
            if each.rule.key == rule and each.unit.id == organization_id
        }

    def test_a_life_meeting_counts_for_its_year_until_the_end_of_march(self, october: October):
        branch = october.county.branch
        hold(branch, "theme_day", on=date(2026, 1, 5))
        assert self.state_of(branch.pk, "MEET-07", date(2027, 2, 3))["2026"] == "还有56天"
        assert self.state_of(branch.pk, "MEET-07", date(2027, 4, 1))["2026"] == "逾期1天"

        meeting = hold(branch, "general_meeting", "life_meeting", on=date(2027, 2, 3))
        meeting.life_year = 2026
        meeting.save()
        assert self.state_of(branch.pk, "MEET-07", date(2027, 4, 1))["2026"] == "已完成"

    def test_the_grace_ends_when_the_county_says_so(self, october: October, county_officer):
        branch = october.county.branch
        hold(branch, "theme_day", on=date(2026, 1, 5))
        RuleOverride.objects.create(
            county="88/",
            rule="MEET-07/carry_over",
            value=1,
            since=date(2026, 1, 1),
            reason="早办",
            author=county_officer,
        )
        assert self.state_of(branch.pk, "MEET-07", date(2027, 2, 3))["2026"] == "逾期3天"

    def test_a_year_before_the_county_kept_records_here_is_not_held_against_it(self, meetings: October):
        assert self.state_of(meetings.county.branch.pk, "MEET-19") == {
            "2025": "不适用：2025年初还没有在平台记录，不计",
            "2026": "还有39天",
        }

    def test_the_report_to_the_members_is_a_resolution_of_a_general_meeting(self, october: October):
        meeting = hold(october.county.branch, "general_meeting", on=date(2026, 3, 5))
        assert self.state_of(october.county.branch.pk, "MEET-19")["2026"] == "还有39天"

        ResolutionFactory(meeting=meeting, matter=Matter.COMMITTEE_REPORT)
        assert self.state_of(october.county.branch.pk, "MEET-19")["2026"] == "已完成"

    def test_the_secretary_s_lesson_counts_wherever_it_was_given(self, october: October):
        township = october.county.township
        assert self.state_of(township.pk, "MEET-05/secretary")["2026"] == "不适用：没有登记书记，不计"

        secretary = MemberFactory(branch=october.county.second_branch, name="周书记")
        TermFactory(organization=october.county.other_township, elected_on=date(2024, 1, 1))
        term = october.county.township.terms.get()
        SeatFactory(term=term, member=secretary, position="1_secretary", since=date(2022, 3, 15))
        assert self.state_of(township.pk, "MEET-05/secretary")["2026"] == "还有39天"

        lesson = hold(october.county.other_branch, "lesson", on=date(2026, 5, 6))
        lesson.lecturer_member = secretary
        lesson.save()
        assert self.state_of(township.pk, "MEET-05/secretary")["2026"] == "已完成"
        (reading,) = measure(census_of(township.pk, OCTOBER, on=TODAY), [REGISTRY["M05"]]).readings()
        assert reading.value(1).numerator == reading.value(1).denominator == 1

    def test_the_list_behind_the_secretaries_lessons_says_what_the_page_of_lessons_says(
        self, october: October, county_officer
    ):
        secretary = MemberFactory(branch=october.county.second_branch)
        term = october.county.township.terms.get()
        SeatFactory(term=term, member=secretary, position="1_secretary", since=date(2022, 3, 15))
        for day in (date(2026, 5, 6), date(2026, 10, 31), date(2025, 12, 31)):
            lesson = hold(october.county.other_branch, "lesson", on=day)
            lesson.lecturer_member = secretary
            lesson.save()

        census = census_of(october.county.root.pk, OCTOBER, on=TODAY)
        behind = listing(census, REGISTRY["M05"], [LECTURED]).entries
        said = lessons_of_secretaries(secretaries_for(county_officer), 2026, county_officer)
        assert [(entry.unit.id, entry.note) for entry in behind] == [
            (row.seat.term.organization_id, f"书记讲了{len(row.lessons)}次") for row in said
        ]
        assert [len(row.lessons) for row in said] == [2]

    def test_a_county_that_asks_for_more_lessons_has_more_that_are_due(
        self, meetings: October, county_officer
    ):
        branch = meetings.county.second_branch
        assert self.state_of(branch.pk, "MEET-05")["2026-Q4"] == "已完成"
        set_lessons(2, county_officer)
        assert self.state_of(branch.pk, "MEET-05") == {"2026-Q3": "逾期53天", "2026-Q4": "还有39天"}
        (reading,) = measure(census_of(branch.pk, OCTOBER, on=TODAY), [REGISTRY["M05"]]).readings()
        assert (reading.count(DONE), reading.count(MISSING)) == (0, 1)

    def test_a_county_that_asks_for_no_lessons_has_none_that_are_due(self, meetings: October, county_officer):
        set_lessons(0, county_officer)
        found = self.state_of(meetings.county.branch.pk, "MEET-05")
        assert found["2026-Q4"] == "不适用：本县没有要求，不计"


class TestPages:
    def test_the_county_goes_down_to_its_townships_branches_and_records(
        self, meetings: October, county_officer, signed_in
    ):
        client, county = signed_in(county_officer), meetings.county
        top = client.get(reverse("duties:matrix"), {"period": "2026-10"})
        assert [unit.id for unit, _, _ in top.context["rows"]] == [
            county.root.pk,
            county.township.pk,
            county.other_township.pk,
        ]
        down = next(href for unit, href, _ in top.context["rows"] if unit.id == county.township.pk)
        branches = client.get(down)
        assert county.branch.pk in [unit.id for unit, _, _ in branches.context["rows"]]
        cell = next(
            cell
            for unit, _, cells in branches.context["rows"]
            for cell in cells
            if unit.id == county.branch.pk and cell.heading == "主题党日（10月）"
        )
        behind = client.get(cell.href)
        assert behind.context["found"].held == len(behind.context["found"].meetings) == 1

    def test_what_does_not_apply_is_one_line_that_opens_with_the_reasons(
        self, meetings: October, township_officer, signed_in
    ):
        page = signed_in(township_officer).get(reverse("duties:matrix"), {"period": "2026-10"})
        rows = {row.unit.id: row for row in page.context["rows"]}
        folded = rows[meetings.county.second_branch.pk].exempt

        assert [(cell.heading, cell.note) for cell in folded] == [
            ("支部委员会会议（10月）", "正式党员6名，不设支委会，不计"),
            ("党小组会（10月）", "没有划分党小组，不计"),
        ]
        assert "<summary>另有 2 项不适用</summary>" in page.content.decode()
        assert rows[meetings.county.branch.pk].exempt == []

    @pytest.mark.parametrize("rule", ["MEET-01", "MEET-02", "MEET-06"])
    def test_the_records_behind_a_cell_are_as_many_as_it_counts(
        self, meetings: October, county_officer, signed_in, rule: str
    ):
        period = "2026-Q4" if rule == "MEET-01" else "2026-10"
        for branch in (meetings.county.branch, meetings.county.second_branch, meetings.county.other_branch):
            found = signed_in(county_officer).get(reverse("duties:cell", args=[branch.pk, rule, period]))
            page = found.context["found"]
            assert page.held == len(page.meetings)

    def test_the_neighbour_sees_their_own_only(self, meetings: October, neighbour, signed_in):
        page = signed_in(neighbour).get(reverse("duties:matrix"), {"period": "2026-10"})
        assert [unit.id for unit, _, _ in page.context["rows"]] == [meetings.county.other_branch.pk]
        other = {"organization": meetings.county.township.pk}
        assert signed_in(neighbour).get(reverse("duties:matrix"), other).status_code == 404
        assert signed_in(neighbour).get(reverse("duties:export"), other).status_code == 404

    def test_the_file_has_what_the_screen_has(self, meetings: October, township_officer, signed_in):
        asked = {"period": "2026-10", "state": "overdue"}
        client = signed_in(township_officer)
        page = client.get(reverse("duties:matrix"), asked)
        file = client.get(page.context["asked"].export_address)
        sheet = load_workbook(BytesIO(file.content)).worksheets[0]
        shown = [[unit.name, *(cell.words for cell in cells)] for unit, _, cells in page.context["rows"]]
        told = [
            [str(cell.value) for cell in row] for row in sheet.iter_rows(min_row=3, max_row=2 + len(shown))
        ]

        assert [[text.split("（")[0] for text in row] for row in told] == shown
        assert len(shown) == 1

    def test_a_month_to_come_is_said_to_be_none(self, meetings: October, township_officer, signed_in):
        page = signed_in(township_officer).get(reverse("duties:matrix"), {"period": "2027-01"})
        assert page.status_code == 422
        assert (
            page.context["form"].errors["period"] == ["这个月还没有到。"] if "form" in page.context else True
        )

    @pytest.mark.parametrize("address", ["MEET-98/2026-10", "MEET-06/2026-13", "MEET-06/2026"])
    def test_a_duty_that_is_none_is_not_found(self, meetings: October, township_officer, signed_in, address):
        client = signed_in(township_officer)
        assert client.get(f"/duties/{meetings.county.branch.pk}/{address}/").status_code == 404

    def test_leaders_are_listed_with_where_they_were(self, meetings: October, county_officer, signed_in):
        member = meetings.members["branch"][0]
        term = meetings.county.township.terms.get()
        SeatFactory(term=term, member=member, position="1_secretary", since=date(2022, 3, 15))
        SeatFactory(term=term, member=member, position="6_member", since=date(2022, 3, 15))
        page = signed_in(county_officer).get(reverse("duties:leaders"), {"period": "2026-10"})
        (leader,) = page.context["page"].object_list

        assert leader.member == member
        assert leader.posts == ("河口镇党委书记", "河口镇党委委员")
        assert (leader.expected, leader.present) == (1, 1)


def test_the_year_is_a_period_of_a_cell(meetings: October, township_officer, signed_in):
    found = signed_in(township_officer).get(
        reverse("duties:cell", args=[meetings.county.branch.pk, "MEET-07", str(Year(2026))])
    )
    assert found.context["found"].title == "组织生活会（2026年）"


@pytest.mark.parametrize(("rule", "page"), [("MEET-08", "reviews"), ("MEET-10", "talks")])
def test_what_no_meeting_fulfils_opens_its_own_page(
    meetings: October, township_officer, signed_in, rule: str, page: str
):
    client, branch = signed_in(township_officer), meetings.county.branch
    found = client.get(reverse("duties:cell", args=[branch.pk, rule, "2026"])).context["found"]

    assert found.elsewhere == f"/{page}/branches/{branch.pk}/?year=2026"
    assert client.get(found.elsewhere).status_code == 200
