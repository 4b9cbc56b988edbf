"""How an evaluation is added up and when it may be shown; how long a gathering counts as study. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from apps.core.errors import Refused
from apps.meetings.kinds import Kind

# Fewer answers would tell who gave them (ADR 0013).
FEWEST_SHOWN = 5
# Guests and late-comers beyond the roll; more answers than people is somebody's game.
GUESTS = 20
# Collective study as far as it is on record (MEM-01); talks, votes in committee and groups are not.
STUDY = (Kind.LESSON, Kind.THEME_DAY, Kind.GENERAL_MEETING)
TENTH = Decimal("0.1")


class Point(StrEnum):
    """What is asked about a lesson."""

    ATTITUDE = "attitude"
    CONTENT = "content"
    FORM = "form"
    EFFECT = "effect"

    @property
    def label(self) -> str:
        return {"attitude": "讲课态度", "content": "讲的内容", "form": "讲的方式", "effect": "听课效果"}[self]


class Grade(StrEnum):
    """What may be answered, the best first."""

    GOOD = "good"
    FAIRLY_GOOD = "fairly_good"
    FAIR = "fair"
    POOR = "poor"

    @property
    def label(self) -> str:
        return {"good": "好", "fairly_good": "较好", "fair": "一般", "poor": "差"}[self]


SLOTS = [(point, grade) for point in Point for grade in Grade]
NOTHING = (0,) * len(SLOTS)


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of answers, and how often each grade was given for each point, in the order of SLOTS."""

    number: int = 0
    counts: tuple[int, ...] = NOTHING

    def __add__(self, other: Tally) -> Tally:
        counts = tuple(ours + theirs for ours, theirs in zip(self.counts, other.counts, strict=True))
        return Tally(self.number + other.number, counts)

    def of(self, point: Point) -> tuple[int, ...]:
        """How often each grade was given for the point, the best first."""
        at = SLOTS.index((point, Grade.GOOD))
        return self.counts[at : at + len(Grade)]


def tally(number: int, counts: Sequence[int]) -> Tally:
    """From what is stored; nothing stored is no answers."""
    return Tally(number, tuple(counts) or NOTHING)


def one_answer(said: Mapping[Point, Grade]) -> Tally:
    """A single answer to all four points."""
    return Tally(1, tuple(int(said[point] is grade) for point, grade in SLOTS))


def paper_tally(number: int, counts: Sequence[int]) -> Tally:
    """Totals counted on paper: every paper says something on every point."""
    found = tally(number, counts)
    for point in Point:
        if sum(found.of(point)) != number:
            raise Refused(
                f"“{point.label}”四格加起来是 {sum(found.of(point))}，和答卷份数 {number} 不一样。",
                field="number",
            )
    return found


@dataclass(frozen=True, slots=True)
class Result:
    """What may be shown; `held_back` are answers too few to be shown, by where they came from."""

    shown: Tally
    held_back: int

    @property
    def rows(self) -> list[tuple[str, tuple[int, ...]]]:
        return [(point.label, self.shown.of(point)) for point in Point] if self.shown.number else []


def result(link: Tally, paper: Tally) -> Result:
    """Each source for itself: otherwise whoever counted the papers would know the few other answers."""
    enough = [each for each in (link, paper) if each.number >= FEWEST_SHOWN]
    shown = sum(enough, Tally())
    return Result(shown, link.number + paper.number - shown.number)


def is_open(closes_on: date, *, closed: bool, on: date) -> bool:
    return not closed and on <= closes_on


@dataclass(frozen=True, slots=True)
class Scale:
    """How gatherings are turned into study hours: MEM-01 and its conventions."""

    minutes: int
    usual: int
    most: int

    @property
    def usual_length(self) -> timedelta:
        """Of a gathering whose end nobody wrote down."""
        return timedelta(minutes=self.usual * self.minutes)

    @property
    def longest(self) -> timedelta:
        """What counts of one gathering at most."""
        return timedelta(minutes=self.most * self.minutes)

    def hours(self, length: timedelta) -> Decimal:
        """Study hours, cut to a tenth."""
        whole = Decimal(length // timedelta(minutes=1)) / self.minutes
        return whole.quantize(TENTH, rounding=ROUND_DOWN)
