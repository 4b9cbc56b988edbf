"""What MEET-10 asks: committee members among each other, with every member, and members among each other.

Who sits on the committee is asked twice: who is to be talked with follows from the committee of the day
on which the year is judged, what a talk was from the committee of its own day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

Pair = tuple[int, int]


class Relation(StrEnum):
    """Between whom a talk was."""

    COMMITTEE = "committee"
    WITH_COMMITTEE = "with_committee"
    MEMBERS = "members"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Relation.COMMITTEE: "委员之间",
    Relation.WITH_COMMITTEE: "委员和党员",
    Relation.MEMBERS: "党员之间",
}


def relation_of(*, one_seated: bool, other_seated: bool) -> Relation:
    """Between whom a talk was, by who of the two sat on the committee that day."""
    if one_seated and other_seated:
        return Relation.COMMITTEE
    return Relation.WITH_COMMITTEE if one_seated or other_seated else Relation.MEMBERS


@dataclass(frozen=True, slots=True)
class Spoken:
    """A talk of two members (the lower id first), and who of them sat on the committee that day."""

    one: int
    other: int
    one_seated: bool = False
    other_seated: bool = False

    @property
    def relation(self) -> Relation:
        return relation_of(one_seated=self.one_seated, other_seated=self.other_seated)


@dataclass(frozen=True, slots=True)
class Share:
    """How many pairs or people a relation wants, and how many had their talks."""

    wanted: int
    had: int

    @property
    def missing(self) -> int:
        return self.wanted - self.had

    @property
    def complete(self) -> bool:
        return self.had >= self.wanted


@dataclass(frozen=True, slots=True)
class Coverage:
    """The three relations of one branch in one year."""

    committee: Share
    with_committee: Share
    members: Share

    @property
    def shares(self) -> tuple[tuple[Relation, Share], ...]:
        return tuple(zip(Relation, (self.committee, self.with_committee, self.members), strict=True))

    @property
    def complete(self) -> bool:
        return all(share.complete for _, share in self.shares)


@dataclass(frozen=True, slots=True)
class Circle:
    """Whom the year is judged by: the branch's members, and its committee (some sent from elsewhere)."""

    people: frozenset[int]
    committee: frozenset[int] = frozenset()

    @property
    def ordinary(self) -> list[int]:
        return sorted(self.people - self.committee)

    @property
    def pairs(self) -> list[Pair]:
        return list(combinations(sorted(self.committee), 2))


@dataclass(frozen=True, slots=True)
class Gaps:
    """Who has not had their talks: pairs of the committee, and members with it or with each other."""

    pairs: Sequence[Pair] = ()
    without_committee: Sequence[int] = ()
    without_member: Sequence[int] = ()


@dataclass(slots=True)
class _Times:
    """How often each pair talked, and each member with one of the committee or with another member."""

    pairs: Counter[Pair] = field(default_factory=Counter)
    with_committee: Counter[int] = field(default_factory=Counter)
    with_member: Counter[int] = field(default_factory=Counter)

    def add(self, talk: Spoken) -> None:
        self.pairs[talk.one, talk.other] += 1
        for member, partner_seated in ((talk.one, talk.other_seated), (talk.other, talk.one_seated)):
            (self.with_committee if partner_seated else self.with_member)[member] += 1


def gaps(circle: Circle, talks: Iterable[Spoken], *, at_least: int) -> Gaps:
    """Who has not had as many talks as MEET-10 asks for in the year.

    A branch with a single ordinary member has nobody for them to talk with among the members.
    """
    times = _Times()
    for talk in talks:
        times.add(talk)
    ordinary = circle.ordinary
    return Gaps(
        pairs=[pair for pair in circle.pairs if times.pairs[pair] < at_least],
        without_committee=_lacking(ordinary, times.with_committee, at_least),
        without_member=_lacking(ordinary, times.with_member, at_least) if len(ordinary) > 1 else (),
    )


def _lacking(people: Iterable[int], times: Counter[int], at_least: int) -> list[int]:
    return [member for member in people if times[member] < at_least]


def coverage(circle: Circle, found: Gaps) -> Coverage:
    """The same in numbers."""
    ordinary = circle.ordinary
    return Coverage(
        committee=_share(circle.pairs, found.pairs),
        with_committee=_share(ordinary, found.without_committee),
        members=_share(ordinary if len(ordinary) > 1 else (), found.without_member),
    )


def _share(wanted: Collection[object], missing: Collection[object]) -> Share:
    return Share(len(wanted), len(wanted) - len(missing))
