"""The demo county's theme days: planned for this year by most branches, offered for the next by townships."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from apps.core.periods import Month, Year
from apps.home.demo import words
from apps.meetings.models import ThemePlan
from apps.organizations.models import Organization

EVERY = 7
"""Each seventh branch has planned nothing yet."""


def save(tree: Sequence[Organization], today: datetime.date) -> None:
    """A row for each month; the themes go round, so that neighbours differ."""
    ThemePlan.objects.bulk_create(_rows(tree, Year.of(today)), batch_size=2000)


def _rows(tree: Sequence[Organization], year: Year) -> list[ThemePlan]:
    branches = [row for row in tree if row.is_branch]
    offering = [row for row in tree if not row.is_branch and row.depth == 1]
    planned = (
        plan
        for place, branch in enumerate(branches)
        if place % EVERY
        for plan in _plans(branch, year.months, place)
    )
    offered = (plan for place, row in enumerate(offering) for plan in _plans(row, year.next().months, place))
    return [*planned, *offered]


def _plans(organization: Organization, months: Sequence[Month], place: int) -> Iterator[ThemePlan]:
    for number, month in enumerate(months):
        theme = words.THEMES[(place + number) % len(words.THEMES)]
        yield ThemePlan(organization=organization, month=month, theme=theme)
