"""Decisions about reviews of members and life meetings: what is lacking, how many may be excellent. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from apps.regulations.table import limit
from apps.reviews.entries import Judged, ReviewEntry, Votes
from apps.reviews.vocabulary import Decider, Grade, NoGrade

NAMES_IN_A_SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Person:
    """One member on the list of a review; `row` is the list's number of them."""

    row: int
    name: str
    is_full: bool
    judged: Judged

    @property
    def is_graded(self) -> bool:
        return not self.judged.no_grade


class Missing(NamedTuple):
    """What keeps a review from its next step: the field ("p17-grade" of the row 17) and the sentence."""

    field: str
    sentence: str
    rule: str = "MEET-08"


def settled(judged: Judged, *, is_full: bool, ballots_valid: int | None) -> Judged:
    """The entry of one member as the rules read it.

    A probationary member has no grade (MEET-09) and nobody without a grade has votes. What was not
    counted of a member's votes is nought, "qualified" the rest of the valid ballots.
    """
    no_grade = judged.no_grade or ("" if is_full else NoGrade.PROBATIONARY)
    if no_grade == NoGrade.PROBATIONARY and is_full:
        no_grade = ""
    if no_grade:
        return Judged(no_grade=no_grade)
    return replace(judged, no_grade="", votes=with_the_rest(judged.votes, ballots_valid))


def with_the_rest(votes: Votes, ballots_valid: int | None) -> Votes:
    """The numbers that nobody typed: the rest is for "qualified", else nought."""
    if not votes.is_counted:
        return votes
    rest = max((ballots_valid or 0) - votes.cast, 0)
    return Votes(
        excellent=votes.excellent or 0,
        qualified=rest if votes.qualified is None else votes.qualified,
        basically_qualified=votes.basically_qualified or 0,
        unqualified=votes.unqualified or 0,
    )


def most_excellent(total: int, *, on: date) -> int:
    """How many may be excellent among `total` members (MEET-09)."""
    return limit("MEET-09", "excellent", on=on).count_of(total)


def total_of(people: Sequence[Person]) -> int:
    """All members of the branch, probationary ones too, but those whom a mobile branch reviews (MEET-09)."""
    return sum(one.judged.no_grade != NoGrade.ELSEWHERE for one in people)


def excellent_of(people: Sequence[Person]) -> int:
    return sum(one.judged.grade == Grade.EXCELLENT for one in people)


def has_committee(people: Sequence[Person], *, on: date) -> bool:
    """Whether so many full members have a committee, which may decide the grades (ORG-10)."""
    return limit("ORG-10", "committee", on=on).allows(sum(one.is_full for one in people))


def lacking_to_hold(entry: ReviewEntry, *, now: date) -> list[Missing]:
    """What the first two steps lack (MEET-08)."""
    return [
        *_day(entry.self_on, "self_on", "请填个人自评的日期。", now),
        *_day(entry.mutual_on, "mutual_on", "请填党员互评的日期。", now),
    ]


def lacking_to_close(
    entry: ReviewEntry, people: Sequence[Person], *, may_committee_decide: bool, now: date
) -> list[Missing]:
    """What the four steps lack, in the order of the form (MEET-08, MEET-09)."""
    return [
        *lacking_to_hold(entry, now=now),
        *_ballot(entry, people, now),
        *_decision(entry, may_committee_decide, now),
        *_grades(people, entry.ballot_on or now),
    ]


def _day(day: date | None, field: str, sentence: str, now: date) -> Iterator[Missing]:
    if day is None:
        yield Missing(field, sentence)
    elif day > now:
        yield Missing(field, "这一天还没有到，开过以后再填。")


def _ballot(entry: ReviewEntry, people: Sequence[Person], now: date) -> Iterator[Missing]:
    yield from _day(entry.ballot_on, "ballot_on", "请填民主测评的日期。", now)
    if entry.ballots_out is None:
        yield Missing("ballots_out", "请填发出多少张测评票。")
    if not entry.ballots_valid:
        yield Missing("ballots_valid", "请填收回多少张有效票。")
        return
    yield from too_many_valid(entry)
    uncounted = [one for one in people if one.is_graded and not one.judged.votes.is_counted]
    if uncounted:
        yield Missing(_at(uncounted[0], "excellent"), f"还没有填测评票数：{_names(uncounted)}。")
    for one in people:
        yield from _sum(one, entry.ballots_valid)


def too_many_valid(entry: ReviewEntry) -> Iterator[Missing]:
    """More ballots that are valid than were handed out."""
    if entry.ballots_valid is not None and entry.ballots_valid > (entry.ballots_out or 0):
        sentence = f"有效票 {entry.ballots_valid} 张，多于发出的 {entry.ballots_out or 0} 张，请核对。"
        yield Missing("ballots_valid", sentence)


def _sum(one: Person, valid: int) -> Iterator[Missing]:
    votes = one.judged.votes
    if votes.is_counted and votes.cast != valid:
        sentence = f"{one.name}的票加起来是 {votes.cast} 张，有效票是 {valid} 张，请核对。"
        yield Missing(_at(one, "excellent"), sentence)


def _decision(entry: ReviewEntry, may_committee_decide: bool, now: date) -> Iterator[Missing]:
    if not entry.decider:
        yield Missing("decider", "请选由谁评定。")
    elif entry.decider == Decider.COMMITTEE and not may_committee_decide:
        yield Missing("decider", "本支部正式党员人数少，不设支委会，由党员大会评定。")
    yield from _day(entry.decided_on, "decided_on", "请填评定的日期。", now)
    if entry.decided_on and entry.ballot_on and entry.decided_on < entry.ballot_on:
        yield Missing("decided_on", "先民主测评，再评定：评定日期不能早于测评日期。")


def _grades(people: Sequence[Person], day: date) -> Iterator[Missing]:
    ungraded = [one for one in people if one.is_graded and not one.judged.grade]
    if ungraded:
        yield Missing(_at(ungraded[0], "grade"), f"还没有评定等次：{_names(ungraded)}。")
    total, excellent = total_of(people), excellent_of(people)
    most = most_excellent(total, on=day)
    if excellent > most:
        yield Missing("excellent", too_many_excellent(total, excellent, most), "MEET-09")


def too_many_excellent(total: int, excellent: int, most: int) -> str:
    return (
        f"评为优秀的有 {excellent} 名，最多 {most} 名："
        f"优秀一般不超过党员总数（{total} 名）的三分之一，零头不算。请减少 {excellent - most} 名。"
    )


def _at(one: Person, name: str) -> str:
    return f"p{one.row}-{name}"


def _names(people: Sequence[Person]) -> str:
    shown = "、".join(one.name for one in people[:NAMES_IN_A_SENTENCE])
    return shown + (f"等 {len(people)} 人" if len(people) > NAMES_IN_A_SENTENCE else "")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four parts of a year's life meeting: whether it is there, else what is lacking."""

    title: str
    lacking: str = ""

    @property
    def is_there(self) -> bool:
        return not self.lacking


@dataclass(frozen=True, slots=True)
class LifeFacts:
    """What decides how complete a life meeting is; `meetings` are its valid records."""

    plan: str = ""
    study: str = ""
    talks: str = ""
    opinions: str = ""
    meetings: int = 0
    rectifications: int = 0


def parts_of(facts: LifeFacts) -> tuple[Part, ...]:
    """The four parts, each with what it lacks (MEET-07)."""
    before = {"会前学习": facts.study, "谈心谈话": facts.talks, "听取意见": facts.opinions}
    unsaid = "、".join(title for title, text in before.items() if not text)
    return (
        Part("会前方案", "" if facts.plan else "还没有写方案。"),
        Part("会前准备", f"还没有写：{unsaid}。" if unsaid else ""),
        Part("会上批评和自我批评", "" if facts.meetings else "还没有交上组织生活会的记录。"),
        Part("会后整改清单", "" if facts.rectifications else "还没有整改事项。"),
    )
