"""Workbooks of any kind as sheets of rows."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from apps.core.errors import Refused
from apps.imports import safety

Cell = str | float | int | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta
CSV_SHEET = "表"
# The sheet of our templates that explains their columns; it is no table.
EXPLANATION = "填写说明"


@dataclass
class Sheet:
    """One sheet; `rows` can be read once, `formulas` are (row, column) from 0."""

    name: str
    rows: Iterable[list[Cell]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    height: int = 0


def open_sheets(content: bytes) -> list[Sheet]:
    """The visible sheets of a file; refused with a sentence when it cannot be read safely."""
    kind = safety.kind_of(content)
    if kind == "csv":
        return [_csv_sheet(content)]
    findings = safety.inspect(content) if kind == "xlsx" else safety.Findings()
    try:
        return list(_workbook_sheets(content, findings))
    except PasswordError as error:
        raise Refused(safety.ENCRYPTED) from error
    except CalamineError as error:
        raise Refused(safety.DAMAGED) from error


def _workbook_sheets(content: bytes, findings: safety.Findings) -> Iterator[Sheet]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    height = cells = 0
    for meta in workbook.sheets_metadata:
        if meta.visible != SheetVisibleEnum.Visible or meta.name == EXPLANATION:
            continue
        sheet = workbook.get_sheet_by_name(meta.name)
        height += sheet.height
        if height > safety.MAX_ROWS:
            raise Refused(safety.TOO_MANY_ROWS)
        if sheet.width > safety.MAX_COLUMNS:
            raise Refused(safety.too_wide(meta.name, sheet.width))
        cells += sheet.height * sheet.width
        if sheet.end and cells > safety.MAX_CELLS:
            raise Refused(safety.TOO_SPREAD.format(meta.name, *(last + 1 for last in sheet.end)))
        yield Sheet(
            meta.name, _rows(sheet), findings.formulas.get(meta.name, frozenset()), sheet.total_height
        )


def _rows(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    """Rows from the sheet's first row on, so that row numbers are those that the clerk sees."""
    return iter(()) if sheet.start is None else sheet.iter_rows()


def _csv_sheet(content: bytes) -> Sheet:
    text = _decoded(content)
    if max(map(len, text.splitlines()), default=0) > csv.field_size_limit():
        raise Refused(safety.NOT_A_WORKBOOK)
    lines = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    rows: list[list[Cell]] = [list(row) for row in islice(lines, safety.MAX_ROWS + 1)]
    if len(rows) > safety.MAX_ROWS:
        raise Refused(safety.TOO_MANY_ROWS)
    width = max(map(len, rows), default=0)
    if width < 2:
        raise Refused(safety.NOT_A_WORKBOOK)
    if width > safety.MAX_COLUMNS:
        raise Refused(safety.too_wide(CSV_SHEET, width))
    return Sheet(CSV_SHEET, rows, height=len(rows))


def _decoded(content: bytes) -> str:
    """Offices save CSV as UTF-8 with a mark, or in the Chinese code page."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(safety.NOT_A_WORKBOOK)


def _delimiter(text: str) -> str:
    head = "\n".join(text.splitlines()[:20])
    return max(",\t;", key=head.count)
