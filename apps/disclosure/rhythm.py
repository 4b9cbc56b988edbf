"""When an item is due: the period that is over, and the day by which it must be public. Pure."""

from __future__ import annotations

import datetime
from typing import Protocol

from apps.core.periods import Month, Period, Quarter, Year
from apps.disclosure.catalogue import Rhythm
from apps.regulations.table import Overrides, limit

_KINDS: dict[Rhythm, type[Period]] = {Rhythm.MONTH: Month, Rhythm.QUARTER: Quarter, Rhythm.YEAR: Year}


def finance_rhythm(*, monthly: bool) -> Rhythm:
    """Every month where much goes in and out, else every quarter (VAD-03)."""
    return Rhythm.MONTH if monthly else Rhythm.QUARTER


def last_period(rhythm: Rhythm, on: datetime.date) -> Period | None:
    """The period that ended last; None for what comes with an event."""
    kind = _KINDS.get(rhythm)
    return kind.of(on).previous() if kind else None


class Numbers(Protocol):
    """What a county has set for itself."""

    def on(self, moment: datetime.date | Period) -> Overrides: ...


def due_on(period: Period, own: Numbers) -> datetime.date:
    """The day of the month after the period by which it must be public (VAD-02, VAD-03)."""
    following = Month.of(period.last).next()
    code = "VAD-03" if isinstance(period, Month) else "VAD-02"
    day = int(limit(code, "due_day", on=following, overrides=own.on(following)).value)
    return following.first.replace(day=day)
