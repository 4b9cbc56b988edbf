"""The card 学时 on a member's page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from apps.core.access import Person
from apps.lessons.queries import VIEW
from apps.lessons.study import Hours, Measure, Studied, gatherings_of, hours_of
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
