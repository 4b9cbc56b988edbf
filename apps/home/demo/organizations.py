"""The demo county's tree: townships with villages and communities, bureaus, schools, enterprises."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from apps.core.calendar import add_months, add_years
from apps.home.demo import words
from apps.organizations.kinds import BRANCH_KINDS, Kind, Sector
from apps.organizations.models import Organization, Placement, Term
from apps.organizations.rules import FROM_THE_BEGINNING

CHINESE_NUMERALS = "一二三"
MOBILE_SEED = 14


@dataclass
class Tree:
    """Organizations in the order of their paths, parents first."""

    rng: Random
    today: datetime.date
    rows: list[Organization] = field(default_factory=list)

    def add(
        self, parent: Organization | None, code: str, name: str, kind: Kind, sector: Sector, short: str = ""
    ) -> Organization:
        full_code = f"{parent.code if parent else ''}{code}"
        row = Organization(
            code=full_code,
            name=name,
            short_name=short,
            kind=kind,
            sector=sector,
            parent=parent,
            path=f"{parent.path if parent else ''}{full_code}/",
            founded_on=datetime.date(
                self.rng.randint(1955, 2015), self.rng.randint(1, 12), self.rng.randint(1, 28)
            ),
            phone=f"0990-6{self.rng.randint(100000, 999999)}",
            meeting_place=_meeting_place(sector) if kind in BRANCH_KINDS else "",
            theme_day=5 if kind in BRANCH_KINDS else None,
        )
        self.rows.append(row)
        return row


def _meeting_place(sector: Sector) -> str:
    return {Sector.VILLAGE: "村党群服务中心", Sector.COMMUNITY: "社区党群服务中心"}.get(sector, "党员活动室")


def plan(rng: Random, today: datetime.date, scale: int) -> list[Organization]:
    """Every organization of the county, unsaved; `scale` repeats the townships."""
    tree = Tree(rng, today)
    root = tree.add(
        None,
        words.COUNTY_CODE,
        f"中国共产党{words.COUNTY}委员会",
        Kind.COMMITTEE,
        Sector.COUNTY,
        f"{words.COUNTY}委",
    )
    for number, (name, suffix) in enumerate(_townships(scale), 1):
        _township(tree, root, number, f"{name}{suffix}")
    _working_committee(tree, root, len(words.TOWNSHIPS) * scale + 1)
    _bureau_committee(tree, root, len(words.TOWNSHIPS) * scale + 2, "教育局", words.SCHOOLS, Sector.SCHOOL)
    _bureau_committee(
        tree, root, len(words.TOWNSHIPS) * scale + 3, "国资中心", words.ENTERPRISES, Sector.STATE_ENTERPRISE
    )
    return [*sorted(tree.rows, key=lambda row: row.path), _mobile_branch(tree.rows, today)]


def _mobile_branch(rows: list[Organization], today: datetime.date) -> Organization:
    """Of the first township's people who work far away; last, so that nobody else is drawn otherwise."""
    township = next(row for row in rows if row.sector == Sector.TOWNSHIP)
    own = Tree(Random(MOBILE_SEED), today)  # noqa: S311 - the demo must be the same every time
    name = f"{township.short_name.removesuffix('党委')}驻{words.DESTINATIONS[1]}流动党员党支部"
    return own.add(township, "014", name, Kind.MOBILE_BRANCH, Sector.SOCIAL_ORGANIZATION)


def _townships(scale: int) -> Iterator[tuple[str, str]]:
    for copy in range(scale):
        for name, suffix in words.TOWNSHIPS:
            yield (name if copy == 0 else f"{name}{copy + 1}"), suffix


def _township(tree: Tree, root: Organization, number: int, name: str) -> None:
    township = tree.add(
        root,
        f"{number:03d}",
        f"中共{words.COUNTY}{name}委员会",
        Kind.COMMITTEE,
        Sector.TOWNSHIP,
        f"{name}党委",
    )
    for place, village in enumerate(_villages(tree.rng, 11), 1):
        if place == 1:
            _general_branch(tree, township, place, f"{name}{village}村", Sector.VILLAGE)
        else:
            tree.add(township, f"{place:03d}", f"{name}{village}村党支部", Kind.BRANCH, Sector.VILLAGE)
    community = words.COMMUNITIES[number % len(words.COMMUNITIES)]
    _general_branch(tree, township, 12, f"{name}{community}社区", Sector.COMMUNITY)
    tree.add(township, "013", f"{name}机关党支部", Kind.BRANCH, Sector.AGENCY)


def _villages(rng: Random, count: int) -> list[str]:
    names = [head + tail for head in words.VILLAGE_HEADS for tail in words.VILLAGE_TAILS]
    return rng.sample(names, count)


def _general_branch(tree: Tree, township: Organization, place: int, name: str, sector: Sector) -> None:
    general = tree.add(township, f"{place:03d}", f"{name}党总支", Kind.GENERAL_BRANCH, sector)
    for number, numeral in enumerate(CHINESE_NUMERALS[:2], 1):
        tree.add(general, f"{number:03d}", f"{name}第{numeral}党支部", Kind.BRANCH, sector)


def _working_committee(tree: Tree, root: Organization, number: int) -> None:
    working = tree.add(
        root,
        f"{number:03d}",
        f"中共{words.COUNTY}直属机关工作委员会",
        Kind.WORKING_COMMITTEE,
        Sector.COUNTY,
        "县直机关工委",
    )
    for place, bureau in enumerate(words.BUREAUS, 1):
        tree.add(working, f"{place:03d}", f"县{bureau}机关党支部", Kind.BRANCH, Sector.AGENCY)
    tree.add(working, "007", "县行业协会联合党支部", Kind.JOINT_BRANCH, Sector.SOCIAL_ORGANIZATION)
    tree.add(working, "008", "县重点工程指挥部临时党支部", Kind.TEMPORARY_BRANCH, Sector.COUNTY)


def _bureau_committee(
    tree: Tree, root: Organization, number: int, bureau: str, units: tuple[str, ...], sector: Sector
) -> None:
    committee = tree.add(
        root,
        f"{number:03d}",
        f"中共{words.COUNTY}{bureau}委员会",
        Kind.COMMITTEE,
        Sector.COUNTY,
        f"县{bureau}党委",
    )
    for place, unit in enumerate(units, 1):
        tree.add(committee, f"{place:03d}", f"县{unit}党支部", Kind.BRANCH, sector)


def save(rows: list[Organization]) -> None:
    """The organizations with their placements, level by level so that parents have their keys."""
    for depth in sorted({row.depth for row in rows}):
        level = [row for row in rows if row.depth == depth]
        for row in level:
            row.parent_id = row.parent.pk if row.parent else None
        Organization.objects.bulk_create(level, batch_size=1000)
    Placement.objects.bulk_create(
        [
            Placement(
                organization=row,
                name=row.name,
                parent=row.parent,
                path=row.path,
                since=row.founded_on or FROM_THE_BEGINNING,
            )
            for row in rows
        ],
        batch_size=1000,
    )


def add_terms(
    rows: list[Organization], rng: Random, today: datetime.date, years: dict[str, int]
) -> list[Term]:
    """One current term each; some fall due within the half year, a few are overdue (M14)."""
    terms = []
    for row in rows:
        if row.is_temporary:
            continue
        length = years[row.code]
        left = (
            rng.choice([-2, 2, 4, *range(7, length * 12, 5)])
            if rng.random() < 0.3
            else rng.randint(7, length * 12 - 1)
        )
        elected = add_years(add_months(today, left), -length)
        terms.append(Term(organization=row, elected_on=elected, years=length, number=rng.randint(3, 14)))
    return Term.objects.bulk_create(terms, batch_size=1000)
