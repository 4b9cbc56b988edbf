"""Writes: filing a year's themes by saving them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.errors import Refused
from apps.core.monthly import MonthlyDay
from apps.core.saving import save_checked
from apps.meetings.models import ThemePlan
from apps.meetings.plans import queries
from apps.meetings.plans.lines import PlanLine, taken_over
from apps.organizations.models import Organization

_SETTLED = ("theme", "planned_on", "place", "note")


@transaction.atomic
def save_plan(
    organization: Organization, lines: Sequence[PlanLine], *, by: Person, take: str = ""
) -> list[PlanLine]:
    """Keep the lines as the plan of their months; a month without a theme is not planned.

    `take` first takes over what is offered from above: "all" for the empty months, or one month ("2027-03").
    Gives the lines that changed something; without a change nothing is written.
    """
    demand(by, queries.writing_permission(organization), organization.path)
    Organization.objects.select_for_update().get(pk=organization.pk)  # two people at once wait here
    offered = queries.offered_to(organization, [line.month for line in lines]) if take else {}
    wanted = taken_over(lines, offered, take)
    _check(wanted)
    changed = _save(organization, wanted)
    if changed:
        months = [str(line.month) for line in changed]
        record("meetings.plan", by=by, on=organization, organization_path=organization.path, months=months)
    return changed


def _check(lines: Iterable[PlanLine]) -> None:
    for line in lines:
        if line.lacks_theme:
            raise Refused(f"{line.month.month}月写了日子或地点，还没有写主题。", field=str(line.month))
        if line.planned_on and line.planned_on not in line.month:
            raise Refused(f"{line.month.month}月的日子要在这个月里。", field=str(line.month))


def _save(organization: Organization, lines: Sequence[PlanLine]) -> list[PlanLine]:
    rows = {
        row.month: row
        for row in ThemePlan.objects.filter(
            organization=organization, month__in=[line.month for line in lines]
        )
    }
    return [line for line in lines if _save_line(organization, line, rows.get(line.month))]


def _save_line(organization: Organization, line: PlanLine, row: ThemePlan | None) -> bool:
    """Whether there was anything to write."""
    if not line.is_planned:
        return row is not None and bool(row.delete())
    row = row or ThemePlan(organization=organization, month=line.month)
    before = [getattr(row, name) for name in _SETTLED] if row.pk else None
    for name in _SETTLED:
        setattr(row, name, getattr(line, name))
    if before == [getattr(row, name) for name in _SETTLED]:
        return False
    save_checked(row)
    return True


@transaction.atomic
def fix_theme_day(branch: Organization, day: MonthlyDay | None, *, by: Person) -> None:
    """On which day of every month the branch holds its theme day; None: it varies (MEET-06)."""
    demand(by, queries.writing_permission(branch), branch.path)
    row = Organization.objects.select_for_update().get(pk=branch.pk)
    if row.fixed_theme_day == day:
        return
    row.theme_day, row.theme_week, row.theme_weekday = (
        (day.day or None, day.week or None, day.weekday or None) if day else (None, None, None)
    )
    row.version += 1
    save_checked(row)
    label = day.label if day else ""
    record("meetings.fix_theme_day", by=by, on=row, organization_path=row.path, day=label)
