"""The facts that figures and duties are counted from: each one query, whatever the number of branches.

`ids` are the organizations of a subtree as it stood then, so that a branch which has since moved is counted
where it belonged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from apps.core.calendar import CHINA, add_years
from apps.core.lookups import array_literal
from apps.core.periods import Month
from apps.figures.values import Group, Unit
from apps.meetings import statistics
from apps.meetings.kinds import Kind, Matter
from apps.members.vocabulary import Cause, Position, Status
from apps.organizations.kinds import BRANCH_KINDS

Subject = tuple[int, int | None, str]
"""Branch, group where the meeting is a group's own, kind of meeting."""


@dataclass(frozen=True, slots=True)
class Heads:
    """A branch's members by the events: on the eve of the period, at its end, and by all events up to now."""

    opening: int
    closing: int
    full: int
    now: int


NO_HEADS = Heads(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Roll:
    """Attendances of a month, each gathering once; `away` are those absent for travel, illness or frailty."""

    expected: int
    present: int
    away: int


@dataclass(frozen=True, slots=True)
class Movement:
    """An event of the roster within a period."""

    day: date
    cause: Cause
    member: str
    from_branch: int | None
    to_branch: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """A branch that came under another organization from a day on."""

    branch: int
    name: str
    day: date
    left: str
    entered: str


@dataclass(frozen=True, slots=True)
class Office:
    """A term that runs on a day."""

    organization_id: int
    elected_on: date
    years: int
    due_on: date


def tree(organization_id: int, *, since: date, day: date) -> list[Unit]:
    """The organization and all below it as on the day, with those dissolved since; by path. Two queries.

    What has something below it is there whatever its own dates say: no unit hangs in the air.
    """
    [(now, then)] = _rows(_ROOT, {"id": organization_id, "day": day})
    paths = {"now": f"{now}%", "then": f"{then}%", "root": then}  # a path holds digits, letters and "/" only
    return [Unit(*row) for row in _rows(_TREE, {**paths, "since": since, "day": day})]


def groups(ids: Sequence[int], *, first: date, last: date) -> list[Group]:
    """The groups that stood at some time in the period."""
    return [Group(*row) for row in _rows(_GROUPS, {"ids": array_literal(ids), "first": first, "last": last})]


def meetings(ids: Sequence[int], *, months: Iterable[Month], kinds: Iterable[str]) -> dict[Subject, int]:
    """How many valid meetings of each kind each branch or group held in the months."""
    values = {"ids": array_literal(ids), "months": [month.first for month in months], "kinds": list(kinds)}
    return {(branch, group, kind): held for branch, group, kind, held in _rows(_MEETINGS, values)}


def rolls(ids: Sequence[int], month: Month) -> dict[int, Roll]:
    """Expected, present and away by branch."""
    values = {"ids": array_literal(ids), "month": month.first, "kind": statistics.GATHERING}
    return {branch: Roll(*counts) for branch, *counts in _rows(_ROLLS, values)}


def heads(ids: Sequence[int], *, first: date, day: date) -> dict[int, Heads]:
    """Members by branch before `first` and on `day`, summed over the events."""
    rows = _rows(_HEADS, {"ids": array_literal(ids), "first": first, "day": day})
    return {branch: Heads(*counts) for branch, *counts in rows}


def roster(ids: Sequence[int]) -> dict[int, int]:
    """Members by branch as the roster lists them now."""
    return dict(_rows(_ROSTER, {"ids": array_literal(ids), "active": Status.ACTIVE}))


def movements(ids: Sequence[int], *, first: date, day: date) -> list[Movement]:
    """What changed the roster in the period, in order."""
    rows = _rows(_MOVEMENTS, {"ids": array_literal(ids), "first": first, "day": day})
    return [Movement(on, Cause(cause), *rest) for on, cause, *rest in rows]


def moves(code: str, *, first: date, day: date) -> list[Move]:
    """The branches that moved out of, into or within the organization of that code, in order."""
    values = {"code": code, "first": first, "day": day, "kinds": list(BRANCH_KINDS)}
    return [Move(*row) for row in _rows(_MOVES, values)]


def offices(ids: Sequence[int], day: date) -> list[Office]:
    """The terms that run on the day, or have run out without a successor."""
    return [
        Office(organization, elected, years, extended or add_years(elected, years))
        for organization, elected, years, extended in _rows(_OFFICES, {"ids": array_literal(ids), "day": day})
    ]


def committee_reports(ids: Sequence[int], year: int) -> dict[int, int]:
    """How many general meetings of the year heard the committee's report, by branch (MEET-19)."""
    values = {"ids": array_literal(ids), "kind": Kind.GENERAL_MEETING, "matter": Matter.COMMITTEE_REPORT}
    return dict(_rows(_REPORTS, {**values, **_span(date(year, 1, 1), date(year, 12, 31))}))


def secretaries(ids: Sequence[int], day: date) -> dict[int, int]:
    """Who is secretary on the day, in the term that runs or has run out without a successor."""
    return dict(_rows(_SECRETARIES, {"ids": array_literal(ids), "day": day, "position": Position.SECRETARY}))


def first_record(root: str) -> date | None:
    """The first day of the first month in which the county has a record."""
    [(month,)] = _rows(_FIRST, {"below": f"{root}%"})
    return month if month is None or isinstance(month, date) else None


def _span(first: date, last: date) -> dict[str, datetime]:
    """The moments between which something was held on the days, by China's clock."""
    return {
        "first": datetime.combine(first, time(), CHINA),
        "end": datetime.combine(last + timedelta(days=1), time(), CHINA),
    }


def handed_in_after(
    ids: Sequence[int], moment: datetime, *, first: Month, last: Month
) -> list[statistics.Count]:
    """What the monthly counts owe to records that were handed in after the moment."""
    return statistics.handed_in_after(moment, organizations=ids, first=first, last=last)


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


# The last placement up to the day says where an organization stood; one placed later stood where it is.
_ROOT = """
SELECT organization.path, coalesce(
    (SELECT placement.path FROM organizations_placement placement
     WHERE placement.organization_id = organization.id AND since <= %(day)s ORDER BY since DESC LIMIT 1),
    organization.path)
FROM organizations_organization organization WHERE id = %(id)s
"""

_TREE = """
WITH candidate AS (
    SELECT organization_id AS id FROM organizations_placement WHERE path LIKE %(then)s
    UNION
    SELECT id FROM organizations_organization WHERE path LIKE %(now)s
), placed AS (
    SELECT DISTINCT ON (organization_id) organization_id, name, path
    FROM organizations_placement JOIN candidate ON candidate.id = organization_id
    WHERE since <= %(day)s ORDER BY organization_id, since DESC
), unit AS (
SELECT organization.id, organization.code,
       CASE WHEN placed.name IS NULL OR placed.name = organization.name
            THEN coalesce(nullif(organization.short_name, ''), organization.name) ELSE placed.name END
           AS name_then,
       kind, sector, coalesce(placed.path, organization.path) AS path_then, founded_on, dissolved_on,
       (founded_on IS NULL OR founded_on <= %(day)s)
       AND (dissolved_on IS NULL OR dissolved_on > %(since)s) AS stood
FROM candidate JOIN organizations_organization organization USING (id)
LEFT JOIN placed ON placed.organization_id = organization.id
WHERE coalesce(placed.path, organization.path) LIKE %(then)s
)
SELECT id, code, name_then, kind, sector, path_then, founded_on, dissolved_on FROM unit
WHERE stood OR path_then = %(root)s
   OR EXISTS (SELECT FROM unit below WHERE below.stood AND starts_with(below.path_then, unit.path_then))
ORDER BY path_then
"""

# The ids are joined as rows: by `= ANY` Postgres would look each of thousands up in an index. The months are
# named one by one, since the index has the kind after the month.
_MEETINGS = """
SELECT organization_id, group_id, kind, sum(meetings)::int
FROM meetings_monthlycount JOIN unnest(%(ids)s::bigint[]) AS branch (id) ON organization_id = branch.id
WHERE month = ANY(%(months)s) AND kind = ANY(%(kinds)s)
GROUP BY 1, 2, 3
"""

_ROLLS = """
SELECT organization_id, sum(expected)::int, sum(present)::int, sum(away)::int
FROM meetings_monthlycount JOIN unnest(%(ids)s::bigint[]) AS branch (id) ON organization_id = branch.id
WHERE month = %(month)s AND kind = %(kind)s
GROUP BY 1
"""

_HEADS = """
WITH step AS (
    SELECT to_branch_id AS branch_id, member_id, "on", 1 AS sign FROM members_membershipevent
    UNION ALL
    SELECT from_branch_id, member_id, "on", -1 FROM members_membershipevent WHERE from_branch_id IS NOT NULL
)
SELECT step.branch_id,
       coalesce(sum(sign) FILTER (WHERE "on" < %(first)s), 0)::int,
       coalesce(sum(sign) FILTER (WHERE "on" <= %(day)s), 0)::int,
       coalesce(sum(sign) FILTER (WHERE "on" <= %(day)s AND full_on <= %(day)s), 0)::int,
       sum(sign)::int
FROM step
JOIN unnest(%(ids)s::bigint[]) AS branch (id) ON step.branch_id = branch.id
JOIN members_member member ON member.id = member_id
GROUP BY 1
"""

_GROUPS = """
SELECT party_group.id, branch_id, name, since, until
FROM organizations_partygroup party_group
JOIN unnest(%(ids)s::bigint[]) AS branch (id) ON branch_id = branch.id
WHERE since <= %(last)s AND (until IS NULL OR until > %(first)s)
ORDER BY branch_id, name
"""

_MOVEMENTS = """
SELECT "on", cause, name, from_branch_id, to_branch_id
FROM members_membershipevent event JOIN members_member member ON member.id = member_id
WHERE "on" BETWEEN %(first)s AND %(day)s
  AND (to_branch_id = ANY(%(ids)s::bigint[]) OR from_branch_id = ANY(%(ids)s::bigint[]))
ORDER BY "on", event.id
"""

# Each code is one step of a path, whatever the organization's own place was at the time.
_MOVES = """
SELECT organization.id, coalesce(nullif(short_name, ''), organization.name), placement.since, former.path,
       placement.path
FROM organizations_placement placement
JOIN organizations_placement former
     ON former.organization_id = placement.organization_id AND former.until = placement.since
JOIN organizations_organization organization ON organization.id = placement.organization_id
WHERE placement.since BETWEEN %(first)s AND %(day)s AND placement.path <> former.path
  AND kind = ANY(%(kinds)s)
  AND %(code)s = ANY(string_to_array(placement.path || former.path, '/'))
ORDER BY placement.since
"""

_OFFICES = """
SELECT organization_id, elected_on, years, extended_to
FROM organizations_term
JOIN unnest(%(ids)s::bigint[]) AS organization (id) ON organization_id = organization.id
WHERE elected_on <= %(day)s AND (ended_on IS NULL OR ended_on > %(day)s)
"""

_REPORTS = """
SELECT organization_id, count(*)::int
FROM meetings_meeting meeting JOIN unnest(%(ids)s::bigint[]) AS branch (id) ON organization_id = branch.id
WHERE state = 'submitted' AND held_at >= %(first)s AND held_at < %(end)s AND %(kind)s = ANY(counted_kinds)
  AND EXISTS (SELECT FROM meetings_resolution WHERE meeting_id = meeting.id AND matter = %(matter)s)
GROUP BY 1
"""

_SECRETARIES = """
SELECT organization_id, min(member_id)
FROM members_seat seat JOIN organizations_term term ON term.id = term_id
JOIN unnest(%(ids)s::bigint[]) AS organization (id) ON organization_id = organization.id
WHERE position = %(position)s AND since <= %(day)s AND (until IS NULL OR until > %(day)s)
  AND elected_on <= %(day)s AND (ended_on IS NULL OR ended_on > %(day)s)
GROUP BY 1
"""

_FIRST = """
SELECT min(month) FROM meetings_monthlycount count
JOIN organizations_organization organization ON organization.id = organization_id
WHERE path LIKE %(below)s
"""

_ROSTER = """
SELECT branch_id, count(*)::int
FROM members_member JOIN unnest(%(ids)s::bigint[]) AS branch (id) ON branch_id = branch.id
WHERE status = %(active)s GROUP BY 1
"""
