"""What the regulations ask of branches, groups and committees on a day: done, due, overdue or not applicable.

The period that runs on the day and the last one that ended are judged, each by the rule in force in it and
by what the county had set. Everything below an organization is judged in a fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from apps.core.periods import Period
from apps.figures import rules
from apps.figures.duties.known import Known
from apps.figures.duties.obligations import Obligation
from apps.figures.rules import Due, DutyState
from apps.figures.values import Group, Unit
from apps.organizations.models import Organization
from apps.regulations.table import Condition, Duty, Subject, duties, limit


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
        return judge.committees()
    return judge.groups() if row.subject is Subject.GROUP else judge.branches()


class Judge:
    """One duty of one period; what is the same for thousands of branches is found out once."""

    def __init__(self, known: Known, period: Period, row: Duty) -> None:
        self.known, self.period, self.row = known, period, row
        self.last = known.last_day(row, period)
        self.general = known.too_early(period, self.last)
        """Why the duty is nobody's in this period."""
        self.held = {} if self.general else known.held(row, period)
        self.waived = known.waived_from(row, period)
        self.cases: dict[tuple[int, str], Due] = {}

    def branches(self) -> Iterator[Obligation]:
        spared = self._spared()
        for branch in self.known.branches:
            yield self._obligation(branch, spared.get(branch.id, ""))

    def groups(self) -> Iterator[Obligation]:
        """One for each group; a branch without any has one that does not apply."""
        spared, groups, (first, last) = self._spared(), self.known.groups, rules.bounds(self.period)
        for branch in self.known.branches:
            reason = spared.get(branch.id, "")
            if branch.id not in groups:
                yield self._obligation(branch, reason or rules.NO_GROUPS)
            for group in groups.get(branch.id, ()):
                partial = rules.partial(group.since, group.until, first, last)
                yield self._obligation(branch, reason or partial, group)

    def committees(self) -> Iterator[Obligation]:
        units = self.known.committees
        partial = rules.partial_units(units, self.period)
        for unit in units:
            unseated = "" if unit.id in self.known.secretaries else rules.NO_SECRETARY
            yield self._obligation(unit, self.general or partial.get(unit.id, unseated))

    def _spared(self) -> Mapping[int, str]:
        """Why the duty does not apply to a branch; who is not in it, must do it."""
        branches = self.known.branches
        if self.general:
            return {branch.id: self.general for branch in branches}
        needs_committee = Condition.HAS_COMMITTEE in self.row.applies
        committee = limit("ORG-10", "committee", on=self.period) if needs_committee else None
        full = self.known.full(self.period) if needs_committee else {}
        return rules.exemptions(self.row, branches, self.period, full=full, committee=committee)

    def _obligation(self, unit: Unit, reason: str, group: Group | None = None) -> Obligation:
        held = self.held.get((unit.id, group.id if group else None, self.row.kind), 0)
        if not reason and held < self.row.at_least and unit.id in self.waived:
            reason = rules.WAIVED.format(self.waived[unit.id])
        state, days = self.cases.get((held, reason)) or self._judged(held, reason)
        return Obligation(self.row, unit, state, days, self.period, group, held, reason, self.last)

    def _judged(self, held: int, reason: str) -> Due:
        found = rules.judge(
            held=held, wanted=self.row.at_least, last=self.last, on=self.known.on, reason=reason
        )
        self.cases[held, reason] = found
        return found


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
