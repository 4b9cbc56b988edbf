"""Workbooks that the machine writes: the empty template, and the uploaded table with what is wrong in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from apps.core.documents.workbook import writable
from apps.imports import headings
from apps.imports.columns import Column, Layout
from apps.imports.registry import Importer
from apps.imports.safety import column_letters
from apps.imports.sheets import EXPLANATION, Cell, Sheet, open_sheets

TEXT = "@"
AnyCell = Any  # what WriteOnlyCell() returns
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Writing every row of a larger table takes too long for somebody who waits: only the faulty ones are written.
ALL_ROWS_UP_TO = 20_000
TEMPLATE_ROWS = 1_000
_LONGEST_LIST = 250
_REMARK_WIDTH = 60
_AUTHOR = "导入"
_ERROR = PatternFill("solid", fgColor="F6D5D5")
_WARNING = PatternFill("solid", fgColor="FDF0CC")
_HEAD = PatternFill("solid", fgColor="F3F1ED")
_BOLD = Font(bold=True)
_RED = Font(bold=True, color="A5161C")


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about a cell; row 0 is the whole sheet, an empty sheet the whole file."""

    sheet: str
    row: int
    position: int
    text: str
    is_error: bool


# --- the template ---------------------------------------------------------------------------------


def template(importer: Importer) -> bytes:
    """An empty table with the importer's columns, and a second sheet that explains them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(importer.title)
    for above in importer.above:
        sheet.append([above])
    heading = len(importer.above) + 1
    for at, column in enumerate(importer.columns, 1):
        _template_column(sheet, at, column, heading)
    for line in importer.lines:
        sheet.append(list(line))
    sheet.freeze_panes = f"A{heading + 1}"
    _explain(book.create_sheet(EXPLANATION), importer)
    return _bytes(book)


def _template_column(sheet: Worksheet, at: int, column: Column, heading: int) -> None:
    letter = get_column_letter(at)
    head = sheet.cell(heading, at, column.title)
    head.font, head.fill = (_RED if column.required else _BOLD), _HEAD
    sheet.column_dimensions[letter].width = column.width
    cells = f"{letter}{heading + 1}:{letter}{TEMPLATE_ROWS}"
    if column.is_text:
        for (cell,) in sheet[cells]:
            cell.number_format = TEXT
    words = ",".join(column.choices)
    if words and len(words) < _LONGEST_LIST:
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        rule.add(cells)
        sheet.add_data_validation(rule)


def _explain(sheet: Worksheet, importer: Importer) -> None:
    for note in importer.notes:
        sheet.append([note])
    sheet.append([])
    sheet.append(["列", "要不要填", "怎么填", "举例", "别的写法也认得"])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = _BOLD, _HEAD
    for column in importer.columns:
        about = column.about or (f"可以填：{'、'.join(column.choices)}。" if column.choices else "")
        sheet.append(
            [
                column.title,
                "必填" if column.required else "",
                about,
                column.example,
                "、".join(column.aliases.split()),
            ]
        )
    for letter, width in zip("ABCDE", (20, 10, 60, 26, 60), strict=True):
        sheet.column_dimensions[letter].width = width


# --- the annotated table --------------------------------------------------------------------------


def annotated(importer: Importer, content: bytes, notes: Iterable[Note]) -> bytes:
    """The uploaded values with a column 问题, the faulty cells coloured and commented."""
    by_place: dict[tuple[str, int], list[Note]] = {}
    for note in notes:
        by_place.setdefault((note.sheet, note.row), []).append(note)
    book = Workbook(write_only=True)
    sheets = open_sheets(content)
    if whole := [note for (_, row), found in by_place.items() if row == 0 for note in found]:
        _write_notes(book.create_sheet("先看这里"), whole)
    only_faulty = sum(sheet.height for sheet in sheets) > ALL_ROWS_UP_TO
    for sheet in sheets:
        _Annotated(book, sheet, importer.layout, by_place, only_faulty).write()
    return _bytes(book)


def _write_notes(sheet: WriteOnlyWorksheet, notes: Sequence[Note]) -> None:
    for note in notes:
        sheet.append([_text(sheet, note.sheet), _text(sheet, note.text)])


def _text(sheet: WriteOnlyWorksheet, text: str) -> AnyCell:
    """Text as text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, writable(text))
    cell.data_type = "s"
    return cell


class _Annotated:
    """One sheet of the uploaded table on its way out."""

    def __init__(
        self,
        book: Workbook,
        sheet: Sheet,
        layout: Layout,
        notes: dict[tuple[str, int], list[Note]],
        only_faulty: bool,
    ) -> None:
        self.sheet, self.notes, self.only_faulty = sheet, notes, only_faulty
        self.rows = [list(row) for row in sheet.rows]
        self.heading = headings.find_heading(self.rows, layout)
        self.width = max(map(len, self.rows), default=0)
        self.texts = {at for at, column in self.heading.columns if column.is_text} if self.heading else set()
        self.out: WriteOnlyWorksheet = book.create_sheet(sheet.name[:31])

    def write(self) -> None:
        self._lay_out()
        for number, row in enumerate(self.rows, 1):
            is_head = self.heading is not None and number == self.heading.last + 1
            found = self.notes.get((self.sheet.name, number), [])
            if not self.only_faulty or found or is_head or self._is_above(number):
                self.out.append(self._line(row, found, is_head))

    def _lay_out(self) -> None:
        """Wide enough to be read without pulling at anything; the heading stays in sight."""
        columns = self.heading.columns if self.heading else ()
        widths = {at: column.width for at, column in columns} | {self.width: _REMARK_WIDTH}
        dimensions = self.out.column_dimensions  # type: ignore[attr-defined]  # its stubs forgot them
        for at, width in widths.items():
            dimensions[column_letters(at)].width = width
        if self.heading:
            self.out.freeze_panes = f"A{self.heading.last + 2}"

    def _is_above(self, number: int) -> bool:
        return self.heading is not None and number <= self.heading.last

    def _line(self, row: list[Cell], found: list[Note], is_head: bool) -> list[AnyCell]:
        line = [self._cell(at, value) for at, value in enumerate(row)]
        line += [self._cell(at, "") for at in range(len(row), self.width)]
        for note in found:
            if 0 <= note.position < self.width:
                cell = line[note.position]
                cell.fill = _ERROR if note.is_error else _WARNING
                cell.comment = Comment(writable(note.text), _AUTHOR, width=320, height=120)
        line.append(self._remark("问题" if is_head else "\n".join(note.text for note in found), is_head))
        return line

    def _cell(self, at: int, value: Any) -> AnyCell:
        """The value as it was; digits that are no numbers as text, and no text as a formula."""
        if at in self.texts and isinstance(value, float):
            value = f"{value:.0f}"
        cell = _text(self.out, value) if isinstance(value, str) else WriteOnlyCell(self.out, value)
        if isinstance(value, str) and at in self.texts:
            cell.number_format = TEXT
        return cell

    def _remark(self, text: str, is_head: bool) -> AnyCell:
        cell = _text(self.out, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if is_head:
            cell.font = _RED
        return cell


def _bytes(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
