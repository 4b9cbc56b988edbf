"""Decisions behind figures and duties. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from apps.core.calendar import add_months
from apps.core.periods import Period
from apps.figures.values import Unit
from apps.regulations.table import Condition, Duty, Limit

WHOLE_PERIOD = "本期内{}，不计"
TEMPORARY = "临时党支部，不计"
NO_GROUPS = "没有划分党小组，不计"
NO_COMMITTEE = "正式党员{}名，不设支委会，不计"
NO_SECRETARY = "没有登记书记，不计"
NOT_ASKED = "本县没有要求，不计"
NOT_RECORDED = "{}年初还没有在平台记录，不计"
WAIVED = "准许免办：{}"


@lru_cache(maxsize=64)
def bounds(period: Period) -> tuple[date, date]:
    """The first and last day of a period, which thousands of groups ask for."""
    return period.first, period.last


def exemptions(
    duty: Duty, branches: Iterable[Unit], period: Period, *, full: Mapping[int, int], committee: Limit | None
) -> dict[int, str]:
    """Why the duty does not apply to a branch in the period; all others must do it (MEET-02..04, ORG-10).

    `full` are the full members of each branch, which count where the duty is a committee's.
    """
    if not duty.at_least:
        return {branch.id: NOT_ASKED for branch in branches}
    found = {}
    if committee is not None and Condition.HAS_COMMITTEE in duty.applies:
        heads = ((branch.id, full.get(branch.id, 0)) for branch in branches)
        found = {number: NO_COMMITTEE.format(count) for number, count in heads if not committee.allows(count)}
    if Condition.NOT_TEMPORARY in duty.applies:
        found |= {branch.id: TEMPORARY for branch in branches if branch.is_temporary}
    return found | partial_units(branches, period)


def partial_units(units: Iterable[Unit], period: Period) -> dict[int, str]:
    """Those that did not stand for the whole period, with why they are left out."""
    first, last = bounds(period)
    return {
        unit.id: reason
        for unit in units
        if (reason := partial(unit.founded_on, unit.dissolved_on, first, last))
    }


def partial(since: date | None, until: date | None, first: date, last: date) -> str:
    """Why something that did not stand from the first day to the last is left out; "" where it did."""
    if since is not None and since > first:
        return WHOLE_PERIOD.format("成立")
    if until is not None and until <= last:
        return WHOLE_PERIOD.format("撤销")
    return ""


class TermState(StrEnum):
    RUNNING = "running"
    SOON = "soon"
    OVERDUE = "overdue"


def term_state(due_on: date, *, on: date, reminder: Limit) -> TermState:
    """Overdue from the day after it ran out; soon within the months of the reminder (ELEC-03, CALC-06)."""
    if due_on < on:
        return TermState.OVERDUE
    return TermState.SOON if due_on <= add_months(on, int(reminder.value)) else TermState.RUNNING


class DutyState(StrEnum):
    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        return {"done": "已完成", "due": "待完成", "overdue": "已逾期", "exempt": "不适用"}[self]


class Due(NamedTuple):
    """Where a duty stands on a day: `days` left until it is due, or since it was."""

    state: DutyState
    days: int = 0


_EXEMPT, _DONE = Due(DutyState.EXEMPT), Due(DutyState.DONE)


def carried_over(period: Period, months: int) -> date:
    """The last day on which what belongs to the period can still be done (MEET-07/carry_over)."""
    return add_months(period.next().first, months) - timedelta(days=1)


def judge(*, held: int, wanted: int, last: date, on: date, reason: str = "") -> Due:
    """The state of one duty that can be done until its last day."""
    if reason:
        return _EXEMPT
    if held >= wanted:
        return _DONE
    if on > last:
        return Due(DutyState.OVERDUE, (on - last).days)
    return Due(DutyState.DUE, (last - on).days)
