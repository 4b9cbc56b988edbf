"""What the regulations ask of branches and groups on a day: done, due, overdue or not applicable.

The period that runs on the day and the last one that ended are judged, each by the rule in force in it.
Everything below an organization is judged in a fixed number of queries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from apps.core.periods import Month, Period
from apps.core.scope import Reader
from apps.figures import facts, rules, values
from apps.figures.facts import NO_HEADS, Heads, Office
from apps.figures.queries import tops_for
from apps.figures.rules import Due, DutyState, TermState
from apps.figures.values import Group, Unit
from apps.organizations.models import Organization
from apps.regulations.table import Condition, Duty, Limit, NotInForce, Per, Row, Subject, duties, limit

SUBJECTS = (Subject.BRANCH, Subject.GROUP)


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty (or the end of a term) of one branch, group or organization in one period."""

    rule: Row
    unit: Unit
    state: DutyState
    days: int
    """Days left until the end of the period, or since it ended."""
    period: Period | None = None
    group: Group | None = None
    held: int = 0
    reason: str = ""
    due_on: date | None = None

    @property
    def title(self) -> str:
        """ "支部委员会会议（2026年10月）" """
        return f"{self.rule.title}（{self.period.label}）" if self.period else "换届"

    @property
    def kind(self) -> str:
        """The kind of meeting that fulfils it, "" for an election."""
        return self.rule.kind if isinstance(self.rule, Duty) else ""

    @property
    def state_words(self) -> str:
        """ "逾期46天", "还有8天", "已完成", "不适用：没有划分党小组，不计" """
        match self.state:
            case DutyState.OVERDUE:
                return f"逾期{self.days}天"
            case DutyState.DUE:
                return f"还有{self.days}天" if self.days else "今天到期"
            case DutyState.EXEMPT:
                return f"不适用：{self.reason}"
        return self.state.label


@dataclass(frozen=True, slots=True)
class Matter:
    """The same thing overdue at one place: one branch, or several below the same organization."""

    title: str
    place: Unit
    obligations: tuple[Obligation, ...]

    @property
    def first(self) -> Obligation:
        return self.obligations[0]

    @property
    def count(self) -> int:
        return len(self.obligations)

    @property
    def days(self) -> int:
        """Since when the longest of them is overdue."""
        return max(each.days for each in self.obligations)

    @property
    def where(self) -> str:
        """ "石门镇南坪村党支部", or "临河镇党委 6个支部" """
        if self.count == 1:
            group = self.first.group
            return f"{self.first.unit.name}{group.name if group else ''}"
        return f"{self.place.name} {self.count}个{self._what}"

    @property
    def _what(self) -> str:
        if self.first.group:
            return "党小组"
        return "党支部" if all(each.unit.is_branch for each in self.obligations) else "党组织"


@dataclass(frozen=True)
class Overdue:
    """What is overdue in somebody's scope, worst first."""

    matters: tuple[Matter, ...]

    @property
    def count(self) -> int:
        """How many single obligations."""
        return sum(matter.count for matter in self.matters)


class _Facts:
    """What the duties of a subtree on a day are judged from."""

    def __init__(self, organization_id: int, on: date) -> None:
        self.on = on
        self.month = Month.of(on)
        self.periods = _periods(on)
        first = min((period.first for period in self.periods), default=on)
        self.units = facts.tree(organization_id, since=first, day=on)
        self.ids = [unit.id for unit in self.units]
        self.groups: dict[int, list[Group]] = {}
        for group in facts.groups(self.ids, first=first, last=on):
            self.groups.setdefault(group.branch_id, []).append(group)

    @cached_property
    def _heads(self) -> dict[int, Heads]:
        """`opening` is at the end of last month, `full` now; the month before is judged by its last day."""
        return facts.heads(self.ids, first=self.month.first, day=self.on)

    @cached_property
    def _heads_before(self) -> dict[int, Heads]:
        last = self.month.previous()
        return facts.heads(self.ids, first=last.first, day=last.last)

    def full(self, branch: Unit, period: Period) -> int:
        """Full members on the last day of the period, or today."""
        heads = self._heads if self.on <= rules.bounds(period)[1] else self._heads_before
        return heads.get(branch.id, NO_HEADS).full

    @cached_property
    def held(self) -> dict[Period, Counter[facts.Subject]]:
        return {
            period: Counter(
                facts.meetings(self.ids, first=period.months[0], last=period.months[-1], kinds=_kinds(rows))
            )
            for period, rows in self.periods.items()
        }

    @cached_property
    def offices(self) -> list[Office]:
        return facts.offices(self.ids, self.on)


def _periods(on: date) -> dict[Period, list[Duty]]:
    """The running and the last period of each length, with the duties in force in it."""
    found: dict[Period, list[Duty]] = {}
    for row in duties(on=on):
        if row.subject in SUBJECTS and row.per is not Per.YEAR:
            now = row.per.period_of(on)
            for period in (now.previous(), now):
                found.setdefault(period, [])
    for period, rows in found.items():
        rows.extend(
            row
            for row in duties(on=period)
            if row.subject in SUBJECTS and row.per.period_of(period.first) == period
        )
    return found


def _kinds(rows: Sequence[Duty]) -> list[str]:
    return sorted({row.kind for row in rows})


def duties_below(organization_id: int, *, on: date) -> list[Obligation]:
    """Every duty of every branch and group below the organization, by path; fixed number of queries."""
    return sorted(_duties(_Facts(organization_id, on)), key=_in_order)


def _duties(known: _Facts) -> Iterator[Obligation]:
    branches = [unit for unit in known.units if unit.is_branch]
    for period, rows in known.periods.items():
        committee = limit("ORG-10", "committee", on=period) if rows else None
        for row in rows:
            for branch in branches:
                yield from _of_branch(known, branch, period, row, committee)


def _in_order(each: Obligation) -> tuple[str, str, str]:
    return each.unit.path, each.rule.key, each.group.name if each.group else ""


def _of_branch(
    known: _Facts, branch: Unit, period: Period, row: Duty, committee: Limit | None
) -> Iterator[Obligation]:
    full = known.full(branch, period) if Condition.HAS_COMMITTEE in row.applies else 0
    reason = rules.exemption(row, branch, period, full=full, committee=committee)
    groups = known.groups.get(branch.id, []) if row.subject is Subject.GROUP else [None]
    if row.subject is Subject.GROUP and not groups:
        groups, reason = [None], reason or rules.NO_GROUPS
    for group in groups:
        why = reason or (rules.group_exemption(group, period) if group else "")
        _, last = rules.bounds(period)
        held = known.held[period][branch.id, group.id if group else None, row.kind]
        due = rules.judge(held=held, wanted=row.at_least, period=period, on=known.on, reason=why)
        yield Obligation(row, branch, due.state, due.days, period, group, held, why, last)


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


def _elections(known: _Facts) -> Iterator[Obligation]:
    try:
        reminder = limit("ELEC-03", on=known.on)
    except NotInForce:
        return
    unit_of = {unit.id: unit for unit in known.units}
    for office in known.offices:
        unit = unit_of[office.organization_id]
        state = rules.term_state(office.due_on, on=known.on, reminder=reminder)
        if state is TermState.RUNNING or unit.is_temporary or unit.dissolved_on:
            continue
        due = _election(office.due_on, state, known.on)
        yield Obligation(_term_rule(unit, known.on), unit, due.state, due.days, due_on=office.due_on)


def _election(due_on: date, state: TermState, on: date) -> Due:
    if state is TermState.OVERDUE:
        return Due(DutyState.OVERDUE, (on - due_on).days)
    return Due(DutyState.DUE, (due_on - on).days)


def _term_rule(unit: Unit, on: date) -> Limit:
    part = "village" if unit.is_village else "branch" if unit.is_branch else unit.kind
    return limit("ELEC-01", "committee" if part == "working_committee" else part, on=on)


def overdue_below(organization: Organization, *, on: date) -> Overdue:
    """What is overdue below the organization, worst first.

    The same thing in several branches of one part of it is one matter.
    """
    known = _Facts(organization.pk, on)
    late = [each for each in (*_elections(known), *_duties(known)) if each.state is DutyState.OVERDUE]
    return Overdue(_matters(late, known.units))


def _matters(late: Sequence[Obligation], units: Sequence[Unit]) -> tuple[Matter, ...]:
    root = units[0].path
    unit_at = {unit.path: unit for unit in units}
    grouped: dict[tuple[str, str], list[Obligation]] = {}
    for each in late:
        grouped.setdefault((each.title, values.child_path(root, each.unit.path)), []).append(each)
    matters = (Matter(title, unit_at[path], tuple(rows)) for (title, path), rows in grouped.items())
    return tuple(sorted(matters, key=_longest_first))


def _longest_first(matter: Matter) -> tuple[int, str, str]:
    return -matter.days, matter.place.path, matter.title


def overdue_for(user: Reader, *, on: date) -> Overdue:
    """What is overdue in the user's scope, worst first."""
    matters: list[Matter] = []
    for root in tops_for(user):
        matters.extend(overdue_below(root, on=on).matters)
    return Overdue(tuple(sorted(matters, key=_longest_first)))
