"""From sheets to rows of values, each knowing where it stands; faults are collected, never raised."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.core.errors import Refused
from apps.imports import cells, headings
from apps.imports.columns import Column, Layout
from apps.imports.headings import Heading, Reading
from apps.imports.problems import CellFault, Problem, Severity
from apps.imports.sheets import Cell, Sheet

_NOT_DATA = (
    "合计",
    "总计",
    "小计",
    "共计",
    "填表人",
    "制表人",
    "审核人",
    "负责人",
    "填报人",
    "理事长",
    "公布日期",
    "期末结余",
    "期末余额",
    "备注:",
    "备注：",
    "说明",
    "注:",
    "注：",
)
_FEW = 4
# Cells that say the same are read once; a column of numbers, each of them another, fills no memory.
_REMEMBERED = 4_096
_UNREAD = object()
# A cover or a summary may share a heading or two with the table; a sheet with more is meant to be one.
_LIKE_A_TABLE = 4


Line = tuple[int, list[Cell]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands in the sheet, and what its cells were read as so far."""

    at: int
    column: Column
    known: dict[Cell, Any]

    def read(self, cell: Cell) -> Any:
        """The cell's value, None when it says nothing; raises CellFault."""
        value = self._parsed(cell)
        if len(self.known) < _REMEMBERED and cell not in (0, 1):  # to a dict True is 1, to a clerk it is 是
            self.known[cell] = value
        return value

    def _parsed(self, cell: Cell) -> Any:
        if not cells.is_empty(cell):
            return self.column.parse(cell)
        if self.column.required:
            raise CellFault("missing", f"没有填{self.column.title}。", "请补上。")
        return None


@dataclass(slots=True)
class Row:
    """A row of the table: values by column key, None for an empty cell; no key where there is no column."""

    sheet: str
    number: int
    section: str
    heading: Heading
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    subject: str = ""
    beside: list[Line] = field(default_factory=list)
    """The sheet's lines that are no data (titles, totals): all of them once the sheet was read."""
    others: tuple[int, ...] = ()
    """Further rows of the sheet that stand or fall with this one."""

    @property
    def places(self) -> set[tuple[str, int]]:
        return {(self.sheet, number) for number in (self.number, *self.others)}

    def add(
        self,
        key: str,
        code: str,
        message: str,
        advice: str = "",
        *,
        severity: Severity = Severity.ERROR,
        offer: str = "",
    ) -> None:
        """Note a problem at the column."""
        self.problems.append(
            Problem(
                self.sheet,
                self.number,
                self.heading.text_of(key),
                code,
                severity,
                message,
                advice,
                self.subject,
                self.heading.position_of(key),
                offer,
            )
        )

    def warn(self, key: str, code: str, message: str, advice: str = "") -> None:
        self.add(key, code, message, advice, severity=Severity.WARNING)

    def has_fault(self, key: str) -> bool:
        """Whether the cell could not be read."""
        text = self.heading.text_of(key)
        return any(problem.is_error and problem.column == text for problem in self.problems)

    @property
    def has_errors(self) -> bool:
        return bool(self.problems) and any(problem.is_error for problem in self.problems)


@dataclass
class TableReader:
    """Reads the rows of all sheets by one layout; `readings` and `problems` fill up while it is read."""

    layout: Layout
    subject: str
    """The key of the column that names a row for people."""
    takes_empty: bool = False
    readings: list[Reading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: defaultdict[str, dict[Cell, Any]] = field(default_factory=lambda: defaultdict(dict))
    """What the cells of each column were read as so far."""
    _incomplete: list[tuple[Problem, int]] = field(default_factory=list)

    def rows(self, sheets: Sequence[Sheet]) -> Iterator[Row]:
        """Every row of data, in order; refused when no sheet has a heading that we know."""
        for sheet in sheets:
            yield from self._rows_of(sheet)
        is_alone = not self.readings
        self.problems += [
            problem for problem, width in self._incomplete if is_alone or width >= _LIKE_A_TABLE
        ]
        if not self.readings and not self.problems:
            raise Refused(
                f"没有在表里找到表头。表头要写在前 {headings.SEARCHED_ROWS} 行里；可以下载模板，对照着改。"
            )

    def _rows_of(self, sheet: Sheet) -> Iterator[Row]:
        lines = iter(sheet.rows)
        head = list(itertools.islice(lines, headings.SEARCHED_ROWS))
        heading = headings.find_heading(head, self.layout)
        if heading is None or self._is_incomplete(sheet, heading):
            return
        section = next(filter(None, map(headings.section_of, head[: heading.first])), "")
        self.readings.append(headings.reading(sheet.name, heading, section))
        below = itertools.chain(head[heading.last + 1 :], lines)
        above = list(enumerate(head[: heading.first], 1))
        is_empty = True
        for row in _Sheet(sheet, heading, section, self, above).rows(below):
            is_empty = False
            yield row
        if is_empty and self.takes_empty:
            yield Row(sheet.name, heading.last + 1, section, heading, {}, beside=above)

    def _is_incomplete(self, sheet: Sheet, heading: Heading) -> bool:
        missing = self.layout.missing_from(heading.keys)
        if missing:
            names = cells.listed(f"“{column.title}”" for column in missing)
            sentence = (
                f"“{sheet.name}”这张表没有{names}{'这一列' if len(missing) == 1 else '这几列'}，没有读。"
            )
            advice = "请补上，或者把表头改成模板里的写法。"
            title = missing[0].title
            problem = Problem(sheet.name, 0, title, "column_missing", Severity.ERROR, sentence, advice)
            self._incomplete.append((problem, len(heading.columns)))
        return bool(missing)


class _Sheet:
    """One sheet while it is read."""

    def __init__(
        self, sheet: Sheet, heading: Heading, section: str, reader: TableReader, above: list[Line]
    ) -> None:
        self.sheet, self.heading, self.section, self.reader = sheet, heading, section, reader
        self.beside = above
        places = [_Place(at, column, reader.known[column.key]) for at, column in heading.columns]
        self.columns = [(place.at, place.column.key, place.known, place) for place in places]
        self.width = max((place.at for place in places), default=0) + 1
        self.subject_at = heading.position_of(reader.subject)
        self.formulas_read: dict[str, int] = {}
        self.few = min(_FEW, max(1, len(heading.columns) // 2))

    def rows(self, lines: Iterator[list[Cell]]) -> Iterator[Row]:
        for number, line in enumerate(lines, self.heading.last + 2):
            if not any(line):
                continue
            if self._is_beside_the_data(line) and (number - 1, self.subject_at) not in self.sheet.formulas:
                self.section = headings.section_of(line) or self.section
                self.beside.append((number, line))
                continue
            yield self._row(number, line)
        self._report_formulas()

    def _is_beside_the_data(self, line: list[Cell]) -> bool:
        """Totals, signatures, and the title and heading of the next table on the same sheet."""
        if len(line) - line.count("") > self.few:
            return self._starts_like_a_heading(line) and headings.repeats(line, self.heading)
        filled = [cell for cell in line if not (isinstance(cell, str) and not cell.strip())]
        first = "".join(str(filled[0]).split()) if filled else ""
        if not filled or first.startswith(_NOT_DATA) or headings.section_of(line):
            return True
        return all(isinstance(cell, str) for cell in filled) and not self._names_a_subject(line)

    def _starts_like_a_heading(self, line: list[Cell]) -> bool:
        """Whether the subject's cell holds its own heading: asked of every row, so it must be quick."""
        cell = line[self.subject_at] if self.subject_at < len(line) else ""
        return cell == "" or " ".join(str(cell).split()) == self.heading.texts[self.subject_at]

    def _names_a_subject(self, line: list[Cell]) -> bool:
        return 0 <= self.subject_at < len(line) and not cells.is_empty(line[self.subject_at])

    def _row(self, number: int, line: list[Cell]) -> Row:
        values: dict[str, Any] = {}
        row = Row(self.sheet.name, number, self.section, self.heading, values)
        row.subject, row.beside = self._subject(line), self.beside
        line += [""] * (self.width - len(line))
        formulas = self.sheet.formulas
        for at, key, known, place in self.columns:
            if formulas and (number - 1, at) in formulas and self._formula_fault(row, place.column, line[at]):
                continue
            value = known.get(line[at], _UNREAD)
            values[key] = self._read(row, place, line[at]) if value is _UNREAD else value
        return row

    def _read(self, row: Row, place: _Place, cell: Cell) -> Any:
        """A cell that was not met before; what is wrong with it goes to the row."""
        try:
            return place.read(cell)
        except CellFault as fault:
            row.add(place.column.key, fault.code, fault.sentence, fault.advice, severity=fault.severity)
            return fault.value

    def _subject(self, line: list[Cell]) -> str:
        cell = line[self.subject_at] if 0 <= self.subject_at < len(line) else ""
        return cells.plain(cell)[:40]

    def _formula_fault(self, row: Row, column: Column, cell: Cell) -> bool:
        """A formula without a stored result is a fault of the cell; with one it is read, and said once."""
        if cell != "":
            self.formulas_read[column.key] = self.formulas_read.get(column.key, 0) + 1
            return False
        row.values[column.key] = None
        row.add(
            column.key,
            "formula",
            f"{column.title}这一格是公式，表里没有存它的结果。",
            "请复制这一格，用“选择性粘贴 → 数值”贴回去。",
        )
        return True

    def _report_formulas(self) -> None:
        for key, count in self.formulas_read.items():
            text = self.heading.text_of(key)
            self.reader.problems.append(
                Problem(
                    self.sheet.name,
                    0,
                    text,
                    "formula_read",
                    Severity.WARNING,
                    f"“{text}”这一列有 {count} 格是公式，按表里存着的结果读。",
                    "请看一眼结果对不对。",
                    position=self.heading.position_of(key),
                )
            )
