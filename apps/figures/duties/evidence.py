"""The records behind a duty, as far as the reader may see them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from apps.core.periods import Period, Year
from apps.core.scope import Reader
from apps.figures import facts
from apps.figures.values import Unit
from apps.meetings.kinds import Kind, Matter
from apps.meetings.models import MeetingQuerySet, State
from apps.meetings.queries import held_in, meetings_for
from apps.regulations.table import Duty, Subject


def meetings_behind(user: Reader, row: Duty, unit: Unit, period: Period) -> MeetingQuerySet:
    """The submitted records that count for the duty; as many as it counts, where the reader sees them all."""
    found: MeetingQuerySet = meetings_for(user).filter(_counts_for(row, unit, period), state=State.SUBMITTED)
    return found.filter(counted_kinds__contains=[row.kind])


def _counts_for(row: Duty, unit: Unit, period: Period) -> Q:
    if row.subject is Subject.COMMITTEE:
        secretary = facts.secretaries([unit.id], period.last).get(unit.id)
        return Q(held_in(period), lecturer_member=secretary) if secretary else Q(pk__in=[])
    here = Q(organization=unit.id)
    if row.kind == Kind.LIFE_MEETING and isinstance(period, Year):
        return here & Q(life_year=period.year)
    if row.key == "MEET-19":
        return here & held_in(period) & Q(resolutions__matter=Matter.COMMITTEE_REPORT)
    return here & held_in(period)


def meetings_href(row: Duty, unit: Unit, period: Period) -> str:
    """What was handed in of that kind in the period, counting or not: the list of records."""
    asked = {"period": str(period), "kind": row.kind, "under": str(unit.id)}
    return f"{reverse('meetings:list')}?{urlencode(asked)}"
