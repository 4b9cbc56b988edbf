"""A month's figures of a large county against the same aggregates in plain SQL, in one run.

2,500 branches, 55,000 members, 120,000 meetings, 1,000,000 attendances. Two floors: plain SQL over the statistics
table that is kept on write, as our figures read it, and plain SQL over the meetings and attendances themselves.
Both must give our numbers.
"""

from __future__ import annotations

import statistics as numbers
import time
from collections.abc import Callable, Iterator
from datetime import date
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

# 25 townships of 20 villages, each with 5 branches of 22 members; 48 meetings a branch and year.
COUNTY = """
INSERT INTO organizations_organization (id, code, name, short_name, kind, sector, parent_id, path, founded_on, contact,
    phone, meeting_place, version)
SELECT 1, '77', '大县县委', '', 'committee', 'county_organ', NULL::bigint, '77/', '1949-01-01'::date, '', '', '', 1
UNION ALL
SELECT 100 + t, format('77%s', lpad(t::text, 3, '0')), format('第%s镇党委', t), '', 'committee', 'township', 1,
    format('77/77%s/', lpad(t::text, 3, '0')), '1990-01-01', '', '', '', 1
FROM generate_series(0, 24) t
UNION ALL
SELECT 1000 + v, format('77%s%s', lpad((v / 20)::text, 3, '0'), lpad((v % 20)::text, 3, '0')), format('第%s村党总支', v), '',
    'general_branch', 'village', 100 + v / 20,
    format('77/77%1$s/77%1$s%2$s/', lpad((v / 20)::text, 3, '0'), lpad((v % 20)::text, 3, '0')), '1990-01-01', '', '', '', 1
FROM generate_series(0, 499) v
UNION ALL
SELECT 10000 + b, format('77%s%s%s', lpad((b / 100)::text, 3, '0'), lpad((b / 5 % 20)::text, 3, '0'), lpad((b % 5)::text, 3, '0')),
    format('第%s支部', b), '', 'branch', 'village', 1000 + b / 5,
    format('77/77%1$s/77%1$s%2$s/77%1$s%2$s%3$s/', lpad((b / 100)::text, 3, '0'), lpad((b / 5 % 20)::text, 3, '0'),
        lpad((b % 5)::text, 3, '0')), '2000-01-01', '', '', '', 1
FROM generate_series(0, 2499) b;

INSERT INTO organizations_placement (organization_id, name, parent_id, path, since, reason)
SELECT id, name, parent_id, path, founded_on, '' FROM organizations_organization;

INSERT INTO organizations_partygroup (id, branch_id, name, since)
SELECT 10 * b + g, 10000 + b, format('第%s党小组', g), '2020-01-01' FROM generate_series(0, 2499, 4) b, generate_series(1, 2) g;

INSERT INTO organizations_term (organization_id, elected_on, years)
SELECT id, '2021-06-01'::date + (id % 2000)::int, 5 FROM organizations_organization;

INSERT INTO members_member (id, name, pinyin, initials, name_grams, sex, ethnic_group, id_number, id_digest, born_on, education,
    occupation, category, joined_on, joined_precision, full_on, full_precision, branch_id, status, address, is_mobile,
    mobile_destination, is_out_of_contact, on_probation_within_party, version)
SELECT m, '某人', 'mouren', 'mr', '{}', 'male', '01', '\\x00', decode(lpad(to_hex(m), 64, '0'), 'hex'), '1970-01-01', '', '',
    'full', '1995-01-01'::date + m % 9000, 'day', '1996-01-01'::date + m % 9000 + m % 3, 'day', 10000 + m % 2500, 'active', '',
    false, '', false, false, 1
FROM generate_series(1, 55000) m;

INSERT INTO members_membershipevent (member_id, "on", cause, to_branch_id, note, recorded_at)
SELECT id, joined_on, 'opening', branch_id, '', now() FROM members_member;
INSERT INTO members_membershipevent (member_id, "on", cause, from_branch_id, to_branch_id, note, recorded_at)
SELECT id, '2026-10-01'::date + (id % 30)::int, CASE WHEN id % 2 = 0 THEN 'moved' ELSE 'deceased' END, branch_id,
    CASE WHEN id % 2 = 0 THEN 10000 + (branch_id - 10000 + 7) % 2500 END, '', now()
FROM members_member WHERE id % 500 = 3 OR id % 500 = 4;
UPDATE members_member SET branch_id = 10000 + (branch_id - 10000 + 7) % 2500 WHERE id % 500 = 4;
UPDATE members_member SET status = 'deceased' WHERE id % 500 = 3;

INSERT INTO meetings_meeting (id, organization_id, group_id, kinds, counted_kinds, held_at, state, submitted_at, place,
    topic, lecturer, guests, minutes, late_reason, return_reason, withdraw_reason, client_key, version, created_at, updated_at)
SELECT n, 10000 + n % 2500,
    CASE WHEN k = 3 AND n % 2500 % 4 = 0 THEN 10 * (n % 2500) + 1 + n / 2500 % 2 END,
    CASE k WHEN 0 THEN ARRAY['theme_day', 'lesson'] WHEN 1 THEN ARRAY['committee_meeting'] WHEN 2 THEN ARRAY['general_meeting']
        ELSE ARRAY[CASE WHEN n % 2500 % 4 = 0 THEN 'group_meeting' ELSE 'theme_day' END] END,
    CASE k WHEN 0 THEN ARRAY['theme_day', 'lesson'] WHEN 1 THEN ARRAY['committee_meeting'] WHEN 2 THEN ARRAY['general_meeting']
        ELSE ARRAY[CASE WHEN n % 2500 % 4 = 0 THEN 'group_meeting' ELSE 'theme_day' END] END,
    at, 'submitted', at + interval '1 day', '', '', '', '', '', '', '', '', gen_random_uuid(), 1, now(), now()
FROM (SELECT n, (n / 2500 + n) % 4 AS k,
             ('2025-11-01'::date + (n::bigint * 7919 % 365)::int + time '15:00') AT TIME ZONE 'Asia/Shanghai' AS at
      FROM generate_series(0, 119999) n) plan;

INSERT INTO meetings_attendance (meeting_id, member_id, presence, reason, may_vote)
SELECT meeting.id, 1 + (meeting.organization_id - 10000 + 2499) % 2500 + 2500 * seat,
    CASE WHEN (meeting.id + seat) % 9 = 0 THEN 'excused' ELSE 'present' END,
    CASE WHEN (meeting.id + seat) % 9 = 0 THEN CASE WHEN seat % 2 = 0 THEN 'away' ELSE 'personal' END ELSE '' END, true
FROM meetings_meeting meeting, generate_series(0, 8) seat WHERE seat < 8 OR meeting.id % 3 = 0;
"""

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
        "M10 changes": f"""
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
def county() -> Iterator[Organization]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(COUNTY)
        cursor.execute("SET session_replication_role = DEFAULT")
    month = Month(2025, 11)
    months = [month]
    while months[-1] < Month(2026, 11):
        months.append(months[-1].next())
    statistics.refresh_all(months)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL statement_timeout = 20000")
    yield Organization.objects.get(code="77")


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


def test_a_township_of_the_large_county(county: Organization) -> None:
    township = Organization.objects.get(code="77007")
    print(f"\nmonth's figures of one township: {median(lambda: ours(township)):.0f} ms")
    print(f"what is overdue in the county: {median(lambda: duties.overdue_below(county, on=TODAY)):.0f} ms")
    print(f"what is overdue in a township: {median(lambda: duties.overdue_below(township, on=TODAY)):.0f} ms")
