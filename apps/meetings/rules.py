"""Decisions about a meeting: who is expected, who may vote, what a record lacks. For votes see `voting`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from apps.core.errors import Refused
from apps.core.monthly import MonthlyDay
from apps.core.periods import Month
from apps.meetings.kinds import Kind, Matter
from apps.meetings.voting import ELECTION_MATTERS, RESERVED_MATTERS, Regime, needs_count, quorum
from apps.regulations.table import NO_OVERRIDES, Overrides, limit


class Circle(StrEnum):
    """Who is expected at a meeting; in the order in which a gathering of several kinds is understood."""

    CHOSEN = "chosen"
    ALL_MEMBERS = "all_members"
    GROUP = "group"
    COMMITTEE = "committee"


# In which circles each kind can be held.
_CIRCLES: dict[Kind, frozenset[Circle]] = {
    Kind.GENERAL_MEETING: frozenset({Circle.ALL_MEMBERS}),
    Kind.THEME_DAY: frozenset({Circle.ALL_MEMBERS}),
    Kind.COMMITTEE_MEETING: frozenset({Circle.COMMITTEE}),
    Kind.GROUP_MEETING: frozenset({Circle.GROUP}),
    Kind.LESSON: frozenset({Circle.ALL_MEMBERS, Circle.GROUP}),
    Kind.LIFE_MEETING: frozenset({Circle.ALL_MEMBERS, Circle.GROUP, Circle.COMMITTEE}),
    Kind.MEMBER_REVIEW: frozenset({Circle.ALL_MEMBERS, Circle.GROUP, Circle.COMMITTEE}),
    Kind.TALK: frozenset(Circle),
}


def circle_of(kinds: Collection[Kind]) -> Circle:
    """Who is expected when a gathering is all these kinds at once (MEET-17); refused if they clash."""
    if not kinds:
        raise Refused("请选择会议类型。", field="kinds", rule="MEET-18")
    for circle in Circle:
        if all(circle in _CIRCLES[kind] for kind in kinds):
            return circle
    labels = "和".join(kind.label for kind in kinds)
    raise Refused(f"{labels}应到的人不一样，请分开记。", field="kinds", rule="MEET-17")


def circles_of(kind: Kind) -> tuple[Circle, ...]:
    """In which circles the kind can be held, in the order in which a gathering is understood."""
    return tuple(circle for circle in Circle if circle in _CIRCLES[kind])


def can_resolve(kinds: Collection[Kind]) -> bool:
    """Whether votes may be taken at such a meeting at all."""
    return Kind.GENERAL_MEETING in kinds or Kind.COMMITTEE_MEETING in kinds


@dataclass(frozen=True, slots=True)
class VoterFacts:
    """What decides a member's right to vote; `full_on` is None for a probationary member."""

    full_on: date | None
    is_active: bool = True
    on_probation_within_party: bool = False
    is_detained: bool = False


def why_no_vote(facts: VoterFacts, *, on: date) -> str:
    """Why the member has no vote on that day, in a word or two; empty if they have one (MEET-14)."""
    if not facts.is_active:
        return "不在册"
    if facts.full_on is None or facts.full_on > on:
        return "预备党员"
    if facts.on_probation_within_party:
        return "留党察看期间"
    return "权利中止" if facts.is_detained else ""


def may_vote(facts: VoterFacts, *, on: date) -> bool:
    """Whether the member votes on that day (MEET-14)."""
    return not why_no_vote(facts, on=on)


def life_years(held_on: date, own: Overrides = NO_OVERRIDES) -> tuple[int, ...]:
    """To which years a life meeting of that day may belong, the likelier first (MEET-07)."""
    carried_over = limit("MEET-07", "carry_over", on=held_on, overrides=own).allows(held_on.month)
    return (held_on.year - 1, held_on.year) if carried_over else (held_on.year,)


def counted_kinds(kinds: Iterable[Kind], *, expected: int, present: int, on: date) -> list[Kind]:
    """The kinds for which the gathering counts as held.

    A committee meeting counts only with its quorum (MEET-02); for the others attendance is recorded
    but does not undo the meeting (MEET-21), only a vote taken there (MEET-11).
    """
    return [
        kind
        for kind in kinds
        if kind is not Kind.COMMITTEE_MEETING
        or quorum(Regime.COMMITTEE, expected=expected, present=present, on=on).valid
    ]


def theme_day_deviation(held_on: date, fixed: MonthlyDay | None) -> int:
    """Days between a theme day and the one on which the branch holds it; 0 if it fixed none."""
    return abs((held_on - fixed.of(Month.of(held_on))).days) if fixed else 0


def deviation_note(held_on: date, fixed: MonthlyDay | None, own: Overrides = NO_OVERRIDES) -> str:
    """What to say to a theme day far from the fixed one: a wish for a reason, never a refusal (MEET-06)."""
    days = theme_day_deviation(held_on, fixed)
    if fixed is None or limit("MEET-06", "deviation", on=held_on, overrides=own).allows(days):
        return ""
    return f"本支部的主题党日定在{fixed.label}，这次相差 {days} 天，请写一句原因。"


def likely_days(fixed: MonthlyDay | None, now: date) -> list[tuple[str, date]]:
    """Days on which a meeting was probably held, the latest first; the theme day when it is fixed."""
    days = [("今天", now), ("昨天", now - timedelta(days=1)), ("上周今天", now - timedelta(days=7))]
    if fixed is None:
        return days
    this_month = fixed.of(Month.of(now))
    theme_day = this_month if this_month <= now else fixed.of(Month.of(now).previous())
    return [*days, (f"主题党日 {theme_day.month}月{theme_day.day}日", theme_day)]


# Votes at which those with papers are not among the expected (MEM-43): elections, and disposal.
MATTERS_WITH_EXCLUSIONS = frozenset({*ELECTION_MATTERS, Matter.DISPOSAL})
# What only the members' meeting decides and the committee talks over before; its own report is not.
TALKED_OVER_BEFORE = RESERVED_MATTERS - {Matter.COMMITTEE_REPORT}
_SEVERAL = re.compile(r"[、，,；;/\n]")
_BETWEEN_NAMES = re.compile(r"[、，,；;]\s*")
_GAP = re.compile(r"《[　\s]*》|＿＿")


def undiscussed(matter: Matter, *, full_members: int, on: date) -> Iterator[Refused]:
    """A wish for an important matter that comes without the committee's discussion (MEET-15)."""
    has_committee = limit("ORG-10", "committee", on=on).allows(full_members)
    if matter in TALKED_OVER_BEFORE and has_committee:
        sentence = "重要事项一般先经支委会讨论，再提交党员大会；开过这样的支委会，请选上是哪一次。"
        yield Refused(sentence, field="discussed_in", rule="MEET-15")


# Matters of which the name says everything, and with whose vote they are settled: nobody carries them out.
SETTLED_BY_THE_VOTE = frozenset({*ELECTION_MATTERS, Matter.COMMITTEE_REPORT})


def words_of(matter: Matter, about: str) -> str:
    """The words of a decision where nobody wrote others, as far as its matter or its one person says them."""
    if matter in SETTLED_BY_THE_VOTE:
        return matter.label
    return f"{matter.label}：{about}" if about else ""


def not_one_person(matter: Matter, about: str) -> Iterator[Refused]:
    """Why an admission is not about exactly one person: each is discussed and voted on alone (MEET-12)."""
    if not about.strip():
        yield Refused(f"“{matter.label}”请写明讨论的是谁。", field="about", rule="MEET-12")
    elif _SEVERAL.search(about.strip()):
        sentence = "要逐个讨论、逐个表决：一项只写一个人，其他人另加一项。"
        yield Refused(sentence, field="about", rule="MEET-12")


def names_in(guests: str) -> list[str]:
    """Everybody whom the words name."""
    return [name for name in _BETWEEN_NAMES.split(guests.strip()) if name]


def has_gaps(minutes: str) -> bool:
    """Whether a ready phrase was put in and its gap never filled."""
    return _GAP.search(minutes) is not None


class Missing(NamedTuple):
    """What a record lacks: the form field ("decisions-0-text" of the first decision) and the sentence."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A resolution as far as a record's completeness depends on it; `votes` is all votes cast."""

    matter: Matter
    text: str
    votes: int = 0
    responsible: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A meeting as entered, as far as it must be complete before it is submitted."""

    kinds: Collection[Kind]
    held_at: datetime | None = None
    place: str = ""
    topic: str = ""
    host: str = ""
    recorder: str = ""
    minutes: str = ""
    lecturer: str = ""
    group: str = ""
    expected: int = 0
    present: int = 0
    absent_without_reason: int = 0
    decisions: tuple[Decision, ...] = ()


# Field of every record, and what to say when it is empty (MEET-18).
_ELEMENTS = (
    ("held_at", "请填写开会时间。"),
    ("place", "请填写地点。"),
    ("host", "请选择主持人。"),
    ("recorder", "请选择记录人。"),
    ("topic", "请填写主题或议题。"),
    ("minutes", "请填写会议记录，不同意见也要记上。"),
)
# What one kind asks for beyond that: a gathering of several kinds needs what each of them needs (MEET-17).
_ELEMENTS_OF_KIND = {
    Kind.LESSON: (("lecturer", "上党课要填写讲课人。"),),
    Kind.GROUP_MEETING: (("group", "党小组会要选择是哪个党小组。"),),
}


def missing_elements(record: Record) -> list[Missing]:
    """What the record still lacks before it can be submitted, in the order of the form (MEET-17, MEET-18)."""
    return [
        *_missing_kinds(record),
        *_missing_fields(record),
        *_missing_people(record),
        *_missing_votes(record),
    ]


def _missing_kinds(record: Record) -> Iterator[Missing]:
    try:
        circle_of(record.kinds)
    except Refused as refused:
        yield Missing("kinds", refused.sentence)


def _missing_fields(record: Record) -> Iterator[Missing]:
    wanted = [*_ELEMENTS, *(element for kind in record.kinds for element in _ELEMENTS_OF_KIND.get(kind, ()))]
    for field, sentence in wanted:
        value = getattr(record, field)
        if not (value.strip() if isinstance(value, str) else value):
            yield Missing(field, sentence)


def _missing_people(record: Record) -> Iterator[Missing]:
    if record.expected == 0:
        yield Missing("attendances", "没有应到的人，请先核对支部的党员名册。")
    elif record.present == 0:
        yield Missing("attendances", "没有一个人到会，这次会不能交上。")
    if record.absent_without_reason:
        yield Missing("attendances", f"有 {record.absent_without_reason} 人没有到会，还没选原因。")


def _missing_votes(record: Record) -> Iterator[Missing]:
    for number, decision in enumerate(record.decisions, 1):
        at = f"decisions-{number - 1}"
        if not decision.text.strip():
            yield Missing(f"{at}-text", f"第 {number} 项决议没有写决定事项。")
        if needs_count(decision.matter) and not decision.votes:
            yield Missing(f"{at}-in_favour", f"第 {number} 项“{decision.matter.label}”要填写表决票数。")
        if decision.matter is Matter.ORDINARY and not (decision.responsible.strip() and decision.due_on):
            field = "due_on" if decision.responsible.strip() else "responsible"
            yield Missing(f"{at}-{field}", f"第 {number} 项决议要写责任人和完成时限。")
