"""MEET-16: leaders in the life of their own branch, by attendance up to a month of the year; not judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Count, Q

from apps.core.calendar import CHINA
from apps.core.periods import Month
from apps.core.scope import Reader
from apps.meetings.kinds import Kind
from apps.meetings.models import Attendance, Presence, State
from apps.members.models import Member, Seat
from apps.members.queries import seats_for
from apps.organizations.kinds import Kind as OrganizationKind
from apps.organizations.models import Organization

COMMITTEES = (OrganizationKind.COMMITTEE, OrganizationKind.WORKING_COMMITTEE)
LIFE = (Kind.GENERAL_MEETING, Kind.GROUP_MEETING, Kind.THEME_DAY, Kind.LIFE_MEETING, Kind.LESSON)


@dataclass(frozen=True)
class Leader:
    """A member who sits in a committee, with what their own branch held this year and where they were."""

    member: Member
    posts: tuple[str, ...]
    expected: int
    present: int


def leaders_for(user: Reader, organization: Organization, month: Month) -> list[Leader]:
    """Who sits in the committees of the organization and below on the last day of the month; two queries."""
    seats = _seats(user, organization, month.last)
    came = _attendance([seat.member_id for seat in seats], month)
    return list(_leaders(seats, came))


def _seats(user: Reader, organization: Organization, day: date) -> list[Seat]:
    term = Q(term__elected_on__lte=day) & (Q(term__ended_on=None) | Q(term__ended_on__gt=day))
    sits = Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))
    below = Q(term__organization__path__startswith=organization.path)
    rows = seats_for(user).filter(term, sits, below, term__organization__kind__in=COMMITTEES)
    return list(
        rows.select_related("member__branch", "term__organization").order_by(
            "term__organization__path", "position", "member_id"
        )
    )


def _attendance(members: list[int], month: Month) -> dict[int, tuple[int, int]]:
    """Expected and present of each in their own branch's meetings that count, from January on."""
    first = datetime.combine(date(month.year, 1, 1), time(), CHINA)
    end = datetime.combine(month.last + timedelta(days=1), time(), CHINA)
    rows = Attendance.objects.filter(
        member__in=members,
        meeting__state=State.SUBMITTED,
        meeting__held_at__gte=first,
        meeting__held_at__lt=end,
        meeting__counted_kinds__overlap=list(LIFE),
    )
    here = Count("pk", filter=Q(presence=Presence.PRESENT))
    counted = rows.values_list("member_id").annotate(expected=Count("pk"), here=here).order_by()
    return {member: (expected, present) for member, expected, present in counted}


def _leaders(seats: list[Seat], came: dict[int, tuple[int, int]]) -> Iterator[Leader]:
    """One line a person, with every post, in the order of the first."""
    first = {seat.member_id: place for place, seat in reversed(list(enumerate(seats)))}
    ordered = sorted(seats, key=lambda seat: first[seat.member_id])
    for member, group in groupby(ordered, key=lambda seat: seat.member):
        posts = tuple(f"{seat.term.organization}{seat.get_position_display()}" for seat in group)
        yield Leader(member, posts, *came.get(member.pk, (0, 0)))
