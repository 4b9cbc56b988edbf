"""The rows of a bulletin's annexes, the same for page, Word and Excel. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.core.calendar import written
from apps.core.documents.wording import percent, short_day
from apps.core.periods import Month
from apps.figures.balance import CLOSING, DECREASE, DIFFERENCE, INCREASE, OPENING
from apps.figures.registry import BY_SECRETARIES
from apps.figures.rules import TermState
from apps.figures.values import Reading, Unit, Value
from apps.reports.frozen import LateRecord
from apps.reports.matters import Digest, Matter

DUTIES = ("M01", "M02", "M03", "M04", "M05")
# Each duty with the way in which its figure counts it: the lessons of branches, then of secretaries.
MEASURES = (*((code, 0) for code in DUTIES), ("M05", BY_SECRETARIES))
BALANCE = (OPENING, *INCREASE, *DECREASE, CLOSING, DIFFERENCE)
TOTAL = "合计"
NOT_APPLICABLE = "—"


@dataclass(frozen=True)
class LifeRow:
    """What a part of the county did of each duty, and its attendance."""

    unit: Unit
    label: str
    duties: tuple[Value, ...]
    attendance: Value

    @property
    def cells(self) -> tuple[str, ...]:
        """Due and done of each duty, as text; a duty that nobody has is a dash."""
        found = []
        for value in self.duties:
            found += (
                [str(value.denominator), str(value.numerator)] if value.denominator else [NOT_APPLICABLE] * 2
            )
        return tuple(found)

    @property
    def rate(self) -> str:
        whole = self.attendance.denominator
        return percent(self.attendance.numerator, whole) if whole else NOT_APPLICABLE


@dataclass(frozen=True)
class BalanceRow:
    """The balance of a part of the county, in the order of `BALANCE`."""

    unit: Unit
    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class UnfinishedRow:
    number: int
    matter: str
    place: str
    who: str
    due_on: date

    @property
    def by(self) -> str:
        return short_day(self.due_on)


@dataclass(frozen=True)
class TermRow:
    number: int
    place: str
    who: str
    note: str
    due_on: date
    state: str

    @property
    def due(self) -> str:
        return written(self.due_on)


@dataclass(frozen=True)
class LateRow:
    number: int
    place: str
    record: LateRecord

    @property
    def held(self) -> str:
        return short_day(self.record.held_on)

    @property
    def handed_in(self) -> str:
        return short_day(self.record.handed_in_on)


def life_rows(digest: Digest) -> tuple[LifeRow, ...]:
    """One row for each part that has branches, then the total."""
    rows = [_life_row(digest, unit, digest.label(unit)) for unit in digest.content.parts]
    wanted = [row for row in rows if any(value.denominator for value in (*row.duties, row.attendance))]
    return (*wanted, _life_row(digest, digest.content.root, TOTAL))


def _life_row(digest: Digest, unit: Unit, label: str) -> LifeRow:
    content = digest.content
    duties = tuple(content.reading(code, unit).value(way) for code, way in MEASURES)
    return LifeRow(unit, label, duties, content.reading("M06", unit).value())


def balance_rows(digest: Digest) -> tuple[BalanceRow, ...]:
    """One row for each part that has or had members, then the total."""
    rows = [_balance_row(digest, unit, digest.label(unit)) for unit in digest.content.parts]
    return (*(row for row in rows if any(row.counts)), _balance_row(digest, digest.content.root, TOTAL))


def _balance_row(digest: Digest, unit: Unit, label: str) -> BalanceRow:
    reading: Reading = digest.content.reading("M10", unit)
    return BalanceRow(unit, label, tuple(reading.count(part) for part in BALANCE))


def unfinished_rows(digest: Digest) -> tuple[UnfinishedRow, ...]:
    """What was due and is missing, by matter, then in administrative order."""
    rows = ((matter, entry) for matter in digest.unfinished for entry in matter.missing)
    return tuple(
        UnfinishedRow(
            number,
            f"{matter.wording.title}（{_period(matter)}）",
            digest.label(digest.part_of(entry)),
            f"{entry.unit.name}{entry.label}",
            matter.due_on,
        )
        for number, (matter, entry) in enumerate(rows, 1)
    )


def _period(matter: Matter) -> str:
    """ "10月", "第三季度" """
    return (
        f"{matter.period.month}月"
        if isinstance(matter.period, Month)
        else matter.period.label.split("年", 1)[1]
    )


def term_rows(digest: Digest) -> tuple[TermRow, ...]:
    """Terms that have run out, then those that are about to; each in administrative order."""
    return tuple(TermRow(number, *rest) for number, rest in enumerate(_terms(digest), 1))


def _terms(digest: Digest) -> Iterator[tuple[str, str, str, date, str]]:
    titles = {part.code: part.title for part in digest.content.reading("M14").figure.parts}
    for state, entries in (
        (TermState.OVERDUE, digest.overdue_terms),
        (TermState.SOON, digest.ending_terms),
    ):
        for entry in entries:
            place = digest.label(digest.part_of(entry))
            due_on = entry.day or digest.content.day
            yield place, entry.unit.name, entry.note, due_on, titles[state.value]


def late_rows(digest: Digest) -> tuple[LateRow, ...]:
    """Records of earlier months that this period took in."""
    return tuple(
        LateRow(number, digest.label(_part(digest, record)), record)
        for number, record in enumerate(digest.content.late, 1)
    )


def _part(digest: Digest, record: LateRecord) -> Unit:
    root = digest.content.root.path
    end = record.path.find("/", len(root))
    return digest.content.unit_at[record.path[: end + 1] if end >= 0 else root]
