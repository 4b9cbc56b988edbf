"""What the pages of talks show, as values."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from apps.core.calendar import today
from apps.regulations.table import Duty
from apps.talks.queries import day_of, people_on, rule_of, standings_of, talks_of
from apps.talks.rules import Coverage, Relation, Share, Standing

if TYPE_CHECKING:
    import datetime

    from apps.members.models import Member
    from apps.organizations.models import Organization
    from apps.talks.models import Talk


@dataclass(frozen=True)
class Person:
    """A name to tap; `must` marks whom MEET-10 wants talked with whatever the year."""

    name: str
    href: str
    must: bool = False


@dataclass(frozen=True)
class Part:
    """One of the three relations: how far, in words, and who is lacking."""

    relation: Relation
    share: Share
    sentence: str
    lacking: tuple[Person, ...]

    @property
    def state(self) -> str:
        return "good" if self.share.complete else "warn"


@dataclass(frozen=True)
class BranchYear:
    """One branch's talks of one year."""

    branch: Organization
    year: int
    parts: tuple[Part, ...]
    talks: list[Talk]
    rule: Duty
    knows_committee: bool


def branch_year(branch: Organization, year: int) -> BranchYear:
    standing = standings_of([branch.pk], year)[branch.pk]
    people = people_on(branch, day_of(year))
    names = _Names(branch, people)
    return BranchYear(
        branch=branch,
        year=year,
        parts=tuple(_parts(standing, names)),
        talks=talks_of(branch, year),
        rule=rule_of(year),
        knows_committee=bool(standing.committee),
    )


@dataclass(frozen=True)
class _Names:
    """Names with the address at which their talk is written down."""

    branch: Organization
    people: dict[int, Member]

    def one(self, member: int) -> Person:
        found = self.people[member]
        return Person(found.name, _new(self.branch, to=member), found.on_probation_within_party)

    def pair(self, one: int, other: int) -> Person:
        name = f"{self.people[one].name}和{self.people[other].name}"
        return Person(name, _new(self.branch, who=one, to=other))


def _new(branch: Organization, **wish: int) -> str:
    return reverse("talks:new", query={"branch": branch.code, **wish})


def _parts(standing: Standing, names: _Names) -> Iterable[Part]:
    lacking = {
        Relation.COMMITTEE: [names.pair(*pair) for pair in standing.pairs],
        Relation.WITH_COMMITTEE: [names.one(member) for member in standing.without_committee],
        Relation.MEMBERS: [names.one(member) for member in standing.without_member],
    }
    for relation, share in standing.coverage.shares:
        found = sorted(lacking[relation], key=lambda person: not person.must)
        yield Part(relation, share, _sentence(relation, share), tuple(found))


_ASKED = {
    Relation.COMMITTEE: ("每两名委员之间", "对"),
    Relation.WITH_COMMITTEE: ("每名党员和一名委员", "人"),
    Relation.MEMBERS: ("每名党员和另一名党员", "人"),
}


def _sentence(relation: Relation, share: Share) -> str:
    """ "每两名委员之间：3 对，已谈 1 对。" """
    what, unit = _ASKED[relation]
    if not share.wanted:
        return "本支部没有这一类。"
    return f"{what}：应谈 {share.wanted} {unit}，已谈 {share.had} {unit}。"


@dataclass(frozen=True)
class Row:
    """One branch in the list of an office."""

    branch: Organization
    coverage: Coverage


def rows_of(branches: Collection[Organization], year: int) -> list[Row]:
    found = standings_of([branch.pk for branch in branches], year)
    return [Row(branch, found[branch.pk].coverage) for branch in branches]


def names_to_tap(branch: Organization, day: datetime.date) -> list[tuple[int, str]]:
    """Everybody who can be named, those without a talk with the committee this year first."""
    waiting = set(standings_of([branch.pk], today().year)[branch.pk].without_committee)
    people = people_on(branch, day)
    return [(pk, people[pk].name) for pk in sorted(people, key=lambda pk: pk not in waiting)]
