"""The matrix of a month: branches (or parts of a county) by the duties of the month, its quarter and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from apps.core.periods import Month, Period, Quarter, Year
from apps.figures.duties.judging import judged_by
from apps.figures.duties.known import Known
from apps.figures.duties.obligations import Obligation
from apps.figures.rules import DutyState
from apps.figures.values import Unit, child_path
from apps.regulations.table import Duty, Subject

# What a cell of several is called by: the worst of them that is not settled.
WORST_FIRST = (DutyState.OVERDUE, DutyState.DUE, DutyState.DONE, DutyState.EXEMPT)


@dataclass(frozen=True, slots=True)
class Column:
    """One duty in one period."""

    rule: Duty
    period: Period

    @property
    def title(self) -> str:
        return self.rule.title

    @property
    def when(self) -> str:
        """ "11月", "第四季度", "2026年" """
        if isinstance(self.period, Month):
            return f"{self.period.month}月"
        return self.period.label.removeprefix(f"{self.period.year}年") or self.period.label

    @property
    def heading(self) -> str:
        return f"{self.title}（{self.when}）"


@dataclass(slots=True)
class Cell:
    """Where one duty stands with one branch, its groups, or everything below an organization."""

    column: Column
    obligations: list[Obligation]

    def count(self, state: DutyState) -> int:
        return sum(each.state is state for each in self.obligations)

    @property
    def state(self) -> DutyState:
        return min((each.state for each in self.obligations), key=WORST_FIRST.index, default=DutyState.EXEMPT)

    @property
    def done(self) -> int:
        return self.count(DutyState.DONE)

    @property
    def asked(self) -> int:
        """How many the duty applies to."""
        return len(self.obligations) - self.count(DutyState.EXEMPT)

    @property
    def overdue(self) -> int:
        return self.count(DutyState.OVERDUE)

    @property
    def words(self) -> str:
        """Of one "逾期22天"; of several "1/2，逾期22天"; nothing to say where there is nobody."""
        if not self.obligations:
            return "不适用"
        worst = min(self.obligations, key=_worst)
        if worst.state is DutyState.EXEMPT:
            return worst.state.label
        several = f"{self.done}/{self.asked}，" if len(self.obligations) > 1 else ""
        return f"{several}{worst.state_words}"

    @property
    def share(self) -> str:
        """Of many: "471/536"."""
        return f"{self.done}/{self.asked}" if self.asked else "不适用"

    @property
    def reason(self) -> str:
        """Why nobody here is asked."""
        return self.obligations[0].reason if self.obligations and not self.asked else ""


def _worst(each: Obligation) -> tuple[int, int]:
    days = -each.days if each.state is DutyState.OVERDUE else each.days
    return WORST_FIRST.index(each.state), days


@dataclass(slots=True)
class Line:
    """One row of the matrix: a branch, or a part of the county with everything below it."""

    unit: Unit
    columns: Sequence[Column]
    found: list[list[Obligation]]
    """By column."""

    @property
    def cells(self) -> list[Cell]:
        """Made when they are looked at: a page shows fifty of thousands of lines."""
        return [Cell(column, found) for column, found in zip(self.columns, self.found, strict=True)]

    def has(self, state: DutyState) -> bool:
        return any(each.state is state for found in self.found for each in found)


@dataclass(frozen=True)
class Matrix:
    """Lines in administrative order; nothing is ranked."""

    root: Unit
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line

    def only(self, state: DutyState | None) -> Sequence[Line]:
        """The lines in which anything is in that state."""
        return self.lines if state is None else [line for line in self.lines if line.has(state)]


def periods_of(month: Month) -> tuple[Period, ...]:
    return month, Quarter.of(month.first), Year.of(month.first)


def matrix_of(organization_id: int, month: Month, *, on: date, by_branch: bool, rule: str = "") -> Matrix:
    """The duties of everything below the organization: a line for each branch, or for the next level down.

    With `rule` (its key) that duty alone. A fixed number of queries.
    """
    known = Known(organization_id, on, periods_of(month))
    columns = tuple(_columns(known, by_branch=by_branch, rule=rule))
    total = _line(known.units[0], columns)
    lines = _of_branches(known, columns) if by_branch else _of_parts(known, columns)
    for number, column in enumerate(columns):
        total.found[number] = list(judged_by(known, column.period, column.rule))
        for each in total.found[number]:
            lines[each.unit.id].found[number].append(each)
    shown = [line for line in lines.values() if any(line.found)]
    return Matrix(known.units[0], columns, _once(shown), total)


def _columns(known: Known, *, by_branch: bool, rule: str) -> Iterator[Column]:
    for period, rows in known.rows.items():
        for row in rows:
            if rule in ("", row.key) and not (by_branch and row.subject is Subject.COMMITTEE):
                yield Column(row, period)


def _line(unit: Unit, columns: Sequence[Column]) -> Line:
    return Line(unit, columns, [[] for _ in columns])


def _of_branches(known: Known, columns: Sequence[Column]) -> dict[int, Line]:
    return {unit.id: _line(unit, columns) for unit in known.branches}


def _of_parts(known: Known, columns: Sequence[Column]) -> dict[int, Line]:
    """The line of each organization: that of the part in which it stands."""
    root, at = known.units[0].path, {unit.path: unit for unit in known.units}
    lines: dict[str, Line] = {}
    found = {}
    for unit in known.units:
        path = child_path(root, unit.path)
        if path not in lines:
            lines[path] = _line(at[path], columns)
        found[unit.id] = lines[path]
    return found


def _once(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple({line.unit.id: line for line in lines}.values())
