"""What somebody entered about a review or a life meeting, as values that forms make and services take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date


@dataclass(frozen=True)
class Votes:
    """The ballot's totals for one member, from paper; None is what nobody counted yet."""

    excellent: int | None = None
    qualified: int | None = None
    basically_qualified: int | None = None
    unqualified: int | None = None

    @property
    def cast(self) -> int:
        return sum(getattr(self, grade) or 0 for grade in GRADES)

    @property
    def is_counted(self) -> bool:
        return any(getattr(self, grade) is not None for grade in GRADES)


GRADES = tuple(one.name for one in fields(Votes))


@dataclass(frozen=True)
class Judged:
    """What was entered for one member; `no_grade` is heard only of somebody who could be graded."""

    votes: Votes = Votes()
    grade: str = ""
    no_grade: str = ""


@dataclass(frozen=True)
class ReviewEntry:
    """One year's review as entered, complete or not; `people` by the row of the list."""

    self_on: date | None = None
    mutual_on: date | None = None
    in_groups: bool = False
    ballot_on: date | None = None
    ballots_out: int | None = None
    ballots_valid: int | None = None
    decided_on: date | None = None
    decider: str = ""
    meeting_id: int | None = None
    deciding_meeting_id: int | None = None
    people: Mapping[int, Judged] = field(default_factory=dict)


HEAD = tuple(one.name for one in fields(ReviewEntry) if one.name != "people")


@dataclass(frozen=True)
class Mended:
    """A line of the list of things to mend; `id` None is a new one."""

    text: str
    responsible: str
    due_on: date
    done_on: date | None = None
    outcome: str = ""
    id: int | None = None


@dataclass(frozen=True)
class LifeEntry:
    """The texts around a life meeting and the list of things to mend, whole."""

    plan: str = ""
    study: str = ""
    talks: str = ""
    opinions: str = ""
    rectifications: tuple[Mended, ...] = ()


TEXTS = ("plan", "study", "talks", "opinions")
