"""MEET-10: who is to be talked with, and who still waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.talks.rules import Circle, Coverage, Relation, Share, Spoken, coverage, gaps, relation_of

# A branch of six: 1, 2 and 3 are its committee.
CIRCLE = Circle(frozenset(range(1, 7)), frozenset({1, 2, 3}))


def talk(one, other, committee=(1, 2, 3)):
    one, other = sorted((one, other))
    return Spoken(one, other, one in committee, other in committee)


def covered(*talks, circle=CIRCLE, at_least=1):
    return coverage(circle, gaps(circle, talks, at_least=at_least))


def test_without_talks_everybody_waits():
    assert gaps(CIRCLE, [], at_least=1) == gaps(CIRCLE, [talk(7, 8)], at_least=1)
    assert covered() == Coverage(Share(3, 0), Share(3, 0), Share(3, 0))
    assert not covered().complete


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [(True, True, "committee"), (True, False, "with_committee"), (False, True, "with_committee")],
)
def test_what_a_talk_is_follows_from_who_sat_that_day(one, other, relation):
    assert relation_of(one_seated=one, other_seated=other) == relation
    assert relation_of(one_seated=False, other_seated=False) is Relation.MEMBERS


class TestCommittee:
    def test_every_two_of_them_talk_with_each_other(self):
        found = gaps(CIRCLE, [talk(1, 2), talk(2, 1)], at_least=1)

        assert found.pairs == [(1, 3), (2, 3)]
        assert covered(talk(1, 2), talk(1, 3), talk(2, 3)).committee == Share(3, 3)

    def test_a_single_secretary_has_nobody_to_talk_with_there(self):
        assert covered(circle=Circle(frozenset({1, 4, 5}), frozenset({1}))).committee == Share(0, 0)

    def test_somebody_sent_to_the_committee_from_elsewhere_belongs_to_it(self):
        circle = Circle(frozenset({4, 5}), frozenset({1, 9}))

        assert covered(circle=circle).committee == Share(1, 0)
        assert circle.ordinary == [4, 5]


class TestMembers:
    def test_one_of_the_committee_is_enough(self):
        assert covered(talk(1, 4), talk(2, 4)).with_committee == Share(3, 1)

    def test_a_talk_with_the_committee_is_none_among_members(self):
        assert covered(talk(1, 4)).members == Share(3, 0)

    def test_one_talk_serves_both(self):
        assert covered(talk(4, 5)).members == Share(3, 2)

    def test_a_single_member_beside_the_committee_has_no_other(self):
        assert covered(circle=Circle(frozenset({1, 4}), frozenset({1}))).members == Share(0, 0)

    def test_whoever_has_left_the_committee_since_had_talked_as_one_of_it(self):
        """4 sat until spring; the committee of the year's end is 1, 2 and 3."""
        before = talk(4, 5, committee=(1, 2, 4))

        assert gaps(CIRCLE, [before], at_least=1).without_committee == [4, 6]

    def test_without_a_committee_nobody_was_talked_with_by_it(self):
        nobody = Circle(frozenset({4, 5}))

        assert covered(talk(4, 5, ()), circle=nobody) == Coverage(Share(0, 0), Share(2, 0), Share(2, 2))


def test_a_county_that_wants_two_a_year_counts_two():
    assert covered(talk(1, 4), at_least=2).with_committee == Share(3, 0)
    assert covered(talk(1, 4), talk(2, 4), at_least=2).with_committee == Share(3, 1)


def test_complete():
    talks = [talk(1, 2), talk(1, 3), talk(2, 3), talk(1, 4), talk(2, 5), talk(3, 6), talk(4, 5), talk(5, 6)]

    assert covered(*talks).complete
    assert [share.missing for _, share in covered(*talks[1:]).shares] == [1, 0, 0]


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda pair: pair[0] != pair[1])))
def test_nobody_is_lost_between_wanted_and_missing(pairs):
    found = covered(*(talk(*pair) for pair in pairs))

    assert all(0 <= share.had <= share.wanted for _, share in found.shares)
