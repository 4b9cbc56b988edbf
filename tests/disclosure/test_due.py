"""What is due: by the catalogue that counted, for every village, with the same number of queries."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.disclosure import ledgers, services
from apps.disclosure.catalogue import ITEMS, Item, Rhythm
from apps.disclosure.due import Due, Ledger, Owner, Standing, latest_of
from apps.disclosure.models import Publication
from apps.disclosure.shelf import Addition, Shelf, Version
from apps.disclosure.states import State
from apps.organizations.models import Village
from apps.regulations.settings import NOTHING_SET
from tests.conftest import County

ON = datetime.date(2026, 11, 22)
LAW = datetime.date(2026, 1, 1)
OWNER = Owner(1, "88/8801/8801001/", finance_monthly=True, since=LAW, row="东湾村")


@dataclass
class Told:
    item: str
    first_on: datetime.date
    last_on: datetime.date
    state: str = State.PUBLISHED
    village_id: int = 1
    revision: int = 1
    event_id: int | None = None
    hangs: bool = True
    nothing: bool = False

    def get_state_display(self) -> str:
        return State(self.state).label


@dataclass
class Happened:
    happened_on: datetime.date
    item: str = "V07"
    item_title: str = ""
    pk: int = 7
    village_id: int = 1


def day(month: int, number: int, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, number)


def _day(due: Due) -> datetime.date:
    return due.due_on or datetime.date.max


def dues(*told: Told, code: str, events=(), shelf: Shelf | None = None, on=ON) -> list[Due]:
    ledger = Ledger(
        {"88/": shelf or Shelf()}, {"88/": NOTHING_SET}, told, events, on, lambda item: item.code == code
    )
    return sorted(ledger.dues([OWNER]), key=_day)


def standings(found: list[Due]) -> list[tuple[str, str]]:
    return [(due.when, due.words) for due in found]


class TestPeriods:
    def test_each_period_of_the_last_year_is_owed(self):
        assert [due.when for due in dues(code="V03")] == [
            "2026年第一季度",
            "2026年第二季度",
            "2026年第三季度",
        ]
        assert [due.when for due in dues(code="V21")] == ["2026年上半年"]
        assert len(dues(code="F02")) == 10

    def test_nothing_is_asked_of_before_the_law(self):
        assert dues(code="V02") == []
        assert [due.when for due in dues(code="V02", on=day(1, 20, 2027))] == ["2026年"]

    @pytest.mark.parametrize(
        ("on", "words"),
        [(day(10, 14), "还有 1 天"), (day(10, 15), "还有 0 天"), (day(10, 16), "逾期 1 天")],
    )
    def test_the_day_itself_is_in_time(self, on: datetime.date, words: str):
        assert dues(code="V03", on=on)[-1].words == words

    def test_what_is_published_within_the_quarter_counts(self):
        july = Told("V03", day(7, 1), day(7, 31))
        assert standings(dues(july, code="V03"))[-2:] == [
            ("2026年第二季度", "逾期 130 天"),
            ("2026年第三季度", "已公布"),
        ]

    def test_income_and_expense_must_reach_the_end_of_the_period(self):
        quarterly = replace(OWNER, finance_monthly=False)
        ledger = Ledger(
            {"88/": Shelf()},
            {"88/": NOTHING_SET},
            [Told("F02", day(7, 1), day(7, 31))],
            (),
            ON,
            lambda item: item.code == "F02",
        )
        last = max(ledger.dues([quarterly]), key=_day)
        assert (last.when, last.standing) == ("2026年第三季度", Standing.OVERDUE)

    def test_work_is_not_yet_done_and_what_is_withdrawn_is_none(self):
        proposed = Told("V03", day(7, 1), day(9, 30), State.PROPOSED)
        withdrawn = Told("V03", day(4, 1), day(6, 30), State.WITHDRAWN)
        assert standings(dues(proposed, withdrawn, code="V03"))[-2:] == [
            ("2026年第二季度", "逾期 130 天"),
            ("2026年第三季度", "待监委会审查，逾期 38 天"),
        ]

    def test_a_correction_on_its_way_leaves_the_period_done(self):
        old = Told("V03", day(7, 1), day(9, 30))
        new = Told("V03", day(7, 1), day(9, 30), State.DRAFT, revision=2)
        assert dues(old, new, code="V03")[-1].words == "已公布"


class TestBeginning:
    def owed(self, since: datetime.date, *told: Told, code: str = "V03", shelf: Shelf | None = None):
        ledger = Ledger(
            {"88/": shelf or Shelf()}, {"88/": NOTHING_SET}, told, (), ON, lambda item: item.code == code
        )
        return standings(sorted(ledger.dues([replace(OWNER, since=since)]), key=_day))

    def test_a_village_is_asked_for_the_periods_that_end_after_it_began(self):
        assert self.owed(day(9, 30)) == [("2026年第三季度", "逾期 38 天")]
        assert self.owed(day(10, 1)) == []
        assert self.owed(ON, code="F02") == []

    def test_what_it_published_of_earlier_periods_counts_all_the_same(self):
        told = Told("V03", day(7, 1), day(9, 30)), Told("V03", day(4, 1), day(6, 30), State.DRAFT)
        assert self.owed(ON, *told) == [("2026年第三季度", "已公布")]

    def test_the_later_of_the_county_s_and_the_village_s_day_counts(self):
        shelf = Shelf((Version(2026, 1, day(7, 1), (ITEMS["V03"],)),))
        assert [when for when, _ in self.owed(LAW, shelf=shelf)] == ["2026年第三季度"]
        assert self.owed(day(10, 1), shelf=shelf) == []

    @pytest.mark.parametrize(
        ("dissolved_on", "months"),
        [(day(11, 10), ["2026年9月", "2026年10月"]), (day(10, 31), ["2026年9月"]), (day(9, 30), [])],
    )
    def test_a_village_that_was_dissolved_owes_what_was_over_by_then_and_nothing_more(
        self, dissolved_on: datetime.date, months: list[str]
    ):
        ledger = Ledger(
            {"88/": Shelf()}, {"88/": NOTHING_SET}, (), (), ON, lambda item: item.code in ("F02", "V07")
        )
        row = SimpleNamespace(pk=1, name="东湾村")
        gone = replace(OWNER, since=day(9, 1), until=dissolved_on, row=row)
        dues = ledger.dues([gone])
        assert [when for when, _ in standings(sorted(dues, key=_day))] == months
        assert ledger.idle([gone], dues) == []

    def test_a_village_that_is_registered_today_owes_nothing_yet(
        self, county: County, township_officer: User
    ):
        village = services.register_village(county.branch, name="河口镇东湾村", by=township_officer)
        assert (village.since, ledgers.village_dues(village, on=today())[0]) == (today(), [])


class TestCatalogues:
    def test_a_period_is_judged_by_its_own_version(self):
        quarterly, monthly = ITEMS["V17"], Item("V17", "协助政务", "协助", Rhythm.MONTH, "法")
        shelf = Shelf(
            (
                Version(2026, 1, day(1, 1), (quarterly,)),
                Version(2026, 2, day(9, 1), (monthly,)),
            )
        )
        assert {due.when for due in dues(code="V17", shelf=shelf)} == {
            "2026年第一季度",
            "2026年第二季度",
            "2026年第三季度",
            "2026年9月",
            "2026年10月",
        }

    def test_a_county_that_begins_in_mid_year_asks_for_nothing_before(self):
        shelf = Shelf((Version(2026, 1, day(7, 1), (ITEMS["V03"],)),))
        assert [due.when for due in dues(code="V03", shelf=shelf)] == ["2026年第三季度"]

    def test_what_is_added_is_owed_below_its_place_only(self):
        own = Item("V-Z1", "公共", "礼堂", Rhythm.QUARTER, "村民会议")
        here = Shelf(added=(Addition(own, "88/8801/", day(8, 1)),))
        there = Shelf(added=(Addition(own, "88/8802/", day(8, 1)),))
        assert [due.when for due in dues(code="V-Z1", shelf=here)] == ["2026年第三季度"]
        assert dues(code="V-Z1", shelf=there) == []


class TestEvents:
    def test_what_happened_is_due_in_days(self):
        found = dues(code="V07", events=[Happened(day(11, 20))])
        assert standings(found) == [("2026年11月20日的事", "还有 3 天")]
        told = Told("V07", day(11, 20), day(11, 20), event_id=7)
        assert dues(told, code="V07", events=[Happened(day(11, 1))])[0].is_done
        other = Told("V07", day(11, 20), day(11, 20), event_id=8)
        assert dues(other, code="V07", events=[Happened(day(11, 1))])[0].words == "逾期 16 天"

    def test_what_is_not_owed_now_is_not_missing(self):
        ledger = Ledger({"88/": Shelf()}, {"88/": NOTHING_SET}, (), (), ON)
        owner = replace(OWNER, row=Village(pk=1))
        found = ledger.dues([owner])
        idle = {due.item.code: due.words for due in ledger.idle([owner], found)}
        words = {Rhythm.EVENT: "没有新的", Rhythm.YEAR: "还没到时候"}
        assert idle == {code: words[item.rhythm] for code, item in ITEMS.items() if item.rhythm in words}

    def test_of_what_is_done_only_the_last_is_shown(self):
        told = [Told("V03", day(1, 1), day(3, 31)), Told("V03", day(7, 1), day(9, 30))]
        shown = latest_of(dues(*told, code="V03"))
        assert sorted(due.when for due in shown) == ["2026年第三季度", "2026年第二季度"]


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村", since=LAW)


class TestRegistering:
    def test_a_village_registers_what_happened_and_publishes_it(
        self, village: Village, clerk: User, publish, signed_in
    ):
        client = signed_in(clerk)
        said = {
            "village": village.pk,
            "item": "V07",
            "happened_on": str(today() - datetime.timedelta(days=9)),
            "words": "县道改造征用 3.2 亩",
        }
        address = reverse("disclosure:new_event")
        assert client.post(address, {**said, "happened_on": "2031-01-01"}).status_code == 422
        assert client.post(address, said).status_code == 302
        page = client.get(reverse("disclosure:village_due", args=[village.pk])).content.decode()
        assert "逾期 4 天" in page

        event = village.disclosure_events.get()
        done = services.write_publication(
            village,
            item="V07",
            first_on=event.happened_on,
            last_on=event.happened_on,
            title="征用补偿",
            body="补偿标准如下。",
            event=event,
            by=clerk,
        )
        publish(done)
        owed, _ = ledgers.village_dues(village, on=today())
        assert [due.words for due in owed if due.event] == ["已公布，还没有张贴"]
        with pytest.raises(Refused, match="不能作废"):
            services.cancel_event(event, reason="登记错了", by=clerk)

    def test_what_was_registered_by_mistake_is_owed_no_longer(
        self, village: Village, clerk: User, neighbour: User, signed_in
    ):
        event = services.register_event(village, item="V07", happened_on=today(), words="征地", by=clerk)
        with pytest.raises(PermissionDenied):
            services.cancel_event(event, reason="错了", by=neighbour)
        signed_in(clerk).post(reverse("disclosure:cancel_event", args=[event.pk]), {"reason": "登记错了"})
        owed, _ = ledgers.village_dues(village, on=today())
        assert [due for due in owed if due.event] == []


class TestPages:
    def test_the_township_sees_its_own_and_nobody_elses(
        self, village: Village, county: County, township_officer: User, neighbour: User, signed_in
    ):
        Village.objects.create(organization=county.other_branch, name="石桥乡上寨村", since=LAW)
        theirs = signed_in(township_officer).get(reverse("disclosure:due")).content.decode()
        others = signed_in(neighbour).get(reverse("disclosure:due")).content.decode()
        assert ("东湾村" in theirs, "上寨村" in theirs) == (True, False)
        assert ("东湾村" in others, "上寨村" in others) == (False, True)
        table = signed_in(township_officer).get(reverse("disclosure:matrix")).content.decode()
        assert ("东湾村" in table, "逾期 19" in table, "上寨村" in table) == (True, True, False)

    def test_the_list_is_narrowed(self, village: Village, township_officer: User, signed_in):
        client, address = signed_in(township_officer), reverse("disclosure:due")
        narrowed = client.get(address, {"group": "救助", "days": 30}).content.decode()
        assert ("特困供养" in narrowed, "财务收支" in narrowed) == (True, False)
        assert "没有符合条件的" in client.get(address, {"group": "救助", "days": 390}).content.decode()
        assert client.get(address, {"days": "x"}).status_code == 422

    def test_more_villages_ask_no_more_questions(
        self, village: Village, county: County, county_officer: User, signed_in
    ):
        client = signed_in(county_officer)

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("disclosure:due"))
                client.get(reverse("disclosure:matrix"))
            return len(queries)

        asked()
        one = asked()
        for organization in (county.second_branch, county.other_branch):
            Village.objects.create(organization=organization, name=organization.name, since=LAW)
        assert asked() == one

    def test_the_public_sees_every_item(
        self, statements: list[Publication], publish, villager: Client, county: County
    ):
        publish(statements[1])
        page = villager.get(reverse("public:village", args=[county.branch.code])).content.decode()
        public = [item for item in ITEMS.values() if item.is_public]
        assert [item.title for item in public if item.title not in page] == []
        assert ("党员教育" in page, "没有新的" in page, "2026年10月 已公布" in page) == (False, True, True)
        whole = villager.get(reverse("public:catalogue", args=[county.branch.code])).content.decode()
        assert ("F02、F03" in whole, "至少贴 15 天" in whole, "党员教育" in whole) == (True, True, False)
