"""One meeting recorded twice: the question that whoever hands a record in is asked."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.calendar import CHINA
from apps.core.errors import Refused
from apps.meetings.entries import MeetingEntry
from apps.meetings.models import Meeting, State
from apps.meetings.queries import same_meeting_candidates
from apps.organizations.models import Organization

QUESTION = "可能是同一次会：{}。请看一下，再选怎么办。"


class Twins(Refused):
    """The same meeting seems to be on record already; `twins` are those records."""

    def __init__(self, twins: Sequence[Meeting]) -> None:
        super().__init__(QUESTION.format("；".join(named(twin) for twin in twins)))
        self.twins = tuple(twins)


def check_alone(meeting: Meeting, entry: MeetingEntry) -> None:
    """Raises Twins, the first time that the record is handed in.

    Two who hand in the same meeting at once wait for each other, so that the second is asked.
    """
    if meeting.submitted_at:
        return
    Organization.objects.select_for_update(no_key=True).get(pk=meeting.organization_id)
    twins = same_meeting_candidates(meeting.organization, entry, but=meeting.client_key)
    if twins:
        raise Twins(twins)


def named(meeting: Meeting) -> str:
    """The record as somebody would recognize it."""
    at = meeting.held_at.astimezone(CHINA)
    who = f"，{meeting.edited_by}记的" if meeting.edited_by else ""
    state = "" if meeting.state == State.SUBMITTED else f"，{meeting.get_state_display()}"
    return f"{at.month}月{at.day}日 {at:%H:%M} {meeting.get_kinds_display()}“{meeting}”{who}{state}"
