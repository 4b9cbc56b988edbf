"""What an importer reads: columns, declared once; headings are matched and the template made from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apps.imports.sheets import Cell

_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_DECORATION = re.compile(r"[\s*:：、,，。.#_\-—/\\“”\"'《》]+")


def heading_key(text: object) -> str:
    """What two spellings of a heading have in common: no spaces, marks, brackets or line breaks."""
    plain = unicodedata.normalize("NFKC", str(text))
    return _DECORATION.sub("", _IN_BRACKETS.sub("", plain)).lower()


@dataclass(frozen=True)
class Column:
    """One thing that a table says about each row.

    `aliases` are other headings for it, with spaces between. `parse` turns a cell that is not empty into a
    value or raises `CellFault`. `required` columns must be in the table, with a value in each row; `is_text`
    columns hold digits that are no numbers (ROST-18).
    """

    key: str
    title: str
    parse: Callable[[Cell], Any]
    aliases: str = ""
    required: bool = False
    about: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    width: int = 14
    is_text: bool = False

    @cached_property
    def headings(self) -> frozenset[str]:
        return frozenset(map(heading_key, (self.title, *self.aliases.split())))


@dataclass(frozen=True)
class Layout:
    """The columns of one importer, found by what a table calls them."""

    columns: tuple[Column, ...]

    @cached_property
    def _by_heading(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            for heading in column.headings:
                found.setdefault(heading, []).append(column)
        return found

    def match(self, heading: object, taken: Container[str] = ()) -> Column | None:
        """The first column of that heading whose key is not taken: tables of two halves repeat headings."""
        columns = self._by_heading.get(heading_key(heading), ()) if heading else ()
        return next((column for column in columns if column.key not in taken), None)

    def missing_from(self, keys: set[str]) -> list[Column]:
        """The columns that a table must have and this one has not."""
        return [column for column in self.columns if column.required and column.key not in keys]
