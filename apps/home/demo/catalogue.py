"""The demo county's catalogue, a quarter of its villages' other publications, what happened, and an order."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from random import Random

from django.utils import timezone

from apps.core.periods import Quarter
from apps.disclosure.catalogue import ITEMS, SAYS_NOTHING, Rhythm
from apps.disclosure.models import Catalogue, CatalogueItem, DisclosureEvent, Order, Publication
from apps.disclosure.shelf import SEED
from apps.organizations.models import Organization, Village

MISSING = 9  # one item of so many is not published
NAMES = ("王某", "李某", "张某", "刘某", "陈某", "杨某")
NOTHING = "V06"
WORDS = {
    "V03": "村民代表会议应到 32 人，实到 29 人，同意 28 人：修缮村活动室，预算 2.6 万元，已经开工。",
    "V04": "就主干道路灯的位置和村民协商 2 次，采纳意见 5 条，路灯已经装好。",
    NOTHING: "这一季度没有发生要公开的“一事一议筹资筹劳”。",
    "V08": "机动地 12 亩续包给本组农户，每亩每年 320 元，期限 3 年，已签合同。",
    "V13": "发放残疾人两项补贴 14 人，每人每月 100 元；困境儿童 2 人；优抚对象 3 人。",
    "V17": "参加防汛值守 46 人次，清理沟渠 3 公里，开展人居环境整治 4 次。",
    "V22": "收水费 132 户，每吨 2.3 元，共收 9,860 元，欠缴 3 户。",
    "V23": "调解邻里纠纷 2 件，都已达成协议。没有重大治安案件。",
    "F04": "现金和银行存款、产品物资、固定资产和上期相比没有变化。",
    "F05": "耕地、林地、水面和集体建设用地的面积没有变化。",
    "F06": "应收鱼塘发包款 3,000 元；没有欠款和贷款。",
}
HAPPENED = (
    ("V07", 30, "县道改造征用集体土地 3.2 亩"),
    ("V14", 12, "收到企业捐赠的防汛物资一批"),
    ("V05", 3, "村道硬化工程开标"),
)


def adopt(tree: Sequence[Organization], today: datetime.date, by: int) -> None:
    """The county began by this system with the last quarter that is over."""
    root = next(row for row in tree if row.parent_id is None)
    begins = Quarter.of(today).previous().first
    for year in sorted({begins.year, today.year}):
        since = max(begins, datetime.date(year, 1, 1))
        catalogue = Catalogue.objects.create(organization=root, year=year, number=1, since=since)
        CatalogueItem.objects.bulk_create(_items(catalogue))
        catalogue.adopted_on, catalogue.adopted_by_id = max(since, datetime.date(year, 1, 10)), by
        catalogue.save()


def _items(catalogue: Catalogue) -> Iterator[CatalogueItem]:
    for place, item in enumerate(SEED, 1):
        fields = {name: getattr(item, name) for name in item.__slots__}
        yield CatalogueItem(catalogue=catalogue, place=place, **fields)


def quarter(villages: Sequence[Village], rng: Random, today: datetime.date) -> list[Publication]:
    """Drafts of what each village publishes of the last quarter besides its books."""
    period = Quarter.of(today).previous()
    codes = [item.code for item in SEED if item.rhythm is Rhythm.QUARTER and item.is_public]
    return Publication.objects.bulk_create(
        Publication(
            village=village,
            item=code,
            first_on=period.first,
            last_on=period.last,
            title=f"{period.label}{ITEMS[code].title}{SAYS_NOTHING if code == NOTHING else ''}",
            body=WORDS.get(code) or _list_of(code, rng),
            nothing=code == NOTHING,
            director="王某",
            supervisor="赵某",
            accountant="孙某",
        )
        for number, village in enumerate(villages)
        for place, code in enumerate(codes)
        if (number + place) % MISSING
    )


def _list_of(code: str, rng: Random) -> str:
    """A list of persons as a light table, with nothing that must not be published."""
    what = {"V10": "耕地地力保护补贴", "V12": "最低生活保障", "V18": "误工补贴"}[code]
    lines = [f"{name}\t{what}\t{rng.randrange(3, 30) * 50}" for name in rng.sample(NAMES, 4)]
    return "\n".join(["本季度发放名单：", "", "姓名\t项目\t金额（元）", *lines])


def happen(today: datetime.date, by: int) -> None:
    """What happened in a few villages, and an order to one that is late."""
    villages = list(Village.objects.select_related("organization"))
    DisclosureEvent.objects.bulk_create(
        DisclosureEvent(
            village=villages[number],
            item=code,
            happened_on=today - datetime.timedelta(days=days),
            words=words,
            by_id=by,
        )
        for number, (code, days, words) in enumerate(HAPPENED)
    )
    late = villages[MISSING]
    period = Quarter.of(today).previous()
    order = Order.objects.create(
        village=late,
        item="V03",
        first_on=period.first,
        last_on=period.last,
        reason="村民反映这一季度的代表会议决定没有公布，查实。",
        due_on=today - datetime.timedelta(days=2),
        ordered_by_id=by,
    )
    ordered_at = timezone.now() - datetime.timedelta(days=12)
    Order.objects.filter(pk=order.pk).update(ordered_at=ordered_at)
