"""Study hours: what the attendance of the year adds up to, never typed (MEM-01, MEM-02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import DurationField, ExpressionWrapper, F, Sum, Value
from django.db.models.functions import Coalesce, Least, NullIf

from apps.core.calendar import today
from apps.core.periods import Year
from apps.lessons.rules import STUDY, Scale
from apps.meetings.models import Attendance, MeetingQuerySet, Presence, State
from apps.meetings.queries import held_in
from apps.members.models import Member
from apps.members.queries import seated_among
from apps.regulations.settings import settings_of
from apps.regulations.table import Limit, Overrides, limit

RULE, SEATED_RULE = "MEM-01", "MEM-02"


@dataclass(frozen=True)
class Measure:
    """What a year is measured by in a county; `path` is of any organization in it."""

    year: int
    path: str

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


def attended(member_ids: Iterable[int], measure: Measure) -> MeetingQuerySet:
    """Where the members studied in the year, each with its length."""
    rows = Attendance.objects.filter(
        held_in(Year(measure.year), "meeting__held_at"),
        member__in=list(member_ids),
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
    seated = seated_among(ids, min(today(), Year(measure.year).last))
    return [
        Hours(
            member,
            measure.scale.hours(lengths.get(member.pk, timedelta())),
            measure.wanted_of_seated if member.pk in seated else measure.wanted,
        )
        for member in rows
    ]


def gatherings_of(member: Member, measure: Measure) -> list[Studied]:
    """The records behind the member's hours, newest first; one query."""
    rows = attended([member.pk], measure).select_related("meeting__organization")
    rows = rows.defer("meeting__minutes").order_by("-meeting__held_at")
    return [Studied(row, measure.scale.hours(row.length)) for row in rows]
