"""Dates as offices write them: to the day, to the month or to the year only."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import isfinite

from apps.core import calendar

FIRST_YEAR, LAST_YEAR = 1900, 2100
_NONE = frozenset({"", "/", "\\", "-", "--", "—", "——", "–", "无", "暂无"})
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", ord("。"): "."}
_MIDNIGHT = re.compile(r"[T ]+0{1,2}:00(:00(\.0+)?)?$")
_PARTED = re.compile(r"(\d{4}|\d{2})[-./年](\d{1,2})(?:[-./月](\d{1,2})[日号]?|月)?", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_SHORT_RUN = re.compile(r"(\d{2})(\d{2})(\d{2})", re.ASCII)
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)  # 1927 to 2119; smaller whole numbers are years

Cell = str | float | date | None


class Precision(StrEnum):
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class NotADate(ValueError):
    """What was written is no date; `sentence` tells a clerk why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class LooseDate:
    """A date as far as it is known; what is not is None."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: date) -> "LooseDate":
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def first(self) -> date:
        """The earliest day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def agrees_with(self, day: date) -> bool:
        """Whether `day` may be meant."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        month = f"{self.month}月" if self.month else ""
        return f"{self.year}年{month}" + (f"{self.day}日" if self.day else "")


def parse_loose(value: Cell, *, today: date | None = None) -> LooseDate | None:
    """Read a cell as a date; None for an empty one, "/" or "无"; raises NotADate.

    Two-digit years lie in the hundred years up to `today`.
    """
    if isinstance(value, date):
        return LooseDate.of(value)
    if isinstance(value, int | float):
        return _number(value, today or calendar.today())
    text = _clean(value or "")
    return None if text in _NONE else _text(text, today or calendar.today())


def _clean(text: str) -> str:
    return "".join(_MIDNIGHT.sub("", text.translate(_WIDE).strip()).split())


def _number(value: float, today: date) -> LooseDate:
    """A date in a number cell: a serial day, or digits that lost their text format."""
    if isfinite(value) and int(value) in _SERIALS:
        return LooseDate.of(_SERIAL_ZERO + timedelta(days=int(value)))
    written = f"{value:.10g}"
    if re.search(r"\.1$", written):
        raise NotADate(f"“{written}”看不出是1月还是10月，请把这一格改成文本后重新填写。")
    return _text(written, today)


def _text(text: str, today: date) -> LooseDate:
    if text.isdecimal() and len(text) == 5 and int(text) in _SERIALS:
        return LooseDate.of(_SERIAL_ZERO + timedelta(days=int(text)))
    for pattern in (_PARTED, _YEAR, _RUN, _SHORT_RUN):
        match = pattern.fullmatch(text)
        if match and (pattern is not _RUN or len(text) == 8 or text[:2] in ("19", "20")):
            return _checked(text, *match.groups(), today=today)
    raise NotADate(f"“{text}”不是日期，请写成 2019-03-12 这样；只知道年月的，写 2019年3月。")


def _checked(
    text: str, year: str, month: str | None = None, day: str | None = None, *, today: date
) -> LooseDate:
    full = int(year) if len(year) == 4 else _century(int(year), today)
    found = LooseDate(full, int(month) if month else None, int(day) if day else None)
    if not FIRST_YEAR <= full <= LAST_YEAR:
        raise NotADate(f"“{text}”的年份不对，请核对。")
    if found.month is not None and not 1 <= found.month <= 12:
        raise NotADate(f"“{text}”里没有{found.month}月这个月份，请核对。")
    if found.day is not None and not 1 <= found.day <= monthrange(full, found.month or 1)[1]:
        raise NotADate(f"“{text}”：{full}年{found.month}月没有{found.day}日，请核对。")
    return found


def _century(year: int, today: date) -> int:
    return 2000 + year if 2000 + year <= today.year else 1900 + year
