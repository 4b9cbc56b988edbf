"""What stands above and below the lines of a statement: unit, period, opening, totals, closing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from apps.core.dates import NotADate, parse_loose
from apps.core.periods import Month, Quarter, Year
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
_QUARTER = re.compile(r"(?<!\d)(?P<year>20\d\d)年?第?(?P<quarter>[一二三四1-4])季度?")
_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)年?度")
_QUARTERS = "一二三四"
_TOTALS = ("合计", "总计", "本期合计", "本月合计")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """A value beside the table and the row where it stands (0 when it stands nowhere)."""

    row: int = 0
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Of whom a sheet is, said in which row, and of which days."""

    unit: str
    unit_row: int
    days: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Frame(Place):
    """Everything of a sheet but its lines."""

    opening: Found
    closing: Found
    totals: tuple[Total, ...]


def frame_of(lines: Iterable[Line], heading: Heading, sheet: str) -> Frame:
    """Read what is beside the data; raises CellFault when an amount there is none."""
    lines = list(lines)
    place = place_of(lines, heading, sheet)
    return Frame(
        place.unit,
        place.unit_row,
        place.days,
        opening=_amount_after(lines, _OPENING),
        closing=_amount_after(lines, _CLOSING),
        totals=tuple(
            Total(number, *amounts)
            for number, amounts in total_lines(lines, heading, ("income", "expense", "balance"))
        ),
    )


def place_of(lines: Iterable[Line], heading: Heading, sheet: str) -> Place:
    """Unit and days alone, for tables that have no opening and closing."""
    lines = list(lines)
    unit_row, unit = _unit(lines, heading)
    texts = [_narrow(cell) for _, line in lines for cell in line if isinstance(cell, str) and cell]
    return Place(unit, unit_row, days_in([*texts, _narrow(sheet)]))


def _unit(lines: list[Line], heading: Heading) -> tuple[int, str]:
    found = ((number, name) for number, line in lines if (name := section_of(line)))
    return next(found, (heading.first + 1, ""))


def _narrow(cell: Cell) -> str:
    return "".join(unicodedata.normalize("NFKC", cells.plain(cell)).split())


def _first_of(read: Callable[[str], T | None], texts: Iterable[str]) -> T | None:
    return next((found for text in texts if (found := read(text)) is not None), None)


def days_in(texts: list[str]) -> tuple[date, date] | None:
    """The first and last day that the texts name: a span before a quarter, a month, a year."""
    found = (_first_of(read, texts) for read in (_span, _quarter, _month, _year))
    return next(filter(None, found), None)


def _span(text: str) -> tuple[date, date] | None:
    match = _FROM_TO.search(text)
    try:
        ends = (parse_loose(match["first"]), parse_loose(match["last"])) if match else (None, None)
    except NotADate:
        return None
    return (ends[0].first, ends[1].first) if ends[0] and ends[1] else None


def _quarter(text: str) -> tuple[date, date] | None:
    if not (match := _QUARTER.search(text)):
        return None
    said = match["quarter"]
    quarter = Quarter(int(match["year"]), _QUARTERS.index(said) + 1 if said in _QUARTERS else int(said))
    return quarter.first, quarter.last


def _month(text: str) -> tuple[date, date] | None:
    if "公布" in text or not (match := _MONTH.search(text)) or not 1 <= int(match["month"]) <= 12:
        return None
    month = Month(int(match["year"]), int(match["month"]))
    return month.first, month.last


def _year(text: str) -> tuple[date, date] | None:
    match = _YEAR.search(text)
    year = Year(int(match["year"])) if match else None
    return (year.first, year.last) if year else None


def _amount_after(lines: Iterable[Line], label: re.Pattern[str]) -> Found:
    """The amount in the labelled cell or in the next one that is not empty."""
    for number, line in lines:
        for at, cell in enumerate(line):
            match = label.match(_narrow(cell)) if isinstance(cell, str) else None
            if match:
                value = match["value"] or next((other for other in line[at + 1 :] if other != ""), "")
                return Found(number, None if value == "" else cells.money(value))
    return Found()


def total_lines(
    lines: Iterable[Line], heading: Heading, keys: Sequence[str]
) -> Iterator[tuple[int, list[Decimal | None]]]:
    """The rows below the table that give sums, with the amounts of these columns."""
    for number, line in lines:
        filled = [_narrow(cell) for cell in line if cell != ""]
        if number > heading.last + 1 and filled and filled[0] in _TOTALS:
            yield number, [_amount_at(line, heading.position_of(key)) for key in keys]


def _amount_at(line: list[Cell], at: int) -> Decimal | None:
    if not 0 <= at < len(line) or line[at] == "" or line[at] in cells.NOTHING:
        return None
    try:
        return cells.money(line[at])
    except CellFault:
        return None
