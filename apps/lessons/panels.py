"""The card 学时 on a member's page, and the one on a lesson's record that leads to its evaluation."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from apps.core.access import Person
from apps.lessons.models import Evaluation
from apps.lessons.queries import EVALUATE, VIEW, evaluations_for, is_open
from apps.lessons.study import Hours, Measure, Studied, gatherings_of, hours_of
from apps.meetings.kinds import Kind
from apps.meetings.models import Meeting, State
from apps.members.models import Member


@dataclass(frozen=True)
class Study:
    """The running year's hours with the records behind them; a record elsewhere cannot be opened."""

    year: int
    total: Hours
    gatherings: list[tuple[Studied, bool]]


def study_panel(member: Member, user: Person, day: datetime.date) -> Study | None:
    path = member.branch.path
    if not user.may(VIEW, path):
        return None
    measure = Measure(day.year, path)
    gatherings = [
        (row, user.may("meetings.view", row.attendance.meeting.organization.path))
        for row in gatherings_of(member, measure)
    ]
    return Study(day.year, hours_of([member], measure)[0], gatherings)


@dataclass(frozen=True)
class Asked:
    """Where the evaluation of a lesson stands; `may_ask`: there is none, and the reader may ask for one."""

    meeting: Meeting
    evaluation: Evaluation | None
    is_open: bool
    may_ask: bool


def evaluation_panel(meeting: Meeting, user: Person, _day: datetime.date) -> Asked | None:
    """No card for what is no lesson, and none where nobody asked and the reader cannot."""
    path = meeting.organization.path
    if Kind.LESSON not in meeting.kinds or not user.may(VIEW, path):
        return None
    found: Evaluation | None = evaluations_for(user).filter(meeting=meeting).first()
    may_ask = found is None and meeting.state == State.SUBMITTED and user.may(EVALUATE, path)
    return Asked(meeting, found, found is not None and is_open(found), may_ask) if found or may_ask else None
