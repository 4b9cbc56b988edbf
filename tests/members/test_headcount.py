"""How many members a branch had on any day is a sum over events, and equals the roster."""

import datetime
import random

import pytest

from apps.members import queries, services
from apps.members.changes import open_changes
from apps.members.models import Member
from apps.members.queries import Headcount
from apps.members.vocabulary import Category, Status
from apps.organizations import services as organization_services
from tests.factories import MemberFactory

TODAY = datetime.date(2026, 11, 22)
LAST_YEAR = datetime.date(2025, 6, 1)
DAY = datetime.timedelta(days=1)


def roster_now():
    """Total and full by branch, counted from the rows themselves."""
    found: dict[int, Headcount] = {}
    for member in Member.objects.filter(status=Status.ACTIVE):
        one = Headcount(1, int(member.category == Category.FULL))
        found[member.branch_id] = found.get(member.branch_id, queries.NOBODY) + one
    return found


@pytest.fixture
def members(county):
    people = MemberFactory.create_batch(5, branch=county.branch)
    people += MemberFactory.create_batch(3, branch=county.second_branch)
    people += MemberFactory.create_batch(2, branch=county.other_branch)
    return [*people, MemberFactory(branch=county.branch, probationary=True)]


def test_the_sum_of_events_is_the_roster(county, members):
    assert queries.headcount([""], on=TODAY) == roster_now()
    assert queries.headcount([county.township.path], on=TODAY) == {
        county.branch.pk: Headcount(6, 5),
        county.second_branch.pk: Headcount(3, 3),
    }
    assert queries.headcount_below(county.root.path, on=TODAY) == Headcount(11, 10)
    assert queries.headcount([], on=TODAY) == {}


def test_a_probationary_member_is_counted_as_one(county, members):
    assert queries.headcount([county.branch.path], on=TODAY)[county.branch.pk].probationary == 1


def test_somebody_is_full_from_the_day_of_becoming_full(county):
    MemberFactory(branch=county.branch, joined_on=LAST_YEAR, full_on=datetime.date(2026, 6, 1))
    for day, expected in [
        (LAST_YEAR - DAY, {}),
        (LAST_YEAR, {county.branch.pk: Headcount(1, 0)}),
        (datetime.date(2026, 5, 31), {county.branch.pk: Headcount(1, 0)}),
        (datetime.date(2026, 6, 1), {county.branch.pk: Headcount(1, 1)}),
    ]:
        assert queries.headcount([county.branch.path], on=day) == expected


def test_a_whole_county_is_one_query(county, members, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.headcount([county.root.path], on=TODAY)


def test_everything_that_happens_to_members_keeps_the_sum_equal_to_the_roster(county, county_officer):
    """A random year: after each day the sum is the roster, and afterwards every past day still is."""
    chance = random.Random(20261122)
    branches = [county.branch, county.second_branch, county.other_branch]
    seen = {}
    for branch in branches:
        MemberFactory.create_batch(8, branch=branch)
    for week in range(20):
        day = datetime.date(2026, 1, 5) + 14 * week * DAY
        for _ in range(2):
            member = chance.choice(Member.objects.all())
            actions = open_changes(member.status)
            if not actions or day < member.joined_on:
                continue
            action = chance.choice(sorted(actions))
            to = chance.choice([each for each in branches if each.pk != member.branch_id])
            target = to if actions[action].asks_branch else None
            services.change_membership(member, action, on=day, by=county_officer, to=target)
        seen[day] = roster_now()
    assert len({tuple(sorted(count.items(), key=str)) for count in seen.values()}) > 10
    for day, counted in seen.items():
        assert queries.headcount([""], on=day) == counted


def test_after_a_branch_moved_its_members_count_where_it_stood_on_each_day(county, members, county_officer):
    moved_on = datetime.date(2026, 3, 1)
    organization_services.move(county.branch, to=county.other_township, on=moved_on, by=county_officer)
    for day, here, there in [(moved_on - DAY, 8, 2), (moved_on, 3, 8)]:
        assert queries.headcount_below("88/8801/", on=day).total == here
        assert queries.headcount_below("88/8802/", on=day).total == there
    assert queries.headcount_below("88/8802/", on=TODAY) == Headcount(8, 7)


def test_whom_a_general_meeting_of_a_day_expects(county, county_officer):
    stayed, left, died = MemberFactory.create_batch(3, branch=county.branch)
    came = MemberFactory(branch=county.second_branch)
    day = datetime.date(2026, 5, 10)
    services.change_membership(left, "move", on=day, by=county_officer, to=county.second_branch)
    services.change_membership(came, "move", on=day, by=county_officer, to=county.branch)
    services.change_membership(died, "decease", on=day + DAY, by=county_officer)
    before, then, after = (
        set(queries.expected_members(county.branch, each)) for each in (day - DAY, day, day + DAY)
    )
    assert before == {stayed, left, died}
    assert then == {stayed, came, died}
    assert after == {stayed, came}


def test_somebody_who_left_and_came_back_is_expected_once(county, county_officer):
    member = MemberFactory(branch=county.branch)
    day = datetime.date(2026, 5, 10)
    services.change_membership(member, "move", on=day, by=county_officer, to=county.second_branch)
    services.change_membership(member, "move", on=day + DAY, by=county_officer, to=county.branch)
    assert list(queries.expected_members(county.branch, day)) == []
    assert list(queries.expected_members(county.branch, day + DAY)) == [member]


def test_expected_members_are_one_query(county, members, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(queries.expected_members(county.branch, TODAY)) == 6
