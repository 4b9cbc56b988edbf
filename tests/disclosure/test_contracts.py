"""Leases that end soon are listed from the last registers, for the village and for the township."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import today
from apps.disclosure import contracts, services
from apps.disclosure.models import Publication
from apps.disclosure.tables import KINDS
from apps.home.villages import lines_for
from apps.organizations.models import Village, VillagersGroup
from apps.regulations.models import RuleOverride
from tests.conftest import County

QUARTERS: tuple[dict[str, Any], ...] = (
    {"first_on": datetime.date(2026, 4, 1), "last_on": datetime.date(2026, 6, 30)},
    {"first_on": datetime.date(2026, 7, 1), "last_on": datetime.date(2026, 9, 30)},
)


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


def plot(name: str, days: int, tenant: str = "李某") -> dict[str, Any]:
    return {
        "name": name,
        "area": Decimal(3),
        "tenant": tenant,
        "lease_until": today() + datetime.timedelta(days=days),
    }


def a_register(
    village: Village, by: User, *rows: dict[str, Any], quarter: int = 1, **more: Any
) -> Publication:
    return services.fill_table(village, KINDS["resources"], rows=rows, by=by, **QUARTERS[quarter], **more)


def listed(user: User) -> list[tuple[str, str]]:
    return [(each.what, each.words) for each in contracts.endings_for(user, on=today())]


def test_what_ends_within_the_days_and_what_has_ended_is_listed(village: Village, clerk: User):
    a_register(village, clerk, plot("林地", 91), plot("鱼塘", 90), plot("果园", 0), plot("荒坡", -3))
    a_register(village, clerk, plot("旧地", 5), quarter=0)

    assert listed(clerk) == [("荒坡", "已到期 3 天"), ("果园", "今天到期"), ("鱼塘", "还有 90 天")]


def test_what_is_let_to_nobody_does_not_end(village: Village, clerk: User):
    a_register(village, clerk, plot("荒坡", 5, tenant=""))
    assert listed(clerk) == []


def test_a_group_has_a_register_of_its_own(village: Village, clerk: User):
    group = VillagersGroup.objects.create(village=village, name="第三村民小组")
    a_register(village, clerk, plot("鱼塘", 5))
    a_register(village, clerk, plot("水塘", 6), group=group)
    assert [what for what, _ in listed(clerk)] == ["鱼塘", "水塘"]


def test_what_was_withdrawn_says_nothing(village: Village, clerk: User, township_officer: User, publish):
    a_register(village, clerk, plot("鱼塘", 5), quarter=0)
    last = publish(a_register(village, clerk, plot("鱼塘", 400)))
    assert listed(clerk) == []
    services.withdraw(last, reason="期限写错了。", by=township_officer)
    assert listed(clerk) == [("鱼塘", "还有 5 天")]


def test_a_county_sets_how_early(village: Village, clerk: User, county: County, county_administrator: User):
    a_register(village, clerk, plot("鱼塘", 31), plot("果园", 30))
    RuleOverride.objects.create(
        county=county.root.path,
        rule="FIN-04/ending",
        value=30,
        since=today(),
        reason="一个月够了。",
        author=county_administrator,
    )
    assert listed(clerk) == [("果园", "还有 30 天")]


def test_the_first_page_and_the_tables_lead_to_the_list_and_the_list_to_the_register(
    village: Village, clerk: User, township_officer: User, supervisor: User, neighbour: User, signed_in
):
    register = a_register(village, clerk, plot("鱼塘", 12))
    address = reverse("disclosure:contracts")
    waiting = {
        user: [line.href for line in lines_for(user, on=today())]
        for user in (clerk, township_officer, neighbour)
    }
    assert [address in waiting[user] for user in (clerk, township_officer, neighbour)] == [True, True, False]
    assert "快到期的合同 1 份" in signed_in(clerk).get(reverse("disclosure:tables")).content.decode()

    page = signed_in(township_officer).get(address).content.decode()
    assert (reverse("disclosure:detail", args=[register.pk]) in page, "还有 12 天" in page) == (True, True)
    assert "没有快到期的合同" in signed_in(neighbour).get(address).content.decode()


def test_more_villages_ask_no_more_questions(
    village: Village, county: County, clerk: User, county_officer: User, signed_in
):
    client = signed_in(county_officer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("disclosure:contracts"))
        return len(queries)

    a_register(village, clerk, plot("鱼塘", 12))
    one = asked()
    other = Village.objects.create(organization=county.other_branch, name="石桥乡上寨村")
    services.draft_table(other, KINDS["resources"], rows=[plot("塘", 5)], by=clerk, **QUARTERS[1])
    assert asked() == one
