"""Where a user stands: the county and the organization that the frame of each page names."""

from __future__ import annotations

from dataclasses import dataclass

from apps.accounts.models import User
from apps.organizations.models import Organization
from apps.organizations.naming import county_name

OFFICES = {
    "county_administrator": "组织部",
    "county_staff": "组织部",
    "civil_affairs": "民政局",
    "agriculture": "农业农村局",
}


@dataclass(frozen=True)
class Place:
    """The county ("清源县") and the user's own office or organization in it."""

    county: str = ""
    name: str = ""


def place_of(user: User) -> Place:
    """The widest of the user's grants, and the county above it; without grants nothing."""
    if not user.granted:
        return Place()
    role, path = min(user.granted, key=lambda grant: grant[1].count("/"))
    if not path:
        return Place(county=_only_county(), name=OFFICES.get(role, ""))
    root = path.split("/", 1)[0] + "/"
    named = {row.path: row for row in Organization.objects.filter(path__in={root, path})}
    own = named[path].short_name or named[path].name
    return Place(county=county_name(named[root].name), name=OFFICES.get(role, own))


def _only_county() -> str:
    """The one county of this installation; with several (or none) the frame names none."""
    roots = list(Organization.objects.filter(parent=None).values_list("name", flat=True)[:2])
    return county_name(roots[0]) if len(roots) == 1 else ""
