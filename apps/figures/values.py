"""What figures are made of. Pure: values in, values out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from apps.organizations.kinds import BRANCH_KINDS, VILLAGE_SECTORS, Kind

if TYPE_CHECKING:
    from apps.figures.census import Census

# What counts a duty's subjects.
DONE, MISSING, EXEMPT = "done", "missing", "exempt"
Counts = Mapping[str, int]


class Unit(NamedTuple):
    """An organization with the name and place that it had on the day asked for.

    A tuple, since a county has them by the thousand.
    """

    id: int
    code: str
    name: str
    kind: str
    sector: str
    path: str
    founded_on: date | None = None
    dissolved_on: date | None = None

    @property
    def is_branch(self) -> bool:
        return self.kind in BRANCH_KINDS

    @property
    def is_committee(self) -> bool:
        """A party committee or working committee (党委、党工委)."""
        return self.kind in (Kind.COMMITTEE, Kind.WORKING_COMMITTEE)

    @property
    def is_village(self) -> bool:
        return self.sector in VILLAGE_SECTORS

    @property
    def is_temporary(self) -> bool:
        return self.kind == Kind.TEMPORARY_BRANCH

    def stands_on(self, day: date) -> bool:
        """Whether it was founded by the day and not dissolved; others are there for what is below them."""
        return (self.founded_on is None or self.founded_on <= day) and (
            self.dissolved_on is None or self.dissolved_on > day
        )


@dataclass(frozen=True, slots=True)
class Group:
    """A party group of a branch."""

    id: int
    branch_id: int
    name: str
    since: date
    until: date | None


@dataclass(slots=True)
class Entry:
    """One line behind a figure: it adds `count` to the part; `label` and `note` say what and why.

    `origin` is the path of the other side of a move: where both sides lie within what is counted, it does
    not count. Nobody changes an entry; it is not frozen since a county makes them by the ten thousand.
    """

    unit: Unit
    part: str
    count: int = 1
    label: str = ""
    note: str = ""
    day: date | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One of the counts that a figure consists of, with the word for its list."""

    code: str
    title: str
    unit: str = "个"


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reading a figure: the sum of some parts, or their share of others.

    A figure about heads may be counted in more than one way; the first is the usual one.
    """

    title: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    unit: str = ""
    """What this way counts, where it is not what the figure counts."""

    @property
    def is_share(self) -> bool:
        return bool(self.denominator)

    def value_of(self, counts: Counts) -> Value:
        whole = sum(counts.get(part, 0) for part in self.denominator) if self.is_share else None
        return Value(sum(counts.get(part, 0) for part in self.numerator), whole)


@dataclass(frozen=True, slots=True)
class Value:
    """A number, or a number of a whole; a share of nothing is not applicable."""

    numerator: int
    denominator: int | None = None

    @property
    def is_applicable(self) -> bool:
        return self.denominator != 0

    @property
    def missing(self) -> int:
        """What the whole still lacks; 0 for a plain number."""
        return 0 if self.denominator is None else self.denominator - self.numerator


@dataclass(frozen=True)
class Figure:
    """A figure of the handbook (10.2): what it says, how it is counted, and the entries behind it."""

    code: str
    title: str
    unit: str
    definition: str
    parts: tuple[Part, ...]
    ways: tuple[Way, ...]
    entries: Callable[[Census], Iterator[Entry]]
    rules: tuple[str, ...] = ()
    is_quarterly: bool = False
    sees_members: bool = False
    """Whether its lists name members, so that reading them needs the roster's permission too."""

    @property
    def part_codes(self) -> tuple[str, ...]:
        return tuple(part.code for part in self.parts)

    @property
    def default_state(self) -> str:
        """The list that somebody who asks for no other wants to see: what is missing, where there is such."""
        return MISSING if MISSING in self.part_codes else self.ways[0].numerator[0]


@dataclass(frozen=True)
class Reading:
    """A figure's counts for one organization and all below it."""

    figure: Figure
    unit: Unit
    counts: Counts

    def value(self, way: int = 0) -> Value:
        return self.figure.ways[way].value_of(self.counts)

    def count(self, part: str) -> int:
        """One part; not by subscript, which a template would take for every attribute."""
        return self.counts.get(part, 0)


def child_path(root: str, path: str) -> str:
    """The path of the organization directly below `root` in which `path` lies; `root` itself for itself."""
    end = path.find("/", len(root))
    return path[: end + 1] if end >= 0 else root


def total(entries: Iterable[Entry], root: str) -> Counter[str]:
    """The parts of all entries, without moves inside `root`."""
    counts: Counter[str] = Counter()
    for entry in entries:
        if entry.origin is None or not entry.origin.startswith(root):
            counts[entry.part] += entry.count
    return counts


def by_child(entries: Iterable[Entry], root: str) -> dict[str, Counter[str]]:
    """The parts by the path of each organization directly below `root`; moves inside one do not count."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        path = child_path(root, entry.unit.path)
        if entry.origin is None or not entry.origin.startswith(path):
            counts[path][entry.part] += entry.count
    return dict(counts)


def listed(entries: Iterable[Entry], root: str, parts: Sequence[str]) -> tuple[Entry, ...]:
    """The entries of some parts in administrative order; their counts add up to what `total` says."""
    wanted = [
        entry
        for entry in entries
        if entry.part in parts and (entry.origin is None or not entry.origin.startswith(root))
    ]
    return tuple(sorted(wanted, key=lambda entry: (entry.unit.path, entry.label, entry.day or date.min)))
