"""Finding the heading in a sheet: one row or two, below any title, with or without merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apps.imports.columns import Column, Layout, heading_key
from apps.imports.safety import column_letters
from apps.imports.sheets import Cell

SEARCHED_ROWS = 40
MIN_MATCHES = 2
_SECTION = re.compile(
    r"^\s*(?:填报单位|填表单位|报送单位|单位名称|党支部名称|支部名称|所在党支部|党组织名称|党支部|支部|单位)\s*[:：]\s*(?P<name>.+?)\s*$"
)
_STAMP = re.compile(r"[(（]\s*(?:盖章|公章|签章|章)\s*[)）]")


@dataclass(frozen=True)
class Heading:
    """Where the heading is (rows from 0, the last one included) and what each column of the sheet means."""

    first: int
    last: int
    texts: tuple[str, ...]
    columns: tuple[tuple[int, Column], ...]

    @property
    def keys(self) -> set[str]:
        return {column.key for _, column in self.columns}

    def text_of(self, key: str) -> str:
        """The heading that the clerk wrote over the column."""
        return next((self.texts[at] for at, column in self.columns if column.key == key), "")

    def position_of(self, key: str) -> int:
        return next((at for at, column in self.columns if column.key == key), -1)


@dataclass(frozen=True)
class Reading:
    """How one sheet was read, for the page that shows it."""

    sheet: str
    heading_row: int
    section: str
    columns: tuple[tuple[str, str, str], ...]
    """Letter, heading as written, title of our column ("" when it is not read)."""


def find_heading(rows: Sequence[Sequence[Cell]], layout: Layout) -> Heading | None:
    """The heading among a sheet's first rows: the row, or the pair of rows, that names most columns."""
    best: Heading | None = None
    for at in range(min(len(rows), SEARCHED_ROWS)):
        for candidate in _candidates(rows, at, layout):
            if len(candidate.columns) > (len(best.columns) if best else MIN_MATCHES - 1):
                best = candidate
    return best


def _candidates(rows: Sequence[Sequence[Cell]], at: int, layout: Layout) -> list[Heading]:
    single = _heading(rows[at], at, at, layout)
    if at + 1 >= len(rows) or not _may_be_second(rows[at + 1], layout):
        return [single]
    joined = _heading(_joined(rows[at], rows[at + 1], layout), at, at + 1, layout)
    below = _heading(rows[at + 1], at + 1, at + 1, layout)
    return [single, joined] if len(joined.columns) > len(below.columns) else [single]


def _may_be_second(row: Sequence[Cell], layout: Layout) -> bool:
    """A second row of a heading holds only texts, at least one of which is a column's name."""
    filled = [cell for cell in row if cell != ""]
    return all(isinstance(cell, str) for cell in filled) and any(layout.match(cell) for cell in filled)


def _joined(upper: Sequence[Cell], lower: Sequence[Cell], layout: Layout) -> list[Cell]:
    """Each column's name: the lower text where there is one, else the upper."""
    width = max(len(upper), len(lower))
    padded = [[*row, *[""] * (width - len(row))] for row in (upper, lower)]
    return [
        below if below != "" and (layout.match(below) or not layout.match(above)) else above
        for above, below in zip(*padded, strict=True)
    ]


def _heading(cells: Sequence[Cell], first: int, last: int, layout: Layout) -> Heading:
    found: dict[str, tuple[int, Column]] = {}
    for at, cell in enumerate(cells):
        column = layout.match(cell, found) if isinstance(cell, str) else None
        if column is not None:
            found[column.key] = (at, column)
    texts = tuple(" ".join(str(cell).split()) for cell in cells)
    return Heading(first, last, texts, tuple(sorted(found.values(), key=lambda pair: pair[0])))


def repeats(row: Sequence[Cell], heading: Heading) -> bool:
    """Whether the row is the heading once more, as on each page of a long table."""
    same = sum(
        1 for at, column in heading.columns if at < len(row) and heading_key(row[at]) in column.headings
    )
    return same * 2 > len(heading.columns)


def section_of(row: Sequence[Cell]) -> str:
    """The unit that a line above a table names ("填报单位：大寨村党支部（盖章）"), or ""."""
    for at, cell in enumerate(row):
        match = _SECTION.match(cell) if isinstance(cell, str) else None
        if match:
            return _STAMP.sub("", match["name"]).strip()
        if isinstance(cell, str) and _SECTION.match(f"{cell}x") and cell.rstrip().endswith((":", "：")):
            following = next((other for other in row[at + 1 :] if other != ""), "")
            return _STAMP.sub("", str(following)).strip()
    return ""


def reading(sheet: str, heading: Heading, section: str) -> Reading:
    meaning = {at: column.title for at, column in heading.columns}
    columns = tuple(
        (column_letters(at), text, meaning.get(at, "")) for at, text in enumerate(heading.texts) if text
    )
    return Reading(sheet, heading.last + 1, section, columns)
