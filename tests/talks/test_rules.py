"""MEET-10: what a talk is, and what a branch's standing comes to in numbers."""

import pytest

from apps.talks.rules import Coverage, Relation, Share, Standing, relation_of, standing


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [(True, True, "committee"), (True, False, "with_committee"), (False, True, "with_committee")],
)
def test_what_a_talk_is_follows_from_who_sat_that_day(one, other, relation):
    assert relation_of(one_seated=one, other_seated=other) == relation
    assert relation_of(one_seated=False, other_seated=False) is Relation.MEMBERS


def test_who_is_lacking_comes_in_the_order_of_the_roster():
    found = standing(3, 3, [(2, 3), (1, 3)], [6, 4], [5, 4])

    assert found == Standing(3, 3, [(1, 3), (2, 3)], [4, 6], [4, 5])
    assert found.coverage == Coverage(Share(3, 1), Share(3, 1), Share(3, 1))


def test_nobody_lacking_is_complete():
    found = standing(3, 3, None, None, None).coverage

    assert found == Coverage(Share(3, 3), Share(3, 3), Share(3, 3))
    assert found.complete
    assert [share.missing for _, share in standing(3, 3, [(1, 2)], None, None).coverage.shares] == [1, 0, 0]


def test_a_single_member_beside_the_committee_has_no_other():
    found = standing(1, 1, None, None, [4])

    assert (found.without_member, found.coverage.members) == ((), Share(0, 0))
