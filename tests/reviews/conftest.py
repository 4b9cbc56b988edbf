"""A village branch of nine full members and a probationary one on 22 November 2026, and its review."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.core.calendar import CHINA
from apps.members.models import Member
from apps.organizations.models import Organization
from apps.reviews import queries, services
from apps.reviews.entries import Judged, ReviewEntry, Votes
from apps.reviews.models import MemberReview, ReviewedMember
from tests.conftest import County
from tests.factories import GrantFactory, MemberFactory, OrganizationFactory, UserFactory

TODAY = datetime.datetime(2026, 11, 22, 10, 0, tzinfo=CHINA)
DAY = datetime.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def on_22_november():
    with time_machine.travel(TODAY, tick=False):
        yield


@dataclass(frozen=True)
class Village:
    branch: Organization
    people: list[Member]
    probationer: Member


@pytest.fixture
def village(county: County) -> Village:
    people: list[Any] = [MemberFactory(branch=county.branch, name=f"党员{number:02d}") for number in range(9)]
    probationer = MemberFactory(branch=county.branch, name="预备甲", probationary=True)
    return Village(county.branch, people, probationer)


@pytest.fixture
def review(village: Village, branch_secretary: User) -> MemberReview:
    """Begun, nothing entered."""
    return services.start_review(village.branch, year=2026, by=branch_secretary)


STEPS = ReviewEntry(self_on=DAY, mutual_on=DAY)


@pytest.fixture
def held(review: MemberReview, branch_secretary: User) -> MemberReview:
    """Self-assessment and mutual assessment are over."""
    return services.hold_review(review, STEPS, version=review.version, by=branch_secretary)


def rows_of(review: MemberReview) -> dict[str, ReviewedMember]:
    return {row.member.name: row for row in queries.people_of(review)}


def whole(review: MemberReview, *, excellent: int = 0, **head: Any) -> ReviewEntry:
    """Everything that closing needs: ten ballots, the first `excellent` full members excellent."""
    full = [row for row in queries.people_of(review) if not row.no_grade]
    people = {
        row.pk: Judged(Votes(qualified=10), "excellent" if place < excellent else "qualified")
        for place, row in enumerate(full)
    }
    entry = ReviewEntry(
        self_on=DAY,
        mutual_on=DAY,
        ballot_on=DAY,
        ballots_out=10,
        ballots_valid=10,
        decided_on=DAY,
        decider="committee",
        people=people,
    )
    return replace(entry, **head)


Closed = Callable[..., MemberReview]


@pytest.fixture
def close(held: MemberReview, branch_secretary: User) -> Closed:
    def closed(**changes: Any) -> MemberReview:
        entry = whole(held, **changes)
        return services.close_review(held, entry, version=held.version, by=branch_secretary)

    return closed


@dataclass(frozen=True)
class Mobile:
    """A mobile branch, its secretary, and a member of the village who lives where it meets."""

    branch: Organization
    secretary: User
    guest: Member


@pytest.fixture
def mobile(county: County, village: Village) -> Mobile:
    branch: Any = OrganizationFactory(
        parent=county.other_township, code="8802009", name="清源县驻深圳流动党员党支部", kind="mobile_branch"
    )
    for number in range(3):
        MemberFactory(branch=branch, name=f"驻深{number}")
    guest = village.people[8]
    guest.is_mobile = True
    guest.save()
    secretary = GrantFactory(
        role="branch_secretary", organization=branch, user=UserFactory(name="驻深书记")
    ).user
    return Mobile(branch, secretary, guest)


@pytest.fixture
def away(mobile: Mobile, village: Village) -> MemberReview:
    """The mobile branch's review, held, with the guest on its list."""
    review = services.start_review(mobile.branch, year=2026, by=mobile.secretary)
    services.add_guest(review, name=mobile.guest.name, home=village.branch, by=mobile.secretary)
    return services.hold_review(review, STEPS, version=review.version, by=mobile.secretary)


@pytest.fixture
def told(away: MemberReview, mobile: Mobile) -> MemberReview:
    """The mobile branch's review, closed: the village's branch has its notice."""
    entry = whole(away, decider="general_meeting", excellent=1)
    return services.close_review(away, entry, version=away.version, by=mobile.secretary)
