"""Months, quarters and years as values: frozen, hashable, ordered within their own kind."""

import calendar
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

FIRST_YEAR, LAST_YEAR = 1900, 2999


class _Period(ABC):
    """What every period can do, given its months."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    def of(cls, day: date) -> Self:
        """The period that `day` lies in."""

    @property
    @abstractmethod
    def months(self) -> tuple["Month", ...]:
        """Its months, earliest first."""

    @property
    def first(self) -> date:
        """Its first day."""
        month = self.months[0]
        return date(month.year, month.month, 1)

    @property
    def last(self) -> date:
        """Its last day, which still belongs to it."""
        month = self.months[-1]
        return date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])

    def next(self) -> Self:
        return self.of(self.last + timedelta(days=1))

    def previous(self) -> Self:
        return self.of(self.first - timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, order=True, slots=True)
class Month(_Period):
    year: int
    month: int

    def __post_init__(self) -> None:
        _check(FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.month <= 12, self)

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026-10"; anything else is a ValueError."""
        return cls(*_numbers(r"(\d{4})-(\d{2})", text))

    @property
    def months(self) -> tuple["Month", ...]:
        return (self,)

    @property
    def label(self) -> str:
        return f"{self.year}年{self.month}月"

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


@dataclass(frozen=True, order=True, slots=True)
class Quarter(_Period):
    year: int
    quarter: int

    def __post_init__(self) -> None:
        _check(FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.quarter <= 4, self)

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026-Q4"; anything else is a ValueError."""
        return cls(*_numbers(r"(\d{4})-Q(\d)", text))

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(Month(self.year, 3 * self.quarter + n) for n in (-2, -1, 0))

    @property
    def label(self) -> str:
        return f"{self.year}年第{'一二三四'[self.quarter - 1]}季度"

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}"


@dataclass(frozen=True, order=True, slots=True)
class HalfYear(_Period):
    year: int
    half: int

    def __post_init__(self) -> None:
        _check(FIRST_YEAR <= self.year <= LAST_YEAR and self.half in (1, 2), self)

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(Month(self.year, 6 * self.half + n) for n in range(-5, 1))

    @property
    def label(self) -> str:
        return f"{self.year}年{'上下'[self.half - 1]}半年"

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}"


@dataclass(frozen=True, order=True, slots=True)
class Year(_Period):
    year: int

    def __post_init__(self) -> None:
        _check(FIRST_YEAR <= self.year <= LAST_YEAR, self)

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026"; anything else is a ValueError."""
        return cls(*_numbers(r"(\d{4})", text))

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(Month(self.year, month) for month in range(1, 13))

    @property
    def label(self) -> str:
        return f"{self.year}年"

    def __str__(self) -> str:
        return str(self.year)


Period = Month | Quarter | Year


def parse_period(text: str) -> Period:
    """Read "2026-10", "2026-Q4" or "2026"; anything else is a ValueError."""
    if "Q" in text:
        return Quarter.parse(text)
    return Month.parse(text) if "-" in text else Year.parse(text)


def _numbers(pattern: str, text: str) -> list[int]:
    match = re.fullmatch(pattern, text, re.ASCII)
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    return [int(group) for group in match.groups()]


def _check(holds: bool, period: object) -> None:
    if not holds:
        raise ValueError(f"no such period: {period!r}")
