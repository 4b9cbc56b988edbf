"""A branch's calendar as a file of RFC 5545: planned theme days and last days, no person's name."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from apps.calendars.entries import Entry, Mark
from apps.calendars.queries import due_on, planned_in, term_end
from apps.core.calendar import CHINA
from apps.core.periods import Month
from apps.organizations.models import Organization

MONTHS_AHEAD = 12
REFRESH = timedelta(hours=12)
_PREFIXES = {Mark.OVERDUE: "逾期：", Mark.DUE: "最迟今天：", Mark.PLANNED: "", Mark.ENDING: ""}


def feed_entries(branch: Organization, *, on: date) -> list[Entry]:
    """What a feed tells: nothing that names a member, and no records."""
    months = [Month.of(on)]
    while len(months) <= MONTHS_AHEAD:
        months.append(months[-1].next())
    return [*planned_in(branch, months, on=on), *due_on(branch, on=on), *term_end(branch, on=on)]


def calendar_file(
    branch: Organization, entries: Iterable[Entry], *, on: date, site: str, may_record: bool
) -> bytes:
    """The file; an entry opens the form that does it where the reader records.

    The same on the same day for the same entries, so that nothing need be sent twice.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Partybuild//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", str(branch))
    calendar.add("x-wr-timezone", CHINA.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        opens = (may_record and entry.record) or entry.href
        calendar.add_component(_event(branch, entry, on, site, opens))
    return calendar.to_ical()


def _event(branch: Organization, entry: Entry, on: date, site: str, opens: str) -> Event:
    event = Event()
    event.add("uid", uuid.uuid5(uuid.NAMESPACE_URL, f"{site}/{branch.code}/{entry.key}"))
    event.add("dtstamp", datetime.combine(on, time(), CHINA).astimezone(UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _summary(entry))
    event.add("description", f"{branch}\n{entry.sentence}\n依据：{entry.source}")
    event.add("url", f"{site}{opens}")
    event.add("transp", "TRANSPARENT")
    return event


def _summary(entry: Entry) -> str:
    theme = f"：{entry.sentence}" if entry.mark is Mark.PLANNED else ""
    return f"{_PREFIXES[entry.mark]}{entry.title}{theme}"
