"""The matters of a month that a bulletin speaks of, read from the frozen figures. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from apps.core.periods import Month, Period, Quarter
from apps.figures.registry import BY_SECRETARIES
from apps.figures.rules import TermState
from apps.figures.values import MISSING, Entry, Unit, Value
from apps.organizations.kinds import Sector
from apps.organizations.naming import short_label
from apps.reports.frozen import Content


@dataclass(frozen=True)
class Wording:
    """How a bulletin speaks of one duty."""

    code: str
    title: str
    whose: str
    measure: str
    """ "党支部27个": the noun and the counter of what is counted."""
    lacks: str


MONTHLY = (
    Wording("M01", "支部委员会会议", "党支部", "个", "没有支部委员会会议记录"),
    Wording("M02", "党小组会", "党小组", "个", "没有党小组会记录"),
    Wording("M03", "主题党日", "党支部", "个", "没有主题党日记录"),
)
QUARTERLY = (
    Wording("M04", "支部党员大会", "党支部", "个", "没有召开支部党员大会"),
    Wording("M05", "党课", "党支部", "个", "没有上党课"),
)
WORDINGS = {wording.code: wording for wording in (*MONTHLY, *QUARTERLY)}


@dataclass(frozen=True)
class Matter:
    """One duty in its period: what was to be done, what was, and what is missing."""

    wording: Wording
    period: Period
    value: Value
    missing: tuple[Entry, ...]
    is_due: bool
    """False while the quarter still runs: then only the progress is told."""

    @property
    def due_on(self) -> date:
        return self.period.last


@dataclass(frozen=True)
class Digest:
    """What a month came to."""

    content: Content

    @property
    def month(self) -> Month:
        return self.content.month

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.month.first)

    @property
    def ends_quarter(self) -> bool:
        return self.quarter.months[-1] == self.month

    @property
    def ends_year(self) -> bool:
        return self.month.month == 12

    @property
    def lessons_of_secretaries(self) -> Value:
        """How many committees' secretaries gave their lesson of the year."""
        return self.content.value("M05", BY_SECRETARIES)

    @cached_property
    def matters(self) -> tuple[Matter, ...]:
        """The month's duties, then the quarter's; those that nobody has are left out."""
        monthly = [self._matter(wording, self.month, is_due=True) for wording in MONTHLY]
        quarterly = [self._matter(wording, self.quarter, is_due=self.ends_quarter) for wording in QUARTERLY]
        return tuple(matter for matter in (*monthly, *quarterly) if matter.value.is_applicable)

    def _matter(self, wording: Wording, period: Period, *, is_due: bool) -> Matter:
        missing = self.content.listing(wording.code, (MISSING,))
        return Matter(wording, period, self.content.value(wording.code), missing, is_due)

    @property
    def due(self) -> tuple[Matter, ...]:
        return tuple(matter for matter in self.matters if matter.is_due)

    @property
    def running(self) -> tuple[Matter, ...]:
        return tuple(matter for matter in self.matters if not matter.is_due)

    @property
    def unfinished(self) -> tuple[Matter, ...]:
        """What was due and is missing."""
        return tuple(matter for matter in self.due if matter.missing)

    @cached_property
    def overdue_terms(self) -> tuple[Entry, ...]:
        return self.content.listing("M14", (TermState.OVERDUE.value,))

    @cached_property
    def ending_terms(self) -> tuple[Entry, ...]:
        return self.content.listing("M14", (TermState.SOON.value,))

    @cached_property
    def differences(self) -> tuple[Entry, ...]:
        return self.content.listing("M10", ("difference",))

    def label(self, unit: Unit) -> str:
        """What tables and sentences call a part of the county."""
        return short_label(unit.name, county=self.content.county, is_township=unit.sector == Sector.TOWNSHIP)

    def part_of(self, entry: Entry) -> Unit:
        """The part in which an entry lies; the organization itself for its own."""
        root = self.content.root.path
        end = entry.unit.path.find("/", len(root))
        return self.content.unit_at[entry.unit.path[: end + 1] if end >= 0 else root]

    def by_part(self, entries: tuple[Entry, ...]) -> tuple[tuple[Unit, int], ...]:
        """How many entries lie in each part, in administrative order; parts without any are left out."""
        counts: dict[str, int] = {}
        for entry in entries:
            path = self.part_of(entry).path
            counts[path] = counts.get(path, 0) + 1
        return tuple((self.content.unit_at[path], counts[path]) for path in sorted(counts))

    @cached_property
    def finished_parts(self) -> tuple[Unit, ...]:
        """The parts in which everything that was due is done, and something was."""
        lacking = {self.part_of(entry).path for matter in self.due for entry in matter.missing}
        return tuple(part for part in self.parts_with_duties if part.path not in lacking)

    @cached_property
    def parts_with_duties(self) -> tuple[Unit, ...]:
        codes = [matter.wording.code for matter in self.due]
        return tuple(
            part
            for part in self.content.parts
            if any(self.content.reading(code, part).value().denominator for code in codes)
        )
