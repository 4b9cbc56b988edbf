"""What each village owes: items x villages x periods and events, with where each stands. Pure.

The one truth for the inner lists and for the public pages: the public side gives it what is public.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlencode

from apps.core.calendar import add_years, written
from apps.disclosure.catalogue import Item, Rhythm, item_named, place_of
from apps.disclosure.rhythm import Numbers, Span, event_due_on, periods_due, rhythm_of
from apps.disclosure.shelf import Shelf
from apps.disclosure.states import State
from apps.disclosure.tables import kinds_of
from apps.disclosure.tables.kinds import TableKind
from apps.regulations.counties import county_of

IN_FORCE = (State.PUBLISHED,)
GONE = (State.WITHDRAWN, State.REPLACED)


class Standing(StrEnum):
    """Where one thing that a village owes stands."""

    OVERDUE = "overdue"
    WORKING = "working"
    DUE = "due"
    DONE = "done"
    NOTHING = "nothing"


class Spanning(Protocol):
    """Of an item, from a day to a day."""

    item: str
    first_on: datetime.date
    last_on: datetime.date


class Told(Protocol):
    """A publication, as either side knows it."""

    village_id: int
    item: str
    first_on: datetime.date
    last_on: datetime.date
    state: str
    revision: int
    event_id: int | None
    hangs: bool
    """Whether it is on the notice board too, where somebody has asked (VAD-06)."""
    nothing: bool
    """Whether it says that nothing happened."""

    def get_state_display(self) -> str: ...


class Happened(Protocol):
    """Something happened in a village that must be made public."""

    pk: Any
    village_id: int
    item: str
    item_title: str
    happened_on: datetime.date


@dataclass(frozen=True, slots=True)
class Owner:
    """A village as the ledger needs it; `row` is what the caller knows of it."""

    pk: int
    path: str
    finance_monthly: bool
    since: datetime.date
    """From when it is asked; what it published of earlier days counts all the same."""
    row: Any
    until: datetime.date | None = None
    """The day on which it was dissolved: it owes nothing of a period that was not over by then."""

    def owes(self, period: Span) -> bool:
        return period.last >= self.since and (self.until is None or period.last < self.until)


@dataclass(frozen=True, slots=True)
class Due:
    """An item that a village owes for a period or an event, and what there is of it.

    Without period and event it is an item for which nothing new has happened.
    """

    village: Any
    item: Item
    rhythm: Rhythm
    publication: Any = None
    period: Span | None = None
    event: Any = None
    due_on: datetime.date | None = None
    days: int = 0
    """Left until the day; negative when it is over."""

    @property
    def standing(self) -> Standing:
        if self.due_on is None:
            return Standing.NOTHING
        if self.is_done:
            return Standing.DONE
        if self.days < 0:
            return Standing.OVERDUE
        return Standing.WORKING if self.publication else Standing.DUE

    @property
    def is_done(self) -> bool:
        return self.publication is not None and self.publication.state in IN_FORCE

    @property
    def may_be_nothing(self) -> bool:
        """Whether the village may say that nothing happened in the period, with one press of a button."""
        return self.is_open and self.period is not None and not self.publication and self.item.may_be_nothing

    @property
    def kinds(self) -> list[TableKind]:
        """The tables that show this item, to be filled in instead of written about."""
        return kinds_of(self.item.code)

    @property
    def is_overdue(self) -> bool:
        return self.standing is Standing.OVERDUE

    @property
    def is_open(self) -> bool:
        return self.standing in (Standing.OVERDUE, Standing.WORKING, Standing.DUE)

    @property
    def state(self) -> str:
        """For the tag: bad, good, warn or nothing."""
        if self.is_done and not self.publication.hangs:
            return "warn"
        return {Standing.OVERDUE: "bad", Standing.DONE: "good", Standing.WORKING: "warn"}.get(
            self.standing, ""
        )

    @property
    def when(self) -> str:
        """ "2026年10月", "2026年11月3日的事" """
        if self.period:
            return self.period.label
        return f"{written(self.event.happened_on)}的事" if self.event else ""

    @property
    def asked(self) -> str:
        """What a form that begins from here is filled in with, as a query."""
        first, last = (self.period.first, self.period.last) if self.period else (None, None)
        if self.event:
            first = last = self.event.happened_on
        values = {
            "village": self.village.pk,
            "item": self.item.code,
            "first_on": first,
            "last_on": last,
            "event": self.event.pk if self.event else "",
            "title": f"{self.period.label if self.period else ''}{self.item.title}",
        }
        return urlencode(values)

    @property
    def words(self) -> str:
        """ "已公布", "逾期 7 天", "待监委会审查，还有 3 天", "没有新的", "还没到时候" """
        if self.due_on is None:
            return "没有新的" if self.rhythm is Rhythm.EVENT else "还没到时候"
        if self.is_done:
            words = "已公布：本期无发生" if self.publication.nothing else "已公布"
            return words if self.publication.hangs else f"{words}，还没有张贴"
        left = f"逾期 {-self.days} 天" if self.days < 0 else f"还有 {self.days} 天"
        return f"{self.publication.get_state_display()}，{left}" if self.publication else left


@dataclass(frozen=True)
class Ledger:
    """What is needed to say what is due: catalogues and own numbers by county, and what there is."""

    shelves: Mapping[str, Shelf]
    own: Mapping[str, Numbers]
    publications: Iterable[Told]
    events: Iterable[Happened]
    on: datetime.date
    wanted: Callable[[Item], bool] = lambda item: True

    def dues(self, owners: Iterable[Owner]) -> list[Due]:
        """Everything owed within a year, worst first, then by village."""
        owners = list(owners)
        held = _by_item(self.publications)
        found = [*self._periodic(owners, held), *self._eventful(owners, held)]
        return sorted(found, key=lambda due: due.days)

    def idle(self, owners: Iterable[Owner], dues: Iterable[Due]) -> list[Due]:
        """The items for which the villages owe nothing now, so that no item of the catalogue is missing."""
        spoken = {(due.village.pk, due.item.code) for due in dues}
        return [
            Due(owner.row, item, rhythm_of(item, finance_monthly=owner.finance_monthly))
            for owner in owners
            if owner.until is None
            for item in self._items_now(owner)
            if (owner.pk, item.code) not in spoken
        ]

    def _items_now(self, owner: Owner) -> list[Item]:
        shelf = self.shelves[county_of(owner.path)]
        own = [each.item for each in shelf.added_to(owner.path)]
        return [item for item in (*shelf.items_on(self.on), *own) if self.wanted(item)]

    def _periodic(self, owners: list[Owner], held: dict[tuple[int, str], list[Told]]) -> Iterator[Due]:
        slots = cache(self._slots)
        for owner in owners:
            own = self._own_slots(owner)
            for item, rhythm, period, due_on in (*slots(county_of(owner.path), owner.finance_monthly), *own):
                publication = _for_period(held.get((owner.pk, item.code), ()), period)
                if not (owner.owes(period) or (publication and publication.state in IN_FORCE)):
                    continue
                days = (due_on - self.on).days
                yield Due(owner.row, item, rhythm, publication, period, due_on=due_on, days=days)

    def _slots(self, county: str, monthly: bool) -> tuple[tuple[Item, Rhythm, Span, datetime.date], ...]:
        """What every village of the county owes: each item with its periods."""
        shelf, own = self.shelves[county], self.own[county]
        return tuple(
            (item, rhythm, period, day)
            for rhythm in Rhythm
            for period, day in self._periods(rhythm, own, since=shelf.begins)
            for item in shelf.items_on(period.first)
            if rhythm_of(item, finance_monthly=monthly) is rhythm and self.wanted(item)
        )

    def _own_slots(self, owner: Owner) -> list[tuple[Item, Rhythm, Span, datetime.date]]:
        """What the township or the village itself has added."""
        county = county_of(owner.path)
        return [
            (each.item, each.item.rhythm, period, day)
            for each in self.shelves[county].added_to(owner.path)
            if self.wanted(each.item)
            for period, day in self._periods(each.item.rhythm, self.own[county], since=each.since)
        ]

    def _periods(
        self, rhythm: Rhythm, own: Numbers, *, since: datetime.date
    ) -> list[tuple[Span, datetime.date]]:
        a_year_ago = add_years(self.on, -1)
        found = periods_due(rhythm, own, after=a_year_ago, on=self.on)
        return [(period, day) for period, day in found if period.last >= since]

    def _eventful(self, owners: list[Owner], held: dict[tuple[int, str], list[Told]]) -> Iterator[Due]:
        known = {owner.pk: owner for owner in owners}
        for event in self.events:
            item = item_named(event.item, event.item_title)
            owner = known.get(event.village_id)
            if owner is None or not self.wanted(item):
                continue
            publication = _of_event(held.get((owner.pk, event.item), ()), event.pk)
            due_on = event_due_on(event.happened_on, self.own[county_of(owner.path)])
            days = (due_on - self.on).days
            yield Due(owner.row, item, Rhythm.EVENT, publication, event=event, due_on=due_on, days=days)


def _by_item(publications: Iterable[Told]) -> dict[tuple[int, str], list[Told]]:
    """The publications by village and item, the one that counts most first."""
    found: dict[tuple[int, str], list[Told]] = {}
    for row in publications:
        if row.state not in GONE:
            found.setdefault((row.village_id, row.item), []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row.state not in IN_FORCE, -row.revision))
    return found


def _for_period(rows: Iterable[Told], period: Span) -> Told | None:
    """What was published within the period, or covers its end; a statement of July is none of the quarter."""
    return next((row for row in rows if counts_for(row, period.first, period.last)), None)


def counts_for(row: Spanning, first: datetime.date, last: datetime.date) -> bool:
    """Whether a publication is one of these days: income and expense must reach the last of them."""
    if item_named(row.item, "").is_finance:
        return row.first_on <= last <= row.last_on
    return first <= row.last_on and row.first_on <= last


def _of_event(rows: Iterable[Told], event: int) -> Told | None:
    return next((row for row in rows if row.event_id == event), None)


def latest_of(dues: Iterable[Due]) -> list[Due]:
    """What is still owed, and of what is done the last only."""
    kept: dict[tuple[str, object], Due] = {}
    for due in sorted(dues, key=lambda due: due.days):
        key = (due.item.code, (due.when, due.event and due.event.pk) if due.is_open else "")
        kept[key] = due
    return list(kept.values())


def in_groups(dues: Iterable[Due]) -> list[tuple[str, list[Due]]]:
    """By the groups of the catalogue and in its order."""
    groups: dict[str, list[Due]] = {}
    for due in sorted(dues, key=lambda due: (place_of(due.item), due.days)):
        groups.setdefault(due.item.group, []).append(due)
    return list(groups.items())
