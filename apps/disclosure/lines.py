"""Lines of a table by number, and where each stands in another version of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.disclosure.prose import rows_of
from apps.disclosure.tables import KINDS
from apps.disclosure.tables.kinds import TableKind

Key = tuple[str, ...]
_SAID = ("on", "voucher", "summary", "income", "expense")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says as a whole, and by what it is called."""

    whole: Key
    name: Key


def of_statement(lines: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The lines of income and expense, as frozen or as their rows hold them; balances follow from others."""
    return [Line(tuple(str(line[name]) for name in _SAID), (line["summary"],)) for line in lines]


def of_table(kind: TableKind, rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    names = [column.name for column in kind.columns]
    return [
        Line(tuple(str(row.get(name, "")) for name in names), tuple(row[name] for name in kind.identity))
        for row in rows
    ]


def of_content(content: Mapping[str, Any] | None) -> list[Line]:
    """The lines of what was published: of its statement or table, else of the tables in its words.

    None of what was withdrawn.
    """
    content = content or {}
    if statement := content.get("statement"):
        return of_statement(statement["lines"])
    if table := content.get("table"):
        return of_table(KINDS[table["kind"]], table["rows"])
    return [Line(cells, cells[:1]) for cells in rows_of(content.get("body", ""))]


def moved(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """From each number of the old version to that of the same line in the new one; what is gone is left out.

    First what is the same word for word, then what is only called the same: an amount was put right.
    """
    found: dict[int, int] = {}
    for key in ("whole", "name"):
        free = _by(key, new, without=set(found.values()))
        for number, line in enumerate(old, 1):
            places = free.get(getattr(line, key), [])
            if number not in found and places:
                found[number] = places.pop(0)
    return found


def _by(key: str, lines: Sequence[Line], *, without: set[int]) -> dict[Key, list[int]]:
    places: dict[Key, list[int]] = {}
    for number, line in enumerate(lines, 1):
        if number not in without:
            places.setdefault(getattr(line, key), []).append(number)
    return places
