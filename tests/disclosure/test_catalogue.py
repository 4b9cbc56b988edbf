"""The yearly catalogue: what the county may change of it, and what townships and villages add."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.disclosure import ledgers, services
from apps.disclosure.catalogue import BOARD, ITEMS, KINDS, Audience, Item, Rhythm
from apps.disclosure.models import AddedItem, Catalogue, PublishedItem
from apps.disclosure.rules import item_fault
from apps.disclosure.services import Asked
from apps.organizations.models import Village
from apps.regulations.models import RuleOverride
from tests.conftest import County
from tests.factories import GrantFactory, UserFactory

YEAR = today().year
OWN: dict[str, Any] = {
    "group": "公共",
    "title": "文化礼堂使用",
    "points": "谁用、收多少",
    "rhythm": "quarter",
    "basis": "村民会议决定",
    "publisher": "村民委员会",
    "channels": "公开栏",
    "masked": "",
    "audience": "public",
}


@pytest.fixture
def civil_affairs(county: County) -> User:
    user = UserFactory(name="县民政局周某")
    GrantFactory(user=user, role="civil_affairs", organization=county.root)
    return user


@pytest.fixture
def village(county: County) -> Village:
    return Village.objects.create(organization=county.branch, name="河口镇东湾村")


@pytest.fixture
def draft(county: County, civil_affairs: User) -> Catalogue:
    return services.begin_catalogue(county.root, year=YEAR, by=civil_affairs)


def item_of(catalogue: Catalogue, code: str):
    return catalogue.items.get(code=code)


class TestSeed:
    def test_every_number_of_the_handbook_is_there(self):
        numbers = [code for item in ITEMS.values() for code in item.codes.split("、")]
        assert numbers == [
            *(f"V{n:02}" for n in range(1, 25)),
            *(f"F{n:02}" for n in range(1, 9)),
            *(f"P{n:02}" for n in range(1, 9)),
        ]

    def test_every_item_says_what_it_must(self):
        for item in ITEMS.values():
            assert all([item.points, item.basis, item.publisher, BOARD in item.channels]), item.code
            assert item.code[0] in KINDS
            assert item_fault(item, item) is None

    def test_only_party_affairs_are_not_for_everybody(self):
        kept = {item.code[0]: item.audience for item in ITEMS.values() if not item.is_public}
        assert kept == {"P": Audience.BRANCH_MEMBERS}


class TestWhatTheLawLeavesOpen:
    def test_a_rhythm_may_only_become_more_frequent(self, draft: Catalogue, civil_affairs: User):
        changed = services.change_item(item_of(draft, "V17"), rhythm="month", by=civil_affairs)
        assert changed.about.rhythm is Rhythm.MONTH
        with pytest.raises(Refused, match="至少每季度公开一次"):
            services.change_item(changed, rhythm="half_year", by=civil_affairs)

    def test_the_notice_board_stays(self, draft: Catalogue, civil_affairs: User):
        with pytest.raises(Refused, match="公开栏是法律要求的"):
            services.change_item(item_of(draft, "V03"), channels="网络", by=civil_affairs)

    def test_what_is_masked_may_only_become_more(self, draft: Catalogue, civil_affairs: User):
        with pytest.raises(Refused, match="还差：银行卡号"):
            services.change_item(item_of(draft, "V10"), masked="身份证号、手机号", by=civil_affairs)

    @pytest.mark.parametrize(("rhythm", "fault"), [("quarter", False), ("event", False), ("year", True)])
    def test_own_general_items_are_published_each_quarter(self, rhythm: str, fault: bool):
        own = Item("V-C1", "公共", "礼堂", Rhythm(rhythm), "村民会议", channels="公开栏")
        assert (item_fault(own, None) is not None) is fault

    def test_nobody_below_the_county_makes_the_catalogue(self, county: County, township_officer: User):
        with pytest.raises(PermissionDenied):
            services.begin_catalogue(county.root, year=YEAR, by=township_officer)


class TestVersions:
    def test_an_adopted_catalogue_is_frozen_and_another_version_follows(
        self, draft: Catalogue, county: County, civil_affairs: User
    ):
        first_day = datetime.date(YEAR, 1, 1)
        services.adopt(draft, since=first_day, by=civil_affairs)
        with pytest.raises(Refused, match="不能再改"):
            services.change_item(item_of(draft, "V17"), rhythm="month", by=civil_affairs)
        with pytest.raises(IntegrityError, match="adopted catalogue"), transaction.atomic():
            item_of(draft, "V17").delete()

        second = services.begin_catalogue(county.root, year=YEAR, by=civil_affairs)
        services.change_item(item_of(second, "V17"), rhythm="month", by=civil_affairs)
        with pytest.raises(Refused, match="从今天或者以后算起"):
            services.adopt(second, since=first_day, by=civil_affairs)
        services.adopt(second, since=today(), by=civil_affairs)

        shelf = ledgers.shelf_of(county.root.path)
        then = {item.code: item.rhythm for item in shelf.items_on(first_day)}
        now = {item.code: item.rhythm for item in shelf.items_on(today())}
        assert (then["V17"], now["V17"]) == (Rhythm.QUARTER, Rhythm.MONTH)

    def test_next_year_begins_with_this_years(self, draft: Catalogue, county: County, civil_affairs: User):
        services.change_item(item_of(draft, "V17"), rhythm="month", by=civil_affairs)
        services.add_to_catalogue(draft, kind="V", by=civil_affairs, **OWN)
        services.adopt(draft, since=draft.since, by=civil_affairs)
        following = services.begin_catalogue(county.root, year=YEAR + 1, by=civil_affairs)

        assert item_of(following, "V17").rhythm == "month"
        assert item_of(following, "V-X1").title == "文化礼堂使用"

    @pytest.mark.parametrize(
        ("now", "year", "since"),
        [("2026-07-09", 2026, "2026-07-09"), ("2026-11-20", 2027, "2027-01-01")],
    )
    def test_a_county_s_first_is_proposed_to_count_from_today_and_for_a_year_to_come_from_its_first_day(
        self, county: County, civil_affairs: User, time_machine, now: str, year: int, since: str
    ):
        time_machine.move_to(f"{now} 12:00+08:00")
        draft = services.begin_catalogue(county.root, year=year, by=civil_affairs)
        assert draft.since == datetime.date.fromisoformat(since)

    def test_what_goes_on_from_the_year_before_counts_from_the_first_day(
        self, county: County, civil_affairs: User, time_machine
    ):
        time_machine.move_to("2026-07-09 12:00+08:00")
        first = services.begin_catalogue(county.root, year=2026, by=civil_affairs)
        services.adopt(first, since=first.since, by=civil_affairs)
        time_machine.move_to("2027-02-03 12:00+08:00")
        following = services.begin_catalogue(county.root, year=2027, by=civil_affairs)
        assert following.since == datetime.date(2027, 1, 1)

    def test_without_one_the_seed_counts(self, county: County):
        assert ledgers.shelf_of(county.root.path).items_on(today()) == tuple(ITEMS.values())


class TestAdditions:
    def test_a_township_and_a_village_add_and_nobody_takes_away(
        self, county: County, village: Village, township_officer: User, clerk: User
    ):
        above = services.add_item(county.township, kind="V", since=today(), by=township_officer, **OWN)
        own = services.add_item(county.branch, kind="F", since=today(), by=clerk, **OWN)

        assert (above.code, own.code) == ("V-Z1", "F-C1")
        assert own.about.is_finance
        added = ledgers.shelf_of(county.root.path).added_to(county.branch.path)
        assert [each.item.code for each in added] == ["V-Z1", "F-C1"]
        assert ledgers.shelf_of(county.root.path).added_to(county.other_branch.path) == []
        with pytest.raises(InternalError), transaction.atomic():
            AddedItem.objects.all().delete()

    @pytest.mark.parametrize(
        ("asked", "enough"),
        [
            (Asked(100, 1_000), True),
            (Asked(99, 1_000), False),
            (Asked(None, None, 8, 40), True),
            (Asked(None, None, 7, 40), False),
            (Asked(99, 1_000, 8, 40), True),
        ],
    )
    def test_enough_must_ask_together(
        self, county: County, village: Village, clerk: User, asked: Asked, enough: bool
    ):
        def add() -> AddedItem:
            return services.add_item(county.branch, kind="V", since=today(), asked=asked, by=clerk, **OWN)

        if enough:
            assert add().is_asked_for
        else:
            with pytest.raises(Refused, match="联名的人还不够") as refused:
                add()
            assert refused.value.rule == "VAD-14"

    def test_a_county_may_ask_for_another_share_as_its_province_says(
        self, county: County, village: Village, clerk: User, county_administrator: User
    ):
        RuleOverride.objects.create(
            county=county.root.path,
            rule="VAD-14/deputies",
            value=3,
            since=today(),
            reason="本省是三分之一的村民代表。",
            author=county_administrator,
        )
        said = {"kind": "V", "since": today(), "by": clerk, **OWN}
        with pytest.raises(Refused, match="全村村民的 1/10，或者全体村民代表的 1/3"):
            services.add_item(county.branch, asked=Asked(None, None, 13, 40), **said)
        assert services.add_item(county.branch, asked=Asked(None, None, 14, 40), **said).deputies == 14

    def test_the_public_reads_what_is_adopted_and_for_everybody(
        self, draft: Catalogue, county: County, village: Village, clerk: User, civil_affairs: User
    ):
        assert not PublishedItem.objects.exists()
        services.adopt(draft, since=draft.since, by=civil_affairs)
        services.add_item(county.branch, kind="V", since=today(), by=clerk, **OWN)

        codes = set(PublishedItem.objects.values_list("code", flat=True))
        assert codes == {code for code in ITEMS if not code.startswith("P")} | {"V-C1"}


class TestPages:
    def test_the_county_makes_a_catalogue_by_the_pages(
        self, county: County, civil_affairs: User, clerk: User, signed_in
    ):
        client = signed_in(civil_affairs)
        assert "还没有确定本年的目录" in client.get(reverse("disclosure:catalogue")).content.decode()
        made = client.post(reverse("disclosure:begin"), {"year": YEAR})
        draft = Catalogue.objects.get()
        assert made.url == reverse("disclosure:draft", args=[draft.pk])

        item = reverse("disclosure:edit_item", args=[item_of(draft, "V17").pk])
        said = {"points": "做了什么", "rhythm": "year", "channels": ["公开栏"], "masked": ""}
        assert client.post(item, said).status_code == 422
        assert client.post(item, {**said, "rhythm": "month"}).status_code == 302
        own = {**OWN, "kind": "V", "channels": ["公开栏"]}
        assert client.post(reverse("disclosure:new_item", args=[draft.pk]), own).status_code == 302
        assert "改了内容要点、时限、渠道" in client.get(made.url).content.decode()
        assert signed_in(clerk).get(made.url).status_code == 403

        assert client.post(made.url, {"since": f"{YEAR}-01-01"}).status_code == 302
        page = signed_in(clerk).get(reverse("disclosure:catalogue")).content.decode()
        for words in (f"{YEAR}年村务公开目录第 1 版", "F02、F03", "文化礼堂使用", "向本组织党员公开"):
            assert words in page

    def test_a_clerk_adds_what_villagers_ask_for(
        self, county: County, village: Village, clerk: User, signed_in
    ):
        said = {
            **OWN,
            "kind": "V",
            "channels": ["公开栏"],
            "organization": county.branch.pk,
            "since": str(today()),
            "villagers": 5,
            "all_villagers": 1000,
        }
        client, address = signed_in(clerk), reverse("disclosure:add_item")
        assert client.get(address).status_code == 200
        assert client.post(address, said).status_code == 422
        assert client.post(address, {**said, "villagers": 120}).status_code == 302
        assert "村民 120/1000 人" in client.get(reverse("disclosure:catalogue")).content.decode()
        assert client.post(address, {**said, "organization": county.township.pk}).status_code == 422
