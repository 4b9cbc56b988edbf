"""Where a duty leads: to its own page, to the matrix of whom it is open with, and to where it is done."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from apps.core.calendar import today
from apps.core.periods import Month
from apps.figures.duties.obligations import Obligation
from apps.figures.rules import DutyState
from apps.meetings.links import new_record


def duty_address(organization_id: int, code: str, part: str, period: str) -> str:
    """The page of one duty of one organization: its rule, and the records that count."""
    address = reverse("duties:cell", args=[organization_id, code, period])
    return f"{address}?part={part}" if part else address


def page_of(each: Obligation) -> str:
    return duty_address(each.unit.id, each.rule.code, each.rule.part, str(each.period))


def matrix_address(organization_id: int, each: Obligation) -> str:
    """Everybody below the organization in the same state: the matrix of the period's last month."""
    last = each.period.months[-1] if each.period else Month.of(today())
    asked = {
        "organization": str(organization_id),
        "period": str(min(last, Month.of(today()))),
        "by": "branch" if each.unit.is_branch else "unit",
        "rule": each.rule.key,
        "state": each.state.value,
    }
    return f"{reverse('duties:matrix')}?{urlencode(asked)}"


def done_at(each: Obligation) -> str:
    """Where a branch does it: in a room of its own, else on the record form with what is known filled in.

    What is late is recorded in its own month.
    """
    if each.rule.code == "MEET-08":
        return reverse("reviews:branch", args=[each.unit.id])
    if each.rule.code == "MEET-10":
        return f"{reverse('talks:new')}?{urlencode({'branch': each.unit.code})}"
    late = each.state is DutyState.OVERDUE and each.period
    return new_record(
        each.unit.code,
        kind=each.kind,
        month=late.months[-1] if late else None,
        group=each.group.id if each.group else None,
    )
