"""Two records in one form: what differs, whose words to take, and the form drawn with both together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from apps.attachments.services import hand_over
from apps.core.access import Person
from apps.meetings import queries, services
from apps.meetings.assessment import assess
from apps.meetings.conflicts import Conflict, differences, merged
from apps.meetings.followups import words_of
from apps.meetings.models import Meeting
from apps.meetings.reading import entry_of
from apps.meetings.records import dated
from apps.meetings.wording import Names
from apps.meetings.workflow import RECORDING
from apps.organizations.models import Organization
from apps.organizations.queries import groups_of

if TYPE_CHECKING:
    from apps.meetings.desk import Desk
    from apps.meetings.entries import MeetingEntry

TAKE = "take-"  # and the field's name
BECAUSE = "和另一条记录是同一次会，内容已经并到那一条里。"


def conflict_of(desk: Desk, theirs: Meeting) -> Conflict:
    """What somebody else saved beside what was sent, field by field."""
    mine = mine_on(desk)
    stored = entry_of(theirs)
    names = Names(
        people=dict(queries.people_for(desk.branch, mine.held_on, theirs)),
        groups={group.pk: str(group) for group in groups_of(desk.branch, mine.held_on)},
        tasks=words_of(desk.branch, {*stored.followups, *mine.followups}),
        discussions={row.pk: dated(row) for row in desk.discussions},
    )
    return Conflict(str(theirs.edited_by or ""), differences(stored, mine, names))


def mine_on(desk: Desk) -> MeetingEntry:
    """What was sent, as it would be stored."""
    return services.settled(assess(desk.entry, desk.roll))


def merge(desk: Desk) -> None:
    """Draw the form with each field as it was chosen: theirs, mine or both; nothing is written yet."""
    theirs = queries.record_by_key(desk.branch, desk.form.edit().client_key)
    if theirs:
        sent = desk.sent
        chosen = {name.removeprefix(TAKE): str(sent[name]) for name in sent if name.startswith(TAKE)}
        desk.turn_to(theirs, merged(entry_of(theirs), mine_on(desk), chosen))


def put_together(desk: Desk, pk: str) -> None:
    """Go on with the other record of the same meeting, one's own words added; one's draft goes into it."""
    others = queries.same_meeting_candidates(desk.branch, desk.entry, but=desk.form.edit().client_key)
    twin = next((one for one in others if str(one.pk) == pk), None)
    if twin is None:
        return
    desk.extra["conflict"] = conflict_of(desk, twin)
    desk.extra["absorbs"] = desk.meeting.pk if desk.meeting else ""
    desk.turn_to(twin, merged(entry_of(twin), mine_on(desk), {}))


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
