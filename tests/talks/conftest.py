"""A branch of six: the first three are its committee."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine

from apps.core.calendar import CHINA
from apps.members.models import Member
from apps.organizations.models import Organization
from apps.talks import services
from tests.conftest import County
from tests.factories import MemberFactory, SeatFactory, TermFactory


@pytest.fixture(autouse=True)
def on_22_november():
    with time_machine.travel(datetime.datetime(2026, 11, 22, 10, tzinfo=CHINA), tick=False):
        yield


def six_of(branch: Organization) -> list[Member]:
    term = TermFactory(organization=branch)
    people: list[Any] = [MemberFactory(branch=branch, name=f"党员{number}") for number in range(1, 7)]
    positions = ("1_secretary", "3_organization", "5_discipline")
    for member, position in zip(people, positions, strict=False):
        SeatFactory(term=term, member=member, position=position)
    return people


@pytest.fixture
def people(county: County) -> list[Member]:
    return six_of(county.branch)


@pytest.fixture
def talked(county, branch_secretary, people):
    """Write down that a member of the six (by number) talked with others."""

    def record(one, *others, **values):
        ids = {people[number - 1].pk for number in others}
        values = {"held_on": datetime.date(2026, 11, 20), "by": branch_secretary, **values}
        return services.record_talks(county.branch, one=people[one - 1].pk, others=ids, **values)

    return record
