"""Where a duty is done, and where it is read."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine

from apps.core.calendar import CHINA
from apps.core.periods import Month
from apps.figures.duties import duties_for
from apps.figures.duties.links import done_at, matrix_address, page_of
from apps.figures.rules import DutyState
from tests.figures.conftest import October

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def on_22_november():
    with time_machine.travel(datetime(2026, 11, 22, 10, tzinfo=CHINA), tick=False):
        yield


def test_a_group_s_meeting_is_recorded_of_that_group_in_its_month(
    meetings: October, signed_in, branch_secretary
):
    second = meetings.groups[1]
    [late] = [
        each
        for each in duties_for(meetings.county.branch, on=TODAY)
        if each.group and each.group.id == second.pk and each.period == Month(2026, 10)
    ]
    assert (late.name, late.state) == ("党小组会（第二党小组）", DutyState.OVERDUE)
    form = signed_in(branch_secretary).get(done_at(late)).context["form"]
    assert (form["kinds"].value(), form["group"].value()) == (["group_meeting"], second.pk)
    assert form["held_on"].value() == date(2026, 10, 31)


def test_the_group_of_another_branch_is_not_taken(meetings: October, signed_in, branch_secretary):
    group = meetings.groups[0]
    group.branch = meetings.county.second_branch
    group.save()
    answer = signed_in(branch_secretary).get(f"/meetings/new/?kind=group_meeting&group={group.pk}")
    assert answer.status_code == 200
    assert f'value="{group.pk}" selected' not in answer.content.decode()


def test_each_has_a_page_and_the_office_a_list_of_all_with_the_same(
    meetings: October, signed_in, township_officer
):
    county, client = meetings.county, signed_in(township_officer)
    for each in duties_for(county.branch, on=TODAY):
        found = client.get(page_of(each)).context["found"]
        assert (found.organization, found.row.key, found.period) == (
            county.branch,
            each.rule.key,
            each.period,
        )
        rows = client.get(matrix_address(county.township.pk, each)).context["rows"]
        assert county.branch.pk in [row.unit.id for row in rows]


def test_its_page_leads_whoever_records_to_where_it_is_done(
    meetings: October, signed_in, branch_secretary, township_officer
):
    branch = meetings.county.branch
    page = f"/duties/{branch.pk}/MEET-03/2026-10/"
    states = {
        user: [(group, href) for group, _, _, href in signed_in(user).get(page).context["found"].states]
        for user in (branch_secretary, township_officer)
    }
    second = meetings.groups[1].pk
    form = f"/meetings/new/?branch={branch.code}&kind=group_meeting&month=2026-10&group={second}"
    assert states[branch_secretary] == [("第一党小组", ""), ("第二党小组", form)]
    assert states[township_officer] == [("第一党小组", ""), ("第二党小组", "")]
