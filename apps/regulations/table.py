"""The table of duties and limits: which row of which regulation holds on a day.

A period is judged by the rows in force on its first day, so that a rule asks nothing of days before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import TypeVar

from apps.core.errors import Refused
from apps.core.periods import Period
from apps.regulations.chapters import (
    ballots,
    disclosure,
    disposal,
    education,
    elections,
    meetings,
    organizations,
    reports,
    reviews,
    roster,
    village,
    villagers,
    voting,
)
from apps.regulations.rows import (
    Comparison,
    Condition,
    Duty,
    Limit,
    Mark,
    Per,
    Provision,
    Row,
    Source,
    Standing,
    Subject,
    Value,
)

__all__ = [
    "CHAPTERS", "NO_OVERRIDES", "Comparison", "Condition", "Duty", "Limit", "Mark", "NotInForce", "Overrides",
    "Per", "Provision", "Row", "Source", "Standing", "Subject", "all_rows", "duties", "duty", "in_force",
    "limit", "provision", "rows_of",
]  # fmt: skip

CHAPTERS = MappingProxyType(
    {
        "ORG": "党支部设置",
        "MEET": "组织生活",
        "ELEC": "选举和任期",
        "MEM": "党员管理",
        "ROST": "党员名册",
        "RPT": "月报",
        "RURAL": "村级民主决策",
        "VAD": "村务公开",
        "FIN": "集体财务公开",
        "SUPV": "村务监督",
        "PAO": "党务公开",
        "PRIV": "个人信息保护",
    }
)

Overrides = Mapping[str, Value]
NO_OVERRIDES: Overrides = MappingProxyType({})
R = TypeVar("R", bound=Row)
D = TypeVar("D", Duty, Limit)


class NotInForce(Refused):
    """No row of that code held on that day."""


def _table(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    """The rows by key, oldest first; a ValueError if two of one key hold on the same day."""
    ordered = sorted(rows, key=lambda row: (row.key, row.since or date.min))
    table = {key: tuple(group) for key, group in groupby(ordered, key=lambda row: row.key)}
    for key, versions in table.items():
        for earlier, later in pairwise(versions):
            if later.since is None or earlier.until is None or earlier.until >= later.since:
                raise ValueError(f"{key}: two rows are in force on the same day")
    return table


def _in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """By chapter and code; the rows of one code as they were written down."""
    places = {prefix: place for place, prefix in enumerate(CHAPTERS)}
    return tuple(sorted(rows, key=lambda row: (places[row.chapter], row.code)))


_ROWS = _in_order(
    (
        *organizations.ROWS,
        *meetings.ROWS,
        *reviews.ROWS,
        *voting.ROWS,
        *elections.ROWS,
        *ballots.ROWS,
        *disposal.ROWS,
        *roster.ROWS,
        *education.ROWS,
        *reports.ROWS,
        *disclosure.ROWS,
        *village.ROWS,
        *villagers.ROWS,
    )
)
_TABLE = _table(_ROWS)


def all_rows() -> tuple[Row, ...]:
    """Every row, former ones too, by chapter and code."""
    return _ROWS


def rows_of(code: str) -> tuple[Row, ...]:
    """All rows of a code, oldest first within a part; none if there is no such code."""
    return tuple(row for row in all_rows() if row.code == code)


def in_force(on: date | Period) -> tuple[Row, ...]:
    """The rows that hold on a day, or by which a period is judged."""
    day = _day(on)
    return tuple(row for row in all_rows() if row.is_in_force(day))


def duty(code: str, part: str = "", *, on: date | Period, overrides: Overrides = NO_OVERRIDES) -> Duty:
    """The duty of that code; raises NotInForce."""
    return _overridden(_find(Duty, code, part, on), overrides)


def limit(code: str, part: str = "", *, on: date | Period, overrides: Overrides = NO_OVERRIDES) -> Limit:
    """The limit of that code; raises NotInForce."""
    return _overridden(_find(Limit, code, part, on), overrides)


def provision(code: str, part: str = "", *, on: date | Period) -> Provision:
    """The provision of that code; raises NotInForce."""
    return _find(Provision, code, part, on)


def duties(
    *, on: date | Period, subject: Subject | None = None, overrides: Overrides = NO_OVERRIDES
) -> tuple[Duty, ...]:
    """The duties that hold, of everybody or of one kind of subject, by code."""
    return tuple(
        _overridden(row, overrides)
        for row in in_force(on)
        if isinstance(row, Duty) and subject in (None, row.subject)
    )


def _find(kind: type[R], code: str, part: str, on: date | Period) -> R:
    key = f"{code}/{part}" if part else code
    day = _day(on)
    row = next((row for row in _TABLE[key] if row.is_in_force(day)), None)
    if row is None:
        raise NotInForce(f"{day.year}年{day.month}月{day.day}日没有可用的规定（{code}）。", rule=code)
    if not isinstance(row, kind):
        raise TypeError(f"{key} is a {type(row).__name__}, not a {kind.__name__}")
    return row


def _overridden(row: D, overrides: Overrides) -> D:
    return row.tightened(overrides[row.key]) if row.key in overrides else row


def _day(on: date | Period) -> date:
    return on if isinstance(on, date) else on.first
