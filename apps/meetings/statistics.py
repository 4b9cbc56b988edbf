"""The monthly counts: recounted from the rows, in the transaction that changed them.

A gathering of several kinds has a count for each kind that is valid; the rows of `GATHERING` count it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from apps.core.periods import Month

GATHERING = "gathering"


@dataclass(frozen=True, slots=True)
class Count:
    """What one branch (or group) has of a kind in a month, as in `MonthlyCount`."""

    organization_id: int
    group_id: int | None
    month: Month
    kind: str
    meetings: int
    expected: int
    present: int
    away: int


_FORGET = "DELETE FROM meetings_monthlycount WHERE month = ANY(%(months)s)"

_KEEP = """
INSERT INTO meetings_monthlycount (organization_id, group_id, month, kind, meetings, expected, present, away)
"""

_COUNTS = """
WITH gathering AS (
    SELECT id, organization_id, group_id, counted_kinds,
           date_trunc('month', held_at AT TIME ZONE 'Asia/Shanghai')::date AS month
    FROM meetings_meeting
    WHERE state = 'submitted' AND cardinality(counted_kinds) > 0
      AND held_at >= %(first)s::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND held_at < (%(last)s::timestamp + interval '1 month') AT TIME ZONE 'Asia/Shanghai'
      {condition}
), roll AS (
    SELECT meeting_id, count(*) AS expected,
           count(*) FILTER (WHERE presence = 'present') AS present,
           count(*) FILTER (WHERE reason IN ('away', 'illness', 'frail')) AS away
    FROM meetings_attendance JOIN gathering ON gathering.id = meeting_id
    GROUP BY 1
)
SELECT organization_id, CASE kind WHEN 'group_meeting' THEN group_id END AS group_id, month, kind,
       count(*), coalesce(sum(expected), 0)::int, coalesce(sum(present), 0)::int, coalesce(sum(away), 0)::int
FROM gathering
     CROSS JOIN unnest(counted_kinds || '{{gathering}}'::varchar[]) AS kind
     LEFT JOIN roll ON meeting_id = gathering.id
WHERE month = ANY(%(months)s)
GROUP BY 1, 2, 3, 4
"""


@transaction.atomic
def refresh(organization_id: int, month: Month) -> None:
    """Recount one branch's month; two writers of the same branch wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, organization_id])
    _recount([month], organization_id)


@transaction.atomic
def refresh_all(months: Iterable[Month]) -> None:
    """Recount the months for every branch, in two statements: after a bulk load."""
    wanted = sorted(set(months))
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE meetings_monthlycount IN SHARE ROW EXCLUSIVE MODE")
            # Rows that were just loaded are unknown to the planner, which then compares each with each.
            cursor.execute("ANALYZE meetings_meeting, meetings_attendance")
        _recount(wanted)


def handed_in_after(
    moment: datetime, *, organizations: Sequence[int], first: Month, last: Month
) -> list[Count]:
    """What the counts of those months owe to records last handed in after the moment; one query."""
    values: dict[str, Any] = {
        "moment": moment, "organizations": list(organizations), "first": first.first, "last": last.first,
        "months": _days_between(first, last),
    }  # fmt: skip
    late = "AND submitted_at > %(moment)s AND organization_id = ANY(%(organizations)s)"
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(condition=late), values)
        return [Count(branch, group, Month.of(day), *rest) for branch, group, day, *rest in cursor.fetchall()]


def _days_between(first: Month, last: Month) -> list[date]:
    days = [first.first]
    while days[-1] < last.first:
        days.append(Month.of(days[-1]).next().first)
    return days


_LOCK = 0x6D65  # a class of advisory locks of this module's own


def _recount(months: list[Month], organization_id: int | None = None) -> None:
    days: list[date] = [month.first for month in months]
    values: dict[str, Any] = {
        "months": days,
        "first": days[0],
        "last": days[-1],
        "organization": organization_id,
    }
    of_one = "" if organization_id is None else "AND organization_id = %(organization)s"
    with connection.cursor() as cursor:
        cursor.execute(f"{_FORGET} {of_one}", values)
        cursor.execute(_KEEP + _COUNTS.format(condition=of_one), values)
