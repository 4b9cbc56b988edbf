"""How figures are written in a document (GB/T 15835, DOC-15). Whole days: `core.calendar.written`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

_NUMERALS = "零一二三四五六七八九"


def percent(part: int, whole: int) -> str:
    """ "93.2%": one decimal, without ".0"; never rounded to 100% or 0% while that is not exact."""
    tenths = round(Fraction(part * 1000, whole))
    if part < whole:
        tenths = min(tenths, 999)
    if part > 0:
        tenths = max(tenths, 1)
    return f"{in_tenths(tenths)}%"


def in_tenths(tenths: int) -> str:
    """932 as "93.2", 930 as "93"."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def numeral(number: int) -> str:
    """1 to 99 in Chinese: "一", "十", "十二", "二十"."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def short_day(day: date) -> str:
    """ "1月8日", where the year is clear."""
    return f"{day.month}月{day.day}日"


def listed(names: Sequence[str]) -> str:
    """ "甲、乙、丙"."""
    return "、".join(names)
