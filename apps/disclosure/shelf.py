"""Which catalogue counts for a day: what the county adopted, and what townships and villages added. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from apps.disclosure.catalogue import ITEMS, Item

SEED = tuple(ITEMS.values())


class Dated(Protocol):
    """A version as whoever asks knows it."""

    @property
    def year(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def since(self) -> datetime.date: ...


D = TypeVar("D", bound=Dated)


def counting_on(versions: Iterable[D], day: datetime.date) -> D | None:
    """Of the day's year the first, which counts for all of it, or a later one from its day on."""
    held = [each for each in versions if each.year == day.year and (each.number == 1 or each.since <= day)]
    return max(held, key=lambda each: each.number, default=None)


@dataclass(frozen=True, slots=True)
class Version:
    """A year's catalogue as adopted: the first for the whole year, a later one from its day."""

    year: int
    number: int
    since: datetime.date
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """An item that everybody below a place owes besides, from a day on."""

    item: Item
    place: str
    since: datetime.date


@dataclass(frozen=True, slots=True)
class Shelf:
    """All catalogues of one county, past ones too."""

    versions: tuple[Version, ...] = ()
    added: tuple[Addition, ...] = ()

    def version_on(self, day: datetime.date) -> Version | None:
        """The version of the day's year that counts on the day; None where the seed does."""
        return counting_on(self.versions, day)

    def items_on(self, day: datetime.date) -> tuple[Item, ...]:
        """The county's items; a period is judged by those of its first day."""
        version = self.version_on(day)
        return version.items if version else SEED

    def added_to(self, place: str) -> list[Addition]:
        """What the township and the village themselves have added."""
        return [each for each in self.added if place.startswith(each.place)]

    @property
    def begins(self) -> datetime.date:
        """From when the county asks by this system: as its first catalogue says."""
        return min((each.since for each in self.versions), default=datetime.date.min)
