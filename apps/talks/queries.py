"""Reads: the talks somebody may see, and how far each branch has come with them in a year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from apps.core.access import Person
from apps.core.calendar import today
from apps.core.lookups import Ids
from apps.core.periods import Year
from apps.core.scope import Reader
from apps.members.models import Member
from apps.members.queries import committee_on, expected_members, members_on, seated_on, was_seated
from apps.members.vocabulary import Position
from apps.organizations.models import Organization, OrganizationQuerySet
from apps.organizations.queries import branches_within
from apps.regulations.table import Duty, duty
from apps.talks import rules
from apps.talks.models import Talk, TalkQuerySet
from apps.talks.rules import Circle, Coverage, Gaps, Spoken

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


@dataclass(frozen=True)
class Standing:
    """How far a branch has come: whom it is judged by, who is lacking."""

    circle: Circle
    gaps: Gaps

    @property
    def coverage(self) -> Coverage:
        return rules.coverage(self.circle, self.gaps)


def coverage_of(ids: Iterable[int], year: int) -> dict[int, Coverage]:
    """The coverage of each branch by id; three queries, however many they are."""
    return {branch: standing.coverage for branch, standing in standings_of(ids, year).items()}


def branches_that_talked(ids: Iterable[int], year: int) -> list[int]:
    """Those of the branches that have any talk of the year; one query."""
    rows = _in_year(year).filter(branch__any=Ids(ids))
    return list(rows.order_by().values_list("branch_id", flat=True).distinct())


def standings_of(ids: Iterable[int], year: int) -> dict[int, Standing]:
    """How far each branch has come with its talks of the year, by id; three queries.

    Members out of contact are not waited for.
    """
    branches, day = list(ids), day_of(year)
    people = members_on(branches, day, reachable=True)
    committees = seated_on(branches, day)
    talks = _spoken(branches, year)
    at_least = rule_of(year).at_least
    return {
        branch: _standing(
            Circle(frozenset(people.get(branch, ())), frozenset(committees.get(branch, ()))),
            talks.get(branch, ()),
            at_least,
        )
        for branch in branches
    }


def _standing(circle: Circle, talks: Iterable[Spoken], at_least: int) -> Standing:
    return Standing(circle, rules.gaps(circle, talks, at_least=at_least))


def _spoken(branches: list[int], year: int) -> dict[int, list[Spoken]]:
    rows = with_seats(_in_year(year)).filter(branch__in=branches).order_by()
    values = rows.values_list("branch_id", "one_id", "other_id", "one_seated", "other_seated")
    found: dict[int, list[Spoken]] = {}
    for branch, *talk in values:
        found.setdefault(branch, []).append(Spoken(*talk))
    return found


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
