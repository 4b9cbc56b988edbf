"""One meeting recorded twice: asking whether it is, and putting the two records together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from apps.attachments.services import hand_over
from apps.core.access import Person
from apps.core.calendar import CHINA
from apps.meetings import services
from apps.meetings.models import Meeting, State
from apps.meetings.queries import same_meeting_candidates
from apps.meetings.workflow import RECORDING
from apps.organizations.models import Organization

if TYPE_CHECKING:
    from apps.meetings.desk import Desk

BECAUSE = "和另一条记录是同一次会，内容已经并到那一条里。"


def twins_of(desk: Desk) -> list[Meeting]:
    """Other records of the branch that look like the same meeting; none for a record once handed in."""
    if desk.meeting and desk.meeting.submitted_at:
        return []
    return same_meeting_candidates(desk.branch, desk.entry, but=desk.form.edit().client_key)


@transaction.atomic
def absorb(pk: str, *, into: Meeting, branch: Organization, by: Person) -> None:
    """Withdraw the branch's draft whose words are now in the other record; its photos go along."""
    if not pk.isdecimal():
        return
    draft: Meeting | None = (
        branch.meetings.filter(pk=int(pk), state__in=RECORDING).exclude(pk=into.pk).first()
    )
    if draft:
        hand_over(str(draft.client_key), str(into.client_key))
        services.withdraw(draft, reason=BECAUSE, by=by)


def named(meeting: Meeting) -> str:
    """The record as somebody would recognize it."""
    at = meeting.held_at.astimezone(CHINA)
    who = f"，{meeting.edited_by}记的" if meeting.edited_by else ""
    state = "" if meeting.state == State.SUBMITTED else f"，{meeting.get_state_display()}"
    return f"{at.month}月{at.day}日 {at:%H:%M} {meeting.get_kinds_display()}“{meeting}”{who}{state}"
