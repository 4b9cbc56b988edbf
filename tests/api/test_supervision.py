"""The supervision committees over the API: who sits on them, what they saw, reported and said."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.disclosure.models import Publication
from apps.organizations.models import Village
from apps.supervision import services
from tests.conftest import County
from tests.disclosure.conftest import clerk, publish, statements
from tests.factories import GrantFactory, UserFactory
from tests.supervision.making import HALF, SINCE, a_record, a_report, a_supervisor

__all__ = ["clerk", "publish", "statements"]

API = "/api/v1/"
# An invented number of an area that does not exist.
IDENTITY = "990123199001011234"
ADDRESSES = ("supervisors/", "supervision-records/", "supervision-reports/", "committee-opinions/")


def rows(client: Client, address: str) -> list[dict]:
    found: list[dict] = client.get(f"{API}{address}").json()["results"]
    return found


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


@pytest.fixture
def worked(village: Village, supervisor: User, statements: list[Publication], publish) -> Village:
    """A village whose committee has a member, a record, a report, and has consented to a publication."""
    a_supervisor(village)
    a_record(village, supervisor)
    a_report(village)
    publish(statements[0])
    return village


def test_who_sits_on_a_committee_and_who_sat(program: Client, village: Village):
    a_supervisor(village, position="chair")
    a_supervisor(village, "钱某", until=SINCE)
    address = "supervisors/"

    assert [(row["name"], row["position"], row["until"]) for row in rows(program, address)] == [
        ("赵某", "chair", None),
        ("钱某", "member", SINCE.isoformat()),
    ]
    assert [row["name"] for row in rows(program, f"{address}?current=yes")] == ["赵某"]


@pytest.mark.parametrize(
    ("query", "count"),
    [("open=yes", 1), ("subject=finance", 1), ("subject=assets", 0), ("since=2026-06-11", 0)],
)
def test_what_a_committee_looked_at(
    program: Client, village: Village, supervisor: User, query: str, count: int
):
    a_record(village, supervisor, findings=f"领款人 {IDENTITY} 没有签字。")
    (row,) = rows(program, "supervision-records/")

    assert (row["village"], row["findings"], row["open"]) == (
        "河口镇东湾村",
        "领款人 **** 没有签字。",
        True,
    )
    assert len(rows(program, f"supervision-records/?{query}")) == count


def test_what_it_reports_and_how_far_that_is(program: Client, village: Village, supervisor: User):
    report = a_report(village)
    (before,) = rows(program, "supervision-reports/")
    services.hand_over(report, by=supervisor)
    (after,) = rows(program, "supervision-reports/")

    assert (before["title"], before["state"]) == (f"{HALF.label}村务监督报告", None)
    assert (after["state"], after["publication"]) == ("draft", Publication.objects.get().pk)


def test_what_it_said_of_each_publication(
    program: Client, village: Village, statements: list[Publication], publish
):
    publish(statements[0])
    (row,) = rows(program, "committee-opinions/")

    assert (row["action"], row["names"], row["note"]) == ("consent", "赵某", "账目清楚。")
    assert (row["title"], row["publication"]) == ("2026年9月财务收支", statements[0].pk)
    assert rows(program, "committee-opinions/?action=object") == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_neighbour_sees_nothing(program: Client, foreign_program: Client, worked: Village, address: str):
    assert (len(rows(program, address)), rows(foreign_program, address)) == (1, [])


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_may_not_see_committees_is_turned_away(
    signed_in, worked: Village, county: County, address: str
):
    agent = GrantFactory(role="finance_agent", organization=county.root, user=UserFactory()).user
    assert signed_in(agent).get(f"{API}{address}").status_code == 403


def test_a_long_list_takes_no_more_queries(program: Client, worked: Village, supervisor: User):
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert program.get(f"{API}{address}").status_code == 200
        return len(found)

    program.get(f"{API}{ADDRESSES[0]}")  # the key's first use is written down
    one = [asked(address) for address in ADDRESSES[:2]]
    for name in ("钱某", "孙某"):
        a_supervisor(worked, name)
        a_record(worked, supervisor)

    assert [asked(address) for address in ADDRESSES[:2]] == one
