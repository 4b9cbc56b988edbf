"""What follows from what a petitioner says; what gives one away."""

from __future__ import annotations

import datetime

import pytest

from apps.opinions.rules import NOBODY, Petitioner, after_asking, due_on


def test_the_day_of_receipt_does_not_count():
    assert due_on(datetime.date(2026, 10, 22), 10) == datetime.date(2026, 11, 1)


@pytest.mark.parametrize("said", ["satisfied", "partly", "unknown"])
def test_whoever_is_content_or_cannot_be_asked_closes_it(said: str):
    assert after_asking(said, township_answered=False, was_returned=False) == "close"


@pytest.mark.parametrize(
    ("township_answered", "was_returned", "following"),
    [(False, False, "return"), (False, True, "pass_on"), (True, False, "close"), (True, True, "close")],
)
def test_who_is_not_content_is_heard_again_then_by_the_township(
    township_answered: bool, was_returned: bool, following: str
):
    assert after_asking("not", township_answered=township_answered, was_returned=was_returned) == following


WANG = Petitioner("王 满仓", "0990-5550123")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("王满仓问水渠的钱", "姓名"),
        ("王　满仓问水渠的钱", "姓名"),
        ("请打 0990 555 0123 回复", "联系方式"),
        ("水渠的钱，王某问", ""),
        ("水渠的钱 0990 元", ""),
    ],
)
def test_a_name_or_a_number_gives_somebody_away(text: str, what: str):
    assert WANG.given_away_by(text) == what


def test_an_address_gives_somebody_away():
    assert Petitioner("", "三组 12 号").given_away_by("三组12号的王家") == "联系方式"


def test_nobody_is_given_away_by_nothing():
    assert NOBODY.given_away_by("任何一句话") == ""
