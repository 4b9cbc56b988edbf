"""A publication as a sheet for the notice board: its table with headings and sums, its QR code. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import segno

from apps.disclosure.models import Published
from apps.disclosure.tables.shown import ShownCell, ShownColumn, ShownRow, shown_table

WIDE = 8  # more columns than that lie across
MASK = 2  # of a QR code: every third column
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    text: str
    kind: str = ""
    """The class of its cell: "num" for what stands at the right, "nowrap" for what stays in one line."""


@dataclass(frozen=True)
class Grid:
    """A table as it hangs: `before` and `after` are sentences above and below it."""

    title: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[Cell, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > WIDE


def grid_of(publication: Published) -> Grid | None:
    """The table of a publication; None where it is only words."""
    content = publication.content or {}
    if content.get("statement"):
        return _statement(content["statement"])
    return _table(content["table"]) if content.get("table") else None


def qr_of(address: str) -> str:
    """The address as a picture in a data address, drawn here: nobody else learns it.

    Readers take any of the eight masks; to try them all costs more than the rest of the sheet.
    """
    return segno.make(address, error="m", micro=False, mask=MASK).svg_data_uri(scale=4, border=2)


def yuan(amount: str | Decimal) -> str:
    """ "12,345.60" """
    return f"{Decimal(amount):,.2f}"


# --- income and expense -------------------------------------------------------------------------


def _statement(statement: Content) -> Grid:
    has_remarks = any(line["remark"] for line in statement["lines"])
    titles = [Cell("序号", "num"), Cell("日期"), Cell("摘要")]
    titles += [Cell(title, "num") for title in ("收入", "支出", "余额")]
    titles += [Cell("经手人"), Cell("审批人"), *([Cell("备注")] if has_remarks else [])]
    sums = ("", "", "合计", yuan(statement["income"]), yuan(statement["expense"]), yuan(statement["closing"]))
    return Grid(
        title=statement["body"],
        columns=tuple(titles),
        rows=tuple(tuple(_line(line, has_remarks)) for line in statement["lines"]),
        sums=tuple(Cell(text, "num" if place > 2 else "") for place, text in enumerate(sums))
        + (Cell(""),) * (len(titles) - len(sums)),
        before=f"上期结余 {yuan(statement['opening'])} 元",
        after=f"期末结余 {yuan(statement['closing'])} 元",
    )


def _line(line: Content, has_remarks: bool) -> Iterator[Cell]:
    on = datetime.date.fromisoformat(line["on"])
    yield Cell(str(line["number"]), "num")
    yield Cell(f"{on.month}月{on.day}日", "nowrap")
    yield Cell(line["summary"])
    for name in ("income", "expense"):
        yield Cell(yuan(line[name]) if Decimal(line[name]) else "", "num")
    yield Cell(yuan(line["balance"]), "num")
    yield Cell(line["handler"])
    yield Cell(line["approver"])
    if has_remarks:
        yield Cell(line["remark"])


# --- any other table ----------------------------------------------------------------------------


def _table(table: Content) -> Grid:
    shown = shown_table(table)
    return Grid(
        title=shown.title,
        columns=(Cell("序号", "num"), Cell(shown.heading), *map(_cell, shown.columns)),
        rows=tuple(map(_row, shown.rows)),
        sums=(Cell(""), Cell("合计"), *map(_value, shown.sums)) if shown.sums else (),
        before=shown.sentence,
    )


def _row(row: ShownRow) -> tuple[Cell, ...]:
    return Cell(str(row.number), "num"), Cell(row.name), *map(_value, row.cells)


def _cell(column: ShownColumn) -> Cell:
    return Cell(column.title, "num" if column.is_number else "")


def _value(cell: ShownCell) -> Cell:
    return Cell(cell.text, "num" if cell.is_number else "")
