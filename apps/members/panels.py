"""What the roster adds to an organization's page: its members, its committee, and what keeps it open."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse

from apps.core.access import Person
from apps.members import queries, rules
from apps.members.models import Seat
from apps.members.queries import Headcount
from apps.members.rules import Note
from apps.organizations.models import Organization, PartyGroup
from apps.organizations.queries import groups_of


@dataclass(frozen=True)
class Roster:
    """The card 党员: how many, and what leads to them."""

    all: str
    """The address of the list behind the numbers, those suspended included."""
    heads: Headcount
    flags: dict[str, int]
    groups: list[PartyGroup]
    may_view: bool
    may_change: bool

    @property
    def active(self) -> str:
        """The address of the list of those who count."""
        return f"{self.all}&status=active"


@dataclass(frozen=True)
class Committee:
    """The card 班子: who sits on it, and what is unusual about it."""

    seats: list[Seat]
    notes: list[Note]
    may_change: bool = False


def roster_panel(organization: Organization, user: Person, day: datetime.date) -> Roster:
    path = organization.path
    return Roster(
        all=reverse("members:list", query={"under": organization.pk}),
        heads=queries.headcount_below(path, on=day),
        flags=queries.flags_below(path),
        groups=groups_of(organization, day) if organization.is_branch else [],
        may_view=user.may("members.view", path),
        may_change=user.may("members.change", path) and organization.dissolved_on is None,
    )


def committee_panel(organization: Organization, user: Person, day: datetime.date) -> Committee:
    found = committee_of(organization, day)
    may_change = user.may("organizations.change", organization.path) and organization.dissolved_on is None
    return Committee(found.seats, found.notes, may_change)


def committee_of(organization: Organization, day: datetime.date) -> Committee:
    """The seats of the day; a branch's are judged by its number of full members (ORG-10, ORG-11)."""
    seats = list(queries.committee_on(organization, day))
    if not organization.is_branch or organization.is_temporary:
        return Committee(seats, [])
    full = queries.headcount_below(organization.path, on=day).full
    positions = [seat.position for seat in seats]
    notes = rules.committee_notes(full_members=full, seats=positions, on=day) if full or seats else []
    return Committee(seats, notes)


def tie(organization: Organization) -> str:
    """Who still is on the organization's roster, in words."""
    left = queries.roster_of(organization).count()
    return f"名册里还有 {left} 名党员" if left else ""
