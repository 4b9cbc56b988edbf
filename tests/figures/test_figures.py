"""The figures of one month, each counted by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.core.calendar import CHINA
from apps.core.periods import Month
from apps.figures import queries
from apps.figures.balance import DECREASE, INCREASE
from apps.figures.duties import overdue_below
from apps.figures.registry import REGISTRY, all_figures
from apps.figures.values import DONE, EXEMPT, MISSING, Reading, Value
from apps.members.models import MembershipEvent
from apps.organizations import services as organization_services
from apps.organizations.models import Organization, Placement
from tests.factories import MemberFactory, OrganizationFactory, PartyGroupFactory, TermFactory
from tests.figures.conftest import OCTOBER, October, at, hold

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def read(organization: Organization, code: str, month: Month = OCTOBER, **options: Any) -> Reading:
    census = queries.census_of(organization.pk, month, on=TODAY, **options)
    (reading,) = queries.measure(census, [REGISTRY[code]]).readings()
    return reading


def names(organization: Organization, code: str, *parts: str, month: Month = OCTOBER) -> list[str]:
    census = queries.census_of(organization.pk, month, on=TODAY)
    return [entry.unit.name + entry.label for entry in queries.listing(census, REGISTRY[code], parts).entries]


def notes(organization: Organization, code: str, part: str) -> dict[str, str]:
    census = queries.census_of(organization.pk, OCTOBER, on=TODAY)
    return {
        entry.unit.name + entry.label: entry.note
        for entry in queries.listing(census, REGISTRY[code], [part]).entries
    }


# --- M01: committee meetings --------------------------------------------------------------------


def test_committee_meetings_are_due_of_branches_with_seven_full_members(meetings: October) -> None:
    """7 and 8 full members: due; 6 full and a probationary one: not."""
    county = meetings.county

    assert read(county.root, "M01").value() == Value(1, 2)
    assert names(county.root, "M01", MISSING) == ["石桥乡上寨村党支部"]
    assert notes(county.root, "M01", EXEMPT) == {
        "河口镇西湾村党支部": "正式党员6名，不设支委会，不计",
        "河口镇防汛临时党支部": "临时党支部，不计",
    }


def test_a_seventh_full_member_by_the_month_s_last_day_makes_it_due(meetings: October) -> None:
    MemberFactory(branch=meetings.county.second_branch, joined_on=date(2025, 10, 31))

    assert read(meetings.county.root, "M01").value() == Value(1, 3)


def test_a_seventh_full_member_a_day_later_does_not(meetings: October) -> None:
    MemberFactory(branch=meetings.county.second_branch, joined_on=date(2025, 11, 1))

    assert read(meetings.county.root, "M01").value() == Value(1, 2)
    assert read(meetings.county.root, "M01", Month(2026, 11)).value() == Value(0, 3)


def test_a_member_who_left_later_still_counts_for_the_month(meetings: October) -> None:
    member = meetings.members["branch"][0]
    MembershipEvent.objects.create(
        member=member, on=date(2026, 11, 3), cause="deceased", from_branch=meetings.county.branch
    )

    assert read(meetings.county.branch, "M01").value() == Value(1, 1)
    assert read(meetings.county.branch, "M01", Month(2026, 11)).value() == Value(0, 0)


def test_before_the_regulation_nothing_was_due(meetings: October) -> None:
    for code in ("M01", "M02", "M03", "M04", "M05"):
        reading = read(meetings.county.root, code, Month(2017, 5))
        assert not reading.value().is_applicable
    assert read(meetings.county.root, "M14", Month(2017, 5)).counts == {}


# --- M02 to M05 ---------------------------------------------------------------------------------


def test_groups_count_one_by_one_and_branches_without_groups_not_at_all(meetings: October) -> None:
    county = meetings.county

    assert read(county.root, "M02").value() == Value(1, 2)
    assert names(county.root, "M02", MISSING) == ["河口镇东湾村党支部第二党小组"]
    assert notes(county.root, "M02", EXEMPT)["石桥乡上寨村党支部"] == "没有划分党小组，不计"
    assert not read(county.other_township, "M02").value().is_applicable


def test_a_group_of_this_month_is_not_asked_yet(meetings: October) -> None:
    PartyGroupFactory(branch=meetings.county.branch, name="第三党小组", since=date(2026, 10, 2))

    assert read(meetings.county.root, "M02").value() == Value(1, 2)
    assert notes(meetings.county.root, "M02", EXEMPT)["河口镇东湾村党支部第三党小组"] == "本期内成立，不计"


def test_theme_days_are_due_of_all_but_temporary_branches(meetings: October) -> None:
    assert read(meetings.county.root, "M03").value() == Value(2, 3)
    assert names(meetings.county.root, "M03", MISSING) == ["石桥乡上寨村党支部"]


@pytest.mark.parametrize(
    ("founded", "dissolved", "due"),
    [
        (date(2026, 10, 1), None, 4),
        (date(2026, 10, 2), None, 3),
        (None, None, 4),
        (date(2000, 1, 1), date(2026, 10, 31), 3),
        (date(2000, 1, 1), date(2026, 11, 1), 4),
        (date(2000, 1, 1), date(2026, 9, 30), 3),
    ],
)
def test_a_branch_counts_in_a_month_that_it_stood_for_whole(
    meetings: October, founded: date | None, dissolved: date | None, due: int
) -> None:
    branch = OrganizationFactory(
        parent=meetings.county.township, code="8801050", founded_on=founded or date(2000, 1, 1)
    )
    Organization.objects.filter(pk=branch.pk).update(founded_on=founded, dissolved_on=dissolved)

    assert read(meetings.county.root, "M03").value().denominator == due


def test_quarterly_meetings_count_from_the_quarter_s_first_month_to_the_month_asked_for(
    meetings: October,
) -> None:
    county = meetings.county
    hold(county.other_branch, "general_meeting", on=date(2026, 11, 20))
    hold(county.other_branch, "lesson", on=date(2026, 9, 30))

    assert read(county.root, "M04").value() == Value(1, 3)
    assert read(county.root, "M04", Month(2026, 11)).value() == Value(2, 3)
    assert read(county.root, "M05").value() == Value(1, 3)


def test_a_branch_founded_in_the_quarter_has_no_quarterly_duty(meetings: October) -> None:
    OrganizationFactory(parent=meetings.county.township, code="8801051", founded_on=date(2026, 10, 2))

    assert read(meetings.county.root, "M04", Month(2026, 12)).value().denominator == 3


# --- M06: attendance ----------------------------------------------------------------------------


def test_attendance_counts_a_gathering_of_two_kinds_once_and_in_two_ways(meetings: October) -> None:
    reading = read(meetings.county.root, "M06")

    assert reading.counts == {"present": 6, "away": 1, "absent": 1}
    assert reading.value(0) == Value(6, 8)
    assert reading.value(1) == Value(6, 7)


# --- Dates that do not fit each other ---


def test_a_committee_younger_than_its_branches_still_holds_them(october: October) -> None:
    county = october.county
    Organization.objects.filter(pk=county.township.pk).update(founded_on=date(2026, 11, 10))

    units = queries.census_of(county.root.pk, OCTOBER, on=TODAY).units
    assert county.township.path in [unit.path for unit in units]
    assert "河口镇党委" not in names(county.root, "M14", "unknown")


def test_a_committee_dissolved_before_its_branch_still_holds_it(october: October) -> None:
    county = october.county
    Organization.objects.filter(pk=county.township.pk).update(dissolved_on=date(2026, 3, 1))

    overdue = overdue_below(county.root, on=TODAY)
    assert county.township.path in {matter.place.path for matter in overdue.matters}


def test_what_was_dissolved_long_ago_has_figures_of_nothing(october: October) -> None:
    county = october.county
    Organization.objects.filter(pk=county.second_branch.pk).update(dissolved_on=date(2020, 3, 1))

    assert read(county.second_branch, "M03").value() == Value(0, 0)


# --- M10: the balance ---------------------------------------------------------------------------


def move(member, on: date, cause: str, source=None, target=None) -> None:
    MembershipEvent.objects.create(member=member, on=on, cause=cause, from_branch=source, to_branch=target)
    if target is not None:
        type(member).objects.filter(pk=member.pk).update(branch=target)
    else:
        type(member).objects.filter(pk=member.pk).update(status="deceased")


def test_the_balance_adds_up_and_agrees_with_the_roster(october: October) -> None:
    county, people = october.county, october.members
    MemberFactory(branch=county.branch, joined_on=date(2026, 10, 8), probationary=True)
    move(people["branch"][0], date(2026, 10, 9), "deceased", county.branch)
    move(people["branch"][1], date(2026, 10, 10), "moved", county.branch, county.second_branch)
    move(people["second"][0], date(2026, 10, 31), "moved", county.second_branch, county.other_branch)

    whole = read(county.root, "M10").counts
    township = read(county.township, "M10").counts
    branch = read(county.branch, "M10").counts

    assert whole == {"opening": 22, "admitted": 1, "deceased": 1, "closing": 22}
    assert township == {"opening": 14, "admitted": 1, "deceased": 1, "transferred_out": 1, "closing": 13}
    assert branch == {"opening": 7, "admitted": 1, "deceased": 1, "transferred_out": 1, "closing": 6}
    assert read(county.other_township, "M10").counts == {"opening": 8, "transferred_in": 1, "closing": 9}


def test_who_leaves_while_suspended_left_the_sum_when_suspended(october: October) -> None:
    county, people = october.county, october.members
    move(people["branch"][0], date(2026, 10, 9), "suspended", county.branch)
    move(people["branch"][0], date(2026, 10, 20), "ended", county.branch, county.branch)

    assert read(county.branch, "M10").counts == {"opening": 7, "suspended": 1, "closing": 6}
    assert read(county.root, "M10").counts == {"opening": 22, "suspended": 1, "closing": 21}


def test_a_first_roster_dated_in_the_month_counts_as_admitted(october: October) -> None:
    MemberFactory(branch=october.county.branch, joined_on=date(2026, 10, 31), probationary=True)

    assert names(october.county.branch, "M10", "admitted") != []
    assert read(october.county.root, "M10").count("admitted") == 1


def test_a_roster_without_events_is_a_difference(october: October) -> None:
    member = october.members["branch"][0]
    type(member).objects.filter(pk=member.pk).update(status="suspended")

    assert read(october.county.root, "M10").count("difference") == -1
    assert notes(october.county.root, "M10", "difference") == {"河口镇东湾村党支部": "名册6名，按增减应有7名"}


def put(branch: Organization, under: Organization, on: date, by: User) -> None:
    """The branch stands below another organization from the day on."""
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=CHINA)):
        organization_services.move(branch, to=under, on=on, by=by)


def balanced(organization: Organization, month: Month = OCTOBER) -> dict[str, int]:
    """The counts of M10, of which opening and what came less what went is the closing."""
    counts = dict(read(organization, "M10", month).counts)
    came, went = (sum(counts.get(part, 0) for part in parts) for parts in (INCREASE, DECREASE))
    assert counts.get("opening", 0) + came - went == counts.get("closing", 0)
    return counts


class TestABranchThatMoves:
    """It takes its members along: 转出 where it stood, 转入 where it stands, nothing above both."""

    def test_in_mid_month(self, october: October, county_officer: User) -> None:
        county = october.county
        put(county.second_branch, county.other_township, date(2026, 10, 15), county_officer)

        assert balanced(county.township) == {"opening": 14, "transferred_out": 7, "closing": 7}
        assert balanced(county.other_township) == {"opening": 8, "transferred_in": 7, "closing": 15}
        assert balanced(county.root) == {"opening": 22, "closing": 22}
        assert balanced(county.second_branch) == {"opening": 7, "closing": 7}
        left, entered = "transferred_out", "transferred_in"
        assert notes(county.township, "M10", left) == {"河口镇党委河口镇西湾村党支部": "整个党支部划出"}
        assert notes(county.other_township, "M10", entered) == {"河口镇西湾村党支部": "整个党支部划入"}

    def test_on_the_first_and_on_the_last_day(self, october: October, county_officer: User) -> None:
        """The opening is what closed the month before; on the day of the move it stands at its new place."""
        county = october.county
        put(county.second_branch, county.other_township, date(2026, 10, 1), county_officer)
        put(county.branch, county.other_township, date(2026, 10, 31), county_officer)

        assert balanced(county.township) == {"opening": 14, "transferred_out": 14}
        assert balanced(county.other_township) == {"opening": 8, "transferred_in": 14, "closing": 22}
        assert balanced(county.township, Month(2026, 9)) == {"opening": 14, "closing": 14}
        assert balanced(county.township, Month(2026, 11)) == {}

    def test_with_members_who_came_and_went_before_and_after(
        self, october: October, county_officer: User
    ) -> None:
        county, people = october.county, october.members
        move(people["second"][0], date(2026, 10, 9), "deceased", county.second_branch)
        move(people["branch"][0], date(2026, 10, 10), "moved", county.branch, county.second_branch)
        put(county.second_branch, county.other_township, date(2026, 10, 15), county_officer)
        move(people["branch"][1], date(2026, 10, 20), "moved", county.branch, county.second_branch)
        move(people["second"][1], date(2026, 10, 21), "deceased", county.second_branch)

        assert balanced(county.township) == {
            "opening": 14,
            "deceased": 1,
            "transferred_out": 8,  # the branch with seven, and one who followed it
            "closing": 5,
        }
        assert balanced(county.other_township) == {
            "opening": 8,
            "transferred_in": 8,
            "deceased": 1,
            "closing": 15,
        }
        assert balanced(county.root) == {"opening": 22, "deceased": 2, "closing": 20}

    def test_there_and_back(self, october: October, county_officer: User) -> None:
        county = october.county
        put(county.second_branch, county.other_township, date(2026, 10, 5), county_officer)
        put(
            Organization.objects.get(pk=county.second_branch.pk),
            county.township,
            date(2026, 10, 9),
            county_officer,
        )

        assert balanced(county.township) == {
            "opening": 14,
            "transferred_in": 7,
            "transferred_out": 7,
            "closing": 14,
        }
        assert balanced(county.other_township) == {
            "opening": 8,
            "transferred_in": 7,
            "transferred_out": 7,
            "closing": 8,
        }

    def test_with_its_whole_township(self, october: October, county_officer: User) -> None:
        """What the township's own branches do is nothing to the township."""
        county = october.county
        above = OrganizationFactory(parent=county.root, code="8809", kind="working_committee")
        put(county.township, above, date(2026, 10, 15), county_officer)

        township = Organization.objects.get(pk=county.township.pk)
        assert balanced(township) == {"opening": 14, "closing": 14}
        assert balanced(above) == {"transferred_in": 14, "closing": 14}
        assert balanced(county.root) == {"opening": 22, "closing": 22}

    def test_the_county_s_parts_add_up(self, october: October, county_officer: User) -> None:
        county = october.county
        put(county.second_branch, county.other_township, date(2026, 10, 15), county_officer)
        table = queries.measure(queries.census_of(county.root.pk, OCTOBER, on=TODAY), [REGISTRY["M10"]])

        assert {unit.id: row.counts for unit, (row,) in table.rows()} == {
            county.township.pk: {"opening": 14, "transferred_out": 7, "closing": 7},
            county.other_township.pk: {"opening": 8, "transferred_in": 7, "closing": 15},
        }


# --- M14: terms ---------------------------------------------------------------------------------


def test_terms_that_ran_out_and_terms_about_to(october: October) -> None:
    """On 31 October 2026: due 2026-09-10 is overdue, 2027-03-15 is within six months."""
    assert names(october.county.root, "M14", "overdue") == ["河口镇东湾村党支部"]
    assert names(october.county.root, "M14", "soon") == ["河口镇党委"]
    assert read(october.county.root, "M14").counts == {"overdue": 1, "soon": 1, "running": 2, "unknown": 2}


@pytest.mark.parametrize(
    ("elected", "state"),
    [
        (date(2021, 10, 30), "overdue"),
        (date(2021, 10, 31), "soon"),
        (date(2022, 4, 30), "soon"),
        (date(2022, 5, 1), "running"),
    ],
)
def test_a_term_runs_until_the_day_it_is_due(october: October, elected: date, state: str) -> None:
    TermFactory(organization=october.county.other_branch, elected_on=elected, years=5)

    assert "石桥乡上寨村党支部" in names(october.county.root, "M14", state)


def test_an_approved_extension_counts_to_its_own_end(october: October) -> None:
    october.county.branch.terms.update(extended_to=date(2027, 3, 1))

    assert names(october.county.root, "M14", "overdue") == []


# --- Late records, moves in the tree ------------------------------------------------------------


def test_a_record_handed_in_after_the_cut_off_does_not_count_for_it(october: October) -> None:
    county = october.county
    cut_off = at(date(2026, 11, 6), 0)
    hold(
        county.branch,
        "theme_day",
        "general_meeting",
        handed_in=at(date(2026, 11, 7)),
        roll=[(october.members["branch"][0], "present", "")],
    )
    hold(county.second_branch, "theme_day", handed_in=at(date(2026, 11, 5)))

    assert read(county.root, "M03").value() == Value(2, 3)
    assert read(county.root, "M03", handed_in_by=cut_off).value() == Value(1, 3)
    assert read(county.root, "M04", handed_in_by=cut_off).value() == Value(0, 3)
    assert read(county.root, "M06", handed_in_by=cut_off).value() == Value(0, 0)


def test_a_branch_that_moved_is_counted_where_it_stood_then(meetings: October) -> None:
    county = meetings.county
    branch = county.second_branch
    Placement.objects.filter(organization=branch).update(until=date(2026, 11, 2))
    path = f"{county.other_township.path}{branch.code}/"
    Placement.objects.create(
        organization=branch,
        name="石桥乡西湾村党支部",
        parent=county.other_township,
        path=path,
        since=date(2026, 11, 2),
    )
    Organization.objects.filter(pk=branch.pk).update(
        path=path, parent=county.other_township, name="石桥乡西湾村党支部"
    )

    assert read(county.township, "M03").value() == Value(2, 2)
    assert read(county.other_township, "M03").value() == Value(0, 1)
    assert names(county.township, "M03", DONE) == ["河口镇东湾村党支部", "河口镇西湾村党支部"]
    assert read(county.other_township, "M03", Month(2026, 11)).value() == Value(0, 2)
    assert read(branch, "M03").value() == Value(1, 1)


# --- What holds of every figure -----------------------------------------------------------------


@pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.code)
def test_every_part_equals_the_list_behind_it(meetings: October, figure) -> None:
    county = meetings.county
    move(meetings.members["branch"][1], date(2026, 10, 10), "moved", county.branch, county.other_branch)
    for organization in (county.root, county.township, county.branch):
        census = queries.census_of(organization.pk, OCTOBER, on=TODAY)
        (reading,) = queries.measure(census, [figure]).readings()
        for part in figure.part_codes:
            assert queries.listing(census, figure, [part]).count == reading.count(part)


@pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.code)
def test_a_subtree_is_the_sum_of_its_parts(meetings: October, figure) -> None:
    """Moves between parts excepted, which cancel out."""
    county = meetings.county
    move(meetings.members["branch"][1], date(2026, 10, 10), "moved", county.branch, county.other_branch)
    census = queries.census_of(county.root.pk, OCTOBER, on=TODAY)
    moves = {"transferred_in", "transferred_out"}

    table = queries.measure(census, [figure])
    (total,) = table.readings()
    for part in set(figure.part_codes) - moves:
        assert sum(row.count(part) for _, (row,) in table.rows()) == total.count(part)
    balance = [sum(row.count(part) for _, (row,) in table.rows()) for part in sorted(moves)]
    assert balance[0] - balance[1] == total.count("transferred_in") - total.count("transferred_out")


def queries_of(organization: Organization) -> int:
    with CaptureQueriesContext(connection) as captured:
        queries.measure(queries.census_of(organization.pk, OCTOBER, on=TODAY))
    return len(captured)


def test_thirty_branches_more_cost_no_query_more(meetings: October) -> None:
    few = queries_of(meetings.county.root)
    for number in range(30):
        branch = OrganizationFactory(parent=meetings.county.township, code=f"88011{number:02}")
        PartyGroupFactory(branch=branch)
        MemberFactory.create_batch(2, branch=branch)
        hold(branch, "theme_day")

    assert queries_of(meetings.county.root) == few == 14
