"""What the regulations ask of branches, groups and committees on a day: done, due, overdue or not applicable.

The period that runs on the day and the last one that ended are judged, each by the rule in force in it and
by what the county had set. Everything below an organization is judged in a fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from apps.core.periods import Month, Period
from apps.figures import rules
from apps.figures.duties.known import Known
from apps.figures.duties.obligations import Obligation
from apps.figures.rules import DutyState
from apps.figures.values import Group, Unit
from apps.organizations.models import Organization
from apps.regulations.table import Condition, Duty, Limit, Subject, duties, limit


def running_and_last(on: date) -> list[Period]:
    """The period of each length that runs on the day, and the one before it."""
    pers = {row.per for row in duties(on=on)}
    running = [per.period_of(on) for per in sorted(pers)]
    return [period for now in running for period in (now.previous(), now)]


def duties_below(organization_id: int, *, on: date) -> list[Obligation]:
    """Every duty of every branch, group and committee below the organization, by path."""
    return duties_in(organization_id, running_and_last(on), on=on)


def duties_in(organization_id: int, periods: Sequence[Period], *, on: date) -> list[Obligation]:
    """The same of other periods, as they stand on the day."""
    return sorted(judged(Known(organization_id, on, periods)), key=_in_order)


def judged(known: Known) -> Iterator[Obligation]:
    """Each duty of each period, for everybody whose it is."""
    for period, rows in known.rows.items():
        for row in rows:
            yield from judged_by(known, period, row)


def judge_one(unit_id: int, rule: str, period: Period, *, on: date) -> list[Obligation]:
    """One duty of one organization in a period, for each of its groups where these are asked."""
    known = Known(unit_id, on, [period])
    rows = [row for row in known.rows.get(period, []) if row.key == rule]
    return [each for row in rows for each in judged_by(known, period, row) if each.unit.id == unit_id]


def judged_by(known: Known, period: Period, row: Duty) -> Iterator[Obligation]:
    """One duty of one period, for everybody whose it is; by path."""
    judge = Judge(known, period, row)
    if row.subject is Subject.COMMITTEE:
        for unit in known.committees:
            yield judge.committee(unit)
    elif row.subject is Subject.GROUP:
        for branch in known.branches:
            yield from judge.groups(branch)
    else:
        for branch in known.branches:
            yield judge.branch(branch)


class Judge:
    """One duty of one period, for any number of organizations; what they share is found out once."""

    def __init__(self, known: Known, period: Period, row: Duty) -> None:
        self.known, self.period, self.row = known, period, row
        self.last = known.last_day(row, period)
        self.general = known.too_early(period, self.last)
        """Why the duty is nobody's in this period."""
        self.held = {} if self.general else known.held(row, period)
        self.waived = known.waived_from(row, period)
        self.needs_committee: Limit | None = None
        if Condition.HAS_COMMITTEE in row.applies:
            self.needs_committee = limit("ORG-10", "committee", on=period)

    def branch(self, branch: Unit) -> Obligation:
        return self._obligation(branch, self._exemption(branch))

    def groups(self, branch: Unit) -> Iterator[Obligation]:
        """One for each group; a branch without any has one that does not apply."""
        reason, groups = self._exemption(branch), self.known.groups.get(branch.id, [])
        if not groups:
            yield self._obligation(branch, reason or rules.NO_GROUPS)
        for group in groups:
            yield self._obligation(branch, reason or rules.group_exemption(group, self.period), group)

    def committee(self, unit: Unit) -> Obligation:
        reason = self.general or rules.partial(unit.founded_on, unit.dissolved_on, self.period)
        unseated = "" if unit.id in self.known.secretaries else rules.NO_SECRETARY
        return self._obligation(unit, reason or unseated)

    def _exemption(self, branch: Unit) -> str:
        if self.general:
            return self.general
        full = 0
        if self.needs_committee is not None and isinstance(self.period, Month):
            full = self.known.full_members(branch, self.period)
        return rules.exemption(self.row, branch, self.period, full=full, committee=self.needs_committee)

    def _obligation(self, unit: Unit, reason: str, group: Group | None = None) -> Obligation:
        row = self.row
        held = self.held.get((unit.id, group.id if group else None, row.kind), 0)
        if not reason and held < row.at_least and unit.id in self.waived:
            reason = rules.WAIVED.format(self.waived[unit.id])
        state, days = rules.judge(
            held=held, wanted=row.at_least, last=self.last, on=self.known.on, reason=reason
        )
        return Obligation(row, unit, state, days, self.period, group, held, reason, self.last)


def _in_order(each: Obligation) -> tuple[str, str, str]:
    return each.unit.path, each.rule.key, each.group.name if each.group else ""


def duties_for(branch: Organization, *, on: date) -> list[Obligation]:
    """What applies to one branch and its groups in the running and the last periods, worst first.

    For the first screen of a secretary: overdue, then due, then done.
    """
    wanted = [each for each in duties_below(branch.pk, on=on) if each.state is not DutyState.EXEMPT]
    return sorted(wanted, key=_worst_first)


_RANK = {DutyState.OVERDUE: 0, DutyState.DUE: 1, DutyState.DONE: 2, DutyState.EXEMPT: 3}


def _worst_first(each: Obligation) -> tuple[int, int, str, str]:
    """Longest overdue first, then what is due soonest."""
    days = -each.days if each.state is DutyState.OVERDUE else each.days
    return _RANK[each.state], days, each.unit.path, each.rule.key
