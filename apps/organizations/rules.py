"""Decisions about the tree and about terms: values in, decision out."""

from __future__ import annotations

import datetime

from apps.core.calendar import add_years
from apps.organizations.kinds import BRANCH_KINDS, VILLAGE_SECTORS, Kind
from apps.regulations.rows import Limit
from apps.regulations.table import limit

# Since when an organization stands where it is if nobody knows when it was founded.
FROM_THE_BEGINNING = datetime.date(1900, 1, 1)
_TERM_PARTS = {
    Kind.COMMITTEE: "committee",
    Kind.WORKING_COMMITTEE: "committee",
    Kind.GENERAL_BRANCH: "general_branch",
}


def may_have_organizations_below(kind: str) -> bool:
    return kind not in BRANCH_KINDS


def is_within(path: str, subtree: str) -> bool:
    """Whether the path is the subtree's top or lies below it."""
    return path.startswith(subtree)


def term_limit(kind: str, sector: str, *, on: datetime.date) -> Limit:
    """For how many years a committee of this kind is elected (ELEC-01)."""
    part = "village" if sector in VILLAGE_SECTORS else _TERM_PARTS.get(Kind(kind), "branch")
    return limit("ELEC-01", part, on=on)


def latest_extension(elected_on: datetime.date, years: int, *, on: datetime.date) -> datetime.date:
    """The last day to which a term may be extended (ELEC-02)."""
    return add_years(elected_on, years + int(limit("ELEC-02", on=on).value))
