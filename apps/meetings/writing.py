"""A record as rows: what was entered and what the rules made of it, written into the locked record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.db.models import Model

from apps.core.access import Person
from apps.meetings.assessment import Assessment, Judged
from apps.meetings.entries import PLAIN, Edit, MeetingEntry
from apps.meetings.kinds import Kind
from apps.meetings.lecturers import lecturer_of
from apps.meetings.models import AbsenceReason, Attendance, Meeting, Presence, Resolution


def write(meeting: Meeting, assessed: Assessment, edit: Edit, by: Person) -> None:
    entry = assessed.entry
    for name in (*PLAIN, "held_at", "ended_at", "group_id", "host_id", "recorder_id", "life_year"):
        setattr(meeting, name, getattr(entry, name))
    meeting.lecturer_member_id = _lecturer(meeting, entry)
    meeting.kinds = [str(kind) for kind in entry.kinds]
    meeting.version += 1
    meeting.edited_by_id, meeting.edited_on_page = by.pk, edit.page or uuid4()
    meeting.save()
    _write_attendances(meeting, assessed)
    _write_resolutions(meeting, assessed.judged)


def _lecturer(meeting: Meeting, entry: MeetingEntry) -> int | None:
    if Kind.LESSON not in entry.kinds:
        return None
    return lecturer_of(entry.lecturer, meeting.organization, entry.held_on)


def _write_attendances(meeting: Meeting, assessed: Assessment) -> None:
    """Only the rows that differ are touched, so that the history tells what was changed."""
    wanted = {one.id: _attendance(one.id, one.may_vote, assessed.absent) for one in assessed.roll.people}
    stored = {row.member_id: row for row in meeting.attendances.all()}
    gone = [row.pk for member, row in stored.items() if member not in wanted]
    Attendance.objects.filter(pk__in=gone).delete()
    _write_differences(meeting, Attendance, stored, wanted, "member_id")


def _attendance(member: int, may_vote: bool, absent: dict[int, str]) -> dict[str, Any]:
    if member not in absent:
        return {"presence": Presence.PRESENT, "reason": "", "may_vote": may_vote}
    reason = absent[member]
    excused = reason not in ("", AbsenceReason.NONE)
    return {
        "presence": Presence.EXCUSED if excused else Presence.ABSENT,
        "reason": reason,
        "may_vote": may_vote,
    }


def _write_resolutions(meeting: Meeting, judged: Sequence[Judged]) -> None:
    wanted = {number: _resolution(one) for number, one in enumerate(judged, 1)}
    stored = {row.number: row for row in meeting.resolutions.all()}
    Resolution.objects.filter(meeting=meeting, number__gt=len(judged)).delete()
    _write_differences(meeting, Resolution, stored, wanted, "number")


def _resolution(one: Judged) -> dict[str, Any]:
    entry, ruling = one.entry, one.ruling
    return {
        "matter": str(entry.matter),
        "text": entry.text,
        "voting": str(entry.voting),
        "in_favour": entry.in_favour or 0,
        "against": entry.against,
        "abstained": entry.abstained,
        "written_in_favour": entry.written_in_favour,
        "responsible": entry.responsible,
        "due_on": entry.due_on,
        "valid": ruling.valid if ruling else None,
        "passed": ruling.passed if ruling else None,
        "ruling": ruling.sentence if ruling else "",
        "rule": ruling.rule if ruling else "",
    }


def _write_differences(
    meeting: Meeting,
    model: type[Model],
    stored: Mapping[int, Any],
    wanted: Mapping[int, Mapping[str, Any]],
    key: str,
) -> None:
    """Insert what is new and update what differs, each in one statement."""
    rows = model._default_manager
    new = {at: values for at, values in wanted.items() if at not in stored}
    rows.bulk_create([model(meeting=meeting, **{key: at}, **new[at]) for at in new])
    changed = [row for at, row in stored.items() if at in wanted and _differs(row, wanted[at])]
    for row in changed:
        for name, value in wanted[getattr(row, key)].items():
            setattr(row, name, value)
    if changed:
        rows.bulk_update(changed, list(wanted[getattr(changed[0], key)]))


def _differs(row: Any, values: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())
