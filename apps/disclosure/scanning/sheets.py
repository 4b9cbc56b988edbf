"""Workbooks: every cell of every sheet, hidden ones too, comments, names of sheets, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from apps.disclosure import privacy
from apps.disclosure.scanning import parts
from apps.disclosure.scanning.parts import has_pictures

__all__ = ["has_pictures", "masked", "pieces"]


def pieces(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    book = load_workbook(file)
    for sheet in book.worksheets:
        hidden = "（隐藏的）" if sheet.sheet_state != "visible" else ""
        yield "表的名字", sheet.title
        for cell in _cells(sheet):
            place = f"表“{sheet.title}”{hidden}第 {cell.row} 行 {cell.column_letter} 列"
            yield place, text_of(cell.value)
            if cell.comment:
                yield f"{place}的批注", cell.comment.text
        yield from ((f"表“{sheet.title}”的页眉页脚", part.text) for part in _margins(sheet))
    file.seek(0)
    yield from parts.pieces(file)


def masked(data: bytes) -> bytes:
    """A copy in which everything that must not be published is masked."""
    book = load_workbook(BytesIO(data))
    for sheet in book.worksheets:
        for cell in _cells(sheet):
            if privacy.hits(text_of(cell.value)):
                cell.value = privacy.masked(text_of(cell.value))
            if cell.comment:
                cell.comment.text = privacy.masked(cell.comment.text)
        for part in _margins(sheet):
            part.text = privacy.masked(part.text)
        sheet.title = privacy.masked(sheet.title).replace(privacy.MASK, "×")  # no name of a sheet has a star
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def text_of(value: Any) -> str:
    """As a person sees it: a number of 18 digits is no 3.3e17."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell, Cell))


def _margins(sheet: Worksheet) -> Iterator[Any]:
    """What stands left, in the middle and right of each header and footer."""
    for margin in (sheet.oddHeader, sheet.oddFooter, sheet.evenHeader, sheet.evenFooter):
        written = (margin.left, margin.center, margin.right) if margin else ()
        yield from (part for part in written if part and part.text)
