"""Elections: who must come, who is elected, what the papers may be; each limit at, below and above."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.core.errors import Refused
from apps.meetings.elections import Nominee, Poll, count, too_few_candidates
from apps.meetings.kinds import Matter

TODAY = date(2026, 11, 22)
CAME = "应到有选举权 36 人，实到 30 人，达到五分之四，选举有效。"


def standing(*votes: int) -> tuple[Nominee, ...]:
    """Candidates 甲, 乙, 丙 ... with so many votes each."""
    return tuple(Nominee(name, number) for name, number in zip("甲乙丙丁戊", votes, strict=False))


def poll(*votes: int, **facts: Any) -> Poll:
    """Thirty of 36 elect three people; every paper came back and counts."""
    told = {"expected": 36, "present": 30, "seats": 3, "issued": 30, "returned": 30, "void": 0} | facts
    return Poll(**told, nominees=standing(*votes))


class TestWhoIsElected:
    def test_with_more_than_half_of_those_present(self):
        outcome = count(poll(30, 20, 16, 15), on=TODAY)
        assert (outcome.valid, outcome.complete, outcome.elected) == (True, True, (True, True, True, False))
        assert (outcome.rule, outcome.needed_votes) == ("ELEC-06", 16)

    @pytest.mark.parametrize(("votes", "elected"), [(15, False), (16, True), (17, True)])
    def test_half_is_not_enough(self, votes, elected):
        assert count(poll(votes, seats=1), on=TODAY).elected == (elected,)

    @pytest.mark.parametrize(("present", "valid"), [(28, False), (29, True), (30, True)])
    def test_four_fifths_must_come(self, present, valid):
        told = poll(20, seats=1, present=present, issued=present, returned=present)
        assert count(told, on=TODAY).valid is valid

    def test_of_more_than_the_seats_those_with_most_votes(self):
        outcome = count(poll(17, 25, 18, 20), on=TODAY)
        assert (outcome.complete, outcome.elected) == (True, (False, True, True, True))

    def test_who_ties_for_the_last_seat_is_voted_on_again(self):
        outcome = count(poll(25, 20, 16, 16), on=TODAY)
        assert (outcome.complete, outcome.elected) == (False, (True, True, None, None))
        assert outcome.sentence.endswith("甲（25 票）、乙（20 票）当选。丙、丁得票相等，就这 2 人再投一次。")

    def test_a_tie_that_leaves_room_for_both_is_none(self):
        assert count(poll(20, 16, 16, 15), on=TODAY).elected == (True, True, True, False)

    def test_too_few_leaves_seats_open(self):
        outcome = count(poll(25, 20, 15, 10), on=TODAY)
        assert (outcome.complete, outcome.rule) == (False, "ELEC-11")
        assert outcome.sentence == (
            f"{CAME}发出选票 30 张，收回 30 张，有效 30 张；至少要 16 票。甲（25 票）、乙（20 票）当选。"
            "应选 3 名，还缺 1 名，另行选举；接近应选名额的，经半数以上选举人同意，可以减少名额，不再选举。"
        )

    def test_where_nobody_is_elected_no_seat_can_be_given_up(self):
        sentence = count(poll(10, 9, 8, 7), on=TODAY).sentence
        assert sentence.endswith("没有人当选。应选 3 名，还缺 3 名，另行选举。")

    def test_a_name_that_was_written_in_is_elected_like_any_other(self):
        nominees = (*standing(20), Nominee("戊", 16, on_ballot=False))
        told = Poll(36, 30, seats=2, issued=30, returned=30, void=0, nominees=nominees)
        assert count(told, on=TODAY).elected == (True, True)


class TestThePapers:
    @pytest.mark.parametrize(("returned", "valid"), [(29, True), (30, True), (31, False)])
    def test_more_came_back_than_went_out(self, returned, valid):
        outcome = count(poll(20, seats=1, returned=returned), on=TODAY)
        assert outcome.valid is valid
        if not valid:
            assert (outcome.sentence, outcome.rule) == (
                "收回选票 31 张，多于发出的 30 张，选举无效。",
                "ELEC-09",
            )

    @pytest.mark.parametrize(
        ("facts", "field", "sentence"),
        [
            ({"seats": 0}, "seats", "请填写应选几名。"),
            ({"issued": 31}, "ballots_issued", "发出选票 31 张，多于到会有选举权的 30 人。"),
            ({"void": 31}, "ballots_void", "废票 31 张，多于收回的 30 张。"),
            ({"void": 11}, "candidate_0_in_favour", "甲的票加起来 20 张，多于有效的 19 张。"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, facts, field, sentence):
        with pytest.raises(Refused) as refused:
            count(poll(20, **facts), on=TODAY)
        assert (refused.value.field, refused.value.sentence) == (field, sentence)

    @pytest.mark.parametrize(("votes", "possible"), [((30, 30), True), ((30, 30, 1), False)])
    def test_no_paper_chooses_more_than_the_seats(self, votes, possible):
        told = poll(*votes, seats=2)
        if possible:
            assert count(told, on=TODAY).complete
        else:
            with pytest.raises(Refused, match="不会多于 60 票"):
                count(told, on=TODAY)

    def test_without_candidates_there_is_no_election(self):
        with pytest.raises(Refused, match="请写候选人和各人的得票。"):
            count(poll(), on=TODAY)


class TestHowManyStand:
    """At least a fifth more than seats: 3 seats 4 candidates, 5 seats 6, 7 seats 9 (ELEC-07)."""

    @pytest.mark.parametrize(("seats", "wanted"), [(2, 3), (3, 4), (5, 6), (6, 8), (7, 9), (9, 11), (10, 12)])
    def test_at_and_below(self, seats, wanted):
        people = [Nominee(f"候选人{number}") for number in range(wanted)]
        assert too_few_candidates(Matter.ELECTION, seats, people, on=TODAY) is None
        few = too_few_candidates(Matter.ELECTION, seats, people[1:], on=TODAY)
        assert few is not None
        assert few.firm is False  # the article's number was not verified
        assert few.sentence == (
            f"应选 {seats} 名，候选人应有 {wanted} 名以上（差额不少于五分之一），现在是 {wanted - 1} 名。"
        )

    def test_who_was_written_in_does_not_stand(self):
        people = [*standing(1, 1, 1), Nominee("戊", on_ballot=False)]
        assert too_few_candidates(Matter.ELECTION, 3, people, on=TODAY) is not None

    @pytest.mark.parametrize(
        ("matter", "seats", "on"),
        [
            (Matter.ELECTION, 1, TODAY),  # a secretary alone stands alone
            (Matter.ELECTION, 3, date(2020, 7, 12)),  # the day before the rules
            (Matter.DELEGATES, 3, TODAY),  # not a committee
        ],
    )
    def test_where_nothing_is_asked(self, matter, seats, on):
        assert too_few_candidates(matter, seats, standing(1), on=on) is None
