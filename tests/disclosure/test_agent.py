"""Whoever keeps a village's books fills in its tables of money, and does nothing else there (FIN-07)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from apps.accounts.models import User
from apps.core.errors import Refused
from apps.disclosure import services
from apps.disclosure.models import Publication
from apps.disclosure.tables import KINDS
from apps.imports.registry import importers
from apps.organizations.models import Village
from tests.conftest import County
from tests.disclosure.conftest import OCTOBER, book, imported, sheet
from tests.factories import GrantFactory, UserFactory

QUARTER = {"first_on": "2026-07-01", "last_on": "2026-09-30"}
DAYS: dict[str, Any] = {name: datetime.date.fromisoformat(day) for name, day in QUARTER.items()}


def an_agent(place: Any) -> User:
    return GrantFactory(user=UserFactory(), role="finance_agent", organization=place).user


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


@pytest.fixture
def agent(county: County) -> User:
    return an_agent(county.township)


@pytest.fixture
def drafted(village: Village, agent: User) -> Publication:
    return services.fill_table(village, KINDS["resources"], **DAYS, rows=[], by=agent)


def cells(kind: str, **typed: str) -> dict[str, list[str]]:
    return {f"cell-{name}": [typed.get(name, "")] for name in KINDS[kind].by_name}


def test_the_agent_types_and_changes_a_table_of_money(village: Village, agent: User, signed_in):
    client = signed_in(agent)
    said = {"village": village.pk, **QUARTER, **cells("resources", name="鱼塘", area="3")}
    assert client.post(reverse("disclosure:new_table", args=["resources"]), said).status_code == 302

    made = Publication.objects.get()
    page = client.get(reverse("disclosure:detail", args=[made.pk])).content.decode()
    assert ("改表" in page, "照这张填下一期" in page, "改文字" in page, "加一个附件" in page) == (
        True,
        True,
        False,
        False,
    )
    said = {"version": "1", **cells("resources", name="鱼塘", area="4")}
    assert client.post(reverse("disclosure:edit_table", args=[made.pk]), said).status_code == 302
    made.table.refresh_from_db()
    assert [row["area"] for row in made.table.rows] == ["4"]


def test_the_agent_types_nothing_else(village: Village, agent: User, drafted: Publication, signed_in):
    client = signed_in(agent)
    addresses = [
        reverse("disclosure:new_table", args=["subsidies"]),
        reverse("disclosure:new"),
        reverse("disclosure:edit", args=[drafted.pk]),
        reverse("opinions:new"),
    ]
    assert [client.get(address).status_code for address in addresses] == [403] * 4
    for words in ("F06", "V10"):
        with pytest.raises(PermissionDenied):
            services.write_publication(village, item=words, title="情况", body="无", by=agent, **DAYS)
    assert client.post(reverse("disclosure:mask", args=[drafted.pk])).status_code == 403


def test_the_agent_takes_no_step(agent: User, drafted: Publication, clerk: User, supervisor: User, publish):
    with pytest.raises(PermissionDenied):
        services.propose(drafted, by=agent)
    services.propose(drafted, by=clerk)
    with pytest.raises(PermissionDenied):
        services.consent(drafted, names="钱某", by=agent)
    services.object_to(drafted, note="少一块地。", by=supervisor)
    done = publish(drafted)
    with pytest.raises(PermissionDenied):
        services.correct(done, reason="漏了", by=agent)
    with pytest.raises(PermissionDenied):
        services.withdraw(done, reason="漏了", by=agent)


def test_another_township_s_agent_finds_nothing(
    village: Village, drafted: Publication, county: County, signed_in
):
    stranger = an_agent(county.other_township)
    client = signed_in(stranger)
    assert client.get(reverse("disclosure:edit_table", args=[drafted.pk])).status_code == 404
    said = {"village": village.pk, **QUARTER, **cells("claims", party="某", reason="借", original="3")}
    assert client.post(reverse("disclosure:new_table", args=["claims"]), said).status_code == 422
    with pytest.raises(PermissionDenied):
        services.refill_table(drafted, version=1, rows=[], by=stranger)
    with pytest.raises(Refused, match="还有 1 行有问题"):
        imported(stranger, book(十月=sheet(10, 12_499.5, OCTOBER)))


def test_the_agent_imports_what_is_of_money_only(agent: User, clerk: User):
    def may(user: User) -> set[str]:
        return {each.name for each in importers() if user.may(each.permission)}

    of_money = {"statements", *(kind.code for kind in KINDS.values() if kind.item.startswith("F"))}
    assert (may(agent), may(clerk)) == (of_money, {"statements", *KINDS})
