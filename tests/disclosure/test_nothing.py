"""A period in which nothing happened: one button, one sentence of the system's, and the whole way."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.periods import Quarter
from apps.disclosure import ledgers, services
from apps.disclosure.catalogue import ITEMS
from apps.disclosure.models import Publication
from apps.disclosure.states import State
from apps.organizations.models import Village
from tests.conftest import County
from tests.disclosure.publishing import THE_LAW
from tests.disclosure.test_way import refused_by_the_database

QUARTER = {"first_on": datetime.date(2026, 7, 1), "last_on": datetime.date(2026, 9, 30)}
ON = datetime.date(2026, 11, 22)


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村", since=THE_LAW)


def words_of(village: Village, code: str) -> str:
    dues, _ = ledgers.village_dues(village, on=ON)
    return next(
        due.words
        for due in dues
        if due.item.code == code and due.period and due.period.last == QUARTER["last_on"]
    )


def test_one_press_writes_the_sentence_and_hands_it_to_the_committee(
    village: Village, clerk: User, signed_in, neighbour: User
):
    address = reverse("disclosure:nothing", args=[village.pk])
    said = {"item": "V06", "first_on": "2026-07-01", "last_on": "2026-09-30"}
    page = signed_in(clerk).get(reverse("disclosure:village_due", args=[village.pk])).content.decode()
    assert f'action="{address}"' in page
    assert signed_in(neighbour).post(address, said).status_code == 404
    assert signed_in(clerk).post(address, said).status_code == 302

    row = Publication.objects.get()
    assert (row.state, row.nothing, row.title) == (
        State.PROPOSED,
        True,
        "2026年第三季度一事一议筹资筹劳：本期无发生",
    )
    assert row.body == "2026年7月1日至2026年9月30日，没有发生要公开的“一事一议筹资筹劳”。"


def test_it_counts_only_when_it_went_the_whole_way_and_everybody_reads_it(
    village: Village, clerk: User, supervisor: User, publish, villager: Client, county: County
):
    row = services.declare_nothing(village, item="V06", by=clerk, **QUARTER)
    assert words_of(village, "V06") == "待监委会审查，逾期 38 天"
    row = services.object_to(row, note="先查一查。", by=supervisor)
    publish(row)

    assert words_of(village, "V06") == "已公布：本期无发生，还没有张贴"
    page = villager.get(reverse("public:village", args=[county.branch.code])).content.decode()
    assert "2026年第三季度 已公布：本期无发生" in page
    whole = villager.get(reverse("public:publication", args=[county.branch.code, 1])).content.decode()
    assert "没有发生要公开的“一事一议筹资筹劳”" in whole


@pytest.mark.parametrize("code", ["F02", "F04", "P03", "V01", "V02", "V21"])
def test_money_the_party_plans_and_reports_are_never_nothing(code: str, village: Village, clerk: User):
    with pytest.raises(Refused, match="不能写成本期无发生"):
        services.declare_nothing(village, item=code, by=clerk, **QUARTER)
    assert ITEMS[code].may_be_nothing is False


def test_nobody_says_so_before_the_period_is_over_or_of_other_days(village: Village, clerk: User):
    running = Quarter.of(today())
    now = {"first_on": running.first, "last_on": running.last}
    with pytest.raises(Refused, match="还没有过完"):
        services.declare_nothing(village, item="V06", by=clerk, **now)
    days = {"first_on": QUARTER["first_on"], "last_on": datetime.date(2026, 8, 31)}
    with pytest.raises(Refused, match="不能写成本期无发生"):
        services.declare_nothing(village, item="V06", by=clerk, **days)


def test_nobody_says_so_where_something_was_registered_or_written(village: Village, clerk: User):
    last = Quarter.of(today()).previous()
    services.register_event(village, item="V22", happened_on=last.first, words="水费调整", by=clerk)
    with pytest.raises(Refused, match="登记过“水费调整”"):
        services.declare_nothing(village, item="V22", first_on=last.first, last_on=last.last, by=clerk)
    services.declare_nothing(village, item="V06", by=clerk, **QUARTER)
    with pytest.raises(Refused, match="已经写过"):
        services.declare_nothing(village, item="V06", by=clerk, **QUARTER)


def test_only_the_village_says_so(
    village: Village, supervisor: User, township_officer: User, neighbour: User
):
    for person in (supervisor, township_officer, neighbour):
        with pytest.raises(PermissionDenied):
            services.declare_nothing(village, item="V06", by=person, **QUARTER)


def test_a_correction_says_what_happened_after_all(village: Village, clerk: User, publish):
    done = publish(services.declare_nothing(village, item="V06", by=clerk, **QUARTER))
    draft = services.correct(done, reason="漏了一件。", by=clerk)

    assert (draft.nothing, draft.body, draft.title) == (False, "", "2026年第三季度一事一议筹资筹劳")


def test_words_of_one_s_own_are_an_ordinary_publication(village: Village, clerk: User, supervisor: User):
    row = services.declare_nothing(village, item="V06", by=clerk, **QUARTER)
    services.object_to(row, note="收过一笔。", by=supervisor)
    said: dict[str, Any] = {"title": "第三季度一事一议", "body": "收了 300 元。"}
    row.refresh_from_db()

    assert services.rewrite(row, version=row.version, by=clerk, **said).nothing is False


def test_the_database_keeps_the_word(village: Village, clerk: User, publish):
    done = publish(services.declare_nothing(village, item="V06", by=clerk, **QUARTER))
    change = "UPDATE disclosure_publication SET nothing = false WHERE id = %s"
    assert refused_by_the_database(change, done.pk)
    money = Publication.objects.create(village=village, item="F06", title="债权债务", **QUARTER)
    claim = "UPDATE disclosure_publication SET nothing = true WHERE id = %s"
    assert refused_by_the_database(claim, money.pk)
