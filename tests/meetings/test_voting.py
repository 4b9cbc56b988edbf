"""Votes: the thresholds of handbook 12.1, each at, below and above, and never borrowed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.meetings.kinds import Kind, Matter
from apps.meetings.voting import Ballot, Regime, needs_count, quorum, regime_for, ruling
from apps.regulations.table import NotInForce

TODAY = date(2026, 11, 22)
GENERAL, COMMITTEE, ADMISSION, ELECTION = Regime.GENERAL, Regime.COMMITTEE, Regime.ADMISSION, Regime.ELECTION


def secret(expected: int, present: int, in_favour: int, *, written: int = 0) -> Ballot:
    """A secret ballot on which everybody present voted yes or no."""
    return Ballot(expected, present, in_favour, present - in_favour, written_in_favour=written, secret=True)


def shown(expected: int, present: int, in_favour: int) -> Ballot:
    """A show of hands on which the others abstained."""
    return Ballot(expected, present, in_favour, 0, present - in_favour)


@pytest.mark.parametrize(
    ("expected", "general", "admission", "election"),
    [
        (3, 2, 2, 3), (5, 3, 3, 4), (6, 3, 4, 5), (7, 4, 4, 6), (8, 4, 5, 7), (9, 5, 5, 8), (10, 5, 6, 8),
        (15, 8, 8, 12), (20, 10, 11, 16), (50, 25, 26, 40),
    ],
)  # fmt: skip
def test_the_handbooks_table_of_those_who_must_come(
    expected: int, general: int, admission: int, election: int
) -> None:
    needed = {GENERAL: general, COMMITTEE: general, ADMISSION: admission, ELECTION: election}
    for regime, least in needed.items():
        assert quorum(regime, expected=expected, present=least, on=TODAY).valid, regime
        assert not quorum(regime, expected=expected, present=least - 1, on=TODAY).valid, regime
        assert quorum(regime, expected=expected, present=0, on=TODAY).needed == least, regime


@pytest.mark.parametrize(
    ("ballot", "regime", "valid", "passed"),
    [
        # of 36: half is 18, more than half is 19, four fifths is 29
        (shown(36, 17, 17), GENERAL, False, False),
        (shown(36, 18, 18), GENERAL, True, False),
        (shown(36, 19, 19), GENERAL, True, True),
        (shown(36, 34, 18), GENERAL, True, False),
        (shown(36, 34, 19), GENERAL, True, True),
        (shown(36, 34, 20), GENERAL, True, True),
        # of 35: half is 17.5, so 18 are both half and more than half
        (shown(35, 17, 17), GENERAL, False, False),
        (shown(35, 18, 18), GENERAL, True, True),
        # committee of 5: 3 must come; more than half of those present
        (shown(5, 2, 2), COMMITTEE, False, False),
        (shown(5, 3, 1), COMMITTEE, True, False),
        (shown(5, 3, 2), COMMITTEE, True, True),
        (shown(5, 4, 2), COMMITTEE, True, False),
        (shown(5, 4, 3), COMMITTEE, True, True),
        # admission: half present is not enough
        (secret(36, 18, 18), ADMISSION, False, False),
        (secret(36, 19, 19), ADMISSION, True, True),
        (secret(36, 20, 18), ADMISSION, True, False),
        (secret(36, 20, 19), ADMISSION, True, True),
        # written votes count as votes but nobody comes by letter
        (secret(36, 18, 18, written=18), ADMISSION, False, False),
        (secret(36, 19, 18, written=1), ADMISSION, True, True),
        (secret(36, 19, 17, written=1), ADMISSION, True, False),
        # election: four fifths must come, more than half of those present elects
        (secret(36, 28, 28), ELECTION, False, False),
        (secret(36, 29, 14), ELECTION, True, False),
        (secret(36, 29, 15), ELECTION, True, True),
        (secret(36, 30, 15), ELECTION, True, False),
        (secret(36, 30, 16), ELECTION, True, True),
    ],
)
def test_each_threshold_below_at_and_above(
    ballot: Ballot, regime: Regime, *, valid: bool, passed: bool
) -> None:
    result = ruling(ballot, regime=regime, on=TODAY)
    assert (result.valid, result.passed) == (valid, passed)


def test_the_same_votes_end_differently_under_different_regimes() -> None:
    votes = secret(10, 8, 5)
    assert [ruling(votes, regime=regime, on=TODAY).passed for regime in Regime] == [False, True, False, True]


@pytest.mark.parametrize(
    ("ballot", "regime", "sentence"),
    [
        (
            shown(36, 34, 20), GENERAL,
            "应到有表决权 36 人，实到 34 人，达到半数，表决有效。赞成 20 票，超过应到的半数，通过。",
        ),
        (
            shown(36, 34, 18), GENERAL,
            "应到有表决权 36 人，实到 34 人，达到半数，表决有效。"  # noqa: ISC004
            "赞成 18 票，没有超过应到的半数，没有通过（至少要 19 票）。",
        ),
        (
            shown(36, 17, 17), GENERAL,
            "应到有表决权 36 人，实到 17 人，不到半数，表决无效（至少要到 18 人）。",
        ),
        (
            shown(5, 4, 3), COMMITTEE,
            "应到委员 5 人，实到 4 人，达到半数，会议有效。赞成 3 票，超过到会的半数，通过。",
        ),
        (
            secret(36, 18, 18), ADMISSION,
            "应到有表决权 36 人，实到 18 人，没有超过半数，表决无效（至少要到 19 人）。",
        ),
        (
            secret(36, 19, 18, written=1), ADMISSION,
            "应到有表决权 36 人，实到 19 人，超过半数，表决有效。"  # noqa: ISC004
            "赞成 19 票（含书面 1 票），超过应到的半数，通过。",
        ),
        (
            secret(36, 29, 15), ELECTION,
            "应到有选举权 36 人，实到 29 人，达到五分之四，选举有效。赞成 15 票，超过实到的半数，当选。",
        ),
    ],
)  # fmt: skip
def test_the_sentence_for_the_record(ballot: Ballot, regime: Regime, sentence: str) -> None:
    assert ruling(ballot, regime=regime, on=TODAY).sentence == sentence


def test_a_ruling_names_its_rule_and_what_was_needed() -> None:
    failed = ruling(secret(36, 28, 28), regime=ELECTION, on=TODAY)
    passed = ruling(secret(36, 29, 15), regime=ELECTION, on=TODAY)
    assert (failed.rule, failed.needed_present) == ("ELEC-05", 29)
    assert (passed.rule, passed.needed_present, passed.needed_votes) == ("ELEC-06", 29, 15)


def test_where_nobody_votes_nothing_is_decided() -> None:
    assert ruling(Ballot(0, 0), regime=GENERAL, on=TODAY).sentence == "没有应到的有表决权人员，表决无效。"


def test_an_election_of_2019_is_judged_by_the_rule_of_2019() -> None:
    assert not ruling(secret(20, 16, 16), regime=ELECTION, on=date(2020, 7, 13)).sentence.count("无效")
    with pytest.raises(NotInForce):  # its counting rule before 2020 is not in the table
        ruling(secret(20, 16, 16), regime=ELECTION, on=date(2020, 7, 12))
    before = quorum(ELECTION, expected=20, present=16, on=date(2020, 7, 12))
    assert (before.valid, before.needed) == (False, 17)
    assert before.sentence == "应到有选举权 20 人，实到 16 人，没有超过五分之四，选举无效（至少要到 17 人）。"


@pytest.mark.parametrize(
    ("ballot", "regime", "field", "sentence"),
    [
        (Ballot(10, 11, 11), GENERAL, "present", "实到 11 人，多于应到的 10 人，请核对。"),
        (Ballot(10, 8, 8, 1), GENERAL, "in_favour", "赞成、反对、弃权加起来 9 票，多于到会能表决的 8 人。"),
        (Ballot(10, 8, 6, 1), GENERAL, "abstained", "还差 1 票，没有表态的请记为弃权。"),
        (Ballot(10, 8, 8), ADMISSION, "voting", "这一项要用无记名投票，请把表决方式改为无记名投票。"),
        (Ballot(10, 8, 8), ELECTION, "voting", "这一项要用无记名投票，请把表决方式改为无记名投票。"),
        (
            Ballot(10, 8, 8, written_in_favour=1), GENERAL,
            "written_in_favour", "书面意见只在发展党员时计入票数，这里请填 0。",
        ),
        (
            Ballot(10, 8, 8, written_in_favour=3, secret=True), ADMISSION,
            "written_in_favour", "书面赞成 3 票，多于没有到会的 2 人。",
        ),
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_right_are_refused(
    ballot: Ballot, regime: Regime, field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as caught:
        ruling(ballot, regime=regime, on=TODAY)
    assert (caught.value.field, caught.value.sentence) == (field, sentence)


def test_on_a_secret_ballot_a_paper_may_stay_away() -> None:
    assert ruling(Ballot(10, 8, 6, 1, secret=True), regime=ADMISSION, on=TODAY).passed


@given(st.integers(1, 300), st.data())
def test_nothing_passes_without_a_quorum_or_with_half_of_the_votes(
    expected: int, data: st.DataObject
) -> None:
    present = data.draw(st.integers(0, expected))
    in_favour = data.draw(st.integers(0, present))
    ballot = secret(expected, present, in_favour)
    results = {regime: ruling(ballot, regime=regime, on=TODAY) for regime in Regime}
    assert all(result.valid for result in results.values() if result.passed)
    assert results[GENERAL].passed == (2 * in_favour > expected)
    assert results[COMMITTEE].passed == (2 * present >= expected and 2 * in_favour > present)
    assert results[ADMISSION].passed == (2 * present > expected and 2 * in_favour > expected)
    assert results[ELECTION].passed == (5 * present >= 4 * expected and 2 * in_favour > present)


@pytest.mark.parametrize(
    ("matter", "regime"),
    [
        (Matter.ORDINARY, GENERAL), (Matter.COMMITTEE_REPORT, GENERAL), (Matter.COMMENDATION, GENERAL),
        (Matter.DISPOSAL, GENERAL), (Matter.DISCIPLINE, GENERAL), (Matter.ADMISSION, ADMISSION),
        (Matter.FULL_MEMBERSHIP, ADMISSION), (Matter.PROBATION_EXTENDED, ADMISSION),
        (Matter.PROBATION_CANCELLED, ADMISSION), (Matter.ELECTION, ELECTION), (Matter.DELEGATES, ELECTION),
    ],
)  # fmt: skip
def test_the_members_meeting_decides_every_matter_by_its_own_regime(matter: Matter, regime: Regime) -> None:
    assert regime_for([Kind.THEME_DAY, Kind.GENERAL_MEETING], matter) == regime


@pytest.mark.parametrize("matter", [matter for matter in Matter if matter is not Matter.ORDINARY])
def test_what_is_reserved_for_the_members_meeting_the_committee_cannot_decide(matter: Matter) -> None:
    with pytest.raises(Refused) as caught:
        regime_for([Kind.COMMITTEE_MEETING], matter)
    assert (caught.value.field, caught.value.rule) == ("matter", "MEET-01")
    assert caught.value.sentence == f"“{matter.label}”要由党员大会决定，请在会议类型里选上党员大会。"


def test_an_ordinary_matter_is_for_the_committee_too_but_not_for_a_theme_day() -> None:
    assert regime_for([Kind.COMMITTEE_MEETING], Matter.ORDINARY) == COMMITTEE
    with pytest.raises(Refused, match="表决要在党员大会或支委会上进行"):
        regime_for([Kind.THEME_DAY], Matter.ORDINARY)


def test_what_must_be_counted() -> None:
    assert {matter for matter in Matter if not needs_count(matter)} == {
        Matter.ORDINARY,
        Matter.COMMITTEE_REPORT,
    }
