"""The other tables of the demo villages: last year's sheets, and the registers and lists of a quarter."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from apps.core.calendar import add_years
from apps.core.periods import Period, Quarter, Year
from apps.disclosure.frozen import period_words
from apps.disclosure.models import Publication, Table
from apps.disclosure.tables import (
    ASSETS,
    BALANCE_SHEET,
    INCOME_DISTRIBUTION,
    MISSED_WORK,
    RESOURCES,
    SUBSIDIES,
)
from apps.disclosure.tables.cells import stored
from apps.disclosure.tables.checks import completed
from apps.disclosure.tables.kinds import LINE, TableKind, Values
from apps.organizations.models import Village

SURNAMES = "赵钱孙李周吴郑王冯陈"
HOUSEHOLDS = 24
ASSET_NAMES = (("村委会办公楼", "房屋", "自用"), ("老粮库", "房屋", "出租"), ("抽水机", "设备", "自用"))
PLOTS = (("村东鱼塘", "水面", 18), ("后山林地", "林地", 260), ("河滩机动地", "耕地", 42))
JOBS = ("防汛巡堤", "水渠清淤", "环境整治", "人口调查入户")


@dataclass(frozen=True)
class Filled:
    """One table on its way into the database."""

    village: Village
    kind: TableKind
    period: Period
    rows: Sequence[Values]


def drafts(villages: Sequence[Village], seed: int, today: datetime.date) -> list[Publication]:
    """A draft for each table of each village, its rows with it; what was due by today."""
    rng = Random(seed)  # noqa: S311 - the demo must be the same every time
    year, quarter = Year.of(today).previous(), Quarter.of(today).previous()
    filled = [each for village in villages for each in _of_village(village, rng, year, quarter)]
    made = Publication.objects.bulk_create([_publication(each) for each in filled], batch_size=500)
    Table.objects.bulk_create(
        [
            Table(
                publication=row, kind=each.kind.code, rows=stored(each.kind, completed(each.kind, each.rows))
            )
            for row, each in zip(made, filled, strict=True)
        ],
        batch_size=500,
    )
    return made


def _publication(filled: Filled) -> Publication:
    first, last = filled.period.first, filled.period.last
    return Publication(
        village=filled.village,
        item=filled.kind.item,
        first_on=first,
        last_on=last,
        title=f"{period_words(first, last)}{filled.kind.title}",
        director="王某",
        supervisor="赵某",
        accountant="孙某",
    )


def _of_village(village: Village, rng: Random, year: Year, quarter: Quarter) -> Iterator[Filled]:
    gain = Decimal(rng.randrange(20_000, 90_000))
    yield Filled(village, BALANCE_SHEET, year, _balance(rng))
    yield Filled(village, INCOME_DISTRIBUTION, year, _income(rng, gain))
    yield Filled(village, ASSETS, quarter, _assets(rng, quarter))
    yield Filled(village, RESOURCES, quarter, _resources(rng, quarter))
    yield Filled(village, SUBSIDIES, quarter, _subsidies(rng, quarter))
    yield Filled(village, MISSED_WORK, quarter, _missed_work(rng, quarter))


def _lines(column: str, **amounts: Decimal) -> list[Values]:
    return [{LINE: line, column: amount} for line, amount in amounts.items()]


def _balance(rng: Random) -> list[Values]:
    cash, owed, house, used, owes, special = (
        Decimal(rng.randrange(low, high))
        for low, high in (
            *((60_000, 400_000), (2_000, 30_000), (300_000, 900_000)),
            *((20_000, 200_000), (1_000, 40_000), (0, 50_000)),
        )
    )
    reserves = Decimal(rng.randrange(20_000, 60_000))
    capital = cash + owed + house - used - owes - special - reserves
    return _lines(
        "closing",
        cash=cash,
        receivables=owed,
        fixed_cost=house,
        fixed_depreciation=used,
        payables=owes,
        special=special,
        capital=capital,
        reserves=reserves,
    )


def _income(rng: Random, gain: Decimal) -> list[Values]:
    management = Decimal(rng.randrange(10_000, 40_000))
    return _lines(
        "amount",
        business_income=gain + management,
        subsidy_income=Decimal(rng.randrange(20_000, 80_000)),
        management=management,
        officials=management / 2,
        newspapers=Decimal(rng.randrange(500, 2_000)),
        welfare_expense=Decimal(rng.randrange(5_000, 20_000)),
        to_reserves=gain / 10,
        to_members=Decimal(rng.randrange(0, 10)) * 1_000,
    )


def _assets(rng: Random, quarter: Quarter) -> list[Values]:
    return [
        {
            "name": name,
            "category": category,
            "quantity": Decimal(1),
            "unit": "处" if category == "房屋" else "台",
            "cost": Decimal(rng.randrange(2_000, 400_000)),
            "acquired": "集体自建" if category == "房屋" else "购买",
            "use": use,
            **(_let(rng, quarter, "村民") if use == "出租" else {}),
        }
        for name, category, use in ASSET_NAMES
    ]


def _let(rng: Random, quarter: Quarter, who: str) -> dict[str, object]:
    """Let to somebody: for five years, one contract in a few about to end."""
    rent = Decimal(rng.randrange(10, 90)) * 100
    until = add_years(quarter.last, rng.randrange(0, 4)) + datetime.timedelta(days=rng.randrange(20, 300))
    return {
        "tenant": f"{who}{rng.choice(SURNAMES)}某",
        "lease_from": add_years(until, -5),
        "lease_until": until,
        "rent": rent,
        "received": rent,
    }


def _resources(rng: Random, quarter: Quarter) -> list[Values]:
    return [
        {
            "name": name,
            "category": category,
            "area": Decimal(area + rng.randrange(0, 9)),
            "bounds": "东至路，南至渠，西至山脚，北至村界",
            **_let(rng, quarter, ""),
        }
        for name, category, area in PLOTS
    ]


def _subsidies(rng: Random, quarter: Quarter) -> list[Values]:
    rows: list[Values] = []
    for number in range(HOUSEHOLDS):
        acres = Decimal(rng.randrange(10, 90)) / 10
        rows.append(
            {
                "group": f"第{'一二三四'[number % 4]}组",
                "name": f"{SURNAMES[number % len(SURNAMES)]}{'甲乙丙'[number // len(SURNAMES)]}某",
                "project": "耕地地力保护补贴",
                "rate": Decimal(95),
                "quantity": acres,
                "amount": acres * 95,
                "paid_on": quarter.first + datetime.timedelta(days=40),
            }
        )
    return rows


def _missed_work(rng: Random, quarter: Quarter) -> list[Values]:
    return [
        {
            "name": f"{rng.choice(SURNAMES)}某",
            "reason": job,
            "on": quarter.first + datetime.timedelta(days=rng.randrange(0, 85)),
            "days": Decimal(rng.randrange(1, 9)) / 2,
            "rate": Decimal(120),
        }
        for job in JOBS
    ]
