"""A village branch of thirteen: twelve full members and a probationary one, on 22 November 2026."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from apps.accounts.models import User
from apps.core.calendar import CHINA
from apps.meetings import services
from apps.meetings.entries import Edit, MeetingEntry
from apps.meetings.kinds import Kind
from apps.meetings.models import Meeting
from apps.members.models import Member
from apps.organizations.models import Organization
from tests.conftest import County
from tests.factories import MemberFactory, SeatFactory, TermFactory

TODAY = datetime.datetime(2026, 11, 22, 10, 0, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def on_22_november():
    with time_machine.travel(TODAY, tick=False):
        yield


@dataclass(frozen=True)
class Village:
    """A branch with its people; the first three are its committee, the first one its secretary."""

    branch: Organization
    people: list[Member]
    probationer: Member

    @property
    def secretary(self) -> Member:
        return self.people[0]

    @property
    def everybody(self) -> list[Member]:
        return [*self.people, self.probationer]


@pytest.fixture
def village(county: County) -> Village:
    """No seats are recorded yet; see `seats`."""
    people: list[Any] = [
        MemberFactory(branch=county.branch, name=f"党员{number:02d}") for number in range(12)
    ]
    probationer = MemberFactory(branch=county.branch, name="预备甲", probationary=True)
    return Village(county.branch, people, probationer)


@pytest.fixture
def seats(village: Village) -> None:
    """The committee of three is on record."""
    term = TermFactory(organization=village.branch)
    for member, position in zip(
        village.people, ("1_secretary", "3_organization", "4_publicity"), strict=False
    ):
        SeatFactory(term=term, member=member, position=position)


@pytest.fixture
def theme_day(village: Village) -> MeetingEntry:
    """Complete, everybody there."""
    return MeetingEntry(
        kinds=(Kind.THEME_DAY,),
        held_at=datetime.datetime(2026, 11, 5, 15, 0, tzinfo=CHINA),
        place="村党群服务中心",
        topic="学习党章",
        minutes="一、学习党章第一章。",
        host_id=village.secretary.pk,
        recorder_id=village.people[1].pk,
    )


@pytest.fixture
def general_meeting(theme_day: MeetingEntry) -> MeetingEntry:
    return replace(theme_day, kinds=(Kind.GENERAL_MEETING,))


@pytest.fixture
def committee_meeting(theme_day: MeetingEntry, seats: None) -> MeetingEntry:
    return replace(theme_day, kinds=(Kind.COMMITTEE_MEETING,))


Recorded = Callable[..., Meeting]


@pytest.fixture
def recorded(village: Village, branch_secretary: User) -> Recorded:
    """Hand an entry in as the branch's secretary."""

    def record(entry: MeetingEntry, *, apart: bool = False, **edit: Any) -> Meeting:
        sent = Edit(edit.pop("client_key", uuid4()), page=uuid4(), **edit)
        return services.record_meeting(
            entry, organization=village.branch, edit=sent, by=branch_secretary, apart=apart
        )

    return record


@pytest.fixture
def kept(village: Village, branch_secretary: User) -> Recorded:
    """Keep an entry as a draft."""

    def keep(entry: MeetingEntry, edit: Edit | None = None, by: User = branch_secretary) -> Meeting:
        return services.save_draft(entry, organization=village.branch, edit=edit or Edit(uuid4()), by=by)

    return keep


@pytest.fixture
def phone(signed_in, branch_secretary):
    """The branch secretary's browser."""
    return signed_in(branch_secretary)


@pytest.fixture
def filled_in(village):
    """What a form posts for a complete theme day with everybody there."""
    return {
        "client_key": str(uuid4()),
        "page": str(uuid4()),
        "version": "0",
        "branch": village.branch.code,
        "kinds": ["theme_day"],
        "held_on": "2026-11-05",
        "begins": "15:00",
        "place": "村党群服务中心",
        "host": str(village.secretary.pk),
        "recorder": str(village.people[1].pk),
        "topic": "学习党章",
        "minutes": "一、学习党章第一章。",
        "listed": ",".join(str(one.pk) for one in village.everybody),
        "asked": "",
        "resolutions-TOTAL_FORMS": "0",
        "resolutions-INITIAL_FORMS": "0",
    }
