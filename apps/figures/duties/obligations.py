"""What a duty of one branch, group or committee looks like on a day. Values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from apps.core.periods import Period
from apps.figures.rules import DutyState
from apps.figures.values import Group, Unit
from apps.meetings.kinds import KIND_LABELS, Kind
from apps.regulations.table import Duty, Per, Row


class Obligation(NamedTuple):
    """One duty (or the end of a term) of one branch, group or organization in one period.

    A tuple, since a county has them by the ten thousand.
    """

    rule: Row
    unit: Unit
    state: DutyState
    days: int
    """Days left until the end of the period, or since it ended."""
    period: Period | None = None
    group: Group | None = None
    held: int = 0
    reason: str = ""
    due_on: date | None = None

    @property
    def title(self) -> str:
        """ "支部委员会会议（2026年10月）" """
        return f"{self.rule.title}（{self.period.label}）" if self.period else "换届"

    @property
    def what(self) -> str:
        """By the kind of meeting where any of it fulfils the duty, else by the rule: "党小组会"."""
        by_kind = isinstance(self.rule, Duty) and self.rule.per is not Per.YEAR
        return KIND_LABELS[Kind(self.kind)] if by_kind else self.rule.title

    @property
    def name(self) -> str:
        """ "党小组会（第一党小组）" """
        return f"{self.what}（{self.group.name}）" if self.group else self.what

    @property
    def so_far(self) -> str:
        """Of an open one: "还没有记录", "只有 1 次记录", "还没有完成" where it is done or not."""
        if isinstance(self.rule, Duty) and self.rule.only_once:
            return "还没有完成"
        return f"只有 {self.held} 次记录" if self.held else "还没有记录"

    @property
    def remark(self) -> str:
        """What to know of a period that is over and still open (MEET-07)."""
        if self.state is not DutyState.DUE or self.period is None or self.due_on is None:
            return ""
        if self.due_on <= self.period.last:
            return ""
        return f"{self.due_on.year}年{self.due_on.month}月底以前补开，可以归属{self.period.label}"

    @property
    def kind(self) -> str:
        """The kind of meeting that fulfils it, "" for an election."""
        return self.rule.kind if isinstance(self.rule, Duty) else ""

    @property
    def state_words(self) -> str:
        """ "逾期46天", "还有8天", "已完成", "不适用：没有划分党小组，不计" """
        match self.state:
            case DutyState.OVERDUE:
                return f"逾期{self.days}天"
            case DutyState.DUE:
                return f"还有{self.days}天" if self.days else "今天到期"
            case DutyState.EXEMPT:
                return f"不适用：{self.reason}"
        return self.state.label


def kind_of(obligations: Sequence[Obligation]) -> str:
    """What those are called whose duty it is."""
    if obligations[0].group:
        return "党小组"
    return "党支部" if all(each.unit.is_branch for each in obligations) else "党组织"


@dataclass(frozen=True, slots=True)
class Matter:
    """The same thing overdue at one place: one branch, or several below the same organization."""

    title: str
    place: Unit
    obligations: tuple[Obligation, ...]

    @property
    def first(self) -> Obligation:
        return self.obligations[0]

    @property
    def count(self) -> int:
        return len(self.obligations)

    @property
    def days(self) -> int:
        """Since when the longest of them is overdue."""
        return max(each.days for each in self.obligations)

    @property
    def where(self) -> str:
        """ "石门镇南坪村党支部", or "临河镇党委 6个支部" """
        if self.count == 1:
            group = self.first.group
            return f"{self.first.unit.name}{group.name if group else ''}"
        return f"{self.place.name} {self.count}个{kind_of(self.obligations)}"


@dataclass(frozen=True)
class Overdue:
    """What is overdue in somebody's scope, worst first."""

    matters: tuple[Matter, ...]

    @property
    def count(self) -> int:
        """How many single obligations."""
        return sum(matter.count for matter in self.matters)
