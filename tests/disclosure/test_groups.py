"""Villagers' groups that disclose for themselves (VAD-09): their own book, tables and name."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.disclosure import services
from apps.disclosure.catalogue import INCOME_AND_EXPENSE
from apps.disclosure.ledgers import dues_of
from apps.disclosure.models import Publication, Statement
from apps.disclosure.tables import KINDS
from apps.organizations.models import Village, VillagersGroup
from tests.conftest import County
from tests.disclosure.conftest import OCTOBER, SEPTEMBER, book, imported, sheet
from tests.disclosure.publishing import THE_LAW

GROUP = "河口镇东湾村第三村民小组"
OWN = [(datetime.date(2026, 10, 9), "收水塘承包费", 100, "", 150)]


@pytest.fixture
def group(county: County) -> VillagersGroup:
    village = Village.objects.create(
        organization=county.branch,
        name="河口镇东湾村",
        economic_body="河口镇东湾村股份经济合作社",
        since=THE_LAW,
    )
    return VillagersGroup.objects.create(village=village, name="第三村民小组")


@pytest.fixture
def both(township_officer: User, group: VillagersGroup) -> list[Publication]:
    """The village's September and October, and the group's October with an opening of its own."""
    content = book(
        九月=sheet(9, 10_000, SEPTEMBER),
        十月=sheet(10, 12_499.5, OCTOBER),
        三组=sheet(10, 50, OWN, village=GROUP),
    )
    plan = imported(township_officer, content)
    assert (len(plan.new), plan.problems) == (3, [])
    return list(Publication.objects.order_by("first_on", "group"))


def test_a_sheet_of_a_group_is_known_by_its_name_and_has_its_own_book(
    both: list[Publication], group: VillagersGroup, township_officer: User
):
    own = Statement.objects.get(group=group)
    assert (own.village, own.opening, own.closing) == (group.village, Decimal(50), Decimal(150))
    assert own.publication.title == "2026年10月财务收支（第三村民小组）"
    november = [(datetime.date(2026, 11, 3), "电费", "", 1, 148)]
    wrong = sheet(11, 149, november, village=GROUP)
    wrong[1][3] = "期间:2026年11月1日至2026年11月5日"
    with pytest.raises(Refused):
        imported(township_officer, book(三组=wrong))


def test_the_group_owes_nothing_for_the_village_and_the_village_nothing_for_the_group(
    both: list[Publication], group: VillagersGroup, publish
):
    publish(next(row for row in both if row.group_id))
    dues = dues_of(
        [group.village],
        on=datetime.date(2026, 11, 8),
        wanted=lambda item: item.code == INCOME_AND_EXPENSE,
    )

    assert dues
    assert [each for each in dues if each.publication and each.publication.group] == []
    assert [each for each in dues if each.is_done] == []


def test_the_public_reads_what_the_group_published_under_its_name(
    both: list[Publication], group: VillagersGroup, publish, villager: Client, county: County
):
    for publication in both:
        publish(publication)
    code = county.branch.code
    address = reverse("public:group", args=[code, group.pk])

    village = villager.get(reverse("public:village", args=[code])).content.decode()
    assert (address in village, "<h2>2026年10月财务收支</h2>" in village) == (True, True)
    page = villager.get(address).content.decode()
    assert ("2026年10月财务收支（第三村民小组）" in page, "2026年9月财务收支" in page) == (True, False)
    number = Publication.objects.get(group=group).chain_number
    own = villager.get(reverse("public:publication", args=[code, number]))
    assert (address in own.content.decode(), "比上期" in own.content.decode()) == (True, False)
    assert villager.get(reverse("public:group", args=[code, group.pk + 1])).status_code == 404


def test_a_group_has_tables_of_its_own_in_its_own_village_only(
    group: VillagersGroup, clerk: User, county: County, publish
):
    days: dict[str, Any] = {"first_on": datetime.date(2026, 7, 1), "last_on": datetime.date(2026, 9, 30)}
    row = {"name": "水塘", "area": Decimal(3)}
    kind = KINDS["resources"]
    services.fill_table(group.village, kind, rows=[row], by=clerk, **days)
    made = services.fill_table(group.village, kind, rows=[row], by=clerk, group=group, **days)
    assert (made.title, made.publisher) == ("2026年第三季度资源台账公开表（第三村民小组）", GROUP)
    again = services.correct(publish(made), reason="面积写错。", by=clerk)
    assert again.group == group

    other = Village.objects.create(organization=county.other_branch, name="别村")
    stranger = VillagersGroup.objects.create(village=other, name="一组")
    with pytest.raises(Refused):
        services.fill_table(group.village, kind, rows=[row], by=clerk, group=stranger, **days)


def test_a_group_publishes_its_decisions_in_words_under_its_name(
    group: VillagersGroup, clerk: User, signed_in
):
    said = {"village": group.village_id, "group": group.pk, "item": "V03", "title": "水塘发包", "body": "。"}
    answer = signed_in(clerk).post(
        reverse("disclosure:new"), {**said, "first_on": str(today()), "last_on": str(today())}
    )

    made = Publication.objects.get()
    assert (answer.status_code, made.group, made.title) == (302, group, "水塘发包（第三村民小组）")
