"""What MEET-10 asks: committee members among each other, with every member, and members among each other.

Who sits on the committee is asked twice: who is to be talked with follows from the committee of the day
on which the year is judged, what a talk was from the committee of its own day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb

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

    @property
    def asks_anybody(self) -> bool:
        """Whether there are two people who could talk."""
        return any(share.wanted for _, share in self.shares)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a branch has come: whom it is judged by, and who has not had their talks.

    `committee` and `ordinary` say how many sit on its committee and how many other members it has.
    """

    committee: int
    ordinary: int
    pairs: Sequence[Pair] = ()
    without_committee: Sequence[int] = ()
    without_member: Sequence[int] = ()

    @property
    def coverage(self) -> Coverage:
        """The same in numbers."""
        return Coverage(
            committee=_share(comb(self.committee, 2), self.pairs),
            with_committee=_share(self.ordinary, self.without_committee),
            members=_share(self.ordinary if self.ordinary > 1 else 0, self.without_member),
        )


def standing(
    committee: int,
    ordinary: int,
    pairs: Iterable[Pair] | None,
    with_committee: Iterable[int] | None,
    with_member: Iterable[int] | None,
) -> Standing:
    """From what was counted: who lacks which talks, in any order or nobody.

    A branch with a single ordinary member has nobody for them to talk with among the members.
    """
    return Standing(
        committee,
        ordinary,
        pairs=sorted((one, other) for one, other in pairs or ()),
        without_committee=sorted(with_committee or ()),
        without_member=sorted(with_member or ()) if ordinary > 1 else (),
    )


def _share(wanted: int, missing: Sequence[object]) -> Share:
    return Share(wanted, wanted - len(missing))
