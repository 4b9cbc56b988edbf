"""What stands above and below the lines of a statement: unit, period, opening, totals, closing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from apps.core.dates import NotADate, parse_loose
from apps.core.periods import Month
from apps.disclosure.rules import Total
from apps.imports import cells
from apps.imports.headings import Heading, section_of
from apps.imports.problems import CellFault
from apps.imports.rows import Line
from apps.imports.sheets import Cell

_OPENING = re.compile(r"^(?:上期|上月|期初|月初|年初)(?:结余|余额)[:：]?(?P<value>.*)$")
_CLOSING = re.compile(r"^(?:期末|月末|本期|本月)(?:结余|余额)[:：]?(?P<value>.*)$")
_FROM_TO = re.compile(
    r"(?P<first>\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
    r"(?:至|到|—|–|-|~)+(?P<last>\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
)
_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)(?:年|[-./])(?P<month>\d{1,2})月?(?!\d)")
_TOTALS = ("合计", "总计", "本期合计", "本月合计")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """A value beside the table and the row where it stands (0 when it stands nowhere)."""

    row: int = 0
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything of a sheet but its lines."""

    unit: str
    unit_row: int
    days: tuple[date, date] | None
    opening: Found
    closing: Found
    totals: tuple[Total, ...]


def frame_of(lines: Iterable[Line], heading: Heading, sheet: str) -> Frame:
    """Read what is beside the data; raises CellFault when an amount there is none."""
    lines = list(lines)
    unit_row, unit = next(
        ((number, name) for number, line in lines if (name := section_of(line))), (heading.first + 1, "")
    )
    texts = [_narrow(cell) for _, line in lines for cell in line if isinstance(cell, str) and cell]
    return Frame(
        unit=unit,
        unit_row=unit_row,
        days=_first_of(_days_in, [*texts, _narrow(sheet)]),
        opening=_amount_after(lines, _OPENING),
        closing=_amount_after(lines, _CLOSING),
        totals=tuple(_totals(lines, heading)),
    )


def _narrow(cell: Cell) -> str:
    return "".join(unicodedata.normalize("NFKC", cells.plain(cell)).split())


def _first_of(read: Callable[[str], T | None], texts: Iterable[str]) -> T | None:
    return next((found for text in texts if (found := read(text)) is not None), None)


def _days_in(text: str) -> tuple[date, date] | None:
    """The first and last day that a text names: a span, or a whole month."""
    if match := _FROM_TO.search(text):
        try:
            first, last = parse_loose(match["first"]), parse_loose(match["last"])
        except NotADate:
            return None
        return (first.first, last.first) if first and last else None
    if "公布" not in text and (match := _MONTH.search(text)) and 1 <= int(match["month"]) <= 12:
        month = Month(int(match["year"]), int(match["month"]))
        return month.first, month.last
    return None


def _amount_after(lines: Iterable[Line], label: re.Pattern[str]) -> Found:
    """The amount in the labelled cell or in the next one that is not empty."""
    for number, line in lines:
        for at, cell in enumerate(line):
            match = label.match(_narrow(cell)) if isinstance(cell, str) else None
            if match:
                value = match["value"] or next((other for other in line[at + 1 :] if other != ""), "")
                return Found(number, None if value == "" else cells.money(value))
    return Found()


def _totals(lines: Iterable[Line], heading: Heading) -> Iterator[Total]:
    for number, line in lines:
        filled = [_narrow(cell) for cell in line if cell != ""]
        if number > heading.last + 1 and filled and filled[0] in _TOTALS:
            amounts = (_amount_at(line, heading.position_of(key)) for key in ("income", "expense", "balance"))
            yield Total(number, *amounts)


def _amount_at(line: list[Cell], at: int) -> Decimal | None:
    if not 0 <= at < len(line) or line[at] == "" or line[at] in cells.NOTHING:
        return None
    try:
        return cells.money(line[at])
    except CellFault:
        return None
