"""The demo county's members, their entries onto the roster, groups and seats."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from random import Random

from apps.core import names
from apps.core.calendar import add_months, add_years
from apps.core.crypto import digest
from apps.core.identity import check_digit
from apps.home.demo import words
from apps.members.models import Member, MembershipEvent, Seat
from apps.members.vocabulary import Category, Cause, Education, Occupation, Position, Sex
from apps.organizations.models import Organization, PartyGroup, Term

COMMITTEE_FROM_FULL = 7
GROUPS_FROM_MEMBERS = 36


@dataclass
class Population:
    """Makes people; the running number keeps every identity number unique."""

    rng: Random
    today: datetime.date
    number: int = 0

    def person(self, branch: Organization, group: PartyGroup | None) -> Member:
        self.number += 1
        rng, male = self.rng, self.rng.random() < 0.68
        born = datetime.date(rng.randint(1944, 2003), rng.randint(1, 12), rng.randint(1, 28))
        joined = self._joined(born)
        probationary = add_years(joined, 1) > self.today
        id_number, phone, name = self._id_number(born, male), f"139{self.number:08d}", self._name(male)
        mobile = branch.sector == "village" and rng.random() < 0.09
        return Member(
            name=name,
            pinyin=names.pinyin(name),
            initials=names.initials(name),
            name_grams=list(names.grams(name)),
            sex=Sex.MALE if male else Sex.FEMALE,
            ethnic_group=rng.choices(["01", "03", "15"], [92, 4, 4])[0],
            id_number=id_number,
            id_digest=digest(id_number),
            born_on=born,
            education=rng.choices(
                [Education.MIDDLE, Education.HIGH, Education.COLLEGE, Education.BACHELOR], [35, 25, 22, 18]
            )[0],
            occupation=_occupation(branch, rng),
            category=Category.PROBATIONARY if probationary else Category.FULL,
            joined_on=joined,
            full_on=None if probationary else add_years(joined, 1),
            branch=branch,
            group=group,
            phone=phone,
            phone_digest=digest(phone),
            address=f"{words.COUNTY}{branch.name.removesuffix('党支部')}"[:100],
            is_mobile=mobile,
            mobile_destination=rng.choice(words.DESTINATIONS) if mobile else "",
            mobile_since=add_months(self.today, -rng.randint(7, 40)) if mobile else None,
        )

    def _joined(self, born: datetime.date) -> datetime.date:
        """At 18 or later; one in sixty within the last year."""
        if self.rng.random() < 1 / 60:
            return max(add_months(self.today, -self.rng.randint(0, 11)), add_years(born, 18))
        latest = min(self.today.year - 2, born.year + 45)
        return datetime.date(
            self.rng.randint(born.year + 19, max(born.year + 19, latest)),
            self.rng.randint(1, 12),
            self.rng.randint(1, 28),
        )

    def _id_number(self, born: datetime.date, male: bool) -> str:
        area, order = divmod(self.number, 499)
        body = f"{words.AREA_PREFIX}{area % 1000:03d}{born:%Y%m%d}{order * 2 + (1 if male else 0):03d}"
        return body + check_digit(body)

    def _name(self, male: bool) -> str:
        given = words.MALE_GIVEN if male else words.FEMALE_GIVEN
        return self.rng.choice(words.SURNAMES) + "".join(
            self.rng.sample(given, self.rng.choice((1, 2, 2, 2)))
        )


def _occupation(branch: Organization, rng: Random) -> str:
    return {
        "village": Occupation.FARMER,
        "agency": Occupation.CIVIL_SERVANT,
        "school": Occupation.INSTITUTION_SPECIALIST,
        "state_enterprise": Occupation.EMPLOYEE,
    }.get(branch.sector, rng.choice((Occupation.RETIRED, Occupation.EMPLOYEE, Occupation.OTHER)))


def populate(branches: list[Organization], rng: Random, today: datetime.date) -> list[Member]:
    """Members with their opening entries; the larger branches are divided into groups (ORG-18)."""
    population = Population(rng, today)
    people = []
    for branch in branches:
        size = _size(branch, rng)
        groups = _groups(branch, size)
        people += [
            population.person(branch, groups[i % len(groups)] if groups else None) for i in range(size)
        ]
    Member.objects.bulk_create(people, batch_size=2000)
    MembershipEvent.objects.bulk_create(
        [MembershipEvent(member=m, on=m.joined_on, cause=Cause.OPENING, to_branch=m.branch) for m in people],
        batch_size=2000,
    )
    return people


def _size(branch: Organization, rng: Random) -> int:
    low, high = (16, 46) if branch.sector in ("village", "community") else (5, 26)
    return rng.randint(low, high)


def _groups(branch: Organization, size: int) -> list[PartyGroup]:
    if size < GROUPS_FROM_MEMBERS:
        return []
    since = datetime.date(2021, 1, 1)
    return [
        PartyGroup.objects.create(branch=branch, name=f"第{numeral}党小组", since=since)
        for numeral in "一二三"
    ]


def seat(terms: list[Term], people: list[Member]) -> list[Seat]:
    """A secretary everywhere; a committee where there are seven full members (ORG-10, ORG-11)."""
    by_branch: dict[int, list[Member]] = {}
    for member in people:
        if member.category == Category.FULL and not member.is_mobile:
            by_branch.setdefault(member.branch_id, []).append(member)
    seats = [
        Seat(
            term=term,
            member=member,
            position=position,
            since=max(term.elected_on, member.full_on or term.elected_on),
        )
        for term in terms
        for position, member in zip(
            _positions(len(by_branch.get(term.organization_id, []))),
            by_branch.get(term.organization_id, []),
            strict=False,
        )
    ]
    return Seat.objects.bulk_create(seats, batch_size=2000)


def _positions(full: int) -> list[Position]:
    if full < COMMITTEE_FROM_FULL:
        return [Position.SECRETARY]
    three = [Position.SECRETARY, Position.ORGANIZATION, Position.PUBLICITY]
    return three if full < 25 else [*three, Position.DISCIPLINE, Position.DEPUTY_SECRETARY]
