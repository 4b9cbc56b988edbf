"""What is amiss with a committee, at, below and above each limit."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest

from apps.regulations.table import Overrides
from apps.supervision.rules import warnings_of

DAY = datetime.date(2026, 11, 22)


@dataclass
class Sits:
    name: str
    position: str = "member"
    since: datetime.date = datetime.date(2026, 1, 20)
    knows_finance: bool = True


def sitting(number: int) -> list[Sits]:
    return [Sits("赵某", "chair"), *(Sits(f"成员{n}") for n in range(1, number))]


def codes(committee: list[Sits], own: Overrides | None = None) -> list[str]:
    found = warnings_of(committee, {"李某"}, on=DAY, own=own or {})
    return [article.rpartition("（")[2].rstrip("）") for _, _, article in found]


@pytest.mark.parametrize(("size", "amiss"), [(2, ["SUPV-01"]), (3, []), (4, []), (5, []), (6, ["SUPV-06"])])
def test_three_to_five_sit_on_it(size: int, amiss: list[str]):
    assert codes(sitting(size)) == amiss


def test_a_county_may_follow_its_province():
    own: Overrides = {"SUPV-06/most": 7}

    assert (codes(sitting(7), own), codes(sitting(8), own)) == ([], ["SUPV-06"])


def test_nobody_at_all_is_red():
    assert [state for state, _, _ in warnings_of([], set(), on=DAY, own={})] == ["bad"]


def test_the_party_secretary_is_not_the_chair_but_may_be_a_member():
    as_chair = [Sits("李某", "chair"), Sits("钱某"), Sits("周某")]
    as_member = [Sits("赵某", "chair"), Sits("李某"), Sits("周某")]

    assert (codes(as_chair), codes(as_member)) == (["SUPV-01"], [])
    assert warnings_of(as_chair, {"李某"}, on=DAY, own={})[0][0] == "bad"


def test_who_leads_the_collective_does_not_supervise_it():
    states = [
        [state for state, _, _ in warnings_of(sitting(3), set(), on=DAY, own={}, head=head)]
        for head in ("赵某", "王某", "")
    ]
    assert states == [["warn"], [], []]


def test_it_has_a_chair_and_somebody_who_knows_finance():
    committee = [Sits(f"成员{n}", knows_finance=False) for n in range(3)]

    assert codes(committee) == ["SUPV-01", "SUPV-02"]


@pytest.mark.parametrize(
    ("since", "amiss"),
    [(datetime.date(2021, 11, 23), []), (datetime.date(2021, 11, 22), ["SUPV-02"])],
)
def test_its_term_is_the_village_committee_s(since: datetime.date, amiss: list[str]):
    committee = sitting(3)
    committee[1].since = since

    assert codes(committee) == amiss
