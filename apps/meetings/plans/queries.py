"""Reads: a plan, what is offered from above, who has planned, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet

from apps.core.access import Person
from apps.core.periods import Month, Year
from apps.core.scope import Reader
from apps.meetings.models import ThemePlan
from apps.meetings.plans.lines import PlanLine
from apps.organizations.models import Organization
from apps.organizations.queries import ancestors

SUGGESTED = 60
CHANGES_SHOWN = 30
_SHOWN = {"theme": "主题", "planned_on": "日子", "place": "地点", "note": "备注"}


def plan_for(branch: Organization, month: Month) -> ThemePlan | None:
    """What the branch planned for the month."""
    found: ThemePlan | None = branch.theme_plans.filter(month=month).first()
    return found


def theme_for(branch: Organization, month: Month) -> str:
    """The theme that the branch planned for the month, else the one offered to it, else ""."""
    planned = plan_for(branch, month)
    return planned.theme if planned else offered_to(branch, [month]).get(month, "")


def offered_to(organization: Organization, months: Iterable[Month]) -> dict[Month, str]:
    """What those above offer for each month; the nearest one's theme wins.

    It is offered to be read below, so it needs no permission on the one above.
    """
    above = ancestors(organization.path)[:-1]
    rows = ThemePlan.objects.filter(organization__path__in=above, month__in=list(months))
    farthest_first = rows.order_by("organization__path", "month").values_list("month", "theme")
    return dict(farthest_first)


def lines_of(organization: Organization, year: Year) -> list[PlanLine]:
    """Twelve lines, January first."""
    rows = {row.month: row for row in organization.theme_plans.filter(within(year))}
    return [
        PlanLine(month, **{name: getattr(rows[month], name) for name in _SHOWN})
        if month in rows
        else PlanLine(month)
        for month in year.months
    ]


def suggestions_for(organization: Organization, year: Year) -> list[str]:
    """Themes to choose from: what those above offer this year, then the organization's own of other years."""
    offered = offered_to(organization, year.months)
    own = organization.theme_plans.exclude(within(year)).order_by("-month").values_list("theme", flat=True)
    return list(dict.fromkeys([*offered.values(), *own[:SUGGESTED]]))


def within(year: Year) -> Q:
    """The condition on plans of the year."""
    return Q(month__gte=year.first, month__lte=year.last)


def plans_for(user: Reader) -> QuerySet[ThemePlan]:
    """The plans that the user may see, by organization and month."""
    return (
        ThemePlan.objects.visible_to(user)
        .select_related("organization")
        .order_by("organization__path", "month")
    )


def plannable_for(user: Person, pk: int) -> Organization:
    """The organization whose plan the user may see; raises Organization.DoesNotExist."""
    found: Organization = Organization.objects.within(user, "meetings.view").current().get(pk=pk)
    return found


def writing_permission(organization: Organization) -> str:
    """Who writes the plan: a branch for itself, an office for what it offers to the branches below."""
    return "meetings.record" if organization.is_branch else "meetings.offer"


@dataclass(frozen=True)
class Progress:
    """How far a branch's plan of a year is."""

    branch: Organization
    planned: int
    months: int

    @property
    def is_whole(self) -> bool:
        return self.planned == self.months


def progress_below(user: Person, year: Year) -> list[Progress]:
    """Every current branch of the user's scope, by path, with how many months it planned; two queries."""
    branches = list(Organization.objects.within(user, "meetings.view").current().branches())
    rows = plans_for(user).filter(within(year)).values_list("organization_id", flat=True)
    planned: dict[int, int] = {}
    for organization_id in rows.order_by():
        planned[organization_id] = planned.get(organization_id, 0) + 1
    return [Progress(branch, planned.get(branch.pk, 0), len(year.months)) for branch in branches]


def offering_organizations(user: Person) -> list[Organization]:
    """The organizations nearest to the top for which the user offers themes."""
    rows = Organization.objects.within(user, "meetings.offer").current()
    return list(rows.filter(path__in=user.scope_for("meetings.offer").roots)) or list(
        rows.filter(parent=None)
    )


@dataclass(frozen=True)
class Change:
    """One change of a plan, as a timeline shows it; `changes` are (field, before, after)."""

    at: datetime
    who: str
    sentence: str
    changes: tuple[tuple[str, str, str], ...] = ()


def changes_of(organization: Organization, year: Year) -> list[Change]:
    """What was changed after it was first filed, newest first."""
    events = ThemePlan.history.rel.related_model.objects.filter(within(year), organization=organization)
    rows = list(events.select_related("pgh_context").order_by("month", "pgh_id"))
    pairs = [(before, row) for before, row in pairwise(rows) if before.month == row.month]
    newest_first = sorted(pairs, key=lambda pair: pair[1].pgh_id, reverse=True)
    return [_change(*pair) for pair in newest_first[:CHANGES_SHOWN]]


def _change(before: Any, after: Any) -> Change:
    """From one event of a month to the next; a deletion's event holds what was taken away."""
    old = _values(before) if before.pgh_label != "delete" else {}
    new = _values(after) if after.pgh_label != "delete" else {}
    return Change(
        at=after.pgh_created_at,
        who=after.pgh_context.metadata.get("name", "") if after.pgh_context else "",
        sentence=f"{after.month.label}{'改了计划' if old and new else '取消了计划' if old else '又写了计划'}",
        changes=tuple(
            (title, old.get(name, ""), new.get(name, ""))
            for name, title in _SHOWN.items()
            if old.get(name, "") != new.get(name, "")
        ),
    )


def _values(event: Any) -> dict[str, str]:
    return {name: str(getattr(event, name) or "") for name in _SHOWN}
