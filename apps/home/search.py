"""The search over everything: organizations, members and meetings, each in the user's own scope."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.access import Person
from apps.meetings.models import Meeting
from apps.meetings.queries import meetings_for
from apps.members import queries as members
from apps.members.models import Member
from apps.organizations import queries as organizations
from apps.organizations.models import Organization

SHOWN = 10


@dataclass(frozen=True)
class Found:
    """The first few of each; the lists have the rest."""

    organizations: tuple[Organization, ...] = ()
    members: tuple[Member, ...] = ()
    meetings: tuple[Meeting, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.organizations or self.members or self.meetings)


def search(user: Person, text: str) -> Found:
    """What the words are found in; nothing for no words."""
    text = text.replace("\0", "").strip()  # which no text in the database holds
    if not text:
        return Found()
    return Found(
        organizations=tuple(
            organizations.search(organizations.organizations_for(user).current(), text)[:SHOWN]
        ),
        members=tuple(members.search(members.listed(members.members_for(user)), text)[:SHOWN]),
        meetings=tuple(meetings_for(user).filter(topic__icontains=text).defer("minutes")[:SHOWN]),
    )
