"""MEET-10: who is to be talked with, and who still waits. A branch of six: 1, 2 and 3 are its committee."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.calendar import CHINA
from apps.members.models import Member
from apps.members.queries import committee_on, expected_members
from apps.members.vocabulary import Position
from apps.organizations.models import Organization
from apps.talks import queries
from apps.talks.models import Talk
from apps.talks.rules import Coverage, Share, Standing
from tests.factories import MemberFactory, OrganizationFactory, SeatFactory, TalkFactory, TermFactory

pytestmark = pytest.mark.django_db
SPRING, TODAY = datetime.date(2026, 4, 1), datetime.date(2026, 11, 22)


class Village:
    """A branch whose members are numbers."""

    def __init__(self, members: int, committee: Iterable[int] = (), *, from_elsewhere: int = 0) -> None:
        self.branch = OrganizationFactory(kind="branch")
        self.people: list[Member] = MemberFactory.create_batch(members, branch=self.branch)
        if from_elsewhere:
            self.people += MemberFactory.create_batch(from_elsewhere, branch=OrganizationFactory())
        self.term = TermFactory(organization=self.branch)
        for number in committee:
            SeatFactory(term=self.term, member=self.people[number - 1])

    def talk(self, *pairs: tuple[int, int], on: datetime.date = TODAY, **values: object) -> Village:
        for pair in pairs:
            one, other = (self.people[number - 1] for number in sorted(pair))
            TalkFactory(branch=self.branch, one=one, other=other, held_on=on, **values)
        return self

    @property
    def standing(self) -> Standing:
        """With the numbers of the village."""
        found = queries.standings_of([self.branch.pk], 2026)[self.branch.pk]
        number = {member.pk: place for place, member in enumerate(self.people, start=1)}
        return dataclasses.replace(
            found,
            pairs=[(number[one], number[other]) for one, other in found.pairs],
            without_committee=[number[member] for member in found.without_committee],
            without_member=[number[member] for member in found.without_member],
        )

    @property
    def coverage(self) -> Coverage:
        return self.standing.coverage


@pytest.fixture
def six(db: None) -> Village:
    return Village(6, (1, 2, 3), from_elsewhere=2)


def test_without_talks_everybody_waits(six):
    nobody = Standing(3, 3, [(1, 2), (1, 3), (2, 3)], [4, 5, 6], [4, 5, 6])

    assert six.standing == six.talk((7, 8)).standing == nobody
    assert six.coverage == Coverage(Share(3, 0), Share(3, 0), Share(3, 0))
    assert not six.coverage.complete


class TestCommittee:
    def test_every_two_of_them_talk_with_each_other(self, six):
        six.talk((1, 2))
        six.talk((2, 1), on=SPRING)

        assert six.standing.pairs == [(1, 3), (2, 3)]
        assert six.talk((1, 3), (2, 3)).coverage.committee == Share(3, 3)

    def test_a_single_secretary_has_nobody_to_talk_with_there(self):
        assert Village(3, (1,)).coverage.committee == Share(0, 0)

    def test_somebody_sent_to_the_committee_from_elsewhere_belongs_to_it(self):
        village = Village(3, (1, 4), from_elsewhere=1)

        assert village.coverage.committee == Share(1, 0)
        assert village.standing.without_committee == [2, 3]

    def test_two_positions_are_one_seat(self, six):
        SeatFactory(term=six.term, member=six.people[0], position="1_secretary")

        assert six.talk((1, 4)).coverage == Coverage(Share(3, 0), Share(3, 1), Share(3, 0))


class TestMembers:
    def test_one_of_the_committee_is_enough(self, six):
        assert six.talk((1, 4), (2, 4)).coverage.with_committee == Share(3, 1)

    def test_a_talk_with_the_committee_is_none_among_members(self, six):
        assert six.talk((1, 4)).coverage.members == Share(3, 0)

    def test_one_talk_serves_both(self, six):
        assert six.talk((4, 5)).coverage.members == Share(3, 2)

    def test_a_single_member_beside_the_committee_has_no_other(self):
        assert Village(2, (1,)).coverage.members == Share(0, 0)

    def test_whoever_has_left_the_committee_since_had_talked_as_one_of_it(self, six):
        """4 sat until summer; the committee of the year's end is 1, 2 and 3."""
        SeatFactory(term=six.term, member=six.people[3], until=datetime.date(2026, 7, 1))

        assert six.talk((4, 5), on=SPRING).standing.without_committee == [4, 6]

    def test_without_a_committee_nobody_was_talked_with_by_it(self):
        assert Village(2).talk((1, 2)).coverage == Coverage(Share(0, 0), Share(2, 0), Share(2, 2))


def test_a_rule_that_wants_two_a_year_counts_two(six, monkeypatch):
    twice = dataclasses.replace(queries.rule_of(2026), at_least=2)
    monkeypatch.setattr(queries, "rule_of", lambda year: twice)

    assert six.talk((1, 4), (1, 2)).coverage == Coverage(Share(3, 0), Share(3, 0), Share(3, 0))
    six.talk((2, 4))
    assert six.talk((1, 2), on=SPRING).coverage == Coverage(Share(3, 1), Share(3, 1), Share(3, 0))


def test_complete(six):
    six.talk((1, 2), (1, 3), (2, 3), (1, 4), (2, 5), (3, 6), (4, 5), (5, 6))

    assert six.coverage.complete


def told_one_by_one(branch: Organization) -> Standing:
    """The rule in plain words: person by person and talk by talk."""
    people = {member.pk for member in expected_members(branch, TODAY) if not member.is_out_of_contact}
    committee = seated(branch, TODAY)
    partners: dict[int, list[tuple[int, bool]]] = {pk: [] for pk in people | committee}
    for talk in Talk.objects.filter(branch=branch, withdrawn_at=None, held_on__year=2026):
        sat = seated(branch, talk.held_on)
        partners.setdefault(talk.one_id, []).append((talk.other_id, talk.other_id in sat))
        partners.setdefault(talk.other_id, []).append((talk.one_id, talk.one_id in sat))
    ordinary = sorted(people - committee)
    apart = [
        (one, other)
        for one, other in combinations(sorted(committee), 2)
        if other not in [partner for partner, _ in partners[one]]
    ]
    unheard = [pk for pk in ordinary if not any(sat for _, sat in partners[pk])]
    alone = [pk for pk in ordinary if all(sat for _, sat in partners[pk])] if len(ordinary) > 1 else []
    return Standing(len(committee), len(ordinary), apart, unheard, alone)


def seated(branch: Organization, day: datetime.date) -> set[int]:
    return set(committee_on(branch, day).values_list("member_id", flat=True))


numbers = st.integers(1, 7)  # the seventh belongs elsewhere
days = st.sampled_from([datetime.date(2026, month, 1) for month in range(1, 12, 2)])
seats = st.lists(st.tuples(st.booleans(), numbers, days, st.none() | days), max_size=6)
talks = st.dictionaries(
    st.tuples(numbers, numbers, days).filter(lambda each: each[0] < each[1]),
    st.none() | st.just(datetime.datetime(2026, 11, 20, 10, tzinfo=CHINA)),
    max_size=15,
)


@given(seats, talks, st.none() | numbers)
@settings(max_examples=30)
def test_it_is_the_same_as_told_one_by_one(seats, talks, lost):
    """Whoever sat when, in the term before or in this one, on two seats or none; some talks taken back."""
    village = Village(6, from_elsewhere=1)
    village.term.elected_on = datetime.date(2026, 5, 1)
    village.term.save()
    before = TermFactory(organization=village.branch, ended_on=datetime.date(2026, 5, 1))
    for place, (earlier, number, since, until) in enumerate(seats):
        term, member = before if earlier else village.term, village.people[number - 1]
        SeatFactory(term=term, member=member, position=list(Position)[place], since=since, until=until)
    for (one, other, day), withdrawn_at in talks.items():
        village.talk((one, other), on=day, withdrawn_at=withdrawn_at)
    if lost:
        Member.objects.filter(pk=village.people[lost - 1].pk).update(is_out_of_contact=True)

    found = queries.standings_of([village.branch.pk], 2026)[village.branch.pk]
    told = told_one_by_one(village.branch)
    assert dataclasses.astuple(found) == dataclasses.astuple(told)
