"""When somebody may be reminded. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from apps.core.calendar import CHINA
from apps.reminders.states import Rhythm

SATURDAY = 5
WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
MOST_TRIES = len(WAITS) + 1
LOST_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours of every day in which nobody is disturbed; they may run over midnight."""

    begins: time
    ends: time
    weekends: bool = True

    @classmethod
    def parse(cls, hours: str, *, weekends: bool) -> Quiet:
        """Read "21:00-08:00"; raises ValueError."""
        begins, ends = (time.fromisoformat(part.strip().zfill(5)) for part in hours.split("-"))
        return cls(begins, ends, weekends)

    def covers(self, moment: datetime) -> bool:
        """Whether nothing is sent at that moment, by China's clock."""
        here = moment.astimezone(CHINA)
        if self.weekends and here.weekday() >= SATURDAY:
            return True
        at = here.time()
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def is_time(rhythm: str, *, on: date, last: date | None) -> bool:
    """Whether a digest may go out on the day when the last one went on another: never two a day."""
    if rhythm == Rhythm.OFF:
        return False
    since = on if rhythm == Rhythm.DAILY else on - timedelta(days=on.weekday())
    return last is None or last < since


def next_try(tries: int, *, now: datetime) -> datetime | None:
    """When to try again after so many tries, each time later; None when it was the last."""
    return now + WAITS[tries - 1] if tries < MOST_TRIES else None
