"""Reads of the public side."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

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
from apps.regulations.counties import county_of as county_path
from apps.regulations.table import Overrides


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
    ledger = _ledger(rows, on, wanted=lambda item: item.code == INCOME_AND_EXPENSE)
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
    return [Owner(row.pk, row.place, row.finance_monthly, row.since, row) for row in rows]


def _ledger(rows: Sequence[PublishedVillage], on: datetime.date, *, wanted: Callable[[Item], bool]) -> Ledger:
    """What is needed to say what these villages owe: the same number of queries for any number of them."""
    counties = {county_path(row.place) for row in rows}
    told = _light(
        Published.objects.filter(village__in=rows, group_number=None, last_on__gte=add_years(on, -2))
    )
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


def publications_of(village: PublishedVillage, *, year: int | None = None) -> list[Published]:
    """Everything that the village published, newest first; without the contents."""
    rows = _light(village.publications.all())
    return list(rows.filter(last_on__year=year) if year else rows)


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
    return Published.objects.select_related("village").get(village__code=code, chain_number=number)


def versions_of(publication: Published) -> list[Published]:
    """Every version of the same item and period, the first one first."""
    same = Published.objects.filter(
        village=publication.village_id,
        item=publication.item,
        kind=publication.kind,
        group_number=publication.group_number,
        first_on=publication.first_on,
        last_on=publication.last_on,
    )
    return list(_light(same).order_by("chain_number"))


def postings_of(publication: Published) -> list[PublishedPosting]:
    """Where it hangs and hung on a notice board, the first time first."""
    return list(publication.postings.all())


def chain_of(village: PublishedVillage) -> tuple[list[Published], list[chain.Break]]:
    """The village's publications in the order of the chain, and whatever does not hold."""
    rows = list(village.publications.order_by("chain_number"))
    links = (chain.Link(row.chain_number, row.content, row.checksum, row.previous_checksum) for row in rows)
    return rows, list(chain.breaks(links))


def found(text: str, *, code: str = "", limit: int) -> list[Published]:
    """What holds every word: everywhere in title and village, in one village in the contents too."""
    rows = Published.objects.select_related("village").exclude(state=State.WITHDRAWN)
    if code:
        rows = rows.filter(village__code=code)
    for word in text.split():
        inside = Q(content__icontains=word) if code else Q()
        rows = rows.filter(Q(title__icontains=word) | Q(village__name__icontains=word) | inside)
    return list(_light(rows)[:limit])
