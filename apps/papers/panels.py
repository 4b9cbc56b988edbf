"""What the papers add to a branch's page: where its papers are printed."""

from __future__ import annotations

import datetime

from apps.core.access import Person
from apps.organizations.models import Organization
from apps.papers.queries import PRINT


def papers_panel(organization: Organization, user: Person, _day: datetime.date) -> Organization | None:
    """Only of a branch whose records the user may see."""
    return organization if organization.is_branch and user.may(PRINT, organization.path) else None
