"""Writes: keep a draft, hand a record in, return it, withdraw it; each whole or not at all, and on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import CHINA, today
from apps.core.errors import Refused
from apps.core.periods import Month
from apps.core.workflow import lock_for, take
from apps.meetings import followups, statistics
from apps.meetings.assessment import Assessment, assess, problems
from apps.meetings.closing import locks_on
from apps.meetings.corrections import forget_correction
from apps.meetings.entries import Edit, MeetingEntry
from apps.meetings.minutes import with_topic
from apps.meetings.models import Cause, Meeting, State
from apps.meetings.queries import day_of_hand_in, recorded_on, with_life_year
from apps.meetings.reading import entry_of
from apps.meetings.revisions import keep_version
from apps.meetings.rolls import roll_of
from apps.meetings.twins import check_alone
from apps.meetings.workflow import RECORDING, STEPS
from apps.meetings.writing import write
from apps.organizations.models import Organization
from apps.regulations.settings import settings_of


class Incomplete(Refused):
    """The record cannot be handed in yet; `refusals` has a sentence for each field."""

    def __init__(self, refusals: Sequence[Refused]) -> None:
        first = refusals[0]
        super().__init__(first.sentence, field=first.field, rule=first.rule)
        self.refusals = tuple(refusals)


class Overwritten(Refused):
    """Somebody else saved in the meantime; `meeting` is the record as they left it."""

    def __init__(self, meeting: Meeting) -> None:
        who = meeting.edited_by or "别人"
        at = meeting.updated_at.astimezone(CHINA)
        super().__init__(
            f"{who}在 {at:%H:%M} 也改了这条记录，您的内容还没有存进去。两份都在下面，请看过再存。"
        )
        self.meeting = meeting


@transaction.atomic
def save_draft(entry: MeetingEntry, *, organization: Organization, edit: Edit, by: Person) -> Meeting:
    """Keep what was entered, however incomplete; the same key is always the same record."""
    demand(by, "meetings.record", organization.path)
    meeting = _claimed(entry, organization, edit, by)
    return _keep(meeting, _assessed(meeting, entry), edit, by)


@transaction.atomic
def record_meeting(
    entry: MeetingEntry, *, organization: Organization, edit: Edit, by: Person, apart: bool = False
) -> Meeting:
    """Keep the record and hand it in; sending the same one again changes nothing. Raises Incomplete, Twins.

    `apart`: somebody looked, and it is not the same meeting as another one of that day.
    """
    demand(by, "meetings.record", organization.path)
    meeting = _claimed(entry, organization, edit, by)
    assessed = _assessed(meeting, with_topic(entry))
    if meeting.state == State.SUBMITTED and _says_the_same(meeting, assessed):
        return meeting
    if not apart:
        check_alone(meeting, entry)
    return _hand_in(_keep(meeting, assessed, edit, by), assessed, by)


@transaction.atomic
def submit(meeting: Meeting, *, by: Person, apart: bool = False) -> Meeting:
    """Hand a kept record in as it stands; `apart` as for `record_meeting`. Raises Incomplete, Twins."""
    demand(by, STEPS["submit"].permission, meeting.organization.path)
    row = lock_for(meeting)
    entry = with_topic(entry_of(row))
    if not apart:
        check_alone(row, entry)
    row.topic = entry.topic
    return _hand_in(row, _assessed(row, entry), by)


@transaction.atomic
def return_meeting(meeting: Meeting, *, reason: str, by: Person) -> Meeting:
    """Give the record back to its branch, saying what to correct; it does not count meanwhile."""
    return _step_back("return", meeting, "return_reason", reason, by, keeps=Cause.RETURNED)


@transaction.atomic
def reopen(meeting: Meeting, *, reason: str, by: Person) -> Meeting:
    """Take one's own record back to correct it; it does not count meanwhile. Refused when it is locked."""
    return _step_back("reopen", meeting, "return_reason", reason, by, keeps=Cause.REOPENED)


@transaction.atomic
def withdraw(meeting: Meeting, *, reason: str, by: Person) -> Meeting:
    """Declare that the record is void; it stays where it is, with the reason, and counts no more."""
    return _step_back("withdraw", meeting, "withdraw_reason", reason, by)


@transaction.atomic
def correct(entry: MeetingEntry, *, meeting: Meeting, edit: Edit, reason: str, by: Person) -> Meeting:
    """Write a handed-in record anew beside its old version; it counts all the while. Raises Incomplete.

    It keeps its hand-in, by which the month judges it, unless the meeting now lies in another month.
    """
    demand(by, "meetings.record", meeting.organization.path)
    if not reason.strip():
        raise Refused("请写明更正的原因。", field="reason")
    row = lock_for(meeting)
    assessed = _assessed(row, entry)
    if row.edited_on_page == edit.page and _says_the_same(row, assessed):
        return row
    _check_correction(row, assessed, edit)
    keep_version(row, cause=Cause.CORRECTED, reason=reason, by=by)
    before = month_of(row)
    write(row, assessed, edit, by)
    row.counted_kinds = [str(kind) for kind in assessed.counted_kinds]
    if month_of(row) != before:
        _stamp(row, by)
        statistics.refresh(row.organization_id, before)
    row.save()
    statistics.refresh(row.organization_id, month_of(row))
    forget_correction(row, by=by)
    _tell("correct", row, by, reason.strip())
    return row


def _check_correction(row: Meeting, assessed: Assessment, edit: Edit) -> None:
    if row.state != State.SUBMITTED:
        raise Refused(f"这条记录现在是“{row.get_state_display()}”，不用更正，可以直接改。")
    if row.version != edit.version and row.edited_on_page != edit.page:
        raise Overwritten(row)
    if _says_the_same(row, assessed):
        raise Refused("和原来的一样，没有要更正的。")
    _check_complete(row, assessed)


def _step_back(
    action: str, meeting: Meeting, field: str, reason: str, by: Person, keeps: Cause | None = None
) -> Meeting:
    demand(by, STEPS[action].permission, meeting.organization.path)
    if not reason.strip():
        raise Refused("请写明原因。", field="reason")
    row = lock_for(meeting)
    was_counted = row.state == State.SUBMITTED
    if action == "reopen" and row.is_locked:
        raise Refused("这个月已经截止，记录已经锁定。要改，请点“更正”：新旧两版都留着，统计不受影响。")
    take(STEPS, action, row)
    if keeps:
        keep_version(row, cause=keeps, reason=reason, by=by)
    setattr(row, field, reason.strip())
    row.counted_kinds, row.version, row.edited_by_id, row.edited_on_page = [], row.version + 1, by.pk, None
    row.save()
    if was_counted:
        statistics.refresh(row.organization_id, month_of(row))
        followups.settle(row)
    _tell(action, row, by, reason.strip())
    return row


def _check_complete(meeting: Meeting, assessed: Assessment) -> None:
    handed_in = day_of_hand_in(meeting, Month.of(assessed.entry.held_on))
    found = problems(assessed, names=_names(assessed), handed_in=handed_in, now=today())
    if found:
        raise Incomplete(found)


def _stamp(meeting: Meeting, by: Person) -> None:
    """When it was handed in and until when it may be taken back, by the rule in force now."""
    meeting.submitted_at, meeting.submitted_by_id = timezone.now(), by.pk
    meeting.locks_on = locks_on(month_of(meeting), today(), settings_of(meeting.organization.path))


def _hand_in(meeting: Meeting, assessed: Assessment, by: Person) -> Meeting:
    _check_complete(meeting, assessed)
    take(STEPS, "submit", meeting)
    _stamp(meeting, by)
    meeting.counted_kinds = [str(kind) for kind in assessed.counted_kinds]
    meeting.return_reason = ""
    meeting.version += 1
    meeting.save()
    statistics.refresh(meeting.organization_id, month_of(meeting))
    followups.settle(meeting)
    _tell("submit", meeting, by, meeting.late_reason)
    return meeting


def month_of(meeting: Meeting) -> Month:
    """The month in which the meeting was held, by China's clock."""
    return Month.of(meeting.held_at.astimezone(CHINA).date())


def _tell(action: str, meeting: Meeting, by: Person, reason: str) -> None:
    record(
        f"meetings.{action}", by=by, on=meeting, organization_path=meeting.organization.path, reason=reason
    )


def _names(assessed: Assessment) -> dict[int, str]:
    return {one.id: one.name for one in (*assessed.roll.everybody, *assessed.roll.people)}


def _assessed(meeting: Meeting, entry: MeetingEntry) -> Assessment:
    entry = with_life_year(entry, meeting.organization, meeting)
    return assess(entry, roll_of(meeting.organization, entry, recorded_on(meeting, entry.held_on)))


def _claimed(entry: MeetingEntry, organization: Organization, edit: Edit, by: Person) -> Meeting:
    """The key's record, made when the key is new, locked until the transaction ends."""
    return _locked(edit, organization) or _begin(edit, organization, entry, by)


def _keep(meeting: Meeting, assessed: Assessment, edit: Edit, by: Person) -> Meeting:
    """Write the entry into the locked record, unless somebody else wrote there in the meantime."""
    if meeting.state not in RECORDING:
        raise Refused(
            f"这条记录现在是“{meeting.get_state_display()}”，不能再改。要改正，请在记录页上点“收回修改”。"
        )
    if meeting.version != edit.version and meeting.edited_on_page != edit.page:
        raise Overwritten(meeting)
    if not _says_the_same(meeting, assessed):
        write(meeting, assessed, edit, by)
    if meeting.submitted_at:
        forget_correction(meeting, by=by)  # begun before the record was returned; its words were on the form
    return meeting


def _locked(edit: Edit, organization: Organization) -> Meeting | None:
    """The key's record, locked until the transaction ends; refused when it is another branch's."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("edited_by", "organization")
    found: Meeting | None = rows.filter(client_key=edit.client_key).first()
    if found and found.organization_id != organization.pk:
        raise Refused("这个页面已经用来记过别的会，请重新打开“记一次会”。")
    return found


def _begin(edit: Edit, organization: Organization, entry: MeetingEntry, by: Person) -> Meeting:
    """An empty record for the key; whoever comes second with the same key gets the first one's."""
    begun, _ = Meeting.objects.get_or_create(
        client_key=edit.client_key,
        defaults={
            "organization": organization,
            "kinds": [],
            "held_at": entry.held_at,
            "version": edit.version,
            "edited_by_id": by.pk,
            "edited_on_page": edit.page,
        },
    )
    return _locked(edit, organization) or begun


def _says_the_same(meeting: Meeting, assessed: Assessment) -> bool:
    return settled(assessed) == replace(entry_of(meeting), listed=None)


def settled(assessed: Assessment) -> MeetingEntry:
    """The entry as it would be read back from its record: numbers filled in, only who is expected."""
    return replace(
        assessed.entry,
        absences=assessed.absent,
        late=assessed.late,
        exclusions={pk: said for pk, said in assessed.entry.exclusions.items() if pk in assessed.absent},
        chosen=frozenset(one.id for one in assessed.roll.people),
        listed=None,
        resolutions=tuple(judged.entry for judged in assessed.judged),
    )
