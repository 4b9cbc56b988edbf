# ruff: noqa: E501, S608, T201 (SQL beside its numbers, and prints: what a bench is for)
"""The matrix of a large county against plain SQL for the same aggregates, in one run.

2,500 branches by the duties of October, its quarter and its year, by township, with 71,000 talks. The floor is one statement for
each duty over the counts that are kept on write (of the year's, over the meetings); both must say the same.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.figures.duties.matrix import Matrix, matrix_of
from apps.organizations.models import Organization
from tests.bench.test_month_figures import _BRANCHES, _HEADS, _PLACE, OCTOBER, ask, county, median

__all__ = ["county"]
TALKS = Path(__file__).with_name("large_county_talks.sql")
TODAY = date(2026, 11, 22)
WITHIN = 2.0

pytestmark = pytest.mark.django_db


def _held(kind: str, first: str, last: str) -> str:
    return f"""
        WITH held AS (SELECT organization_id, sum(meetings) AS meetings FROM meetings_monthlycount
                      WHERE month BETWEEN '{first}' AND '{last}' AND kind = '{kind}' GROUP BY 1)
        SELECT {_PLACE}, count(*) FILTER (WHERE meetings >= 1), count(*)
        FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch LEFT JOIN held ON organization_id = branch.id GROUP BY 1
    """


_IN_2026 = "state = 'submitted' AND held_at >= '2026-01-01 00:00+08' AND held_at < '2027-01-01 00:00+08'"
STATEMENTS = {
    "MEET-02": f"""
        WITH held AS (SELECT organization_id, sum(meetings) AS meetings FROM meetings_monthlycount
                      WHERE month = '2026-10-01' AND kind = 'committee_meeting' GROUP BY 1), heads AS ({_HEADS})
        SELECT {_PLACE}, count(*) FILTER (WHERE meetings >= 1), count(*)
        FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch JOIN heads ON branch_id = branch.id AND full_members >= 7
        LEFT JOIN held ON organization_id = branch.id GROUP BY 1
    """,
    "MEET-03": f"""
        WITH held AS (SELECT group_id, sum(meetings) AS meetings FROM meetings_monthlycount
                      WHERE month = '2026-10-01' AND kind = 'group_meeting' GROUP BY 1)
        SELECT {_PLACE}, count(*) FILTER (WHERE meetings >= 1), count(*)
        FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch
        JOIN organizations_partygroup party_group ON party_group.branch_id = branch.id
        LEFT JOIN held ON held.group_id = party_group.id GROUP BY 1
    """,
    "MEET-06": _held("theme_day", "2026-10-01", "2026-10-31"),
    "MEET-01": _held("general_meeting", "2026-10-01", "2026-12-31"),
    "MEET-05": _held("lesson", "2026-10-01", "2026-12-31"),
    "MEET-07": f"""
        WITH held AS (SELECT organization_id, count(*) AS meetings FROM meetings_meeting
                      WHERE state = 'submitted' AND life_year = 2026 AND 'life_meeting' = ANY(counted_kinds) GROUP BY 1)
        SELECT {_PLACE}, count(*) FILTER (WHERE meetings >= 1), count(*)
        FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch LEFT JOIN held ON organization_id = branch.id GROUP BY 1
    """,
    "MEET-10": f"""
        WITH seat AS (
            SELECT organization_id AS branch_id, member_id, greatest(elected_on, since) AS since,
                   coalesce(least(ended_on, until), 'infinity') AS until
            FROM members_seat JOIN organizations_term term ON term.id = term_id),
        seated AS (SELECT DISTINCT branch_id, member_id FROM seat WHERE since <= '{TODAY}' AND until > '{TODAY}'),
        talk AS (
            SELECT talk.branch_id, one_id, other_id, one.member_id IS NOT NULL AS one_seated, other.member_id IS NOT NULL AS other_seated
            FROM talks_talk talk
            LEFT JOIN seat one ON one.branch_id = talk.branch_id AND one.member_id = one_id AND held_on >= one.since AND held_on < one.until
            LEFT JOIN seat other ON other.branch_id = talk.branch_id AND other.member_id = other_id AND held_on >= other.since AND held_on < other.until
            WHERE withdrawn_at IS NULL AND held_on BETWEEN '2026-01-01' AND '2026-12-31'),
        spoken AS (
            SELECT branch_id, member_id, bool_or(seated) AS with_committee, bool_or(NOT seated) AS with_member
            FROM (SELECT branch_id, one_id AS member_id, other_seated AS seated FROM talk
                  UNION ALL SELECT branch_id, other_id, one_seated FROM talk) each GROUP BY 1, 2),
        ordinary AS (
            SELECT branch_id, bool_and(coalesce(with_committee, false)) AND (count(*) = 1 OR bool_and(coalesce(with_member, false))) AS complete
            FROM (SELECT branch_id, id AS member_id FROM members_member WHERE status = 'active' AND NOT is_out_of_contact) listed
            LEFT JOIN spoken USING (branch_id, member_id) LEFT JOIN seated USING (branch_id, member_id)
            WHERE seated.member_id IS NULL GROUP BY 1),
        apart AS (
            SELECT DISTINCT one.branch_id FROM seated one JOIN seated other ON other.branch_id = one.branch_id
            LEFT JOIN talk ON talk.branch_id = one.branch_id AND one_id = one.member_id AND other_id = other.member_id
            WHERE one.member_id < other.member_id AND one_id IS NULL),
        talked AS (SELECT DISTINCT branch_id FROM talk)
        SELECT {_PLACE}, count(*) FILTER (WHERE coalesce(complete, true) AND apart.branch_id IS NULL AND talked.branch_id IS NOT NULL), count(*)
        FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch LEFT JOIN ordinary ON ordinary.branch_id = branch.id
        LEFT JOIN apart ON apart.branch_id = branch.id LEFT JOIN talked ON talked.branch_id = branch.id GROUP BY 1
    """,
    "MEET-19": f"""
        WITH held AS (SELECT organization_id, count(*) AS meetings FROM meetings_meeting meeting
                      WHERE {_IN_2026} AND 'general_meeting' = ANY(counted_kinds)
                        AND EXISTS (SELECT FROM meetings_resolution WHERE meeting_id = meeting.id AND matter = 'committee_report') GROUP BY 1)
        SELECT {_PLACE}, count(*) FILTER (WHERE meetings >= 1), count(*)
        FROM (SELECT branch.id, branch.path FROM {_BRANCHES}) branch LEFT JOIN held ON organization_id = branch.id GROUP BY 1
    """,
}


def ours(county: Organization, *, by_branch: bool) -> Matrix:
    return matrix_of(county.pk, OCTOBER, on=TODAY, by_branch=by_branch)


def by_township(matrix: Matrix, rule: str) -> Mapping[str, tuple[int, int]]:
    cells = {
        line.unit.code: cell for line in matrix.lines for cell in line.cells if cell.column.rule.key == rule
    }
    return {code: (cell.done, cell.asked) for code, cell in cells.items() if cell.asked}


@pytest.fixture
def talked(county: Organization) -> Organization:
    """The county with its committees and their talks."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(TALKS.read_text())
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE members_seat, talks_talk")
    return county


def test_matrix(talked: Organization) -> None:
    gc.freeze()  # as the web process does (partybuild/wsgi.py)
    found, matrix = ask(STATEMENTS), ours(talked, by_branch=False)
    for rule, rows in found.items():
        assert by_township(matrix, rule) == {place: (done, due) for place, done, due in rows}, rule
    floor = median(lambda: ask(STATEMENTS))
    for by_branch in (False, True):
        mine = median(partial(ours, talked, by_branch=by_branch))
        with CaptureQueriesContext(connection) as captured:
            ours(talked, by_branch=by_branch)
        in_database = 1000 * sum(float(query["time"]) for query in captured)
        print(
            f"\nmatrix {'by branch' if by_branch else 'by township'}, 2,500 branches: {mine:.0f} ms in {len(captured)} queries"
            f" ({in_database:.0f} ms in the database)\n  plain SQL {floor:.0f} ms: ratio {mine / floor:.2f} (aim {WITHIN})"
        )
