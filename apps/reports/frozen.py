"""A report as a value: everything that page, Word and Excel show, kept as JSON. Pure.

Not the totals are kept but the entries behind them, so that each number can be opened for as long as the
report exists; totals come from the same functions as on the day it was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from apps.core.calendar import written
from apps.core.periods import Month
from apps.figures import values
from apps.figures.registry import REGISTRY
from apps.figures.values import Counts, Entry, Figure, Reading, Unit, Value

SCHEMA = 1
_LEFT_OUT: tuple[Any, ...] = (0, "", 0, "", "", None, None)  # what `_packed` leaves out at the end
_UNIT = ("id", "code", "name", "kind", "sector", "path")


@dataclass(frozen=True)
class LateRecord:
    """A meeting of an earlier month that was handed in after that month's cut-off."""

    organization_id: int
    name: str
    path: str
    kinds: str
    held_on: date
    handed_in_on: date
    reason: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph: a heading, or text that may begin with a lead in 楷体."""

    text: str
    lead: str = ""
    is_heading: bool = False


@dataclass(frozen=True)
class Bulletin:
    """The words of the document."""

    title: tuple[str, ...]
    addressee: str
    blocks: tuple[Block, ...]
    annexes: tuple[str, ...]
    signature: str
    signed_on: date

    @property
    def signed(self) -> str:
        return written(self.signed_on)

    @property
    def heading(self) -> str:
        return "".join(self.title)


@dataclass(frozen=True)
class Heads:
    """Full and probationary members at the month's end."""

    full: int
    probationary: int

    @property
    def total(self) -> int:
        return self.full + self.probationary


@dataclass(frozen=True)
class Content:
    """What a report says; `units` are the organization first, then all below it, depth-first."""

    month: Month
    day: date
    cut_off_on: date
    revision: int
    reason: str
    county: str
    units: tuple[Unit, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    heads: Heads
    late: tuple[LateRecord, ...] = ()
    bulletin: Bulletin | None = None

    @property
    def words(self) -> Bulletin:
        """The bulletin, which is written last; a ValueError before."""
        if self.bulletin is None:
            raise ValueError("the report has no bulletin")
        return self.bulletin

    @property
    def root(self) -> Unit:
        return self.units[0]

    @cached_property
    def unit_at(self) -> dict[str, Unit]:
        return {unit.path: unit for unit in self.units}

    @cached_property
    def parts(self) -> tuple[Unit, ...]:
        """The next level down, in administrative order."""
        root = self.root.path
        return tuple(
            unit
            for unit in self.units
            if unit.path != root and values.child_path(root, unit.path) == unit.path
        )

    @cached_property
    def _by_part(self) -> dict[str, dict[str, Counts]]:
        return {code: dict(values.by_child(rows, self.root.path)) for code, rows in self.entries.items()}

    @cached_property
    def _total(self) -> dict[str, Counts]:
        return {code: values.total(rows, self.root.path) for code, rows in self.entries.items()}

    def reading(self, code: str, unit: Unit | None = None) -> Reading:
        """A figure of the whole, or of one part."""
        if unit is None or unit == self.root:
            return Reading(REGISTRY[code], self.root, self._total[code])
        return Reading(REGISTRY[code], unit, self._by_part[code].get(unit.path, {}))

    def value(self, code: str, way: int = 0) -> Value:
        return self.reading(code).value(way)

    def listing(self, code: str, parts: Sequence[str], unit: Unit | None = None) -> tuple[Entry, ...]:
        """The entries behind some parts of a figure, of the whole or of one unit in it."""
        where = (unit or self.root).path
        inside = (entry for entry in self.entries[code] if entry.unit.path.startswith(where))
        return values.listed(inside, where, parts)

    def figures(self) -> tuple[Figure, ...]:
        return tuple(REGISTRY[code] for code in self.entries)


def to_json(content: Content) -> dict[str, Any]:
    """The value as plain JSON; units are named by their place in the list."""
    place = {unit.path: number for number, unit in enumerate(content.units)}
    return {
        "schema": SCHEMA,
        "month": str(content.month),
        "day": content.day.isoformat(),
        "cut_off_on": content.cut_off_on.isoformat(),
        "revision": content.revision,
        "reason": content.reason,
        "county": content.county,
        "units": [[getattr(unit, name) for name in _UNIT] for unit in content.units],
        "entries": {
            code: [_packed(entry, place) for entry in rows] for code, rows in content.entries.items()
        },
        "heads": asdict(content.heads),
        "late": [_plain(asdict(late)) for late in content.late],
        "bulletin": content.bulletin and _plain(asdict(content.bulletin)),
    }


def from_json(data: Mapping[str, Any]) -> Content:
    """The value that was frozen; raises ValueError for a schema of another version of the program."""
    if data["schema"] != SCHEMA:
        raise ValueError(f"report of schema {data['schema']}, this program reads {SCHEMA}")
    units = tuple(Unit(*row) for row in data["units"])
    return Content(
        month=Month.parse(data["month"]),
        day=date.fromisoformat(data["day"]),
        cut_off_on=date.fromisoformat(data["cut_off_on"]),
        revision=data["revision"],
        reason=data["reason"],
        county=data["county"],
        units=units,
        entries={code: tuple(_entry(row, units) for row in rows) for code, rows in data["entries"].items()},
        heads=Heads(**data["heads"]),
        late=tuple(_late(row) for row in data["late"]),
        bulletin=_bulletin(data["bulletin"]),
    )


def _packed(entry: Entry, place: Mapping[str, int]) -> list[Any]:
    """An entry as a short list: without what is empty at its end."""
    row = [
        place[entry.unit.path], entry.part, entry.count, entry.label, entry.note,
        entry.day and entry.day.isoformat(), entry.origin,
    ]  # fmt: skip
    while len(row) > 3 and not row[-1]:
        row.pop()
    return row


def _entry(row: Sequence[Any], units: Sequence[Unit]) -> Entry:
    number, part, count, label, note, day, origin = [*row, *_LEFT_OUT[len(row) :]]
    return Entry(units[number], part, count, label, note, date.fromisoformat(day) if day else None, origin)


def _plain(value: Any) -> Any:
    """Days as text, tuples as lists."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _late(row: Mapping[str, Any]) -> LateRecord:
    days = {name: date.fromisoformat(row[name]) for name in ("held_on", "handed_in_on")}
    return LateRecord(**{**row, **days})


def _bulletin(row: Mapping[str, Any] | None) -> Bulletin | None:
    if row is None:
        return None
    return Bulletin(
        title=tuple(row["title"]),
        addressee=row["addressee"],
        blocks=tuple(Block(**block) for block in row["blocks"]),
        annexes=tuple(row["annexes"]),
        signature=row["signature"],
        signed_on=date.fromisoformat(row["signed_on"]),
    )
