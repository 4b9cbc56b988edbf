"""A stored record as somebody would have entered it."""

from __future__ import annotations

from apps.core.calendar import CHINA
from apps.meetings.entries import (
    PLAIN,
    CandidateEntry,
    ExclusionEntry,
    FollowUpEntry,
    MeetingEntry,
    ResolutionEntry,
    TaskEntry,
)
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import Attendance, Meeting, Presence, Resolution, Voting

# Fields of a resolution, a candidate, a task that entry and row call the same.
SAME = (
    "text", "in_favour", "against", "abstained", "written_in_favour", "responsible", "due_on", "dissent",
    "about", "discussed_in_id", "seats", "ballots_issued", "ballots_returned", "ballots_void",
)  # fmt: skip
CANDIDATE = ("name", "in_favour", "against", "abstained", "on_ballot")
TASK = ("text", "responsible", "due_on")


def entry_of(meeting: Meeting) -> MeetingEntry:
    """A stored record as somebody would have entered it."""
    people = list(meeting.attendances.all())
    return MeetingEntry(
        kinds=tuple(Kind(kind) for kind in meeting.kinds),
        held_at=meeting.held_at.astimezone(CHINA),
        ended_at=meeting.ended_at.astimezone(CHINA) if meeting.ended_at else None,
        group_id=meeting.group_id,
        life_year=meeting.life_year,
        host_id=meeting.host_id,
        recorder_id=meeting.recorder_id,
        absences={row.member_id: row.reason for row in people if row.presence != Presence.PRESENT},
        late=frozenset(row.member_id for row in people if row.late),
        exclusions={row.member_id: _exclusion_entry(row) for row in people if row.exclusion},
        chosen=frozenset(row.member_id for row in people),
        resolutions=tuple(_resolution_entry(row) for row in _resolutions_of(meeting)),
        tasks=tuple(_tasks_of(meeting)),
        followups=_followups_of(meeting),
        **{name: getattr(meeting, name) for name in PLAIN},
    )


def _exclusion_entry(row: Attendance) -> ExclusionEntry:
    return ExclusionEntry(row.exclusion, row.exclusion_paper, row.exclusion_agreed_on)


def _resolutions_of(meeting: Meeting) -> list[Resolution]:
    return list(meeting.resolutions.prefetch_related("candidates"))


def _resolution_entry(row: Resolution) -> ResolutionEntry:
    return ResolutionEntry(
        matter=Matter(row.matter),
        voting=Voting(row.voting),
        candidates=tuple(
            CandidateEntry(**{name: getattr(one, name) for name in CANDIDATE}) for one in row.candidates.all()
        ),
        **{name: getattr(row, name) for name in SAME},
    )


def _tasks_of(meeting: Meeting) -> list[TaskEntry]:
    """The tasks that were given without a vote; the others are in their resolutions."""
    rows = meeting.tasks.filter(resolution=None)
    return [TaskEntry(**{name: getattr(row, name) for name in TASK}) for row in rows]


def _followups_of(meeting: Meeting) -> dict[int, FollowUpEntry]:
    return {row.task_id: FollowUpEntry(row.outcome, row.remark) for row in meeting.followups.all()}
