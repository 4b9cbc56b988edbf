"""Duties in the sentences that a secretary would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from apps.core.periods import Month, Period, Quarter
from apps.figures.duties import Matter, Obligation
from apps.figures.duties.links import done_at, matrix_address, page_of
from apps.figures.rules import DutyState, TermState
from apps.regulations.rows import Duty

TAGS = {DutyState.OVERDUE: "bad", DutyState.DUE: "warn", DutyState.DONE: "good"}
QUARTERS = "一二三四"
R = TypeVar("R", bound=Model)


@dataclass(frozen=True)
class Line:
    """One thing to do as the first screen says it."""

    title: str
    opens: str
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
        title=each.name,
        opens=page_of(each),
        tag=each.state_words,
        state=TAGS.get(each.state, ""),
        sentence=_sentence(each),
        source=f"{each.rule.source.short}{each.rule.source.article}",
        source_href=reverse("regulations:detail", args=[each.rule.code]),
        href=done_at(each) if open_still else "",
        action=_action(each) if open_still else "",
    )


@dataclass(frozen=True)
class Yearly:
    """How a duty of the year that is still open is spoken of, and the button that does it."""

    missing: str
    advice: str
    action: str


YEARLY = MappingProxyType(
    {
        "MEET-07": Yearly("还没有开", "每年一次，一般在第四季度", "记组织生活会"),
        "MEET-08": Yearly("还没有完成民主评议党员", "每年一次，可以和组织生活会一起开", "去民主评议"),
        "MEET-10": Yearly("谈心谈话还没有谈全", "支委之间、支委和党员、党员之间，每年都要谈到", "记谈心谈话"),
        "MEET-19": Yearly(
            "还没有向党员大会报告工作", "开党员大会时加一项“审查支委会工作报告”", "记述职的党员大会"
        ),
    }
)


def _sentence(each: Obligation) -> str:
    if each.rule.code in YEARLY and each.state is not DutyState.DONE:
        return _yearly_sentence(each, YEARLY[each.rule.code])
    when, rule = short_label(each.period), _frequency(each)
    if each.state is DutyState.OVERDUE:
        lacking = f"只有 {each.held} 次" if each.held else "没有"
        return f"{when}{lacking}{each.what}记录。{rule}，补记也可以。"
    if each.state is DutyState.DUE and each.held:
        return f"{when}已有 {each.held} 次。{rule}。"
    if each.state is DutyState.DUE:
        return f"{when}还没有开。{rule}。" if _is_meeting(each) else f"{when}还没有。{rule}。"
    return f"{when}已有 {each.held} 次。"


def _yearly_sentence(each: Obligation, words: Yearly) -> str:
    sentences = [f"{short_label(each.period)}{words.missing}", words.advice]
    if each.remark:
        sentences.append(each.remark)
    elif each.state is DutyState.OVERDUE:
        sentences.append("补记也可以")
    return "".join(f"{sentence}。" for sentence in sentences)


def _is_meeting(each: Obligation) -> bool:
    return each.what.endswith("会")


def _frequency(each: Obligation) -> str:
    if not isinstance(each.rule, Duty):
        return ""
    times = "一次" if each.rule.at_least == 1 else f" {each.rule.at_least} 次"
    return f"{each.rule.per.label}{times}"


def _action(each: Obligation) -> str:
    if each.rule.code in YEARLY:
        return YEARLY[each.rule.code].action
    if each.state is DutyState.OVERDUE:
        return f"补记{short_label(each.period)}{each.what}"
    return f"记{each.what}"


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
    first = matter.first
    if first.period is None:
        return _terms_href(matter)
    if matter.count == 1:
        return page_of(first)
    return matrix_address(matter.place.id, first)


def _terms_href(matter: Matter) -> str:
    """Whose term has run out: the one, or the list behind the figure at this place."""
    if matter.count == 1:
        return reverse("organizations:detail", args=[matter.first.unit.id])
    asked = {"organization": str(matter.place.id), "state": TermState.OVERDUE.value}
    return f"{reverse('figures:detail', args=['M14'])}?{urlencode(asked)}"
