"""Study hours: what the attendance of the year adds up to, never typed (MEM-01, MEM-02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Least, NullIf

from apps.core.calendar import today
from apps.core.periods import Year
from apps.lessons.rules import STUDY, Scale
from apps.meetings.models import Attendance, MeetingQuerySet, Presence, State
from apps.meetings.queries import held_in
from apps.members.models import Member
from apps.members.queries import seated_among, seated_on
from apps.regulations.settings import settings_of
from apps.regulations.table import Limit, Overrides, limit

RULE, SEATED_RULE = "MEM-01", "MEM-02"


@dataclass(frozen=True)
class Measure:
    """What a year is measured by in a county; `path` is of any organization in it."""

    year: int
    path: str

    @property
    def day(self) -> date:
        """The day whose seats decide of whom more is wanted."""
        return min(today(), Year(self.year).last)

    @cached_property
    def _own(self) -> Overrides:
        return settings_of(self.path).on(Year(self.year))

    def _limit(self, code: str, part: str = "") -> Limit:
        return limit(code, part, on=Year(self.year), overrides=self._own)

    @cached_property
    def scale(self) -> Scale:
        return Scale(*(int(self._limit(RULE, part).value) for part in ("minutes", "usual", "most")))

    @cached_property
    def wanted(self) -> Limit:
        return self._limit(RULE)

    @cached_property
    def wanted_of_seated(self) -> Limit:
        return self._limit(SEATED_RULE)


@dataclass(frozen=True, slots=True)
class Studied:
    """A gathering that counts for a member, with its hours."""

    attendance: Attendance
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Hours:
    """A member's year: what they have, by which rule they are measured."""

    member: Member
    hours: Decimal
    rule: Limit

    @property
    def reached(self) -> bool:
        return self.rule.allows(self.hours)

    @property
    def missing(self) -> Decimal:
        return Decimal(int(self.rule.value)) - self.hours


Members = Iterable[int] | QuerySet[Any]


def attended(members: Members, measure: Measure) -> MeetingQuerySet:
    """Where the members (ids, or rows of them) studied in the year, each with its length."""
    rows = Attendance.objects.filter(
        held_in(Year(measure.year), "meeting__held_at"),
        member__in=members,
        presence=Presence.PRESENT,
        meeting__state=State.SUBMITTED,
        meeting__counted_kinds__overlap=list(STUDY),
    )
    found: MeetingQuerySet = rows.annotate(length=_length(measure.scale)).order_by()
    return found


def _length(scale: Scale) -> Least:
    """From begin to end, the usual length where nobody wrote down the end, never more than counts."""
    end = NullIf(F("meeting__ended_at"), F("meeting__held_at"))
    real = ExpressionWrapper(end - F("meeting__held_at"), output_field=DurationField())
    return Least(Coalesce(real, _lasting(scale.usual_length)), _lasting(scale.longest))


def _lasting(length: timedelta) -> Value:
    return Value(length, output_field=DurationField())


def hours_of(members: Iterable[Member], measure: Measure) -> list[Hours]:
    """Each member's hours in the same order; two queries and the county's settings."""
    rows = list(members)
    ids = [member.pk for member in rows]
    lengths = dict(attended(ids, measure).values_list("member_id").annotate(whole=Sum("length")))
    seated = seated_among(ids, measure.day)
    return [
        Hours(
            member,
            measure.scale.hours(lengths.get(member.pk, timedelta())),
            measure.wanted_of_seated if member.pk in seated else measure.wanted,
        )
        for member in rows
    ]


def reaching(members: QuerySet[Member], measure: Measure) -> Q:
    """The condition on the members that they have the hours wanted of them; the database adds them up."""
    seats = seated_on(measure.day).values("member")
    with_more = _with_hours(members.filter(pk__in=seats), measure.wanted_of_seated, measure)
    return Q(pk__in=with_more) | Q(pk__in=_with_hours(members, measure.wanted, measure)) & ~Q(pk__in=seats)


def _with_hours(members: QuerySet[Member], wanted: Limit, measure: Measure) -> QuerySet[Any]:
    """Those of the members who have at least so many; whole hours lose nothing by being cut to a tenth."""
    least = timedelta(minutes=int(wanted.value) * measure.scale.minutes)
    lengths = (
        attended(members.order_by().values("pk"), measure).values("member").annotate(whole=Sum("length"))
    )
    return lengths.filter(whole__gte=least).values("member")


def gatherings_of(member: Member, measure: Measure) -> list[Studied]:
    """The records behind the member's hours, newest first; one query."""
    rows = attended([member.pk], measure).select_related("meeting__organization")
    rows = rows.defer("meeting__minutes").order_by("-meeting__held_at")
    return [Studied(row, measure.scale.hours(row.length)) for row in rows]
