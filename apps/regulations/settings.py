"""Reads of what a county has set: which number held on a day, since when, why, and who set it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apps.core.calendar import written
from apps.core.periods import Period
from apps.regulations.counties import county_of
from apps.regulations.models import RuleOverride
from apps.regulations.rows import Duty, Limit, Row
from apps.regulations.table import Overrides, in_force


@dataclass(frozen=True)
class CountySettings:
    """All numbers that a county ever set, oldest first."""

    rows: tuple[RuleOverride, ...]

    def on(self, moment: date | Period) -> Overrides:
        """The numbers that held on a day, or by which a period is judged: those of its first day."""
        day = moment if isinstance(moment, date) else moment.first
        return {row.rule: row.value for row in self.rows if row.since <= day}

    def in_force(self, key: str, *, on: date) -> RuleOverride | None:
        """The row that holds on the day."""
        return next((row for row in reversed(self.rows) if row.rule == key and row.since <= on), None)

    def of(self, key: str) -> tuple[RuleOverride, ...]:
        """Everything that was set for a rule, newest first."""
        return tuple(row for row in reversed(self.rows) if row.rule == key)


NOTHING_SET = CountySettings(())


def settings_of(path: str) -> CountySettings:
    """The settings of the county in which an organization stands; one query.

    They govern everybody in the county, so that no scope narrows them.
    """
    rows = RuleOverride.objects.filter(county=county_of(path)).select_related("author")
    return CountySettings(tuple(rows.order_by("since", "id")))


@dataclass(frozen=True)
class SettableRow:
    """A row that the county may set, with what it has set: now, from a day to come, and before."""

    row: Duty | Limit
    now: RuleOverride | None
    coming: RuleOverride | None
    history: tuple[RuleOverride, ...]

    @property
    def own(self) -> str:
        """ "党支部每季度至少 2 次", "" where the county leaves it as it is."""
        return self.row.tightened(self.now.value).in_words if self.now else ""

    @property
    def to_come(self) -> str:
        """ "2027年1月1日起：党支部每季度至少 2 次" """
        if self.coming is None:
            return ""
        return f"{written(self.coming.since)}起：{self.row.tightened(self.coming.value).in_words}"

    @property
    def sentences(self) -> tuple[tuple[RuleOverride, str], ...]:
        """Each setting with what it asks for, newest first."""
        return tuple((each, self.row.tightened(each.value).in_words) for each in self.history)


def settable_rows(settings: CountySettings, *, on: date) -> list[SettableRow]:
    """Every row that a county may set, in the table's order."""
    return [_settable(row, settings, on) for row in in_force(on) if is_settable(row)]


def settable_row(key: str, settings: CountySettings, *, on: date) -> SettableRow | None:
    """The row of that key; None where there is none, or none that can be set."""
    return next((each for each in settable_rows(settings, on=on) if each.row.key == key), None)


def is_settable(row: Row) -> bool:
    return isinstance(row, Duty | Limit) and row.is_settable


def _settable(row: Row, settings: CountySettings, on: date) -> SettableRow:
    assert isinstance(row, Duty | Limit)  # noqa: S101 - for the type checker: `is_settable` has said so
    history = settings.of(row.key)
    coming = [each for each in history if each.since > on]
    return SettableRow(row, settings.in_force(row.key, on=on), coming[0] if coming else None, history)


def own_words(settings: CountySettings, *, on: date) -> dict[str, str]:
    """What the county asks for where it has set something, by the row's key."""
    return {each.row.key: each.own for each in settable_rows(settings, on=on) if each.own}


def named(rows: Sequence[SettableRow]) -> list[SettableRow]:
    """Those for which the county has set anything."""
    return [each for each in rows if each.history]
