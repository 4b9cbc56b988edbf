"""One record as it is read: its head, who was there, each decision with the rule's own source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.core.calendar import CHINA
from apps.meetings.kinds import Kind
from apps.meetings.lecturers import namesakes_of
from apps.meetings.models import Attendance, Meeting, Presence, Resolution, State
from apps.meetings.sheets import Words, with_source

# What is left out of the head when it is empty; everything else then reads as missing.
OF_SOME_KINDS = frozenset({"党小组", "讲课人", "归属年度", "补录原因"})
_COLOURS = {True: "good", False: "bad", None: ""}


def dated(meeting: Meeting) -> str:
    """ "11月05日 学习党章": enough to tell it from others of the months before."""
    return f"{meeting.held_at.astimezone(CHINA):%m月%d日} {meeting}"


def facts_of(meeting: Meeting) -> list[tuple[str, str]]:
    """The head of the record, in the order of paper."""
    held, ended = meeting.held_at.astimezone(CHINA), meeting.ended_at
    until = _until(held, ended.astimezone(CHINA)) if ended else ""
    facts = [
        ("党支部", meeting.organization.name),
        ("党小组", str(meeting.group or "")),
        ("类型", meeting.get_kinds_display()),
        ("时间", f"{held.year}年{held.month}月{held.day}日 {held:%H:%M}{until}"),
        ("地点", meeting.place),
        ("主持人", str(meeting.host or "")),
        ("记录人", str(meeting.recorder or "")),
        ("讲课人", meeting.lecturer),
        ("归属年度", f"{meeting.life_year}年" if meeting.life_year else ""),
        ("补录原因", meeting.late_reason),
    ]
    return [(title, value) for title, value in facts if value or title not in OF_SOME_KINDS]


def _until(held: datetime, ended: datetime) -> str:
    """Until when; a meeting may go on past midnight."""
    next_day = "次日 " if ended.date() > held.date() else ""
    return f" 至 {next_day}{ended:%H:%M}"


def uncounted_words(meeting: Meeting) -> str:
    """Which of a submitted record's kinds do not count, in a sentence; empty if all do (MEET-02)."""
    if meeting.state != State.SUBMITTED:
        return ""
    labels = [Kind(kind).label for kind in meeting.kinds if kind not in meeting.counted_kinds]
    return f"{'、'.join(labels)}没有计入。" if labels else ""


def namesakes_words(meeting: Meeting) -> str:
    """That the lecturer's name is borne by several, in a sentence; empty when it is clear who is meant."""
    if Kind.LESSON not in meeting.kinds:
        return ""
    names = namesakes_of(meeting, meeting.held_at.astimezone(CHINA).date())
    return f"改正这条记录，讲课人写成{'或'.join(names)}，党课就记在他名下。" if names else ""


def decisions_of(meeting: Meeting) -> list[tuple[Resolution, Words]]:
    """Each decision with what the rules made of it when the record was written."""
    day = meeting.held_at.astimezone(CHINA).date()
    rows = meeting.resolutions.all()
    return [(row, with_source(row.ruling, _COLOURS[row.passed], row.rule, day)) for row in rows]


@dataclass(frozen=True)
class AttendanceList:
    """Who was there and who was not, with the heads of those who vote."""

    present: list[Attendance]
    absent: list[Attendance]

    @property
    def expected(self) -> int:
        return len(self.present) + len(self.absent)

    @property
    def voters(self) -> tuple[int, int]:
        """Expected and present heads of those who may vote."""
        here = sum(row.may_vote for row in self.present)
        return here + sum(row.may_vote for row in self.absent), here


def attendance_of(meeting: Meeting) -> AttendanceList:
    """The attendance of a record that `queries.record_for` fetched."""
    rows = list(meeting.attendances.all())
    return AttendanceList(
        present=[row for row in rows if row.presence == Presence.PRESENT],
        absent=[row for row in rows if row.presence != Presence.PRESENT],
    )
