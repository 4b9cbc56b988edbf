"""The versions of a handed-in record: keeping the old one, and reading all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from apps.core.access import Person
from apps.core.calendar import CHINA
from apps.meetings.frozen import Change, Frozen, Line, changes, freeze, lines_of
from apps.meetings.models import Cause, Meeting, MeetingQuerySet, MeetingRevision, State
from apps.organizations.models import Organization

SHOWN = 3


def keep_version(meeting: Meeting, *, cause: Cause, reason: str, by: Person) -> MeetingRevision:
    """Freeze the locked record as it is, before it changes; in the caller's transaction."""
    kept: MeetingRevision = MeetingRevision.objects.create(
        meeting=meeting,
        number=meeting.revisions.count() + 1,
        cause=cause,
        reason=reason.strip(),
        record=freeze(meeting),
        by_id=by.pk,
    )
    return kept


@dataclass(frozen=True)
class Version:
    """A version beside the one before it: why it was made, by whom, and what it says differently."""

    number: int
    cause: str
    reason: str
    who: str
    at: datetime
    changes: tuple[Change, ...]

    @property
    def before(self) -> int:
        return self.number - 1


def versions_of(meeting: Meeting) -> list[Version]:
    """Every version after the first, the latest first; empty for a record that never changed."""
    kept = list(meeting.revisions.select_related("by"))
    if not kept:
        return []
    records: list[Frozen] = [*(row.record for row in kept), freeze(meeting)]
    return [
        Version(
            row.number + 1, row.get_cause_display(), row.reason, str(row.by), row.at,
            tuple(changes(records[at], records[at + 1])),
        )
        for at, row in reversed(list(enumerate(kept)))
    ]  # fmt: skip


def version_of(meeting: Meeting, number: int) -> tuple[MeetingRevision, list[Line]]:
    """One old version with its words; raises MeetingRevision.DoesNotExist."""
    row = meeting.revisions.select_related("by").get(number=number)
    return row, lines_of(row.record)


def returned_to(branch: Organization) -> list[Meeting]:
    """What was given back, or the branch took back, and nobody handed in again; by whom and which of both."""
    last = MeetingRevision.objects.filter(meeting=OuterRef("pk")).order_by("-number")
    rows: MeetingQuerySet = branch.meetings.filter(state=State.RETURNED).defer("minutes")
    told = rows.annotate(
        sent_back_by=Subquery(last.values("by__name")[:1]), sent_back_as=Subquery(last.values("cause")[:1])
    )
    return list(told[:SHOWN])


def sent_back_words(versions: Sequence[Version]) -> str:
    """Who gave the record back, or took it back, and when: "刘洋 11月30日退回修改："."""
    if not versions:
        return "退回的原因："
    last = versions[0]
    day = last.at.astimezone(CHINA)
    return f"{last.who} {day.month}月{day.day}日{last.cause}："
