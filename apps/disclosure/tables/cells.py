"""Values of a table's cells: from what people type or a spreadsheet holds, to JSON and back. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from apps.core.calendar import written
from apps.disclosure.tables.kinds import LINE, Fault, Stored, TableColumn, TableKind, Type, Values
from apps.imports import cells
from apps.imports.problems import CellFault
from apps.imports.sheets import Cell

_PLACES = Decimal("0.0001")
_LARGEST = Decimal(10) ** 9


def parser_of(column: TableColumn) -> Callable[[Cell], Any]:
    """How a cell of the column is read; it raises CellFault."""
    if column.type is Type.TEXT:
        return cells.Text(column.limit)
    return {Type.DATE: whole_day, Type.NUMBER: quantity}.get(column.type, cells.money)


def whole_day(cell: Cell) -> datetime.date:
    """A date to the day."""
    found = cells.day(cell)
    if not isinstance(found, datetime.date):
        raise CellFault("not_a_day", f"“{cells.plain(cell)[:30]}”没有写到日。", "请写成 2026-10-31 这样。")
    return found


def quantity(cell: Cell) -> Decimal:
    """A number of people, acres, days, with at most four decimals."""
    try:
        found = Decimal(cells.narrow(cell).replace(",", ""))
    except ArithmeticError:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= _LARGEST or found != found.quantize(_PLACES):
        raise CellFault("not_a_number", f"“{cells.plain(cell)[:30]}”不是数。", "请只写数字，最多四位小数。")
    return found


def typed(kind: TableKind, rows: Sequence[Mapping[str, str]]) -> tuple[list[Values], list[Fault]]:
    """What somebody typed into the fields, as values, with what cannot be read."""
    found: list[Values] = []
    faults: list[Fault] = []
    for at, row in enumerate(rows):
        values: dict[str, Any] = {LINE: row[LINE]} if kind.lines else {}
        for column in kind.columns:
            try:
                values[column.name] = _typed(column, row.get(column.name, ""))
            except CellFault as fault:
                values[column.name] = None
                faults.append(Fault(at, column.name, fault.code, fault.sentence, fault.advice))
        found.append(values)
    return found, faults


def _typed(column: TableColumn, text: str) -> Any:
    return None if cells.is_empty(text) else parser_of(column)(text)


def is_blank(row: Mapping[str, str]) -> bool:
    return not any(value.strip() for name, value in row.items() if name != LINE)


def stored(kind: TableKind, rows: Sequence[Values]) -> list[Stored]:
    """The rows as JSON holds them."""
    names = [LINE] * bool(kind.lines) + [column.name for column in kind.columns]
    return [{name: _as_text(kind, name, row.get(name)) for name in names} for row in rows]


def _as_text(kind: TableKind, name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if kind.by_name[name].type is Type.NUMBER else f"{value:.2f}"
    return str(value)


def values_of(kind: TableKind, rows: Sequence[Stored]) -> list[Values]:
    """The rows as values again."""
    return [{name: _value(kind, name, text) for name, text in row.items()} for row in rows]


def _value(kind: TableKind, name: str, text: str) -> Any:
    type_ = kind.by_name[name].type if name in kind.by_name else Type.TEXT
    if text == "" or type_ is Type.TEXT:
        return text or None
    return datetime.date.fromisoformat(text) if type_ is Type.DATE else Decimal(text)


def shown(type_: str, text: str) -> str:
    """A stored value as people read it: "1,234.50", "2026年10月31日"."""
    if not text:
        return ""
    if type_ == Type.DATE:
        return written(datetime.date.fromisoformat(text))
    return f"{Decimal(text):,}" if Type(type_).is_number else text
