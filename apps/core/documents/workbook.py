"""Workbooks of plain sheets: numbers as numbers, texts never as formulas, headings repeated in print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | None

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE = Side(style="thin", color="808080")
_RULED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BODY = Font(name="宋体", size=10.5)
_HEAD = Font(name="黑体", size=10.5)
_TITLE = Font(name="方正小标宋简体", size=16)


class Kind(StrEnum):
    """How a column's values are shown."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"


_FORMATS = {Kind.TEXT: "@", Kind.NUMBER: "0", Kind.PERCENT: "0.0%", Kind.DAY: "yyyy-mm-dd"}


@dataclass(frozen=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT
    width: float = 12
    group: str = ""
    """A heading over several columns that stand side by side."""


@dataclass(frozen=True)
class Sheet:
    """One table with its title; `total` is set apart below, `notes` follow it."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] = ()
    notes: Sequence[str] = field(default=())
    landscape: bool = False


def draw_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _draw(book.create_sheet(sheet.name[:31]), sheet)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _draw(page: Worksheet, sheet: Sheet) -> None:
    _draw_title(page, sheet)
    head = _draw_head(page, sheet.columns, top=2)
    for values in [*sheet.rows, *([sheet.total] if sheet.total else [])]:
        _draw_row(page, sheet.columns, values)
    for note in sheet.notes:
        page.append([note])
        page.cell(page.max_row, 1).font = _BODY
    _lay_out(page, sheet, head)


def _draw_title(page: Worksheet, sheet: Sheet) -> None:
    page.append([sheet.title])
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(sheet.columns))
    cell = page.cell(1, 1)
    cell.font, cell.alignment = _TITLE, Alignment(horizontal="center", vertical="center", wrap_text=True)
    page.row_dimensions[1].height = 30


def _draw_head(page: Worksheet, columns: Sequence[Column], *, top: int) -> int:
    """Draw one row of headings, or two where columns are grouped; the last row's number."""
    grouped = any(column.group for column in columns)
    bottom = top + 1 if grouped else top
    for place, column in enumerate(columns, 1):
        for row in range(top, bottom + 1):
            _head_cell(page, row, place)
        page.cell(bottom if column.group else top, place).value = column.title
        if grouped and not column.group:
            page.merge_cells(start_row=top, end_row=bottom, start_column=place, end_column=place)
    _draw_groups(page, columns, top)
    return bottom


def _draw_groups(page: Worksheet, columns: Sequence[Column], row: int) -> None:
    start = 1
    while start <= len(columns):
        group, end = columns[start - 1].group, start
        while group and end < len(columns) and columns[end].group == group:
            end += 1
        if group:
            page.cell(row, start).value = group
            page.merge_cells(start_row=row, end_row=row, start_column=start, end_column=end)
        start = end + 1


def _head_cell(page: Worksheet, row: int, place: int) -> None:
    cell = page.cell(row, place)
    cell.font, cell.border = _HEAD, _RULED
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _draw_row(page: Worksheet, columns: Sequence[Column], values: Sequence[Value]) -> None:
    row = page.max_row + 1
    for place, (column, value) in enumerate(zip(columns, values, strict=True), 1):
        cell = page.cell(row, place)
        _set(cell, value)
        cell.font, cell.border, cell.number_format = _BODY, _RULED, _FORMATS[column.kind]
        side = "left" if column.kind is Kind.TEXT else "right"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)


def _set(cell: Cell | MergedCell, value: Value) -> None:
    """A text that begins with "=" stays a text: nothing that somebody typed is ever a formula."""
    cell.value = writable(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def writable(text: str) -> str:
    """The text without the characters that no workbook can hold, such as Word's own line breaks."""
    return _NOT_IN_XML.sub("", text)


def _lay_out(page: Worksheet, sheet: Sheet, head: int) -> None:
    for place, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.freeze_panes = f"B{head + 1}"
    page.print_title_rows = f"1:{head}"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    page.oddFooter.center.text = "第 &P 页，共 &N 页"  # type: ignore[union-attr]
