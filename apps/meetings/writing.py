"""A record as rows: what was entered and what the rules made of it, written into the locked record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db.models import Model

from apps.core.access import Person
from apps.meetings.assessment import Assessment, Judged
from apps.meetings.entries import PLAIN, Edit, MeetingEntry, ResolutionEntry, TaskEntry
from apps.meetings.kinds import Kind
from apps.meetings.lecturers import lecturer_of
from apps.meetings.models import (
    AbsenceReason,
    Attendance,
    Candidate,
    FollowUp,
    Meeting,
    Presence,
    Resolution,
    Task,
)
from apps.meetings.reading import SAME
from apps.meetings.rolls import Expected
from apps.meetings.rules import SETTLED_BY_THE_VOTE


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
    _write_resolutions(meeting, assessed)
    _write_followups(meeting, entry)


def _lecturer(meeting: Meeting, entry: MeetingEntry) -> int | None:
    if Kind.LESSON not in entry.kinds:
        return None
    return lecturer_of(entry.lecturer, meeting.organization, entry.held_on)


def _write_attendances(meeting: Meeting, assessed: Assessment) -> None:
    """Only the rows that differ are touched, so that the history tells what was changed."""
    wanted = {one.id: _attendance(one, assessed) for one in assessed.roll.people}
    stored = {row.member_id: row for row in meeting.attendances.all()}
    gone = [row.pk for member, row in stored.items() if member not in wanted]
    Attendance.objects.filter(pk__in=gone).delete()
    _write_differences(Attendance, {"meeting": meeting}, stored, wanted, "member_id")


def _attendance(one: Expected, assessed: Assessment) -> dict[str, Any]:
    here = one.id not in assessed.absent
    said = None if here else assessed.entry.exclusions.get(one.id)
    return {
        **_presence(assessed.absent.get(one.id)),
        "late": one.id in assessed.late,
        "may_vote": one.may_vote,
        "excluded": one.id in assessed.excluded,
        "exclusion": said.category if said else "",
        "exclusion_paper": said.paper if said else "",
        "exclusion_agreed_on": said.agreed_on if said else None,
    }


def _presence(reason: str | None) -> dict[str, Any]:
    """`reason` is None for those who were there."""
    if reason is None:
        return {"presence": Presence.PRESENT, "reason": ""}
    excused = reason not in ("", AbsenceReason.NONE)
    return {"presence": Presence.EXCUSED if excused else Presence.ABSENT, "reason": reason}


def _write_resolutions(meeting: Meeting, assessed: Assessment) -> None:
    wanted = {number: _resolution(one) for number, one in enumerate(assessed.judged, 1)}
    stored = {row.number: row for row in meeting.resolutions.all()}
    Resolution.objects.filter(meeting=meeting, number__gt=len(wanted)).delete()
    _write_differences(Resolution, {"meeting": meeting}, stored, wanted, "number")
    rows = {row.number: row for row in meeting.resolutions.prefetch_related("candidates")}
    for number, judged in enumerate(assessed.judged, 1):
        _write_candidates(rows[number], judged, assessed)
    _write_tasks(meeting, assessed, rows)


def _resolution(one: Judged) -> dict[str, Any]:
    entry, ruling = one.entry, one.ruling
    return {
        **{name: getattr(entry, name) for name in SAME},
        "in_favour": entry.in_favour or 0,
        "matter": str(entry.matter),
        "voting": str(entry.voting),
        "valid": ruling.valid if ruling else None,
        "passed": ruling.passed if ruling else None,
        "ruling": ruling.sentence if ruling else "",
        "rule": ruling.rule if ruling else "",
    }


def _write_candidates(resolution: Resolution, judged: Judged, assessed: Assessment) -> None:
    elected = judged.elected or (None,) * len(judged.entry.candidates)
    valid = judged.ruling.valid if judged.ruling else None
    members = _members_by_name(assessed)
    wanted = {
        number: {
            "name": one.name,
            "member_id": members.get(one.name),
            "on_ballot": one.on_ballot,
            "in_favour": one.in_favour,
            "against": one.against,
            "abstained": one.abstained,
            "valid": valid,
            "elected": has,
        }
        for number, (one, has) in enumerate(zip(judged.entry.candidates, elected, strict=True), 1)
    }
    stored = {row.number: row for row in resolution.candidates.all()}
    Candidate.objects.filter(resolution=resolution, number__gt=len(wanted)).delete()
    _write_differences(Candidate, {"resolution": resolution}, stored, wanted, "number")


def _members_by_name(assessed: Assessment) -> dict[str, int]:
    """The branch's members whose name is theirs alone."""
    names = Counter(one.name for one in assessed.roll.everybody)
    return {one.name: one.id for one in assessed.roll.everybody if names[one.name] == 1}


def _write_tasks(meeting: Meeting, assessed: Assessment, resolutions: Mapping[int, Resolution]) -> None:
    """What passed and has somebody or a day is to be done, like what was given without a vote."""
    members = _members_by_name(assessed)
    wanted = {
        number: _task(judged.entry, members) | {"resolution": resolutions[number]}
        for number, judged in enumerate(assessed.judged, 1)
        if _is_to_be_carried_out(judged)
    }
    for number, told in enumerate(assessed.entry.tasks, Task.FIRST_WITHOUT_VOTE):
        wanted[number] = _task(told, members) | {"resolution": None}
    stored = {row.number: row for row in meeting.tasks.select_related("resolution")}
    meeting.tasks.exclude(number__in=wanted).delete()
    _write_differences(Task, {"meeting": meeting}, stored, wanted, "number")


def _is_to_be_carried_out(judged: Judged) -> bool:
    passed = judged.ruling is not None and judged.ruling.passed
    settled = judged.entry.matter in SETTLED_BY_THE_VOTE
    return passed and not settled and bool(judged.entry.responsible or judged.entry.due_on)


def _task(told: ResolutionEntry | TaskEntry, members: Mapping[str, int]) -> dict[str, Any]:
    return {
        "text": told.text,
        "responsible": told.responsible,
        "member_id": members.get(told.responsible),
        "due_on": told.due_on,
    }


def _write_followups(meeting: Meeting, entry: MeetingEntry) -> None:
    """What was heard of the branch's tasks; a task of somewhere else is not heard."""
    known = Task.objects.filter(pk__in=entry.followups, meeting__organization_id=meeting.organization_id)
    wanted = {
        pk: {"outcome": entry.followups[pk].outcome, "remark": entry.followups[pk].remark}
        for pk in known.values_list("pk", flat=True)
    }
    stored = {row.task_id: row for row in meeting.followups.all()}
    meeting.followups.exclude(task__in=wanted).delete()
    _write_differences(FollowUp, {"meeting": meeting}, stored, wanted, "task_id")


def _write_differences(
    model: type[Model],
    whole: Mapping[str, Model],
    stored: Mapping[int, Any],
    wanted: Mapping[int, Mapping[str, Any]],
    key: str,
) -> None:
    """Insert what is new and update what differs, each in one statement."""
    rows = model._default_manager
    new = {at: values for at, values in wanted.items() if at not in stored}
    rows.bulk_create([model(**whole, **{key: at}, **new[at]) for at in new])
    changed = [row for at, row in stored.items() if at in wanted and _differs(row, wanted[at])]
    for row in changed:
        for name, value in wanted[getattr(row, key)].items():
            setattr(row, name, value)
    if changed:
        rows.bulk_update(changed, list(wanted[getattr(changed[0], key)]))


def _differs(row: Any, values: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())
