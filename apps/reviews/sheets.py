"""What the pages show of a review that is not in a row: its steps, the distribution, a year's lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from apps.core.calendar import today
from apps.regulations.rows import Provision
from apps.regulations.table import provision
from apps.reviews import rules
from apps.reviews.entries import GRADES
from apps.reviews.models import MemberReview, ReviewedMember
from apps.reviews.queries import as_rules_see, grades_by_review
from apps.reviews.vocabulary import Grade, NoGrade, State


@dataclass(frozen=True)
class StepLine:
    """One of the four steps, with its day and its record."""

    title: str
    day: date | None
    words: str = ""
    href: str = ""


def steps_of(review: MemberReview) -> list[StepLine]:
    """The four steps of MEET-08 as far as they are done."""
    where = "在党小组内进行" if review.in_groups else ""
    ballots = (
        f"发出 {review.ballots_out} 张，收回有效票 {review.ballots_valid} 张" if review.ballots_valid else ""
    )
    held = _href(review.meeting_id)
    return [
        StepLine("个人自评", review.self_on, where, held),
        StepLine("党员互评", review.mutual_on, where, held),
        StepLine("民主测评", review.ballot_on, ballots),
        StepLine(
            "评定等次", review.decided_on, review.get_decider_display(), _href(review.deciding_meeting_id)
        ),
    ]


def _href(meeting: int | None) -> str:
    return reverse("meetings:detail", args=[meeting]) if meeting else ""


@dataclass(frozen=True)
class Result:
    """A review in numbers: who is on the list, how many got each grade, how many may be excellent."""

    total: int
    lines: tuple[tuple[str, int], ...]
    excellent: int
    most_excellent: int
    reasons: tuple[tuple[str, int], ...]
    consequences: tuple[tuple[str, Provision], ...]

    @property
    def limit_words(self) -> str:
        return f"党员总数 {self.total} 名，优秀最多 {self.most_excellent} 名（三分之一，零头不算）。"


def result_of(review: MemberReview, rows: Sequence[ReviewedMember]) -> Result:
    """The distribution, and what follows from the two lower grades (MEET-09, MEM-30)."""
    people, day = as_rules_see(rows), review.day or today()
    total = rules.total_of(people)
    counts = {grade: sum(row.grade == grade for row in rows) for grade in Grade}
    reasons = {reason: sum(row.no_grade == reason for row in rows) for reason in NoGrade}
    return Result(
        total=total,
        lines=tuple((str(grade.label), count) for grade, count in counts.items()),
        excellent=counts[Grade.EXCELLENT],
        most_excellent=rules.most_excellent(total, on=day),
        reasons=tuple((str(reason.label), count) for reason, count in reasons.items() if count),
        consequences=tuple(_consequences(counts, day)),
    )


def _consequences(counts: dict[Grade, int], day: date) -> Iterable[tuple[str, Provision]]:
    """What the rules say to somebody who is not qualified; nothing of it happens by itself."""
    if counts[Grade.BASICALLY_QUALIFIED]:
        yield str(Grade.BASICALLY_QUALIFIED.label), provision("MEM-42", on=day)
    if counts[Grade.UNQUALIFIED]:
        yield str(Grade.UNQUALIFIED.label), provision("MEM-30", on=day)


@dataclass(frozen=True)
class YearRow:
    """A branch's line in the list of a year; grades only of a closed review."""

    branch: Any
    state: str
    state_label: str
    review_id: int | None
    life_meetings: int
    grades: tuple[int, ...]
    ungraded: int

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED


def year_rows(branches: Iterable[Any]) -> list[YearRow]:
    """The lines of branches that `queries.with_year` annotated; one query more."""
    rows = list(branches)
    grades = grades_by_review([row.review_id for row in rows if row.review_id])
    return [_year_row(row, grades.get(row.review_id, {})) for row in rows]


def _year_row(branch: Any, grades: dict[str, int]) -> YearRow:
    state = branch.review_state or ""
    return YearRow(
        branch=branch,
        state=state,
        state_label=str(State(state).label) if state else "还没有开始",
        review_id=branch.review_id,
        life_meetings=branch.life_meetings or 0,
        grades=tuple(grades.get(grade, 0) for grade in GRADES),
        ungraded=grades.get("", 0),
    )
