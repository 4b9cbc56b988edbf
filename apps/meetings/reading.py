"""A stored record as somebody would have entered it."""

from __future__ import annotations

from apps.core.calendar import CHINA
from apps.meetings.entries import PLAIN, MeetingEntry, ResolutionEntry
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import Meeting, Presence, Resolution, Voting


def entry_of(meeting: Meeting) -> MeetingEntry:
    """A stored record as somebody would have entered it."""
    absences = meeting.attendances.exclude(presence=Presence.PRESENT)
    return MeetingEntry(
        kinds=tuple(Kind(kind) for kind in meeting.kinds),
        held_at=meeting.held_at.astimezone(CHINA),
        ended_at=meeting.ended_at.astimezone(CHINA) if meeting.ended_at else None,
        group_id=meeting.group_id,
        life_year=meeting.life_year,
        host_id=meeting.host_id,
        recorder_id=meeting.recorder_id,
        absences=dict(absences.values_list("member_id", "reason")),
        chosen=frozenset(meeting.attendances.values_list("member_id", flat=True)),
        resolutions=tuple(_resolution_entry(row) for row in meeting.resolutions.all()),
        **{name: getattr(meeting, name) for name in PLAIN},
    )


def _resolution_entry(row: Resolution) -> ResolutionEntry:
    return ResolutionEntry(
        text=row.text,
        matter=Matter(row.matter),
        voting=Voting(row.voting),
        in_favour=row.in_favour,
        against=row.against,
        abstained=row.abstained,
        written_in_favour=row.written_in_favour,
        responsible=row.responsible,
        due_on=row.due_on,
    )
