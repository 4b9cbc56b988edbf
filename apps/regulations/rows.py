"""What a row of the regulations' table is: a duty, a limit or a provision, with its source and dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Self

from apps.core.numbers import at_least, at_most, more_than
from apps.core.periods import Month, Period, Quarter, Year

Value = int | Fraction | Decimal
_NUMERALS = "零一二三四五六七八九十"


class Standing(StrEnum):
    """Whether a county may only tighten a row, or set it as it likes."""

    NATIONAL = "national"
    LOCAL = "local"

    @property
    def label(self) -> str:
        return "全国规定" if self is Standing.NATIONAL else "地方默认"

    @property
    def explanation(self) -> str:
        if self is Standing.NATIONAL:
            return "县里只能定得更严，不能放宽。"
        return "没有全国统一的数，这里是默认值，县里可以改。"


class Mark(StrEnum):
    """How far a row was verified against the published text."""

    V1 = "V1"
    V2 = "V2"
    L = "L"
    U = "U"
    CONVENTION = "工程"

    @property
    def label(self) -> str:
        return _MARKS[self][0]

    @property
    def explanation(self) -> str:
        return _MARKS[self][1]


_MARKS = {
    Mark.V1: ("已对原文", "对照公布的全文或完整条文核对过。"),
    Mark.V2: ("已对摘编", "对照条文摘编、官方问答或两个以上一致的来源核对过，没有对到官方全文。"),
    Mark.L: ("地方做法", "是一些地方或单位的做法，不是全国规定。"),
    Mark.U: ("待确认", "没有查到公开的条文，请县委组织部确认后使用。"),
    Mark.CONVENTION: ("平台约定", "没有条文规定，是平台为了数据准确作的约定。"),
}


class Subject(StrEnum):
    """Whose duty it is."""

    BRANCH = "branch"
    GROUP = "group"
    COMMITTEE = "committee"
    ORGANIZATION = "organization"

    @property
    def label(self) -> str:
        return {"branch": "党支部", "group": "党小组", "committee": "党委（党组）", "organization": "党组织"}[
            self
        ]


class Per(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def label(self) -> str:
        return {"month": "每月", "quarter": "每季度", "year": "每年"}[self]

    def period_of(self, day: date) -> Period:
        """The month, quarter or year in which the duty of that day is to be done."""
        kinds: dict[str, type[Period]] = {"month": Month, "quarter": Quarter, "year": Year}
        return kinds[self].of(day)


class Condition(StrEnum):
    """What must hold for a duty to apply; where it does not, the duty is never overdue."""

    HAS_COMMITTEE = "has_committee"
    HAS_GROUPS = "has_groups"
    NOT_TEMPORARY = "not_temporary"

    @property
    def label(self) -> str:
        return {
            "has_committee": "只计设了支委会的党支部（正式党员 7 人以上）",
            "has_groups": "只计划分了党小组的党支部",
            "not_temporary": "临时党支部不计",
        }[self]


class Comparison(StrEnum):
    """Which side of a value is right, and whether the value itself is (section 0.3 of the handbook)."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"

    @property
    def words(self) -> str:
        return {">=": "不少于", ">": "超过", "<=": "不超过", "<": "少于"}[self]

    @property
    def includes_value(self) -> bool:
        return self in (Comparison.AT_LEAST, Comparison.AT_MOST)

    @property
    def is_floor(self) -> bool:
        """Whether a greater value is the stricter one."""
        return self in (Comparison.AT_LEAST, Comparison.MORE_THAN)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row is written: document, article, and from when the document has been in force."""

    document: str
    short: str
    article: str = ""
    in_force_from: date | None = None
    article_checked: bool = True

    def at(self, article: str, *, checked: bool = True) -> Source:
        """The same document at an article; `checked` is whether the article's number was verified."""
        return replace(self, article=article, article_checked=checked)

    def __str__(self) -> str:
        return f"{self.document}{self.article}"

    @property
    def remark(self) -> str:
        """What a reader should know of the article's number; empty if it was checked."""
        return "" if self.article_checked else "条号待核"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has. `code` is the handbook's; `part` tells apart the rows of one code."""

    code: str
    part: str = ""
    title: str
    statement: str
    source: Source
    mark: Mark
    standing: Standing = Standing.NATIONAL
    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        """How a county's setting names the row: "MEET-05" or "MEET-05/secretary"."""
        return f"{self.code}/{self.part}" if self.part else self.code

    @property
    def chapter(self) -> str:
        """The chapter's prefix, such as "MEET"."""
        return self.code.partition("-")[0]

    @property
    def lines(self) -> tuple[str, ...]:
        """What the row asks for, a line each."""
        return ()

    @property
    def in_words(self) -> str:
        """What the row asks for, in one sentence without a full stop."""
        return "；".join(self.lines)

    @property
    def is_local(self) -> bool:
        return self.standing is Standing.LOCAL

    @property
    def is_settable(self) -> bool:
        """Whether a county may have a number of its own."""
        return False

    @property
    def standing_in_words(self) -> str:
        """Whether a county may set another number."""
        if not self.is_settable:
            return f"{self.standing.label}：县里不另外设置。"
        return f"{self.standing.label}：{self.standing.explanation}"

    @property
    def dates_in_words(self) -> str:
        """From when and until when the row holds."""
        if self.since and self.until:
            return f"{_day(self.since)}至{_day(self.until)}"
        if self.since:
            return f"{_day(self.since)}起"
        return f"到{_day(self.until)}为止" if self.until else "不限日期"

    def is_in_force(self, day: date) -> bool:
        """Whether the row holds on the day; both `since` and `until` are inside."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Row):
    """A rule without a number; `items` where it is a list."""

    items: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        return self.items

    @property
    def standing_in_words(self) -> str:
        """Empty: there is nothing that a county could set."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Row):
    """How often who must do what; `kind` is the kind of meeting that fulfils it.

    What is `carried_over` may still be done for its year in the first months of the next one
    (MEET-07/carry_over). What is `only_once` is done or not: no county can ask for more.
    """

    subject: Subject
    kind: str
    per: Per
    at_least: int = 1
    carried_over: bool = False
    only_once: bool = False
    applies: tuple[Condition, ...] = ()

    @property
    def is_settable(self) -> bool:
        return not self.only_once

    @property
    def number(self) -> int:
        """What a county's setting changes."""
        return self.at_least

    @property
    def in_words(self) -> str:
        if not self.at_least:
            return f"{self.subject.label}不要求次数"
        return f"{self.subject.label}{self.per.label}至少 {self.at_least} 次"

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.in_words, *(condition.label for condition in self.applies))

    def tightened(self, value: Value) -> Self:
        """The same duty with a county's own number; a ValueError if it loosens a national one.

        Of a local habit a county may ask nothing: 0.
        """
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ValueError(f"{self.key}: {value!r} is not a number of times")
        _check_not_looser(self, stricter=value >= self.at_least)
        return replace(self, at_least=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Row):
    """A threshold: `what` compares with `value`, which is a share of `of` where it is a Fraction.

    `between`: from which to which number a county may choose; without it there is nothing to choose.
    """

    what: str
    comparison: Comparison
    value: Value
    of: str = ""
    unit: str = ""
    between: tuple[int, int] | None = None

    @property
    def is_settable(self) -> bool:
        """Thresholds of the regulations are judged as they are: nobody votes by a county's own quorum."""
        return self.is_local and self.between is not None

    @property
    def number(self) -> Value:
        """What a county's setting changes."""
        return self.value

    @property
    def in_words(self) -> str:
        included = "含" if self.comparison.includes_value else "不含"
        of = f"{self.of}的" if self.of else ""
        return f"{self.what}{self.comparison.words}{of}{self.amount_in_words}（{included}本数）"

    @property
    def amount_in_words(self) -> str:
        """Such as 半数, 五分之四 or 50 名."""
        if isinstance(self.value, Fraction) and self.value.denominator > 1:
            return _share(self.value)
        return f" {self.value} {self.unit}".rstrip()

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.in_words,)

    def allows(self, amount: Value) -> bool:
        """Whether an amount keeps the limit; for a share, give the share."""
        match self.comparison:
            case Comparison.AT_LEAST:
                return amount >= self.value
            case Comparison.MORE_THAN:
                return amount > self.value
            case Comparison.AT_MOST:
                return amount <= self.value
            case Comparison.LESS_THAN:
                return amount < self.value

    def count_of(self, total: int) -> int:
        """The least head count that reaches the share of `total`, or the greatest that a ceiling leaves."""
        share = Fraction(self.value)
        match self.comparison:
            case Comparison.AT_LEAST:
                return at_least(total, share)
            case Comparison.MORE_THAN:
                return more_than(total, share)
            case Comparison.AT_MOST:
                return at_most(total, share)
            case Comparison.LESS_THAN:
                return at_least(total, share) - 1

    def tightened(self, value: Value) -> Self:
        """The same limit with a county's own value; a ValueError if it loosens a national one."""
        if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
            raise ValueError(f"{self.key}: {value!r} is not an exact number")
        _check_not_looser(
            self, stricter=value >= self.value if self.comparison.is_floor else value <= self.value
        )
        if self.between and not self.between[0] <= value <= self.between[1]:
            raise ValueError(f"{self.key}: {value} is not between {self.between}")
        return replace(self, value=value)


def _check_not_looser(row: Row, *, stricter: bool) -> None:
    if row.standing is Standing.NATIONAL and not stricter:
        raise ValueError(f"{row.key}: a county may tighten a national rule, not loosen it")


def _share(value: Fraction) -> str:
    if value == Fraction(1, 2):
        return "半数"
    if value.denominator <= 10:
        return f"{_NUMERALS[value.denominator]}分之{_NUMERALS[value.numerator]}"
    return f" {value.numerator}/{value.denominator}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
