"""Ruled tables in official documents: headings that repeat on each page, rows that do not break (DOC-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from apps.core.documents import official
from apps.core.documents.official import Look


@dataclass(frozen=True)
class Column:
    """`field` is the template's expression for one row, "row.unit"; `group` a heading over neighbours."""

    title: str
    field: str
    width: float
    is_number: bool = True
    group: str = ""


def add_table(document: WordDocument, columns: Sequence[Column], *, rows: str, row: str = "row") -> Table:
    """A table that docxtpl fills: one line of the document for each `row` of `rows`."""
    grouped = any(column.group for column in columns)
    table = document.add_table(0, len(columns))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for place, column in zip(table.columns, columns, strict=True):
        place.width = Mm(column.width)
    rule(table)
    for _ in range(2 if grouped else 1):
        repeat(_add_row(table, columns))
    _write_head(table, columns)
    _add_tag(table, columns, f"{{%tr for {row} in {rows} %}}")
    body = _add_row(table, columns)
    for cell, column in zip(body.cells, columns, strict=True):
        look = official.CELL_NUMBER if column.is_number else official.CELL
        write(cell, f"{{{{ {column.field} }}}}", look)
    _add_tag(table, columns, "{%tr endfor %}")
    return table


def _add_row(table: Table, columns: Sequence[Column]) -> _Row:
    row = table.add_row()
    for cell, column in zip(row.cells, columns, strict=True):
        cell.width = Mm(column.width)
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    return row


def _add_tag(table: Table, columns: Sequence[Column], tag: str) -> None:
    """A row that docxtpl takes out again."""
    write(_add_row(table, columns).cells[0], tag, official.CELL)


def repeat(row: _Row) -> None:
    """Draw the row again at the head of each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _write_head(table: Table, columns: Sequence[Column]) -> None:
    last = len(table.rows) - 1
    for place, column in enumerate(columns):
        top, bottom = table.cell(0, place), table.cell(last, place)
        if last and not column.group:
            top = top.merge(bottom)
            write(top, column.title, official.CELL_HEAD)
        else:
            write(bottom, column.title, official.CELL_HEAD)
    if last:
        _write_groups(table, columns)


def _write_groups(table: Table, columns: Sequence[Column]) -> None:
    start = 0
    while start < len(columns):
        group, end = columns[start].group, start
        while group and end + 1 < len(columns) and columns[end + 1].group == group:
            end += 1
        if group:
            merged = table.cell(0, start).merge(table.cell(0, end))
            write(merged, group, official.CELL_HEAD)
        start = end + 1


def write(cell: _Cell, text: str, look: Look) -> None:
    """One paragraph in the middle of the cell's height."""
    for spare in cell.paragraphs[1:]:
        spare._p.getparent().remove(spare._p)
    paragraph = cell.paragraphs[0]
    paragraph.style = look.name
    paragraph.text = text
    _lie(cell, "center")


def lie_at_top(cell: _Cell) -> None:
    """The cell's text begins at its upper line."""
    _lie(cell, "top")


def _lie(cell: _Cell, where: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn("w:vAlign")):
        properties.remove(old)
    place = OxmlElement("w:vAlign")
    place.set(qn("w:val"), where)
    properties.append(place)


def rule(table: Table) -> None:
    """Thin lines all round and narrow margins; set on the table, so that no named table style is needed."""
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_line(side))
    properties.find(qn("w:tblLayout")).addprevious(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(Pt(3).pt * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.find(qn("w:tblLayout")).addnext(margins)


def _line(side: str) -> OxmlElement:  # type: ignore[valid-type]
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    return line
