"""The figures' pages: numbers, lists, scope."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.figures import queries
from apps.figures.registry import all_figures
from tests.factories import GrantFactory, OrganizationFactory
from tests.figures.conftest import OCTOBER, October, hold

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to("2026-11-22 10:00+08:00")


def page(client: Client, code: str, **query: str | int):
    return client.get(reverse("figures:detail", args=[code]), {"period": "2026-10", **query})


@pytest.mark.parametrize("figure", all_figures(), ids=lambda figure: figure.code)
def test_every_number_equals_the_rows_of_its_page(
    meetings: October, county_officer, signed_in, figure
) -> None:
    client, county = signed_in(county_officer), meetings.county
    census = queries.census_of(county.root.pk, OCTOBER, on=date(2026, 11, 22))
    (reading,) = queries.measure(census, [figure]).readings()

    for part in figure.part_codes:
        shown = page(client, figure.code, organization=county.root.pk, state=part).context["page"].object_list
        assert sum(entry.count for entry in shown) == reading.count(part)


def test_the_page_shows_what_is_missing_first(meetings: October, county_officer, signed_in) -> None:
    answer = page(signed_in(county_officer), "M01", organization=meetings.county.root.pk)

    assert [entry.unit.name for entry in answer.context["page"].object_list] == ["石桥乡上寨村党支部"]
    assert [tab for tab, _, current in answer.context["tabs"] if current] == ["未完成 1"]


def test_without_a_word_it_shows_the_reader_s_own(meetings: October, township_officer, signed_in) -> None:
    answer = signed_in(township_officer).get(reverse("figures:index"))

    assert (answer.context["asked"].organization, str(answer.context["asked"].month)) == (
        meetings.county.township,
        "2026-11",
    )


def test_a_neighbour_finds_nothing_of_another_township(meetings: October, neighbour, signed_in) -> None:
    client = signed_in(neighbour)
    for organization in (meetings.county.township, meetings.county.branch, meetings.county.root):
        assert page(client, "M03", organization=organization.pk).status_code == 404
        assert client.get(reverse("figures:index"), {"organization": organization.pk}).status_code == 404

    mine = page(client, "M03", organization=meetings.county.other_township.pk)
    assert [entry.unit.name for entry in mine.context["page"].object_list] == ["石桥乡上寨村党支部"]


def test_who_sees_no_members_sees_no_names_of_members(
    meetings: October, county_officer, signed_in, monkeypatch
) -> None:
    client = signed_in(county_officer)
    assert page(client, "M10", organization=meetings.county.root.pk).status_code == 200

    without = {"members.view"}
    may = type(county_officer).may
    monkeypatch.setattr(
        type(county_officer),
        "may",
        lambda self, permission, path=None: permission not in without and may(self, permission, path),
    )
    assert page(client, "M10", organization=meetings.county.root.pk).status_code == 403
    assert page(client, "M01", organization=meetings.county.root.pk).status_code == 200


def test_who_has_no_figures_is_turned_away(meetings: October, supervisor, signed_in) -> None:
    assert signed_in(supervisor).get(reverse("figures:index")).status_code == 403


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"period": "2026-13"}, 422),
        ({"period": "2027-01"}, 422),
        ({"organization": "abc"}, 404),
        ({"organization": "99999999999999999999"}, 404),
        ({"state": "nothing"}, 404),
    ],
)
def test_an_address_that_is_none(meetings: October, county_officer, signed_in, query, status) -> None:
    assert page(signed_in(county_officer), "M01", **query).status_code == status


def test_before_anything_is_imported_there_are_no_figures(db, signed_in) -> None:
    client = signed_in(GrantFactory(role="county_administrator", organization=None).user)
    assert client.get(reverse("figures:index")).status_code == 404
    assert client.get(reverse("figures:detail", args=["M01"])).status_code == 404


def test_there_is_no_such_figure(meetings: October, county_officer, signed_in) -> None:
    assert page(signed_in(county_officer), "M99").status_code == 404


@pytest.mark.parametrize("name", ["figures:index", "figures:detail"])
def test_more_branches_cost_no_more_queries(meetings: October, county_officer, signed_in, name) -> None:
    client = signed_in(county_officer)
    arguments = ["M03"] if name == "figures:detail" else []

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(name, args=arguments), {"period": "2026-10"}).status_code == 200
        return len(captured)

    cost()
    before = cost()
    for number in range(5):
        hold(OrganizationFactory(parent=meetings.county.township, code=f"88011{number:02}"), "theme_day")
    assert cost() == before
