"""A frozen table as people read it, with what has changed since earlier ones. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from apps.disclosure.tables import KINDS, compared
from apps.disclosure.tables.cells import shown
from apps.disclosure.tables.kinds import LINE, TableKind, Type

Frozen = Mapping[str, Any]
"""A table as `frozen.table_of` wrote it down."""
Asked = Mapping[int, tuple[int, ...]]
"""The numbers of the questions about each line that somebody asked about."""


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
    """One row: what it is called, in plain words too, its other cells, and how it was earlier.

    `receipts` and `asked` are what whoever shows it knows of the row besides.
    """

    number: int
    name: str
    plain: str
    is_sum: bool
    cells: tuple[ShownCell, ...]
    compared: str
    receipts: Any = ()
    asked: tuple[int, ...] = ()


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

    def noted(self, receipts: Mapping[int, Any], asked: Asked | None = None) -> ShownTable:
        """With what is known of rows besides, by their numbers."""
        asked = asked or {}
        rows = (
            replace(row, receipts=receipts.get(row.number, ()), asked=asked.get(row.number, ()))
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))


def shown_table(table: Frozen, earlier: Mapping[str, Frozen] | None = None) -> ShownTable:
    """`earlier` are the tables of other periods by what they are called: 上季度, 去年同期."""
    kind = KINDS[table["kind"]]
    columns = [_column(column) for column in table["columns"] if _is_shown(kind, table, column["name"])]
    heading = next((each["title"] for each in table["columns"] if each["name"] == kind.subject), "项目")
    said = _said_of_rows(kind, table, earlier or {})
    types = {column["name"]: column["type"] for column in table["columns"]}
    rows = [_row(kind, number, row, columns, types, said) for number, row in enumerate(table["rows"], 1)]
    sums = tuple(_cell(column, types, table["sums"]) for column in columns) if table["sums"] else ()
    return ShownTable(
        table["title"], table["about"], table["sentence"], heading, tuple(columns), tuple(rows), sums,
        compared.table_words(kind, table, earlier or {}),
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
    said: Mapping[compared.Key, str],
) -> ShownRow:
    cells = tuple(_cell(column, types, row) for column in columns)
    name = row["title"] if LINE in row else row[kind.subject]
    words = said.get(compared.key_of(kind, row), "")
    return ShownRow(number, name, row.get("plain", ""), bool(row.get("is_sum")), cells, words)


def _said_of_rows(kind: TableKind, table: Frozen, earlier: Mapping[str, Frozen]) -> dict[compared.Key, str]:
    if not kind.compares_rows:
        return {}
    now = compared.measures_of(kind, table["rows"])
    before = {name: compared.measures_of(kind, other["rows"]) for name, other in earlier.items()}
    return {key: compared.row_words(key, now, before) for key in now}


def _cell(column: ShownColumn, types: Mapping[str, str], row: Mapping[str, str]) -> ShownCell:
    return ShownCell(shown(types[column.name], row.get(column.name, "")), column.title, column.is_number)
