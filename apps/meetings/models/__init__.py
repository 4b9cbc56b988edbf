"""Meetings, who was there, what was resolved and what follows, and the monthly counts kept beside them."""

from apps.meetings.models.attendance import AbsenceReason, Attendance, Exclusion, Presence
from apps.meetings.models.corrections import CorrectionDraft
from apps.meetings.models.counts import MonthlyCount
from apps.meetings.models.followups import FollowUp, Outcome, Task
from apps.meetings.models.meetings import Meeting, MeetingQuerySet, State
from apps.meetings.models.plans import ThemePlan
from apps.meetings.models.resolutions import Candidate, Resolution, Voting
from apps.meetings.models.revisions import Cause, MeetingRevision, Remark

__all__ = [
    "AbsenceReason", "Attendance", "Candidate", "Cause", "CorrectionDraft", "Exclusion", "FollowUp",
    "Meeting", "MeetingQuerySet", "MeetingRevision", "MonthlyCount", "Outcome", "Presence", "Remark",
    "Resolution", "State", "Task", "ThemePlan", "Voting",
]  # fmt: skip
