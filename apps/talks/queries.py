"""Reads: the talks somebody may see, and how far each branch has come with them in a year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import connection

from apps.core.access import Person
from apps.core.calendar import today
from apps.core.lookups import Ids, array_literal
from apps.core.periods import Year
from apps.core.scope import Reader
from apps.members.models import Member
from apps.members.queries import MEMBERS_ON, SITTINGS, committee_on, expected_members, was_seated
from apps.members.vocabulary import Position
from apps.organizations.models import Organization, OrganizationQuerySet
from apps.organizations.queries import branches_within
from apps.regulations.table import Duty, duty
from apps.talks import rules
from apps.talks.models import Talk, TalkQuerySet
from apps.talks.rules import Coverage, Standing

RULE = "MEET-10"


def rule_of(year: int) -> Duty:
    """The duty by which the year is judged; raises NotInForce for years before the regulations."""
    return duty(RULE, on=day_of(year))


def day_of(year: int) -> datetime.date:
    """The day on which the year is judged: today while it runs, then its last."""
    return min(today(), Year(year).last)


def talks_for(user: Reader) -> TalkQuerySet:
    """The talks that the user may see, withdrawn ones too, newest first."""
    rows: TalkQuerySet = Talk.objects.visible_to(user)
    return rows.select_related("branch")


def branches_for(user: Person) -> OrganizationQuerySet:
    """The branches whose talks the user may see."""
    return branches_within(user, "talks.view").order_by("path")


def recording_branches(user: Person) -> OrganizationQuerySet:
    """The branches for which the user writes talks down."""
    return branches_within(user, "talks.record").order_by("path")


def people_on(branch: Organization, day: datetime.date) -> dict[int, Member]:
    """Who can be named in a talk: the branch's members of the day, and whoever sat on its committee."""
    people = {member.pk: member for member in expected_members(branch, day).only("name")}
    return people | {seat.member_id: seat.member for seat in committee_on(branch, day)}


def secretary_on(branch: Organization, day: datetime.date) -> int | None:
    seat = committee_on(branch, day).filter(position=Position.SECRETARY).first()
    return seat.member_id if seat else None


def coverage_of(ids: Iterable[int], year: int) -> dict[int, Coverage]:
    """The coverage of each branch by id; one query, however many they are."""
    return {branch: standing.coverage for branch, standing in standings_of(ids, year).items()}


def branches_covered(ids: Iterable[int], year: int) -> set[int]:
    """Those whose relations are covered; where nobody is asked for a talk, those that talked all the same.

    Two queries.
    """
    complete = {branch: found for branch, found in coverage_of(ids, year).items() if found.complete}
    unasked = {branch for branch, found in complete.items() if not found.asks_anybody}
    return (complete.keys() - unasked) | _talked(unasked, year)


def _talked(ids: Iterable[int], year: int) -> set[int]:
    """Those of the branches that have any talk of the year."""
    rows = _in_year(year).filter(branch__any=Ids(ids)).order_by()
    return set(rows.values_list("branch_id", flat=True).distinct())


# Who is lacking in each branch. Whom the year is judged by are the members and the committee of the `day`;
# between whom a talk was follows from the committee of its own day. Who sat is worked out anew for each use:
# of a kept result Postgres does not know how large it is, and joins the talks to it the slow way round.
_STANDINGS = f"""
    WITH people AS ({MEMBERS_ON}),
    sitting AS NOT MATERIALIZED (
        SELECT branch_id, member_id, days, days @> %(day)s AS sits FROM ({SITTINGS}) seat
    ),
    committee AS MATERIALIZED (SELECT branch_id, member_id FROM sitting WHERE sits),
    talk AS (
        SELECT talk.branch_id, one_id, other_id, coalesce(one.days @> held_on, false) AS one_seated,
               coalesce(other.days @> held_on, false) AS other_seated, one.sits AND other.sits AS of_committee
        FROM talks_talk talk
        LEFT JOIN sitting one ON one.branch_id = talk.branch_id AND one.member_id = one_id
        LEFT JOIN sitting other ON other.branch_id = talk.branch_id AND other.member_id = other_id
        WHERE talk.branch_id = ANY(%(branches)s::bigint[]) AND withdrawn_at IS NULL
          AND held_on BETWEEN %(first)s AND %(last)s
    ),
    times AS (
        SELECT branch_id, member_id, count(*) FILTER (WHERE partner_seated) AS with_committee,
               count(*) FILTER (WHERE NOT partner_seated) AS with_member
        FROM (
            SELECT branch_id, one_id AS member_id, other_seated AS partner_seated FROM talk
            UNION ALL SELECT branch_id, other_id, one_seated FROM talk
        ) spoken GROUP BY branch_id, member_id
    ),
    pairs AS (
        SELECT branch_id, one.member_id AS one_id, other.member_id AS other_id
        FROM committee one JOIN committee other USING (branch_id) WHERE one.member_id < other.member_id
    ),
    apart AS (
        SELECT branch_id, one_id, other_id
        FROM pairs LEFT JOIN (SELECT * FROM talk WHERE of_committee) talk USING (branch_id, one_id, other_id)
        GROUP BY branch_id, one_id, other_id HAVING count(one_seated) < %(at_least)s
    ),
    ordinary AS (
        SELECT branch_id, count(*) AS members,
               array_agg(member_id) FILTER (WHERE coalesce(with_committee, 0) < %(at_least)s) AS no_committee,
               array_agg(member_id) FILTER (WHERE coalesce(with_member, 0) < %(at_least)s) AS no_member
        FROM people LEFT JOIN committee USING (branch_id, member_id)
        LEFT JOIN times USING (branch_id, member_id)
        WHERE committee.member_id IS NULL
        GROUP BY branch_id
    )
    SELECT branch_id, coalesce(seats, 0), coalesce(members, 0), lacking, no_committee, no_member
    FROM unnest(%(branches)s::bigint[]) branch_id
    LEFT JOIN (SELECT branch_id, count(*) AS seats FROM committee GROUP BY branch_id) seats USING (branch_id)
    LEFT JOIN (
        SELECT branch_id, array_agg(ARRAY[one_id, other_id]) AS lacking FROM apart GROUP BY branch_id
    ) apart USING (branch_id)
    LEFT JOIN ordinary USING (branch_id)
"""  # noqa: S608 (of constants)


def standings_of(ids: Iterable[int], year: int) -> dict[int, Standing]:
    """How far each branch has come with its talks of the year, by id; one query.

    Members out of contact are not waited for.
    """
    whole = Year(year)
    asked: dict[str, str | int | datetime.date] = {
        "branches": array_literal(ids),
        "day": day_of(year),
        "reachable": True,
        "first": whole.first,
        "last": whole.last,
        "at_least": rule_of(year).at_least,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS, asked)
        return {branch: rules.standing(*counted) for branch, *counted in cursor.fetchall()}


def _in_year(year: int) -> TalkQuerySet:
    whole = Year(year)
    rows: TalkQuerySet = Talk.objects.standing()
    return rows.filter(held_on__gte=whole.first, held_on__lte=whole.last)


def with_seats(rows: TalkQuerySet) -> TalkQuerySet:
    """The talks with who of the two sat on the branch's committee that day."""
    found: TalkQuerySet = rows.annotate(
        one_seated=was_seated("one", organization="branch", on="held_on"),
        other_seated=was_seated("other", organization="branch", on="held_on"),
    )
    return found


def talks_of(branch: Organization, year: int) -> list[Talk]:
    """The branch's talks of the year that stand, with seats, newest first."""
    rows = with_seats(_in_year(year)).filter(branch=branch)
    return list(rows.select_related("one", "other"))
