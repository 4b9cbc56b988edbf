"""A village is ordered to publish; the publication itself closes the order (VAD-08)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import Deed as Record
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.disclosure import services
from apps.disclosure.models import Order, Publication
from apps.organizations.models import Village
from apps.regulations.models import RuleOverride
from tests.conftest import County
from tests.factories import GrantFactory, UserFactory

QUARTER: dict[str, Any] = {"first_on": datetime.date(2026, 7, 1), "last_on": datetime.date(2026, 9, 30)}


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


@pytest.fixture
def order(village: Village, township_officer: User) -> Order:
    return services.order(
        village, item="V03", **QUARTER, reason="村民反映没有公布。", due_on=today(), by=township_officer
    )


def written(village: Village, clerk: User, **period: Any) -> Publication:
    return services.write_publication(
        village, item="V03", **(period or QUARTER), title="代表会议决定", body="修缮活动室。", by=clerk
    )


def test_the_village_answers_by_publishing(order: Order, village: Village, clerk: User, publish):
    earlier: dict[str, Any] = {"first_on": datetime.date(2026, 4, 1), "last_on": datetime.date(2026, 6, 30)}
    publish(written(village, clerk, **earlier))
    order.refresh_from_db()
    assert order.answered_by is None

    publication = publish(written(village, clerk))
    order.refresh_from_db()
    assert (order.answered_by, order.answered_on) == (publication, today())
    actions = set(Record.objects.values_list("action", flat=True))
    assert {"disclosure.order", "disclosure.answer_order"} <= actions
    with pytest.raises(InternalError), transaction.atomic():
        Order.objects.update(answered_on=None, answered_by=None)


def test_nobody_is_ordered_twice_or_for_what_is_done(
    order: Order, village: Village, clerk: User, township_officer: User, publish
):
    again: dict[str, Any] = {
        "item": "V03",
        **QUARTER,
        "reason": "又一次",
        "due_on": today(),
        "by": township_officer,
    }
    with pytest.raises(Refused, match="已经责令过"):
        services.order(village, **again)
    publish(written(village, clerk))
    with pytest.raises(Refused, match="已经公布了"):
        services.order(village, **again)


def test_who_may_order_what(village: Village, county: County, clerk: User, neighbour: User):
    agriculture = GrantFactory(user=UserFactory(), role="agriculture", organization=county.root).user
    said: dict[str, Any] = {**QUARTER, "reason": "逾期", "due_on": today()}
    for person in (clerk, neighbour, agriculture):
        with pytest.raises(PermissionDenied):
            services.order(village, item="V03", **said, by=person)
    assert services.order(village, item="F06", **said, by=agriculture).pk


def test_what_is_past_its_day_is_the_countys(
    order: Order, village: Village, county: County, clerk: User, time_machine, signed_in
):
    desk = GrantFactory(user=UserFactory(), role="civil_affairs", organization=county.root).user
    time_machine.move_to(datetime.datetime.combine(today() + datetime.timedelta(days=1), datetime.time(4)))
    page = signed_in(desk).get(reverse("disclosure:orders")).content.decode()
    assert ("1 件过了期限还没有公布" in page, "过期没有公布，已转县里" in page) == (True, True)
    mine = signed_in(clerk).get(reverse("disclosure:village_due", args=[village.pk])).content.decode()
    assert "责令公布：" in mine


def test_an_order_by_the_page(village: Village, township_officer: User, clerk: User, signed_in):
    said: dict[str, Any] = {
        "village": village.pk,
        "item": "V03",
        "first_on": "2026-07-01",
        "last_on": "2026-09-30",
        "reason": "村民反映没有公布。",
        "due_on": str(today()),
    }
    client, address = signed_in(township_officer), reverse("disclosure:new_order")
    assert client.get(address, {"village": village.pk, "item": "V03"}).status_code == 200
    assert client.post(address, {**said, "due_on": "2026-01-01"}).status_code == 422
    assert client.post(address, said).status_code == 302
    assert signed_in(clerk).get(address).status_code == 403


def test_the_township_acknowledges_where_the_county_wants_it(
    village: Village, county: County, clerk: User, township_officer: User, publish, county_administrator: User
):
    first = publish(written(village, clerk))
    assert services.filing_due(first) is None
    with pytest.raises(Refused, match="不用备案"):
        services.file(first, by=township_officer)

    RuleOverride.objects.create(
        county=county.root.path,
        rule="VAD-10/filing",
        value=10,
        since=today(),
        reason="县里要求备案。",
        author=county_administrator,
    )
    assert services.filing_due(first) == today() + datetime.timedelta(days=10)
    with pytest.raises(PermissionDenied):
        services.file(first, by=clerk)
    filed = services.file(first, note="已收到。", by=township_officer)
    assert (filed.state, filed.deeds.latest("id").action, services.filing_due(filed)) == (
        "published",
        "file",
        None,
    )
