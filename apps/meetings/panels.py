"""What the meetings add to a branch's page: its last records."""

from __future__ import annotations

import datetime

from apps.core.access import Person
from apps.meetings.models import Meeting
from apps.meetings.queries import meetings_for, with_heads
from apps.organizations.models import Organization

SHOWN = 5


def recent_panel(organization: Organization, user: Person, _day: datetime.date) -> list[Meeting] | None:
    """The branch's last records as far as the user may see them; no card where nobody meets."""
    if not organization.is_branch or not user.may("meetings.view", organization.path):
        return None
    return list(with_heads(meetings_for(user).filter(organization=organization).defer("minutes"))[:SHOWN])
