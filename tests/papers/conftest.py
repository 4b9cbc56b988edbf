"""A village branch of thirteen on 22 November 2026, and ways to read a Word file back."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument

from apps.core.calendar import CHINA
from apps.core.periods import Month
from apps.meetings import statistics
from apps.meetings.models import Meeting
from apps.members.models import Member
from apps.papers.orders import File
from tests.factories import AttendanceFactory, MeetingFactory
from tests.meetings.conftest import Village, on_22_november, seats, village

__all__ = ["Village", "on_22_november", "seats", "village"]

Held = Callable[..., Meeting]


@pytest.fixture
def held(village: Village) -> Held:
    """A submitted meeting of the whole branch on a day, everybody there but those who are `away`."""

    def hold(day: str = "2026-11-05", *, away: dict[Member, str] | None = None, **fields: Any) -> Meeting:
        start = datetime.datetime.fromisoformat(f"{day}T15:00").replace(tzinfo=CHINA)
        usual = {"organization": village.branch, "host": village.secretary, "recorder": village.people[1]}
        meeting = MeetingFactory(held_at=start, **usual | fields)
        for member in village.everybody:
            reason = (away or {}).get(member, "")
            AttendanceFactory(
                meeting=meeting,
                member=member,
                presence="excused" if reason else "present",
                reason=reason,
                may_vote=member.full_on is not None,
            )
        statistics.refresh(meeting.organization_id, Month.of(start.date()))
        return meeting

    return hold


def opened(file: File | bytes) -> WordDocument:
    """The Word file, read back."""
    return Document(BytesIO(file if isinstance(file, bytes) else file.content))


def lines_of(document: WordDocument) -> list[str]:
    """The paragraphs that say something, outside tables."""
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]


def rows_of(document: WordDocument, table: int = 0) -> list[list[str]]:
    """The rows of a table, a merged cell once."""
    found = []
    for row in document.tables[table].rows:
        cells = {id(cell._tc): cell.text for cell in row.cells}
        found.append(list(cells.values()))
    return found
