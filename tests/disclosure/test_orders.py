"""A village is ordered to publish; the publication itself closes the order (VAD-08)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
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


def test_a_group_s_publication_is_no_answer_of_the_village_s(
    order: Order, village: Village, clerk: User, publish
):
    group = village.groups.create(name="第三村民小组")
    publish(
        services.write_publication(
            group, item="V03", **QUARTER, title="小组会议决定", body="修水渠。", by=clerk
        )
    )
    order.refresh_from_db()
    assert order.answered_by is None


def test_a_period_that_is_not_over_is_not_ordered(village: Village, township_officer: User):
    said: dict[str, Any] = {"item": "V03", "reason": "逾期", "due_on": today(), "by": township_officer}
    tomorrow = today() + datetime.timedelta(days=1)
    with pytest.raises(Refused, match="还没有过完") as refused:
        services.order(village, **said, first_on=today(), last_on=tomorrow)
    assert refused.value.field == "last_on"
    assert services.order(village, **said, first_on=today(), last_on=today()).pk


class TestTakingBack:
    def test_what_was_ordered_by_mistake_is_taken_back_with_the_reason(
        self, order: Order, village: Village, clerk: User, township_officer: User, publish
    ):
        with pytest.raises(Refused, match="请写明撤销的原因"):
            services.rescind(order, reason=" ", by=township_officer)
        services.rescind(order, reason="期间写错了。", by=township_officer)

        assert Record.objects.filter(action="disclosure.rescind_order", reason="期间写错了。").exists()
        assert not Order.objects.waiting().exists()
        publish(written(village, clerk))
        order.refresh_from_db()
        assert (order.answered_by, order.cancel_reason) == (None, "期间写错了。")
        with pytest.raises(InternalError), transaction.atomic():
            Order.objects.update(cancel_reason="")

    def test_it_may_be_ordered_again_and_what_is_answered_stays(
        self, order: Order, village: Village, clerk: User, township_officer: User, publish
    ):
        services.rescind(order, reason="期限写错了。", by=township_officer)
        again = services.order(
            village, item="V03", **QUARTER, reason="逾期", due_on=today(), by=township_officer
        )
        publish(written(village, clerk))
        with pytest.raises(Refused, match="不能再撤销"):
            services.rescind(again, reason="不要了。", by=township_officer)

    def test_only_whoever_may_order_it_takes_it_back(
        self, order: Order, county: County, clerk: User, neighbour: User
    ):
        agriculture = GrantFactory(user=UserFactory(), role="agriculture", organization=county.root).user
        for person in (clerk, neighbour, agriculture):
            with pytest.raises(PermissionDenied):
                services.rescind(order, reason="不要了。", by=person)

    def test_by_the_page(self, order: Order, township_officer: User, clerk: User, signed_in):
        listed, address = reverse("disclosure:orders"), reverse("disclosure:rescind_order", args=[order.pk])
        assert address in signed_in(township_officer).get(listed).content.decode()
        assert address not in signed_in(clerk).get(listed).content.decode()
        signed_in(township_officer).post(address, {"reason": "村弄错了。"})
        page = signed_in(clerk).get(listed).content.decode()
        assert ("已撤销" in page, "村弄错了。" in page) == (True, True)


@pytest.mark.parametrize(
    ("query", "count"), [("", 2), ("standing=late", 1), ("standing=waiting", 1), ("standing=over", 1)]
)
def test_the_list_is_narrowed(
    order: Order,
    village: Village,
    township_officer: User,
    clerk: User,
    publish,
    time_machine,
    signed_in,
    query: str,
    count: int,
):
    publish(written(village, clerk))
    earlier: dict[str, Any] = {
        "first_on": datetime.date(2026, 4, 1),
        "last_on": datetime.date(2026, 6, 30),
    }
    services.order(village, item="V03", **earlier, reason="逾期", due_on=today(), by=township_officer)
    time_machine.move_to(datetime.datetime.combine(today() + datetime.timedelta(days=1), datetime.time(4)))

    page = signed_in(township_officer).get(f"{reverse('disclosure:orders')}?{query}")
    assert len(page.context["rows"]) == count


def test_the_first_page_says_so_to_the_village_and_what_it_did_not_to_those_above(
    order: Order, county: County, clerk: User, neighbour: User, time_machine, signed_in
):
    desk = GrantFactory(user=UserFactory(), role="civil_affairs", organization=county.root).user

    def told(user: User) -> list[bool]:
        page = signed_in(user).get(reverse("home:home")).content.decode()
        return ["村民反映没有公布。" in page, "责令了还没有公布" in page]

    assert (told(clerk), told(desk)) == ([True, False], [False, False])
    time_machine.move_to(datetime.datetime.combine(today() + datetime.timedelta(days=1), datetime.time(4)))
    assert (told(clerk), told(desk), told(neighbour)) == ([True, False], [False, True], [False, False])


def test_a_longer_list_asks_no_more_questions(
    order: Order, village: Village, county: County, township_officer: User, signed_in
):
    client, address = signed_in(township_officer), reverse("disclosure:orders")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for item in ("V04", "V08", "V10"):
        services.order(village, item=item, **QUARTER, reason="逾期", due_on=today(), by=township_officer)
    with CaptureQueriesContext(connection) as four:
        client.get(address)

    assert len(one) == len(four)


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
