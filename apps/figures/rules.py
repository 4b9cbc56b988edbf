"""Decisions behind figures and duties. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from apps.core.calendar import add_months
from apps.core.periods import Period
from apps.figures.values import Group, Unit
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
    """The first and last day of a period, which thousands of branches ask for."""
    return period.first, period.last


def exemption(duty: Duty, unit: Unit, period: Period, *, full: int, committee: Limit | None) -> str:
    """Why the duty does not apply to the branch in the period; "" where it does (MEET-02..04, ORG-10)."""
    if not duty.at_least:
        return NOT_ASKED
    if reason := partial(unit.founded_on, unit.dissolved_on, period):
        return reason
    if Condition.NOT_TEMPORARY in duty.applies and unit.is_temporary:
        return TEMPORARY
    if Condition.HAS_COMMITTEE in duty.applies and committee and not committee.allows(full):
        return NO_COMMITTEE.format(full)
    return ""


def partial(since: date | None, until: date | None, period: Period) -> str:
    """Why something that did not stand for the whole period is left out; "" where it did."""
    if since is not None and since > bounds(period)[0]:
        return WHOLE_PERIOD.format("成立")
    if until is not None and until <= bounds(period)[1]:
        return WHOLE_PERIOD.format("撤销")
    return ""


def group_exemption(group: Group, period: Period) -> str:
    """The same for a party group."""
    return partial(group.since, group.until, period)


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
