"""Reads: figures and the lists behind them, for an organization and everything below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from apps.core.calendar import today
from apps.core.periods import Month
from apps.core.scope import Reader
from apps.figures import values
from apps.figures.census import Census, Span
from apps.figures.registry import all_figures
from apps.figures.values import Counts, Entry, Figure, Reading, Unit
from apps.organizations.models import Organization, OrganizationQuerySet

VIEW = "figures.view"
MEMBERS = "members.view"
_EMPTY: Counts = {}


@dataclass(frozen=True)
class Table:
    """Some figures for one organization, and for each part of it in administrative order."""

    census: Census
    figures: tuple[Figure, ...]
    total: Mapping[str, Counts]
    """The counts by the figure's code."""
    parts: tuple[tuple[Unit, Mapping[str, Counts]], ...]

    @property
    def unit(self) -> Unit:
        return self.census.root

    def readings(self) -> tuple[Reading, ...]:
        """The organization's own figures."""
        return tuple(Reading(figure, self.unit, self.total[figure.code]) for figure in self.figures)

    def rows(self) -> Iterator[tuple[Unit, tuple[Reading, ...]]]:
        """The figures of each part."""
        for unit, counts in self.parts:
            yield (
                unit,
                tuple(Reading(figure, unit, counts.get(figure.code, _EMPTY)) for figure in self.figures),
            )


@dataclass(frozen=True)
class Listing:
    """The entries behind one part of a figure; their counts add up to the figure."""

    figure: Figure
    unit: Unit
    entries: tuple[Entry, ...]

    @property
    def count(self) -> int:
        return sum(entry.count for entry in self.entries)


def organizations_with_figures(user: Reader) -> OrganizationQuerySet:
    """The organizations whose figures the user may see."""
    rows: OrganizationQuerySet = Organization.objects.within(user, VIEW)
    return rows


def tops_for(user: Reader) -> list[Organization]:
    """The tops of what the user sees: the grants' organizations, or every county."""
    scope = user.scope_for(VIEW)
    rows = organizations_with_figures(user)
    return list(rows.filter(parent=None) if scope.is_everywhere else rows.filter(path__in=scope.roots))


def organizations_offered(user: Reader, chosen: Organization) -> list[Organization]:
    """What a list of choices offers: the tops, what stands directly below, and the one that is chosen."""
    tops = tops_for(user)
    rows = organizations_with_figures(user).current()
    below = rows.filter(parent__in=tops)
    return sorted({*tops, *below, chosen}, key=lambda organization: organization.path)


def above(organization: Organization, user: Reader) -> list[Organization]:
    """What stands above the organization as far as the user sees its figures, from the top down."""
    codes = organization.path.split("/")[:-2]
    return list(organizations_with_figures(user).filter(code__in=codes).order_by("path"))


def census_of(
    organization_id: int, month: Month, *, on: date | None = None, handed_in_by: datetime | None = None
) -> Census:
    """The facts of a month for the organization and all below it: at the month's end, or before that on `on`.

    With `handed_in_by`, records that were handed in later do not count.
    """
    return Census(Span(organization_id, month, min(month.last, on or today()), handed_in_by))


def measure(census: Census, figures: Sequence[Figure] = ()) -> Table:
    """The figures (all, unless some are named), in total and by the next level down.

    As many queries for one branch as for a county.
    """
    wanted = tuple(figures) or all_figures()
    total: dict[str, Counts] = {}
    parts: dict[str, dict[str, Counts]] = {}
    for figure in wanted:
        entries = list(figure.entries(census))
        total[figure.code] = values.total(entries, census.root.path)
        for path, counts in values.by_child(entries, census.root.path).items():
            parts.setdefault(path, {})[figure.code] = counts
    return Table(census, wanted, total, _in_order(census, parts))


def _in_order(
    census: Census, parts: Mapping[str, Mapping[str, Counts]]
) -> tuple[tuple[Unit, Mapping[str, Counts]], ...]:
    """The parts by path: the organization itself and whatever stands directly below it."""
    return tuple((unit, parts[unit.path]) for unit in census.units if unit.path in parts)


def listing(census: Census, figure: Figure, parts: Sequence[str]) -> Listing:
    """The entries behind some parts of a figure, in administrative order."""
    found = values.listed(figure.entries(census), census.root.path, parts)
    return Listing(figure, census.root, found)
