"""When an item is due: the periods that are over, and the day by which each must be public. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Protocol

from apps.core.periods import HalfYear, Month, Period, Quarter, Year
from apps.disclosure.catalogue import INCOME_AND_EXPENSE, Item, Rhythm
from apps.regulations.table import Overrides, in_force, limit

Span = Period | HalfYear
_KINDS: dict[Rhythm, type[Span]] = {
    Rhythm.MONTH: Month,
    Rhythm.QUARTER: Quarter,
    Rhythm.HALF_YEAR: HalfYear,
    Rhythm.YEAR: Year,
}


class Numbers(Protocol):
    """What a county has set for itself."""

    def on(self, moment: datetime.date | Period) -> Overrides: ...


def finance_rhythm(*, monthly: bool) -> Rhythm:
    """Every month where much goes in and out, else every quarter (VAD-03)."""
    return Rhythm.MONTH if monthly else Rhythm.QUARTER


def rhythm_of(item: Item, *, finance_monthly: bool) -> Rhythm:
    """How often a village owes the item; its income and expense by how much goes in and out."""
    return finance_rhythm(monthly=finance_monthly) if item.code == INCOME_AND_EXPENSE else item.rhythm


def last_period(rhythm: Rhythm, on: datetime.date) -> Span | None:
    """The period that ended last; None for what comes with an event."""
    kind = _KINDS.get(rhythm)
    return kind.of(on).previous() if kind else None


def period_at(rhythm: Rhythm, on: datetime.date) -> Span | None:
    """The period in which the day lies; None for what comes with an event."""
    kind = _KINDS.get(rhythm)
    return kind.of(on) if kind else None


def periods_due(
    rhythm: Rhythm, own: Numbers, *, after: datetime.date, on: datetime.date
) -> Iterator[tuple[Span, datetime.date]]:
    """The periods that are over and due after a day, the last one first, each with its due day.

    A rule asks nothing of a period that began before it.
    """
    period = last_period(rhythm, on)
    while period and _is_asked(period) and (day := due_on(period, own)) > after:
        yield period, day
        period = period.previous()


def _is_asked(period: Span) -> bool:
    return any(row.code == _code(period) for row in in_force(period.first))


def _code(period: Span) -> str:
    return "VAD-03" if isinstance(period, Month) else "VAD-02"


def due_on(period: Span, own: Numbers) -> datetime.date:
    """The day of the month after the period by which it must be public (VAD-02, VAD-03)."""
    following = Month.of(period.last).next()
    day = int(limit(_code(period), "due_day", on=following, overrides=own.on(following)).value)
    return following.first.replace(day=day)


def event_due_on(happened_on: datetime.date, own: Numbers) -> datetime.date:
    """Until when what happened must be public (VAD-04)."""
    days = int(limit("VAD-04", on=happened_on, overrides=own.on(happened_on)).value)
    return happened_on + datetime.timedelta(days=days)
