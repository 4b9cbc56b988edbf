"""Duties in the sentences that a secretary would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from apps.core.periods import Month, Period, Quarter
from apps.figures.duties import Matter, Obligation
from apps.figures.registry import all_figures
from apps.figures.rules import DutyState, TermState
from apps.figures.values import MISSING
from apps.meetings.kinds import Kind
from apps.regulations.rows import Duty

TAGS = {DutyState.OVERDUE: "bad", DutyState.DUE: "warn", DutyState.DONE: "good"}
QUARTERS = "一二三四"
R = TypeVar("R", bound=Model)


@dataclass(frozen=True)
class Line:
    """One thing to do as the first screen says it."""

    title: str
    tag: str
    state: str
    sentence: str
    source: str
    source_href: str
    href: str = ""
    action: str = ""


def line_of(each: Obligation) -> Line:
    """A duty of a branch or group, with the button that does it unless it is done."""
    open_still = each.state is not DutyState.DONE
    return Line(
        title=_title(each),
        tag=each.state_words,
        state=TAGS.get(each.state, ""),
        sentence=_sentence(each),
        source=f"{each.rule.source.short}{each.rule.source.article}",
        source_href=reverse("regulations:detail", args=[each.rule.code]),
        href=_record_href(each) if open_still else "",
        action=_action(each) if open_still else "",
    )


def _title(each: Obligation) -> str:
    return f"{_kind(each)}（{each.group.name}）" if each.group else _kind(each)


def _kind(each: Obligation) -> str:
    return Kind(each.kind).label


def _sentence(each: Obligation) -> str:
    when, rule = short_label(each.period), _frequency(each)
    if each.state is DutyState.OVERDUE:
        return f"{when}没有{_kind(each)}记录。{rule}，补记也可以。"
    if each.state is DutyState.DUE:
        return f"{when}还没有开。{rule}。" if _is_meeting(each) else f"{when}还没有。{rule}。"
    return f"{when}已有 {each.held} 次。"


def _is_meeting(each: Obligation) -> bool:
    return _kind(each).endswith("会")


def _frequency(each: Obligation) -> str:
    if not isinstance(each.rule, Duty):
        return ""
    times = "一次" if each.rule.at_least == 1 else f" {each.rule.at_least} 次"
    return f"{each.rule.per.label}{times}"


def _action(each: Obligation) -> str:
    if each.state is DutyState.OVERDUE:
        return f"补记{short_label(each.period)}{_kind(each)}"
    return f"记{_kind(each)}"


def _record_href(each: Obligation) -> str:
    wish = {"kind": each.kind}
    if each.state is DutyState.OVERDUE and each.period:
        wish["month"] = str(each.period.months[-1])
    return f"{reverse('meetings:new')}?{urlencode(wish)}"


def short_label(period: Period | None) -> str:
    """ "10月", "第四季度", "2026年": the year goes without saying where it can."""
    if isinstance(period, Month):
        return f"{period.month}月"
    if isinstance(period, Quarter):
        return f"第{QUARTERS[period.quarter - 1]}季度"
    return period.label if period else ""


def first_of(rows: Sequence[R], wanted: str | None) -> R:
    """The row whose key was asked for, else the first."""
    return next((row for row in rows if str(row.pk) == wanted), rows[0])


@dataclass(frozen=True)
class MatterLine:
    """The same thing overdue at one place, as a line of an office's screen; `href` opens who it is."""

    matter: Matter
    href: str

    @property
    def tag(self) -> str:
        longest = "最久" if self.matter.count > 1 else ""
        return f"{longest}逾期{self.matter.days}天"

    @property
    def source(self) -> str:
        source = self.matter.first.rule.source
        return f"{source.short}{source.article}"

    @property
    def source_href(self) -> str:
        return reverse("regulations:detail", args=[self.matter.first.rule.code])


def matter_lines(matters: Sequence[Matter]) -> list[MatterLine]:
    """Each with a link to the one organization, or to the list behind the figure that counts them."""
    return [MatterLine(matter, _place_href(matter)) for matter in matters]


def _place_href(matter: Matter) -> str:
    if matter.count == 1:
        return reverse("organizations:detail", args=[matter.first.unit.id])
    return _figure_href(matter)


def _figure_href(matter: Matter) -> str:
    """The list of those that the figure of this rule misses, at this place and in this period."""
    rule, period = matter.first.rule.code, matter.first.period
    code = next(figure.code for figure in all_figures() if rule in figure.rules)
    asked = {"organization": str(matter.place.id), "state": MISSING if period else TermState.OVERDUE.value}
    if period:
        asked["period"] = str(period.months[-1])
    return f"{reverse('figures:detail', args=[code])}?{urlencode(asked)}"
