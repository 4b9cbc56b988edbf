"""Reads: the roster, who belonged to a branch on any day, and how many they were."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from django.db import connection
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, Value, When

from apps.core import names
from apps.core.calendar import add_years
from apps.core.crypto import digest
from apps.core.identity import normalise_id_number
from apps.core.scope import Reader
from apps.members.models import Member, MemberQuerySet, MembershipEvent, Seat
from apps.members.vocabulary import CURRENT, Category, Position, Status
from apps.organizations.models import Organization
from apps.organizations.queries import ancestors

# Rows of a list show neither the identity number nor the keys by which people are found.
NOT_LISTED = ("id_number", "id_digest", "phone_digest", "name_grams")


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many members a branch had on a day; probationary ones are those who are not full yet."""

    total: int
    full: int

    @property
    def probationary(self) -> int:
        return self.total - self.full

    def __add__(self, other: Headcount) -> Headcount:
        return Headcount(self.total + other.total, self.full + other.full)


NOBODY = Headcount(0, 0)
# Entries less exits up to the day, of the branches that stood below the paths on that day.
_HEADCOUNT = """
    SELECT step.branch_id, SUM(step.change),
           COALESCE(SUM(step.change) FILTER (WHERE member.full_on <= %(day)s), 0)
    FROM (
        SELECT member_id, to_branch_id AS branch_id, 1 AS change
        FROM members_membershipevent WHERE "on" <= %(day)s AND to_branch_id IS NOT NULL
        UNION ALL
        SELECT member_id, from_branch_id, -1
        FROM members_membershipevent WHERE "on" <= %(day)s AND from_branch_id IS NOT NULL
    ) step
    JOIN members_member member ON member.id = step.member_id
    WHERE step.branch_id IN (
        SELECT organization_id FROM organizations_placement
        WHERE since <= %(day)s AND (until IS NULL OR until > %(day)s) AND path LIKE ANY(%(paths)s)
    )
    GROUP BY step.branch_id
"""


def headcount(paths: Iterable[str], *, on: datetime.date) -> dict[int, Headcount]:
    """The members of every branch that stood below the paths on the day, by branch; one query.

    Branches that nobody belonged to are left out. The paths are those of that day; "" is everything.
    """
    patterns = [f"{path}%" for path in paths]
    with connection.cursor() as cursor:
        cursor.execute(_HEADCOUNT, {"day": on, "paths": patterns})
        return {
            branch: Headcount(int(total), int(full)) for branch, total, full in cursor.fetchall() if total
        }


# For statements over an array of `branches`: who belonged to each on the `day` (only those `reachable`).
MEMBERS_ON = """
    SELECT step.branch_id, step.member_id
    FROM (
        SELECT member_id, to_branch_id AS branch_id, 1 AS change
        FROM members_membershipevent WHERE "on" <= %(day)s AND to_branch_id = ANY(%(branches)s::bigint[])
        UNION ALL
        SELECT member_id, from_branch_id, -1
        FROM members_membershipevent WHERE "on" <= %(day)s AND from_branch_id = ANY(%(branches)s::bigint[])
    ) step
    JOIN members_member member ON member.id = step.member_id
    WHERE NOT (%(reachable)s AND member.is_out_of_contact
               AND coalesce(member.out_of_contact_since <= %(day)s, true))
    GROUP BY step.branch_id, step.member_id
    HAVING sum(step.change) > 0
"""
# And on which days each sat on whose committee: those of which `_sits_on` is true.
SITTINGS = """
    SELECT branch_id, member_id, range_agg(daterange(since, until)) AS days
    FROM (
        SELECT term.organization_id AS branch_id, seat.member_id,
               greatest(term.elected_on, seat.since) AS since, least(term.ended_on, seat.until) AS until
        FROM members_seat seat JOIN organizations_term term ON term.id = seat.term_id
        WHERE term.organization_id = ANY(%(branches)s::bigint[])
    ) seat
    WHERE until IS NULL OR until > since
    GROUP BY branch_id, member_id
"""


def headcount_below(path: str, *, on: datetime.date) -> Headcount:
    """The members of everything below the path on the day; one query."""
    return sum(headcount([path], on=on).values(), NOBODY)


def members_for(user: Reader) -> MemberQuerySet:
    """Everybody whom the user may see, those who left too."""
    rows: MemberQuerySet = Member.objects.visible_to(user)
    return rows


def listed(rows: MemberQuerySet) -> MemberQuerySet:
    """The rows as a list shows them."""
    return rows.select_related("branch", "group").defer(*NOT_LISTED)


def with_masked_numbers(rows: MemberQuerySet) -> MemberQuerySet:
    """The rows as the API shows them: with the sealed numbers, whose masks it reads."""
    return rows.select_related("branch", "group").defer("id_digest", "phone_digest", "name_grams")


def search(rows: MemberQuerySet, text: str) -> MemberQuerySet:
    """By a part of the name, the beginning of pinyin or initials, or a whole identity or phone number."""
    plain = names.normalise(text)
    if not plain:
        return rows
    compact = "".join(plain.split())
    if compact.isascii() and not compact.isalpha():
        number = normalise_id_number(compact)
        return rows.filter(Q(id_digest=digest(number)) | Q(phone_digest=digest(compact.replace("-", ""))))
    if compact.isascii():
        letters = compact.lower()
        return rows.filter(Q(pinyin__startswith=letters) | Q(initials__startswith=letters))
    return rows.filter(name_grams__contains=list(names.grams(plain)), name__contains=plain)


def probation_ends(branch: Organization, user: Reader) -> list[tuple[Member, datetime.date]]:
    """Whose probationary year ends when, the first first (DEV-50); as far as the user sees the members."""
    members = members_for(user).in_branch(branch).active().filter(category=Category.PROBATIONARY)
    return sorted(((member, add_years(member.joined_on, 1)) for member in members), key=itemgetter(1))


def events_of(member: Member) -> list[MembershipEvent]:
    """How the member came and went, newest first."""
    return list(member.events.select_related("from_branch", "to_branch").order_by("-on", "-id"))


def seats_of(member: Member) -> list[Seat]:
    """The positions that the member held and holds, newest first."""
    return list(member.seats.select_related("term__organization").order_by("-since", "position"))


def expected_members(branch: Organization, day: datetime.date) -> MemberQuerySet:
    """Who belonged to the branch on the day, by name: whom a general meeting of that day expects."""
    change = Case(When(events__to_branch=branch, then=Value(1)), default=Value(0)) - Case(
        When(events__from_branch=branch, then=Value(1)), default=Value(0)
    )
    concerns = Q(events__to_branch=branch) | Q(events__from_branch=branch)
    rows: MemberQuerySet = Member.objects.filter(concerns, events__on__lte=day)
    return rows.alias(stay=Sum(change)).filter(stay__gt=0).order_by("pinyin", "id")


def committee_on(organization: Organization, day: datetime.date) -> QuerySet[Seat]:
    """The seats of the organization's committee on the day, in the order of paper, with their members."""
    seats = Seat.objects.filter(term__organization=organization).filter(_sits_on(day))
    return seats.select_related("member").order_by("position", "since", "id")


def secretaries_on(path: str, day: datetime.date) -> dict[int, str]:
    """The names of the secretaries of everything below the path on the day, by organization; one query."""
    seats = Seat.objects.filter(term__organization__path__startswith=path, position=Position.SECRETARY)
    return dict(seats.filter(_sits_on(day)).values_list("term__organization", "member__name"))


def _sits_on(day: datetime.date | OuterRef) -> Q:
    term = Q(term__elected_on__lte=day) & (Q(term__ended_on=None) | Q(term__ended_on__gt=day))
    return term & Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


def was_seated(member: str, *, organization: str, on: str) -> Exists:
    """The condition, for rows with columns of these names, that the member sat on the committee that day."""
    place = Q(term__organization=OuterRef(organization), member=OuterRef(member))
    return Exists(Seat.objects.filter(place, _sits_on(OuterRef(on))))


def secretary_seats(user: Reader, day: datetime.date) -> QuerySet[Seat]:
    """The secretaries of the day of the organizations that the user may see, in the order of the tree."""
    rows = seats_for(user).filter(_sits_on(day), position=Position.SECRETARY)
    return rows.filter(term__organization__dissolved_on=None).order_by("term__organization__path", "id")


def seated_on(day: datetime.date) -> QuerySet[Seat]:
    """The seats of the day on any committee, for a condition on members."""
    return Seat.objects.filter(_sits_on(day)).order_by()


def seated_among(members: Iterable[int], day: datetime.date) -> set[int]:
    """Who of the members sat on any committee on the day; one query."""
    rows = seated_on(day).filter(member__in=list(members))
    return set(rows.values_list("member_id", flat=True))


def seated_above(organization: Organization, day: datetime.date) -> set[int]:
    """The members who sat in the committees above the organization on the day."""
    above = Q(term__organization__path__in=ancestors(organization.path)[:-1])
    return set(Seat.objects.filter(above, _sits_on(day)).values_list("member_id", flat=True))


def seats_for(user: Reader) -> QuerySet[Seat]:
    """The seats that the user may see, with their member and organization."""
    return Seat.objects.visible_to(user).select_related("member", "term__organization")


def eligible_below(path: str) -> MemberQuerySet:
    """Who below the path may be given a seat: active full members, by name."""
    rows: MemberQuerySet = Member.objects.active().filter(branch__path__startswith=path)
    return rows.filter(category=Category.FULL).select_related("branch").order_by("pinyin", "id")


def roster_of(branch: Organization) -> MemberQuerySet:
    """Who is in the branch now, those whose membership is suspended too, by name."""
    rows: MemberQuerySet = Member.objects.in_branch(branch).filter(status__in=CURRENT)
    return rows.select_related("group").defer(*NOT_LISTED).order_by("pinyin", "id")


def flags_below(path: str) -> dict[str, int]:
    """How many active members below the path are mobile or out of contact, and how many are suspended."""
    active = Q(status=Status.ACTIVE)
    found: dict[str, int] = Member.objects.filter(branch__path__startswith=path).aggregate(
        mobile=Count("id", filter=active & Q(is_mobile=True)),
        out_of_contact=Count("id", filter=active & Q(is_out_of_contact=True)),
        suspended=Count("id", filter=Q(status=Status.SUSPENDED)),
    )
    return found
