"""Who sits on a committee, and on which day."""

import datetime

import pytest

from apps.core.errors import Refused
from apps.members import queries, seats
from apps.organizations import services as organization_services
from tests.factories import MemberFactory, SeatFactory, TermFactory

ELECTED = datetime.date(2024, 3, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def term(county):
    return TermFactory(organization=county.branch, elected_on=ELECTED, years=5)


def on_committee(county, day):
    return [seat.member.name for seat in queries.committee_on(county.branch, day)]


def test_the_committee_of_a_day(county, term, county_officer):
    secretary = MemberFactory(name="李长福", branch=county.branch)
    publicity = MemberFactory(name="周玉梅", branch=county.branch)
    late = MemberFactory(name="张卫东", branch=county.branch)
    seats.seat_member(term, publicity, position="4_publicity", since=ELECTED, by=county_officer)
    seats.seat_member(term, secretary, position="1_secretary", since=ELECTED, by=county_officer)
    seat = seats.seat_member(
        term, late, position="6_member", since=datetime.date(2025, 1, 1), by=county_officer
    )
    seats.unseat_member(seat, until=datetime.date(2026, 1, 1), by=county_officer)
    for day, expected in [
        (ELECTED - DAY, []),
        (ELECTED, ["李长福", "周玉梅"]),
        (datetime.date(2025, 1, 1), ["李长福", "周玉梅", "张卫东"]),
        (datetime.date(2025, 12, 31), ["李长福", "周玉梅", "张卫东"]),
        (datetime.date(2026, 1, 1), ["李长福", "周玉梅"]),
    ]:
        assert on_committee(county, day) == expected


def test_an_election_ends_the_old_committee(county, term, county_officer):
    SeatFactory(term=term, member=MemberFactory(name="李长福", branch=county.branch))
    day = datetime.date(2026, 3, 1)
    new = organization_services.begin_term(county.branch, elected_on=day, years=5, by=county_officer)
    seats.seat_member(
        new,
        MemberFactory(name="周玉梅", branch=county.branch),
        position="1_secretary",
        since=day,
        by=county_officer,
    )
    assert on_committee(county, day - DAY) == ["李长福"]
    assert on_committee(county, day) == ["周玉梅"]


@pytest.mark.parametrize(
    ("who", "since", "sentence"),
    [
        ({"probationary": True}, "2026-11-22", "没有被选举权：预备党员和留党察看期间的党员不能任职。"),
        (
            {"on_probation_within_party": True},
            "2026-11-22",
            "没有被选举权：预备党员和留党察看期间的党员不能任职。",
        ),
        ({"status": "suspended"}, "2026-11-22", "的党籍状态是“停止党籍”，不能任职。"),
        ({}, "2024-02-29", "任职日期不能早于本届的当选日期。"),
        ({}, "2026-11-23", "任职日期还没有到。"),
    ],
)
def test_who_gets_no_seat(county, term, county_officer, who, since, sentence):
    member = MemberFactory(name="王建国", branch=county.branch, **who)
    with pytest.raises(Refused) as refused:
        seats.seat_member(
            term, member, position="6_member", since=datetime.date.fromisoformat(since), by=county_officer
        )
    assert refused.value.sentence.removeprefix("王建国") == sentence


def test_one_secretary_at_a_time(county, term, county_officer):
    first, second = MemberFactory.create_batch(2, branch=county.branch)
    seat = seats.seat_member(term, first, position="1_secretary", since=ELECTED, by=county_officer)
    with pytest.raises(Refused, match="已经有书记。请先登记原来的书记免职。"):
        seats.seat_member(term, second, position="1_secretary", since=ELECTED, by=county_officer)
    seats.unseat_member(seat, until=datetime.date(2026, 1, 1), by=county_officer)
    seats.seat_member(
        term, second, position="1_secretary", since=datetime.date(2026, 1, 1), by=county_officer
    )
    assert [each.member for each in queries.committee_on(county.branch, datetime.date(2026, 1, 1))] == [
        second
    ]


def test_one_position_once(county, term, county_officer):
    member = MemberFactory(branch=county.branch)
    seats.seat_member(term, member, position="6_member", since=ELECTED, by=county_officer)
    with pytest.raises(Refused, match="这名党员已经任这个职务。"):
        seats.seat_member(term, member, position="6_member", since=ELECTED, by=county_officer)
