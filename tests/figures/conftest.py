"""The cast's county with members, groups, terms and an October of meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from django.db import transaction

from apps.core.calendar import CHINA
from apps.core.periods import Month
from apps.meetings import statistics
from apps.meetings.models import Meeting
from apps.members.models import Member
from apps.organizations.models import Organization, PartyGroup
from tests.conftest import County
from tests.factories import (
    AttendanceFactory,
    MeetingFactory,
    MemberFactory,
    OrganizationFactory,
    PartyGroupFactory,
    TermFactory,
)

OCTOBER = Month(2026, 10)


def at(day: date, hour: int = 15) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)


@transaction.atomic  # people join a record that is handed in only while it is begun
def hold(
    branch: Organization,
    *kinds: str,
    on: date = date(2026, 10, 12),
    group: PartyGroup | None = None,
    handed_in: datetime | None = None,
    roll: Sequence[tuple[Member, str, str]] = (),
) -> Meeting:
    """A submitted meeting that counts, in the month's statistics too."""
    moment = at(on)
    meeting = MeetingFactory(
        organization=branch, group=group, kinds=list(kinds), held_at=moment, submitted_at=handed_in or moment
    )
    for member, presence, reason in roll:
        AttendanceFactory(meeting=meeting, member=member, presence=presence, reason=reason)
    statistics.refresh(branch.pk, Month.of(on))
    return meeting


@dataclass(frozen=True)
class October:
    """Branch: 7 full members, two groups. Second: 6 full and a probationary one. Other: 8 full."""

    county: County
    temporary: Organization
    groups: tuple[PartyGroup, PartyGroup]
    members: dict[str, list[Member]]


@pytest.fixture
def october(county: County) -> October:
    members = {
        "branch": MemberFactory.create_batch(7, branch=county.branch),
        "second": MemberFactory.create_batch(6, branch=county.second_branch),
        "other": MemberFactory.create_batch(8, branch=county.other_branch),
    }
    members["second"].append(MemberFactory(branch=county.second_branch, probationary=True))
    first, second = (
        PartyGroupFactory(branch=county.branch, name=name) for name in ("第一党小组", "第二党小组")
    )
    temporary = OrganizationFactory(
        parent=county.township, code="8801009", name="河口镇防汛临时党支部", kind="temporary_branch"
    )
    for organization, elected in (
        (county.root, date(2024, 2, 1)),
        (county.township, date(2022, 3, 15)),
        (county.branch, date(2021, 9, 10)),
        (county.second_branch, date(2025, 1, 8)),
    ):
        TermFactory(organization=organization, elected_on=elected, years=5)
    return October(county, temporary, (first, second), members)


@pytest.fixture
def meetings(october: October) -> October:
    """The branch holds all but its second group's; the second a theme day with lesson; the other nothing."""
    county, people = october.county, october.members
    hold(county.branch, "committee_meeting", roll=[(people["branch"][0], "present", "")])
    hold(county.branch, "group_meeting", group=october.groups[0])
    hold(
        county.branch,
        "theme_day",
        "general_meeting",
        roll=[
            *((member, "present", "") for member in people["branch"][:5]),
            (people["branch"][5], "excused", "illness"),
            (people["branch"][6], "absent", "none"),
        ],
    )
    hold(county.second_branch, "theme_day", "lesson")
    return october
