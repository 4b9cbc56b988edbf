"""A frozen table as people read it, with what has changed since earlier ones. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.disclosure.tables import KINDS
from apps.disclosure.tables.cells import shown
from apps.disclosure.tables.kinds import LINE, TableKind, Type

Frozen = Mapping[str, Any]
"""A table as `frozen.table_of` wrote it down."""


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """`plain` is the title in plain words, "" where the title says it."""

    name: str
    title: str
    plain: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    title: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row: what it is called, in plain words too, its other cells, and how it was earlier."""

    number: int
    name: str
    plain: str
    is_sum: bool
    cells: tuple[ShownCell, ...]
    compared: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """`heading` is the title of the column that names the rows; `sums` is the last row, if there is one."""

    title: str
    about: str
    sentence: str
    heading: str
    columns: tuple[ShownColumn, ...]
    rows: tuple[ShownRow, ...]
    sums: tuple[ShownCell, ...]
    compared: str


def shown_table(table: Frozen, earlier: Mapping[str, Frozen] | None = None) -> ShownTable:
    """`earlier` are the tables of other periods by what they are called: 上期, 去年."""
    kind = KINDS[table["kind"]]
    columns = [_column(column) for column in table["columns"] if _is_shown(kind, table, column["name"])]
    heading = next((each["title"] for each in table["columns"] if each["name"] == kind.subject), "项目")
    before = {words: _measures(kind, other) for words, other in (earlier or {}).items()}
    types = {column["name"]: column["type"] for column in table["columns"]}
    rows = [_row(kind, number, row, columns, types, before) for number, row in enumerate(table["rows"], 1)]
    sums = tuple(_cell(column, types, table["sums"]) for column in columns) if table["sums"] else ()
    return ShownTable(
        table["title"], table["about"], table["sentence"], heading, tuple(columns), tuple(rows), sums,
        _compared_sums(kind, table, earlier or {}),
    )  # fmt: skip


def _is_shown(kind: TableKind, table: Frozen, name: str) -> bool:
    """Not what names the row, and not a column in which nothing stands."""
    return name != kind.subject and any(row.get(name) for row in table["rows"])


def _column(column: Mapping[str, str]) -> ShownColumn:
    is_number = Type(column["type"]).is_number
    return ShownColumn(column["name"], column["title"], column["plain"], is_number)


def _row(
    kind: TableKind,
    number: int,
    row: Mapping[str, Any],
    columns: list[ShownColumn],
    types: Mapping[str, str],
    before: Mapping[str, Mapping[tuple[str, ...], Decimal]],
) -> ShownRow:
    cells = tuple(_cell(column, types, row) for column in columns)
    name = row["title"] if LINE in row else row[kind.subject]
    compared = _compared(kind, row, before) if kind.compares_rows else ""
    return ShownRow(number, name, row.get("plain", ""), bool(row.get("is_sum")), cells, compared)


def _cell(column: ShownColumn, types: Mapping[str, str], row: Mapping[str, str]) -> ShownCell:
    return ShownCell(shown(types[column.name], row.get(column.name, "")), column.title, column.is_number)


def _key(kind: TableKind, row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in kind.identity)


def _measures(kind: TableKind, table: Frozen) -> dict[tuple[str, ...], Decimal]:
    return {_key(kind, row): Decimal(row[kind.measure] or 0) for row in table["rows"]}


def _compared(
    kind: TableKind, row: Mapping[str, str], before: Mapping[str, Mapping[tuple[str, ...], Decimal]]
) -> str:
    key, now = _key(kind, row), Decimal(row[kind.measure] or 0)
    words = [
        difference(name, now, amounts[key]) if key in amounts else f"{name}没有这一项"
        for name, amounts in before.items()
        if now or amounts.get(key)
    ]
    return "，".join(words)


def _compared_sums(kind: TableKind, table: Frozen, earlier: Mapping[str, Frozen]) -> str:
    """How the whole of a list differs; a sheet with fixed lines says it line by line."""
    now = table["sums"].get(kind.measure)
    pairs = [(name, other["sums"].get(kind.measure)) for name, other in earlier.items()]
    words = [difference(name, Decimal(now), Decimal(then)) for name, then in pairs if now and then]
    title = kind.by_name[kind.measure].title if words else ""
    return f"{title}合计{'，'.join(words)}。" if words else ""


def difference(name: str, now: Decimal, then: Decimal) -> str:
    """ "比上期多 86.20 元" """
    change = now - then
    if not change:
        return f"和{name}一样"
    return f"比{name}{'多' if change > 0 else '少'} {abs(change):,.2f} 元"
