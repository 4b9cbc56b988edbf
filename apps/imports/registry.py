"""The importers of the apps above, which register themselves when the project starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from apps.imports.columns import Column, Layout
from apps.imports.plans import Errand, Plan
from apps.imports.rows import Row

Examine = Callable[[Iterator[Row], Plan, Errand], None]
Write = Callable[[Plan, Errand], None]


@dataclass(frozen=True)
class Importer:
    """How one kind of table is read and written; `home` is the address name of the page that it fills.

    `examine` puts every row into the plan and changes nothing; `write` does what the plan says, inside the
    caller's transaction. `subject` is the key of the column that names a row, `unit` its counting word.
    """

    name: str
    title: str
    unit: str
    permission: str
    home: str
    home_title: str
    subject_title: str
    columns: tuple[Column, ...]
    subject: str
    examine: Examine
    write: Write
    notes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    """The tables that `examine` compares with, all of them; where none are named no plan is kept."""
    takes_empty: bool = False
    """Whether a sheet with a heading and no row says something; it comes as one row without values."""
    above: tuple[str, ...] = ()
    """Lines above the heading of the template."""
    lines: tuple[tuple[str, ...], ...] = ()
    """Rows that the template comes with."""

    @property
    def row_word(self) -> str:
        """What one row of the plan is called; where a whole sheet is one, it is a sheet."""
        return "张表" if self.unit == "张" else "行"

    @cached_property
    def layout(self) -> Layout:
        return Layout(self.columns)


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    _importers[importer.name] = importer


def importer_named(name: str) -> Importer:
    """Raises KeyError when there is none."""
    return _importers[name]


def importers() -> list[Importer]:
    return [_importers[name] for name in sorted(_importers)]
