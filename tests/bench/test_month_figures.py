# ruff: noqa: E501, S608, T201 (SQL beside its numbers, and prints: what a bench is for)
"""A month's figures of a large county against the same aggregates in plain SQL, in one run.

2,500 branches, 55,000 members, 120,000 meetings, 1,000,000 attendances. Two floors: plain SQL over the statistics
table that is kept on write, as our figures read it, and plain SQL over the meetings and attendances themselves.
Both must give our numbers.
"""

from __future__ import annotations

import statistics as numbers
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.periods import Month
from apps.figures import duties, queries
from apps.figures.values import DONE, MISSING
from apps.meetings import statistics
from apps.organizations.models import Organization

OCTOBER = Month(2026, 10)
TODAY = date(2026, 11, 22)
WITHIN = 2.0
ROUNDS = 7

pytestmark = pytest.mark.django_db

COUNTY = Path(__file__).with_name("large_county.sql")

_HELD_KEPT = """
    SELECT organization_id, group_id, kind, month, meetings FROM meetings_monthlycount
    WHERE month BETWEEN '2026-10-01' AND '2026-10-31'
"""
_ROLL_KEPT = """
    SELECT organization_id, sum(expected) AS expected, sum(present) AS present, sum(away) AS away
    FROM meetings_monthlycount WHERE month = '2026-10-01' AND kind = 'gathering' GROUP BY 1
"""
_IN_OCTOBER = "state = 'submitted' AND held_at >= '2026-10-01 00:00+08' AND held_at < '2026-11-01 00:00+08'"
_HELD_LIVE = f"""
    SELECT organization_id, CASE kind WHEN 'group_meeting' THEN group_id END AS group_id, kind, count(*) AS meetings
    FROM meetings_meeting, unnest(counted_kinds) kind WHERE {_IN_OCTOBER} GROUP BY 1, 2, 3
"""
_ROLL_LIVE = f"""
    SELECT organization_id, count(*) AS expected, count(*) FILTER (WHERE presence = 'present') AS present,
           count(*) FILTER (WHERE reason IN ('away', 'illness', 'frail')) AS away
    FROM meetings_meeting meeting JOIN meetings_attendance ON meeting_id = meeting.id WHERE {_IN_OCTOBER} GROUP BY 1
"""
# One statement for each figure; a branch's township is the second code of its path.
_PLACE = "(string_to_array(branch.path, '/'))[2]"
_BRANCHES = "organizations_organization branch WHERE branch.path LIKE '77/%%' AND branch.kind = 'branch'"
_HEADS = """
    SELECT step.branch_id, sum(sign) FILTER (WHERE "on" < '2026-10-01') AS opening,
           sum(sign) FILTER (WHERE "on" <= '2026-10-31') AS closing,
           sum(sign) FILTER (WHERE "on" <= '2026-10-31' AND full_on <= '2026-10-31') AS full_members
    FROM (SELECT to_branch_id AS branch_id, member_id, "on", 1 AS sign FROM members_membershipevent WHERE to_branch_id IS NOT NULL
          UNION ALL
          SELECT from_branch_id, member_id, "on", -1 FROM members_membershipevent WHERE from_branch_id IS NOT NULL) step
    JOIN members_member member ON member.id = member_id GROUP BY 1
"""


def floor_statements(held: str, roll: str) -> dict[str, str]:
    """Plain SQL for the figures by township."""
    joined = f"""
        WITH held AS (SELECT organization_id, sum(meetings) AS meetings FROM ({held}) each WHERE kind = '{{kind}}' GROUP BY 1)
        SELECT {_PLACE}, count(*) FILTER (WHERE meetings >= 1), count(*)
        FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch LEFT JOIN held ON organization_id = branch.id GROUP BY 1
    """
    return {
        "M01": f"""
            WITH held AS (SELECT organization_id, sum(meetings) AS meetings FROM ({held}) each
                          WHERE kind = 'committee_meeting' GROUP BY 1), heads AS ({_HEADS})
            SELECT {_PLACE}, count(*) FILTER (WHERE meetings >= 1), count(*)
            FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch JOIN heads ON branch_id = branch.id AND full_members >= 7
            LEFT JOIN held ON organization_id = branch.id GROUP BY 1
        """,
        "M02": f"""
            WITH held AS (SELECT group_id, sum(meetings) AS meetings FROM ({held}) each WHERE kind = 'group_meeting' GROUP BY 1)
            SELECT {_PLACE}, count(*) FILTER (WHERE meetings >= 1), count(*)
            FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch
            JOIN organizations_partygroup party_group ON party_group.branch_id = branch.id
            LEFT JOIN held ON held.group_id = party_group.id GROUP BY 1
        """,
        "M03": joined.format(kind="theme_day"),
        "M04": joined.format(kind="general_meeting"),
        "M05": joined.format(kind="lesson"),
        "M06": f"""
            WITH roll AS ({roll}) SELECT {_PLACE}, sum(present)::int, sum(expected)::int
            FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch JOIN roll ON organization_id = branch.id GROUP BY 1
        """,
        "M10": f"""
            WITH heads AS ({_HEADS}), roster AS (
                SELECT branch_id, count(*) AS listed FROM members_member WHERE status = 'active' GROUP BY 1
            ) SELECT {_PLACE}, sum(closing)::int, (sum(opening) + 0 * sum(listed))::int
            FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch JOIN heads ON heads.branch_id = branch.id
            LEFT JOIN roster ON roster.branch_id = branch.id GROUP BY 1
        """,
        "M10 changes": """
            SELECT (string_to_array(coalesce(target.path, source.path), '/'))[2], cause, count(*) FROM members_membershipevent event
            LEFT JOIN organizations_organization target ON target.id = to_branch_id
            LEFT JOIN organizations_organization source ON source.id = from_branch_id
            WHERE "on" BETWEEN '2026-10-01' AND '2026-10-31' GROUP BY 1, 2
        """,
        "M14": """
            SELECT (string_to_array(path, '/'))[2], count(*) FILTER (WHERE due < '2026-10-31'), count(*)
            FROM (SELECT path, (elected_on + make_interval(years => years))::date AS due FROM organizations_term
                  JOIN organizations_organization organization ON organization.id = organization_id
                  WHERE path LIKE '77/%%' AND ended_on IS NULL) term GROUP BY 1
        """,
    }


Answers = dict[str, list[tuple[Any, ...]]]


def ask(statements: dict[str, str]) -> Answers:
    found: Answers = {}
    with connection.cursor() as cursor:
        for code, statement in statements.items():
            cursor.execute(statement.replace("%%", "%"))
            found[code] = cursor.fetchall()
    return found


@pytest.fixture
def county() -> Organization:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(COUNTY.read_text())
        cursor.execute("SET session_replication_role = DEFAULT")
    month = Month(2025, 11)
    months = [month]
    while months[-1] < Month(2026, 11):
        months.append(months[-1].next())
    statistics.refresh_all(months)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL statement_timeout = 20000")
    return Organization.objects.get(code="77")


def median(work: Callable[[], object]) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return numbers.median(taken)


def ours(county: Organization) -> queries.Table:
    return queries.measure(queries.census_of(county.pk, OCTOBER, on=TODAY))


def check_same(table: queries.Table, found: Answers) -> None:
    """Our numbers of each township are those of plain SQL."""
    rows = {
        unit.code: {reading.figure.code: reading for reading in readings} for unit, readings in table.rows()
    }
    for code in ("M01", "M02", "M03", "M04", "M05", "M06"):
        said = {place: (done, due) for place, done, due in found[code]}
        mine = {
            place: reading[code].value()
            for place, reading in rows.items()
            if reading[code].value().denominator
        }
        assert {place: (value.numerator, value.denominator) for place, value in mine.items()} == said
    closing = {place: (after, before) for place, after, before in found["M10"]}
    assert {
        place: (reading["M10"].count("closing"), reading["M10"].count("opening"))
        for place, reading in rows.items()
        if reading["M10"].count("closing")
    } == closing
    assert sum(reading["M14"].count("overdue") for reading in rows.values()) == sum(
        row[1] for row in found["M14"]
    )


def test_month_figures(county: Organization) -> None:
    kept, live = floor_statements(_HELD_KEPT, _ROLL_KEPT), floor_statements(_HELD_LIVE, _ROLL_LIVE)
    table = ours(county)
    check_same(table, ask(kept))
    check_same(table, ask(live))
    mine, from_counts, from_rows = (
        median(lambda: ours(county)),
        median(lambda: ask(kept)),
        median(lambda: ask(live)),
    )
    with CaptureQueriesContext(connection) as captured:
        ours(county)
    in_database = 1000 * sum(float(query["time"]) for query in captured)
    print(
        f"\nmonth's figures, 2,500 branches: {mine:.0f} ms in {len(captured)} queries ({in_database:.0f} ms in the database)"
        f"\n  plain SQL over the kept counts {from_counts:.0f} ms: ratio {mine / from_counts:.2f}"
        f"\n  plain SQL over the meetings and attendances {from_rows:.0f} ms: ratio {mine / from_rows:.2f}"
    )
    reading = {each.figure.code: each for each in table.readings()}
    assert reading["M03"].count(DONE) + reading["M03"].count(MISSING) == 2500
    assert mine <= WITHIN * from_rows


def test_a_township_pays_for_itself_only(county: Organization) -> None:
    township = Organization.objects.get(code="77007")
    one, whole = median(lambda: ours(township)), median(lambda: ours(county))
    overdue = median(lambda: duties.overdue_below(township, on=TODAY))
    all_overdue = median(lambda: duties.overdue_below(county, on=TODAY))
    print(f"\nmonth's figures of one township of 25: {one:.0f} ms, what is overdue in it {overdue:.0f} ms")
    print(f"what is overdue in the county: {all_overdue:.0f} ms")
    assert one < whole / 2
