"""What the reviews add to the page of a member and of an organization."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse

from apps.core.access import Person
from apps.members.models import Member
from apps.organizations.models import Organization
from apps.reviews import queries
from apps.reviews.models import ReviewedMember
from apps.reviews.queries import BranchYear, YearSums

YEARS_ON_A_BRANCH = 2


@dataclass(frozen=True)
class Standing:
    """The card 组织生活会和民主评议: a branch's two years, or the sums of everything below."""

    href: str
    year: int
    years: tuple[BranchYear, ...] = ()
    sums: YearSums | None = None
    may_record: bool = False


def results_panel(member: Member, user: Person, _day: datetime.date) -> list[ReviewedMember] | None:
    """The member's grades, the last first; no card where there are none."""
    return (queries.results_of(member) or None) if user.may("reviews.view", member.branch.path) else None


def standing_panel(organization: Organization, user: Person, day: datetime.date) -> Standing | None:
    if not user.may("reviews.view", organization.path):
        return None
    if organization.is_branch:
        years = tuple(queries.years_of(organization, day)[:YEARS_ON_A_BRANCH])
        href = reverse("reviews:branch", args=[organization.pk])
        return Standing(href, day.year, years=years, may_record=user.may("reviews.record", organization.path))
    rows = queries.with_year(queries.branches_for(user).below(organization.path), day.year)
    href = reverse("reviews:list", query={"under": organization.pk})
    return Standing(href, day.year, sums=queries.sums_of(rows, day.year))
