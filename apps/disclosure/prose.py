"""Words with simple tables: lines parted by tabs (pasted from a spreadsheet) or by upright strokes. Pure.

    姓名	金额          |姓名|金额|
    张某	300           |张某|300|

The first line of a table is its head. Everything else is paragraphs; no markup is understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

STROKES = "|｜"
Row = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    text: str
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Every row as long as the head."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    """Each cell with the title of its column."""
    first: int = 1
    """The number of its first row; the rows of a text are counted through all its tables."""
    asked: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """The numbers of the questions about a row, by its number."""
    is_table: bool = True

    @property
    def numbered(self) -> list[tuple[int, Row, tuple[int, ...]]]:
        """Each row with its number and what was asked about it."""
        return [(number, row, self.asked.get(number, ())) for number, row in enumerate(self.rows, self.first)]


def blocks_of(text: str, asked: Mapping[int, tuple[int, ...]] | None = None) -> list[Paragraph | Table]:
    """The text in order, as paragraphs and tables; `asked` as in `Table`."""
    found: list[Paragraph | Table] = []
    number = 1
    for block in _blocks_of(text):
        if isinstance(block, Table):
            found.append(replace(block, first=number, asked=asked or {}))
            number += len(block.rows)
        else:
            found.append(block)
    return found


def rows_of(text: str) -> list[tuple[str, ...]]:
    """The cells of every row of every table in the text."""
    tables = (block for block in _blocks_of(text) if isinstance(block, Table))
    return [tuple(cell for _, cell in row) for table in tables for row in table.rows]


def _blocks_of(text: str) -> list[Paragraph | Table]:
    found: list[Paragraph | Table] = []
    for kind, group in groupby(text.replace("\r\n", "\n").split("\n"), key=_kind):
        lines = list(group)
        if kind == "table" and len(lines) > 1:
            found.append(_table(lines))
        elif kind != "gap":
            found.append(Paragraph("\n".join(lines)))
    return found


def _kind(line: str) -> str:
    if not line.strip():
        return "gap"
    return "table" if len(_cells(line)) > 1 else "words"


def _cells(line: str) -> list[str]:
    if line.strip()[0] in STROKES:
        plain = line.strip().replace("｜", "|")
        return [cell.strip() for cell in plain.strip("|").split("|")]
    return [cell.strip() for cell in line.split("\t")]


def _table(lines: list[str]) -> Table:
    head, *rows = (_cells(line) for line in lines)
    width = max(len(head), *(len(row) for row in rows))
    titles = [*head, *[""] * (width - len(head))]
    filled = ([*row, *[""] * (width - len(row))] for row in rows if not _is_rule(row))
    return Table(tuple(titles), tuple(tuple(zip(titles, row, strict=True)) for row in filled))


def _is_rule(cells: list[str]) -> bool:
    """The line of dashes under a head, as some write it."""
    return all(cell and set(cell) <= set("-—:") for cell in cells)
