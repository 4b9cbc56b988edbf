"""Reads of the public side."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce

from apps.core.calendar import add_years
from apps.core.periods import Period
from apps.disclosure import chain
from apps.disclosure.catalogue import INCOME_AND_EXPENSE, Item, grouped
from apps.disclosure.due import Due, Ledger, Owner, in_groups, latest_of
from apps.disclosure.models import (
    Published,
    PublishedEvent,
    PublishedItem,
    PublishedPosting,
    PublishedSetting,
    PublishedVillage,
)
from apps.disclosure.shelf import Addition, Shelf, Version
from apps.disclosure.states import State
from apps.organizations.naming import county_name, short_label
from apps.publicsite import holdings
from apps.regulations.counties import county_of as county_path
from apps.regulations.table import Overrides

PART = 200  # publications of a chain on one page


@dataclass(frozen=True)
class OwnNumbers:
    """What a county has set for itself, oldest first."""

    rows: tuple[PublishedSetting, ...]

    def on(self, moment: datetime.date | Period) -> Overrides:
        day = moment if isinstance(moment, datetime.date) else moment.first
        return {row.rule: row.value for row in self.rows if row.since <= day}


@dataclass(frozen=True)
class Township:
    """A township with its villages, each with where its statement stands."""

    code: str
    name: str
    villages: tuple[tuple[PublishedVillage, Due | None], ...]


def villages() -> list[PublishedVillage]:
    return list(PublishedVillage.objects.all())


def county_of(everywhere: Sequence[PublishedVillage]) -> str:
    return county_name(everywhere[0].county) if everywhere else ""


def townships(on: datetime.date) -> list[Township]:
    """Every township that has a village here, in the county's order; three queries."""
    everywhere = villages()
    states = finance_states(everywhere, on)
    groups: dict[tuple[str, str], list[PublishedVillage]] = {}
    for village in everywhere:
        groups.setdefault((village.township_code, township_name(village)), []).append(village)
    return [
        Township(code, name, tuple((village, states.get(village.pk)) for village in rows))
        for (code, name), rows in groups.items()
    ]


def township_name(village: PublishedVillage) -> str:
    """How people call it: 东桥镇."""
    return short_label(village.township, county=county_name(village.county), is_township=True)


def finance_states(rows: Sequence[PublishedVillage], on: datetime.date) -> dict[int, Due]:
    """Where the last statement of each village stands."""
    ledger = _ledger(rows, on, wanted=lambda item: item.code == INCOME_AND_EXPENSE, item=INCOME_AND_EXPENSE)
    newest_first = sorted(ledger.dues(_owners(rows)), key=lambda due: due.due_on or on, reverse=True)
    found: dict[int, Due] = {}
    for due in newest_first:
        found.setdefault(due.village.pk, due)
    return found


def items_of(village: PublishedVillage, on: datetime.date) -> list[tuple[str, list[Due]]]:
    """Every item of the catalogue, in its groups: what is overdue, due, published, and what is not new."""
    ledger, owners = _ledger([village], on, wanted=lambda item: item.is_public), _owners([village])
    dues = ledger.dues(owners)
    return in_groups(latest_of([*dues, *ledger.idle(owners, dues)]))


def catalogue_of(
    village: PublishedVillage, on: datetime.date
) -> tuple[Version | None, list[tuple[str, list[Item]]]]:
    """The catalogue that counts for the village on a day, and its items in their groups."""
    shelf = shelf_of(county_path(village.place))
    items = [*shelf.items_on(on), *(each.item for each in shelf.added_to(village.place))]
    return shelf.version_on(on), grouped([item for item in items if item.is_public])


def _owners(rows: Iterable[PublishedVillage]) -> list[Owner]:
    return [
        Owner(row.pk, row.place, row.finance_monthly, row.since, row, until=row.dissolved_on) for row in rows
    ]


def _ledger(
    rows: Sequence[PublishedVillage], on: datetime.date, *, wanted: Callable[[Item], bool], **about: str
) -> Ledger:
    """What is needed to say what these villages owe: the same number of queries for any number of them.

    `about` narrows what is read, where only some of it is wanted.
    """
    counties = {county_path(row.place) for row in rows}
    latest = Published.objects.filter(village__in=rows, last_on__gte=add_years(on, -2), **about)
    told = _light(latest.filter(group_number=None)).defer("changed_at")  # a look at each row's steps
    events = PublishedEvent.objects.filter(
        village_id__in=[row.pk for row in rows], happened_on__gt=add_years(on, -1)
    )
    return Ledger(
        {county: shelf_of(county) for county in counties},
        {county: numbers_of(county) for county in counties},
        [row for row in told.order_by() if wanted(row.about)],
        events,
        on,
        wanted,
    )


def shelf_of(county: str) -> Shelf:
    """What the county has adopted and its townships and villages have added, as far as it is public."""
    versions: dict[tuple[int, int, datetime.date], list[Item]] = {}
    added: list[Addition] = []
    for row in PublishedItem.objects.filter(place__startswith=county):
        if row.year is None or row.number is None:
            added.append(Addition(row.about, row.place, row.since))
        else:
            versions.setdefault((row.year, row.number, row.since), []).append(row.about)
    return Shelf(
        tuple(Version(*key, tuple(items)) for key, items in versions.items()),
        tuple(added),
    )


def numbers_of(county: str) -> OwnNumbers:
    """What the county has set for itself; one query."""
    return OwnNumbers(tuple(PublishedSetting.objects.filter(county=county)))


def _light(rows: QuerySet[Published]) -> QuerySet[Published]:
    return rows.defer("content")


def village_named(code: str) -> PublishedVillage:
    """Raises PublishedVillage.DoesNotExist."""
    return PublishedVillage.objects.get(code=code)


def publications_in(village: PublishedVillage, year: int) -> list[Published]:
    """Everything that the village published about a year, newest first; without the contents."""
    return list(_light(village.publications.filter(last_on__year=year)))


def latest_of_village(village: PublishedVillage, *, most: int) -> list[Published]:
    """What the village published last, newest first, whatever period it is about; without the contents."""
    return list(_light(village.publications.order_by("-chain_number"))[:most])


def latest_told(village: PublishedVillage, *, most: int) -> list[Published]:
    """What there is to tell last: published, corrected or withdrawn; without the contents."""
    rows = village.publications.order_by(Coalesce("changed_at", "published_at").desc(), "-chain_number")
    return list(_light(rows)[:most])


def groups_of(village: PublishedVillage) -> list[tuple[int, str]]:
    """The number and name of each villagers' group of it that published something."""
    rows = village.publications.exclude(group_number=None).values_list("group_number", "group")
    return sorted((number, name) for number, name in rows.order_by().distinct() if number is not None)


def publications_of_group(village: PublishedVillage, group: int) -> list[Published]:
    """Everything that a villagers' group of it published; Published.DoesNotExist when there is nothing."""
    rows = list(_light(village.publications.filter(group_number=group)))
    if not rows:
        raise Published.DoesNotExist
    return rows


def latest_statement(village: PublishedVillage) -> Published | None:
    rows = village.publications.filter(item=INCOME_AND_EXPENSE, state=State.PUBLISHED, group_number=None)
    return rows.order_by("-last_on").first()


def publication_named(code: str, number: int) -> Published:
    """Raises Published.DoesNotExist."""
    held = holdings.of(code)
    if held is None:
        return Published.objects.select_related("village").get(village__code=code, chain_number=number)
    if number not in held.numbered:
        raise Published.DoesNotExist
    return held.numbered[number]


def kin_of(publication: Published) -> list[Published]:
    """Everything published of the same item, newest first; without the contents, unless at hand."""
    held = holdings.of(publication.village.code)
    if held:
        return held.kin[holdings.kinship(publication)]
    item, kind, group = holdings.kinship(publication)
    same = Published.objects.filter(village=publication.village_id, item=item, kind=kind, group_number=group)
    return list(_light(same))


def versions_in(kin: Iterable[Published], publication: Published) -> list[Published]:
    """Every version of the same item and period, the first one first."""
    days = publication.first_on, publication.last_on
    same = (row for row in kin if (row.first_on, row.last_on) == days)
    return sorted(same, key=lambda row: row.chain_number)


def postings_of(publication: Published) -> list[PublishedPosting]:
    """Where it hangs and hung on a notice board, the first time first."""
    return list(publication.postings.all())


def breaks_of(village: PublishedVillage) -> list[chain.Break]:
    """Whatever does not hold in the village's chain; reads it once from end to end and keeps nothing."""
    fields = ("chain_number", "content", "checksum", "previous_checksum")
    rows = village.publications.order_by("chain_number").values_list(*fields)
    return list(chain.breaks(chain.Link(*row) for row in rows.iterator()))


def parts_of(village: PublishedVillage) -> int:
    """In how many parts the chain is listed."""
    last = village.publications.aggregate(last=Max("chain_number"))["last"] or 0
    return max(1, -(-last // PART))


def part_of(village: PublishedVillage, part: int) -> list[Published]:
    """The publications of a part of the chain, in its order; the first part has the first ones."""
    first = (part - 1) * PART + 1
    rows = village.publications.filter(chain_number__range=(first, first + PART - 1))
    return list(_light(rows).order_by("chain_number"))
