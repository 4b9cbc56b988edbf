"""How long a sheet must hang on the notice board, and where a publication stands there. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from apps.core.calendar import today, written
from apps.regulations.rows import Limit
from apps.regulations.table import NotInForce, limit

USUAL_PLACE = "村务公开栏"


class Board(StrEnum):
    """Where a publication stands on the notice board."""

    MISSING = "missing"
    SHORT = "short"
    HANGING = "hanging"
    HUNG = "hung"

    @property
    def label(self) -> str:
        return {
            "missing": "还没有张贴",
            "short": "没有贴满天数",
            "hanging": "正在张贴",
            "hung": "已贴满天数",
        }[self]

    @property
    def tag(self) -> str:
        """The colour of its tag."""
        return {"missing": "warn", "short": "bad", "hanging": "good", "hung": "good"}[self]

    @property
    def is_enough(self) -> bool:
        return self in (Board.HANGING, Board.HUNG)


@dataclass(frozen=True, slots=True)
class Rule:
    """The least whole days on the board, asked of what was put up since the law has said so (VAD-05)."""

    row: Limit
    least: int
    since: datetime.date


def rule_on(day: datetime.date) -> Rule:
    row = limit("VAD-05", on=day)
    return Rule(row, int(row.value), row.since or datetime.date.min)


def rule_for(published: datetime.date) -> Rule:
    """That of the day on which it was published; of what is older than the rule, today's."""
    try:
        return rule_on(published)
    except NotInForce:
        return rule_on(today())


@dataclass(frozen=True, slots=True)
class Hanging:
    """When a sheet was put up and taken down; None while it hangs."""

    put_up_on: datetime.date
    taken_down_on: datetime.date | None

    @property
    def days(self) -> int:
        """Whole days on the board: neither the day of putting up counts nor that of taking down (CALC-08)."""
        if self.taken_down_on is None:
            raise ValueError("it hangs still")
        return max(0, (self.taken_down_on - self.put_up_on).days - 1)

    def is_enough(self, rule: Rule) -> bool:
        """Whether it hung for the least days or hangs still."""
        if self.taken_down_on is None or self.put_up_on < rule.since:
            return True
        return self.days >= rule.least

    def words(self, rule: Rule) -> str:
        """A sentence for whoever keeps the board."""
        if self.taken_down_on is None:
            return f"正在张贴，最早{written(self.free_on(rule))}撤下。"
        if self.is_enough(rule):
            return f"贴了 {self.days} 天。"
        return f"只贴了 {self.days} 天，少于 {rule.least} 天，请重新张贴。"

    def free_on(self, rule: Rule) -> datetime.date:
        """The first day on which it may be taken down."""
        return self.put_up_on + datetime.timedelta(days=rule.least + 1)


def stands(sheets: Iterable[Hanging], rule: Rule) -> Board:
    """Where the publication stands; one sheet that is enough makes good all that were not."""
    sheets = list(sheets)
    if any(sheet.taken_down_on is None for sheet in sheets):
        return Board.HANGING
    if any(sheet.is_enough(rule) for sheet in sheets):
        return Board.HUNG
    return Board.SHORT if sheets else Board.MISSING
