"""Reads: the catalogues of a county, and what its villages owe; the same number of queries for any number."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.core.calendar import add_years, today
from apps.core.errors import Refused
from apps.core.scope import Reader
from apps.disclosure.board import rule_on
from apps.disclosure.catalogue import Audience, Item
from apps.disclosure.due import Due, Ledger, Owner, Standing
from apps.disclosure.models import AddedItem, Catalogue, CatalogueItem, DisclosureEvent, Publication
from apps.disclosure.posted import hangs
from apps.disclosure.shelf import Addition, Shelf, Version
from apps.organizations.models import Organization, Village
from apps.regulations.counties import county_of
from apps.regulations.settings import settings_of

# Further back nothing is asked for: a period of a year is due a year and some days after it began.
YEARS_BACK = 2
FOR_ALL = Q(audience=Audience.PUBLIC)
LIGHT = ("village_id", "item", "first_on", "last_on", "state", "revision", "event_id", "audience", "nothing")


def shelf_of(county: str) -> Shelf:
    """Everything that the county has adopted, and its townships and villages have added; three queries."""
    adopted = Catalogue.objects.filter(organization__path=county, adopted_on__isnull=False)
    versions = [
        Version(row.year, row.number, row.since, tuple(item.about for item in row.items.all()))
        for row in adopted.prefetch_related("items")
    ]
    added = AddedItem.objects.filter(county=county).select_related("organization")
    return Shelf(
        tuple(versions), tuple(Addition(row.about, row.organization.path, row.since) for row in added)
    )


def owners_of(villages: Iterable[Village]) -> list[Owner]:
    return [Owner(row.pk, row.organization.path, row.finance_monthly, row.since, row) for row in villages]


def ledger_of(
    villages: Sequence[Village], *, on: datetime.date, wanted: Callable[[Item], bool] | None = None
) -> Ledger:
    """What is needed to say what these villages owe."""
    counties = {county_of(village.organization.path) for village in villages}
    since = add_years(on, -YEARS_BACK)
    rule = rule_on(on)
    rows = Publication.objects.filter(village__in=villages, group=None, last_on__gte=since).only(*LIGHT)
    publications = rows.annotate(hangs=hangs(rule) | Q(published_at__date__lt=rule.since) | ~FOR_ALL)
    events = DisclosureEvent.objects.filter(
        village__in=villages, cancel_reason="", happened_on__gt=add_years(on, -1)
    )
    return Ledger(
        {county: shelf_of(county) for county in counties},
        {county: settings_of(county) for county in counties},
        publications.order_by(),
        events,
        on,
        wanted or (lambda item: True),
    )


def dues_of(
    villages: Sequence[Village], *, on: datetime.date, wanted: Callable[[Item], bool] | None = None
) -> list[Due]:
    """What the villages owe, worst first."""
    return ledger_of(villages, on=on, wanted=wanted).dues(owners_of(villages))


def village_dues(village: Village, *, on: datetime.date) -> tuple[list[Due], list[Due]]:
    """What one village owes and has done, and the items for which it owes nothing now."""
    ledger, owners = ledger_of([village], on=on), owners_of([village])
    dues = ledger.dues(owners)
    return dues, ledger.idle(owners, dues)


@dataclass(frozen=True, slots=True)
class Cell:
    """How one group of items stands in a village."""

    overdue: int = 0
    open: int = 0
    done: int = 0

    @property
    def words(self) -> str:
        """ "逾期 3", "待办 2", "齐" """
        if self.overdue:
            return f"逾期 {self.overdue}"
        if self.open:
            return f"待办 {self.open}"
        return "齐" if self.done else ""

    @property
    def state(self) -> str:
        if self.overdue:
            return "bad"
        return "warn" if self.open else "good"


def matrix_of(
    villages: Sequence[Village], dues: Iterable[Due], groups: Sequence[str]
) -> list[tuple[Village, list[Cell]]]:
    """Each village with a cell for each group."""
    counts: dict[tuple[int, str], dict[Standing, int]] = {}
    for due in dues:
        cell = counts.setdefault((due.village.pk, due.item.group), {})
        cell[due.standing] = cell.get(due.standing, 0) + 1
    return [
        (village, [_cell(counts.get((village.pk, group), {})) for group in groups]) for village in villages
    ]


def _cell(found: dict[Standing, int]) -> Cell:
    return Cell(
        found.get(Standing.OVERDUE, 0),
        found.get(Standing.WORKING, 0) + found.get(Standing.DUE, 0),
        found.get(Standing.DONE, 0),
    )


# --- catalogues -----------------------------------------------------------------------------------


def catalogues_for(user: Reader) -> QuerySet[Catalogue]:
    """The versions of the user's county; everybody below reads what the county has adopted."""
    roots = {county_of(root) for root in user.scope_for("disclosure.view").roots if root}
    rows: QuerySet[Catalogue] = Catalogue.objects.select_related("organization", "adopted_by")
    if user.scope_for("disclosure.view").is_everywhere:
        return rows
    return rows.filter(organization__path__in=roots)


def drafts_for(user: Reader) -> QuerySet[Catalogue]:
    """The drafts that the user may change."""
    rows: QuerySet[Catalogue] = Catalogue.objects.within(user, "disclosure.catalogue")
    return rows.filter(adopted_on=None).select_related("organization")


def draft_item_for(user: Reader, number: int) -> CatalogueItem:
    """Raises CatalogueItem.DoesNotExist outside the scope."""
    found: CatalogueItem = (
        CatalogueItem.objects.within(user, "disclosure.catalogue")
        .select_related("catalogue__organization")
        .get(pk=number)
    )
    return found


def added_for(user: Reader) -> QuerySet[AddedItem]:
    """What has been added in the user's scope, and above it."""
    scope = user.scope_for("disclosure.view")
    above = {root[: place + 1] for root in scope.roots for place, sign in enumerate(root) if sign == "/"}
    rows: QuerySet[AddedItem] = AddedItem.objects.select_related("organization", "by")
    return rows.filter(scope.q("organization__path") | Q(organization__path__in=above))


def counties_of(user: Reader, permission: str) -> list[Organization]:
    """The roots on which the user holds the permission."""
    rows = Organization.objects.within(user, permission).filter(parent=None)
    return list(rows)


def places_of(user: Reader, permission: str) -> QuerySet[Organization]:
    """Townships and villages to which the user may add items."""
    rows: QuerySet[Organization] = Organization.objects.within(user, permission).current()
    return rows.filter(
        Q(sector="township", parent__parent=None, parent__isnull=False) | Q(village__isnull=False)
    )


def item_for(village: Village, code: str) -> Item:
    """The item by which the village publishes today; Refused where its catalogue has none of that code."""
    found = next((item for item in items_below([village], on=today()) if item.code == code), None)
    if found is None:
        raise Refused("这个村的公开目录里没有这一项。", field="item", rule="VAD-15")
    return found


def events_for(user: Reader) -> QuerySet[DisclosureEvent]:
    rows: QuerySet[DisclosureEvent] = DisclosureEvent.objects.visible_to(user)
    return rows.select_related("village__organization", "by")


def items_below(villages: Sequence[Village], *, on: datetime.date) -> list[Item]:
    """Every item that one of the villages may publish, each once."""
    found: dict[str, Item] = {}
    for county in {county_of(village.organization.path) for village in villages}:
        shelf = shelf_of(county)
        paths = [village.organization.path for village in villages]
        own = [each.item for each in shelf.added if any(path.startswith(each.place) for path in paths)]
        found.update({item.code: item for item in (*shelf.items_on(on), *own)})
    return list(found.values())
