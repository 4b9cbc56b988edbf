"""What stands on a day of the calendar, and the weeks of a month. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from apps.core.periods import Month
from apps.regulations.rows import Row

DAYS_OF_WEEK = 7


class Mark(StrEnum):
    """What an entry is; in the order in which a day lists them."""

    OVERDUE = "overdue"
    DUE = "due"
    ENDING = "ending"
    PLANNED = "planned"
    HELD = "held"

    @property
    def label(self) -> str:
        return {"overdue": "逾期", "due": "到期", "ending": "届满", "planned": "计划", "held": "已记"}[self]

    @property
    def tag(self) -> str:
        return {"overdue": "bad", "due": "warn", "ending": "warn", "planned": "", "held": "good"}[self]


_ORDER = {mark: place for place, mark in enumerate(Mark)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on one day. `href` opens it, `record` opens the form that records it.

    `key` tells apart what stands on the same day, so that a feed names it the same each time.
    """

    day: date
    mark: Mark
    title: str
    key: str
    sentence: str = ""
    href: str = ""
    record: str = ""
    rule: Row | None = None

    @property
    def source(self) -> str:
        return f"{self.rule.source.short}{self.rule.source.article}" if self.rule else ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar with its entries, worst first; `record` is "" where nothing can be recorded."""

    on: date
    entries: tuple[Entry, ...]
    is_today: bool
    record: str = ""


Week = tuple[Day | None, ...]


def weeks_of(month: Month, entries: Iterable[Entry], *, today: date, record: dict[date, str]) -> list[Week]:
    """The month in weeks from Monday; None where a week reaches beyond it."""
    on_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        on_day[entry.day].append(entry)
    days: list[Day | None] = [
        Day(on, tuple(sorted(on_day[on], key=_worst_first)), on == today, record.get(on, ""))
        for on in days_of(month)
    ]
    padded = [*[None] * month.first.weekday(), *days, *[None] * (6 - month.last.weekday())]
    return [tuple(padded[start : start + DAYS_OF_WEEK]) for start in range(0, len(padded), DAYS_OF_WEEK)]


def days_of(month: Month) -> list[date]:
    return [month.first + timedelta(days=passed) for passed in range(month.last.day)]


def _worst_first(entry: Entry) -> tuple[int, str]:
    return _ORDER[entry.mark], entry.key


def by_month(months: Sequence[Month], entries: Iterable[Entry]) -> list[tuple[Month, list[Entry]]]:
    """Each month with its entries in order of days."""
    found: dict[Month, list[Entry]] = {month: [] for month in months}
    for entry in sorted(entries, key=lambda entry: (entry.day, *_worst_first(entry))):
        found[Month.of(entry.day)].append(entry)
    return list(found.items())
