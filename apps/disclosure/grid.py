"""The rows of a table as fields of a page that works without script."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from apps.core.widgets import DateInput
from apps.disclosure import services
from apps.disclosure.forms import PublisherForm
from apps.disclosure.models import Publication
from apps.disclosure.tables.cells import is_blank, typed
from apps.disclosure.tables.checks import completed, faults
from apps.disclosure.tables.kinds import LINE, Fault, Given, Stored, TableColumn, TableKind, Type, Values

BLANK_ROWS = 5
# More fields than this are no page any more; longer lists come from a spreadsheet.
MOST_ROWS = 60
TOO_LONG = f"手工最多填 {MOST_ROWS} 行，更长的请用表格导入。"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One field; `label` says row and column for those who hear the page."""

    id: str
    name: str
    title: str
    label: str
    value: str
    error: str
    is_date: bool
    is_number: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; a sheet with fixed lines gives each its title and plain name."""

    number: int
    code: str
    title: str
    plain: str
    is_sum: bool
    cells: tuple[GridCell, ...]


class RowsForm(forms.Form):
    """The rows of a table; `rows` are those to begin with."""

    def __init__(
        self, data: QueryDict | None = None, *, kind: TableKind, rows: Sequence[Stored] = (), **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.kind = kind
        self.filled = [dict(row) for row in rows] if data is None else posted(kind, data)
        self.values: list[Values] = []
        self.faults: list[Fault] = []

    def period(self) -> tuple[datetime.date, datetime.date] | None:
        """Of which days the rows are; None while that is not known."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if len(self.filled) > MOST_ROWS:
            raise forms.ValidationError(TOO_LONG)
        self.values, self.faults = typed(self.kind, self.filled)
        if whole := self.period():
            self.faults += self._wrong(services.given_for(*whole))
        if self.faults:
            raise forms.ValidationError(f"表里有 {len(self.faults)} 处要改，写在那一格的下面。")
        return cleaned

    def _wrong(self, given: Given) -> list[Fault]:
        """What the checks say of the rows that could be read."""
        unread = {fault.row for fault in self.faults}
        found = faults(self.kind, completed(self.kind, self.values), given)
        if unread and self.kind.lines:
            return []
        return [fault for fault in found if not fault.is_warning and fault.row not in unread]

    # --- drawing ----------------------------------------------------------------------------------

    def grid(self) -> list[GridRow]:
        """The rows as fields, with blank ones at the end of a list."""
        if self.kind.lines:
            by_code = {row[LINE]: row for row in self.filled}
            return [
                self._row(at, by_code.get(line.code, {}), line.code, line.title, line.plain, line.is_sum)
                for at, line in enumerate(self.kind.lines)
            ]
        count = min(len(self.filled) + BLANK_ROWS, max(MOST_ROWS, len(self.filled)))
        return [self._row(at, self.filled[at] if at < len(self.filled) else {}) for at in range(count)]

    def _row(
        self, at: int, row: Stored, code: str = "", title: str = "", plain: str = "", is_sum: bool = False
    ) -> GridRow:
        cells = tuple(self._cell(at, column, row, title) for column in self.kind.columns)
        return GridRow(at + 1, code, title, plain, is_sum, cells)

    def _cell(self, at: int, column: TableColumn, row: Stored, title: str) -> GridCell:
        here = (each for each in self.faults if (each.row, each.column) == (at, column.name))
        error = next((f"{each.sentence}{each.advice}" for each in here), "")
        label = f"{title or f'第 {at + 1} 行'} {column.title}"
        return GridCell(
            f"cell-{column.name}-{at}", f"cell-{column.name}", column.title, label, row.get(column.name, ""),
            error, column.type is Type.DATE, column.type.is_number,
        )  # fmt: skip


def posted(kind: TableKind, data: QueryDict) -> list[Stored]:
    """The rows as they were typed, blank ones of a list left out."""
    names = [LINE] * bool(kind.lines) + [column.name for column in kind.columns]
    rows = zip(*(data.getlist(f"cell-{name}") for name in names), strict=False)
    found: Iterator[Stored] = (dict(zip(names, row, strict=True)) for row in rows)
    return [row for row in found if (row[LINE] in kind.by_code if kind.lines else not is_blank(row))]


class NewTableForm(PublisherForm, RowsForm):
    """A table of a village and period that has none yet."""

    first_on = forms.DateField(label="期间自", widget=DateInput())
    last_on = forms.DateField(label="至", widget=DateInput())

    def period(self) -> tuple[datetime.date, datetime.date] | None:
        first_on, last_on = (self.cleaned_data.get(name) for name in ("first_on", "last_on"))
        return (first_on, last_on) if first_on and last_on else None


class TableForm(RowsForm):
    """The rows of a draft's table."""

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, data: QueryDict | None = None, *, publication: Publication, **options: Any) -> None:
        super().__init__(data, **options)
        self.publication = publication

    def period(self) -> tuple[datetime.date, datetime.date]:
        return self.publication.first_on, self.publication.last_on
