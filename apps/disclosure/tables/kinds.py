"""What a disclosed table is declared from: columns, fixed lines, what follows from what, checks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from apps.disclosure.catalogue import ITEMS, Rhythm

# The key under which a row of a table with fixed lines names its line.
LINE = "line"
ZERO = Decimal(0)


class Type(StrEnum):
    """What a cell holds; amounts are yuan to the fen, a balance may be below nothing."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    AMOUNT = "amount"
    BALANCE = "balance"

    @property
    def is_number(self) -> bool:
        return self in (Type.NUMBER, Type.AMOUNT, Type.BALANCE)


Values = Mapping[str, Any]
"""A row by column: text, date, Decimal, or None where nothing is written."""
Stored = dict[str, str]
"""The same as JSON holds it: dates as 2026-10-31, amounts as "1234.50", "" for nothing."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column; `plain` is its title for people without accounting, `aliases` are other headings."""

    name: str
    title: str
    type: Type = Type.TEXT
    required: bool = False
    plain: str = ""
    help: str = ""
    aliases: str = ""
    example: str = ""
    limit: int = 60
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class FixedLine:
    """One line of a sheet that has the same lines everywhere.

    `adds` and `takes` are the codes of the lines of which it is the sum; `within` is the line of which it
    is a part ("其中").
    """

    code: str
    title: str
    plain: str
    adds: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    within: str = ""
    aliases: str = ""
    may_be_negative: bool = False

    @property
    def is_sum(self) -> bool:
        return bool(self.adds)


@dataclass(frozen=True, slots=True)
class Given:
    """What a check may ask besides the rows.

    The period, and by which share of the contract a settlement may exceed it (FIN-04).
    """

    first_on: date
    last_on: date
    over_contract: Fraction


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, or only to be looked at, in a row (from 0) and column."""

    row: int
    column: str
    code: str
    sentence: str
    advice: str = ""
    is_warning: bool = False


Check = Callable[["TableKind", Sequence[Values], Given], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Follows:
    """A column that follows from others: filled in when nothing is written, else it must agree.

    `value` gives None when it cannot be said; `words` is the sum in words; `is_warning` where practice
    differs.
    """

    column: str
    value: Callable[[Values], Decimal | None]
    words: str
    is_warning: bool = False


@dataclass(frozen=True)
class TableKind:
    """One kind of table; `subject` names a row, `measure` is the column compared with earlier ones."""

    code: str
    title: str
    item: str
    rhythm: Rhythm
    about: str
    columns: tuple[TableColumn, ...]
    sentence: Callable[[Sequence[Values]], str]
    subject: str = LINE
    measure: str = ""
    lines: tuple[FixedLine, ...] = ()
    follows: tuple[Follows, ...] = ()
    checks: tuple[Check, ...] = ()
    none: str = "没有"
    key: tuple[str, ...] = ()
    """By which columns rows of two periods are the same thing; the subject when it is not said."""
    compares_rows: bool = True
    """Whether a row is compared with the same row earlier; a list of payments only as a whole."""

    @cached_property
    def by_name(self) -> dict[str, TableColumn]:
        return {column.name: column for column in self.columns}

    @cached_property
    def by_code(self) -> dict[str, FixedLine]:
        return {line.code: line for line in self.lines}

    @property
    def is_finance(self) -> bool:
        """Whether it is of money, so that whoever keeps the books may fill it in (FIN-07)."""
        return ITEMS[self.item].is_finance

    @property
    def words(self) -> list[TableColumn]:
        """The columns that hold words of people."""
        return [column for column in self.columns if column.type is Type.TEXT]

    @property
    def identity(self) -> tuple[str, ...]:
        return self.key or (self.subject,)

    def line_of(self, row: Values) -> FixedLine | None:
        return self.by_code.get(row.get(LINE) or "")

    def name_of(self, row: Values) -> str:
        """What the row is called: its line, or the value of the subject."""
        line = self.line_of(row)
        return line.title if line else str(row.get(self.subject) or "")


def amount(row: Values, name: str) -> Decimal:
    """The amount, nothing where nothing is written."""
    found: Decimal | None = row.get(name)
    return ZERO if found is None else found


def total(rows: Sequence[Values], name: str) -> Decimal:
    return sum((amount(row, name) for row in rows), ZERO)


def yuan(value: Decimal) -> str:
    """ "289,963.09 元" """
    return f"{value:,.2f} 元"
