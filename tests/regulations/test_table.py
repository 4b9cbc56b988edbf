"""The regulations' table: its rows, and which of them holds when."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.core.periods import Month, Quarter, Year
from apps.regulations.rows import Comparison, Duty, Limit, Mark, Provision, Source, Standing, Subject
from apps.regulations.table import (
    CHAPTERS,
    NotInForce,
    _table,
    all_rows,
    duties,
    duty,
    in_force,
    limit,
    provision,
    rows_of,
)

TODAY = date(2026, 11, 22)
HANDBOOK = frozenset((Path(__file__).parent / "handbook_codes.txt").read_text().split())
SOMEWHERE = Source("《某条例》", "某条例")


def some_limit(**changes: Any) -> Limit:
    facts: dict[str, Any] = {
        "code": "MEET-99", "title": "某", "statement": "某。", "source": SOMEWHERE, "mark": Mark.V1,
        "what": "某", "comparison": Comparison.AT_LEAST, "value": 3,
    }  # fmt: skip
    return Limit(**(facts | changes))


def test_the_handbook_has_338_rules_and_16_figures() -> None:
    assert len(HANDBOOK) == 338 + 16


def test_every_code_of_the_table_is_the_handbooks() -> None:
    assert {row.code for row in all_rows()} - HANDBOOK == set()


def test_the_table_has_what_meetings_terms_roster_and_reports_need() -> None:
    needed = {f"MEET-{n:02}" for n in range(1, 22) if n != 13}
    needed |= {f"ORG-{n:02}" for n in (1, 2, 3, 10, 11)} | {f"ELEC-{n:02}" for n in (1, 2, 3, 5, 6)}
    needed |= {f"ELEC-{n:02}" for n in range(7, 13)} | {"MEM-43"}
    needed |= {f"ROST-{n}" for n in range(10, 21)} | {"RPT-01", "RPT-03"} | {"MEM-30", "MEM-42"}
    needed |= {"MEM-01", "MEM-02"}
    needed |= {f"VAD-{n:02}" for n in (1, 2, 3, 4, 5, 7, 8, 10, 11, 14, 15)}
    needed |= {"FIN-02", "FIN-06", "FIN-07", "PAO-01", "PAO-02", "PAO-03"}
    needed |= {"SUPV-01", "SUPV-04", "PRIV-06"}
    needed |= {"VAD-06", "VAD-12", "VAD-13", "VAD-40", "VAD-43", "VAD-44", "PRIV-04"}
    needed |= {f"RURAL-{n:02}" for n in (*range(1, 7), 10, 11, 13)}
    needed |= {"FIN-04", "FIN-11", "SUPV-02", "SUPV-05", "SUPV-06", "ELEC-17"}
    assert {row.code for row in all_rows()} == needed


def test_every_row_can_be_read_by_a_clerk() -> None:
    for row in all_rows():
        assert row.title, row.key
        assert row.statement.endswith("。"), row.key
        assert row.source.document, row.key
        assert row.chapter in CHAPTERS, row.key
        assert row.in_words or isinstance(row, Provision), row.key


def test_no_row_is_older_than_the_document_that_it_cites() -> None:
    for row in all_rows():
        if row.since and row.source.in_force_from:
            assert row.since >= row.source.in_force_from, row.key


@pytest.mark.parametrize(
    ("code", "part", "words"),
    [
        ("MEET-11", "present", "到会有表决权的党员不少于应到会有表决权党员的半数（含本数）"),
        ("MEET-11", "in_favour", "赞成人数超过应到会有表决权党员的半数（不含本数）"),
        ("MEET-12", "present", "到会有表决权的党员超过应到会有表决权党员的半数（不含本数）"),
        ("ELEC-05", "", "到会有选举权的党员不少于应到会有选举权党员的五分之四（含本数）"),
        ("ELEC-06", "", "赞成票超过实到会有选举权党员的半数（不含本数）"),
        ("MEET-02", "present", "到会委员不少于委员总数的半数（含本数）"),
        ("ORG-02", "", "党员不超过 50 名（含本数）"),
        ("ORG-11", "", "正式党员少于 7 名（不含本数）"),
        ("ROST-12", "", "入党时的年龄不少于 18 周岁（含本数）"),
    ],
)
def test_a_limit_in_words_says_whether_the_number_itself_is_enough(code: str, part: str, words: str) -> None:
    assert limit(code, part, on=TODAY).in_words == words


@pytest.mark.parametrize(
    ("code", "part", "below", "at", "above"),
    [
        ("ORG-01", "", (2, False), (3, True), (4, True)),
        ("ORG-02", "", (49, True), (50, True), (51, False)),
        ("ORG-03", "", (4, True), (5, True), (6, False)),
        ("ORG-10", "committee", (6, False), (7, True), (8, True)),
        ("ORG-10", "fewest_seats", (2, False), (3, True), (4, True)),
        ("ORG-10", "usual_seats", (4, True), (5, True), (6, False)),
        ("ORG-10", "most_seats", (6, True), (7, True), (8, False)),
        ("ORG-11", "", (6, True), (7, False), (8, False)),
        ("ELEC-01", "branch", (2, True), (3, True), (4, False)),
        ("ELEC-01", "general_branch", (2, True), (3, True), (4, False)),
        ("ELEC-01", "committee", (4, True), (5, True), (6, False)),
        ("ELEC-01", "village", (4, True), (5, True), (6, False)),
        ("ELEC-02", "", (0, True), (1, True), (2, False)),
        ("ELEC-03", "", (5, False), (6, True), (7, True)),
        ("ROST-12", "", (17, False), (18, True), (19, True)),
        ("ROST-13", "", (0, False), (1, True), (2, True)),
        ("ROST-13", "strict_from", (1978, False), (1979, True), (1980, True)),
        ("MEET-06", "deviation", (2, True), (3, True), (4, False)),
        ("RPT-01", "cutoff_day", (4, True), (5, True), (6, False)),
        ("RPT-03", "photos", (5, True), (6, True), (7, False)),
        ("RPT-03", "pages", (5, True), (6, True), (7, False)),
        ("RPT-03", "materials", (5, True), (6, True), (7, False)),
    ],
)
def test_each_limit_below_at_and_above(
    code: str, part: str, below: tuple[int, bool], at: tuple[int, bool], above: tuple[int, bool]
) -> None:
    row = limit(code, part, on=TODAY)
    assert [row.allows(amount) for amount, _ in (below, at, above)] == [
        right for _, right in (below, at, above)
    ]


def test_a_share_of_more_than_is_not_a_share_of_at_least() -> None:
    assert limit("MEET-11", "present", on=TODAY).count_of(36) == 18
    assert limit("MEET-12", "present", on=TODAY).count_of(36) == 19
    assert limit("ELEC-05", on=TODAY).count_of(36) == 29


@given(st.sampled_from(list(Comparison)), st.fractions(0, 1, max_denominator=12), st.integers(1, 500))
def test_the_head_count_of_a_share_is_the_last_one_that_is_right(
    comparison: Comparison, share: Fraction, total: int
) -> None:
    row = some_limit(comparison=comparison, value=share)
    count = row.count_of(total)
    wrong = count - 1 if comparison.is_floor else count + 1
    assert row.allows(Fraction(count, total))
    assert not row.allows(Fraction(wrong, total))


@pytest.mark.parametrize(
    ("code", "subject", "kind", "per", "times"),
    [
        ("MEET-01", "branch", "general_meeting", "quarter", 1),
        ("MEET-02", "branch", "committee_meeting", "month", 1),
        ("MEET-03", "group", "group_meeting", "month", 1),
        ("MEET-05", "branch", "lesson", "quarter", 1),
        ("MEET-06", "branch", "theme_day", "month", 1),
    ],
)
def test_the_meeting_duties(code: str, subject: str, kind: str, per: str, times: int) -> None:
    row = duty(code, on=TODAY)
    assert (row.subject, row.kind, row.per, row.at_least) == (subject, kind, per, times)


def test_a_duty_knows_the_period_in_which_it_is_to_be_done() -> None:
    assert duty("MEET-02", on=TODAY).per.period_of(TODAY) == Month(2026, 11)
    assert duty("MEET-01", on=TODAY).per.period_of(TODAY) == Quarter(2026, 4)
    assert duty("MEET-05", "secretary", on=TODAY).per.period_of(TODAY) == Year(2026)


def test_a_duty_says_to_whom_it_does_not_apply() -> None:
    assert duty("MEET-02", on=TODAY).applies == ("has_committee", "not_temporary")
    assert duty("MEET-03", on=TODAY).applies == ("has_groups", "not_temporary")
    assert duty("MEET-06", on=TODAY).applies == ("not_temporary",)


def test_duties_are_asked_for_by_whose_they_are() -> None:
    assert [row.key for row in duties(on=TODAY, subject=Subject.BRANCH)] == [
        "MEET-01",
        "MEET-02",
        "MEET-05",
        "MEET-06",
        "MEET-07",
        "MEET-08",
        "MEET-10",
        "MEET-19",
    ]
    assert [row.key for row in duties(on=TODAY, subject=Subject.GROUP)] == ["MEET-03"]
    assert [row.key for row in duties(on=TODAY, subject=Subject.COMMITTEE)] == ["MEET-05/secretary"]
    assert len(duties(on=TODAY)) == 10


def test_local_habit_is_marked_and_never_looks_like_a_national_rule() -> None:
    lesson = duty("MEET-05", on=TODAY)
    assert (lesson.standing, lesson.mark) == (Standing.LOCAL, Mark.L)
    assert {row.standing for row in all_rows() if row.mark is Mark.L} == {Standing.LOCAL}


def test_last_years_admission_is_judged_by_last_years_rule() -> None:
    before = limit("MEET-12", "present", on=date(2026, 5, 10))
    after = limit("MEET-12", "present", on=date(2026, 5, 11))
    assert (before.source.short, before.mark) == ("发展党员细则（2014）", Mark.V2)
    assert (after.source.short, after.mark) == ("发展党员细则", Mark.V1)


def test_an_election_before_the_regulation_of_2020_needed_more_than_four_fifths() -> None:
    before = limit("ELEC-05", on=date(2020, 7, 12))
    after = limit("ELEC-05", on=date(2020, 7, 13))
    assert (before.comparison, before.count_of(20)) == (">", 17)
    assert (after.comparison, after.count_of(20)) == (">=", 16)


def test_a_period_is_judged_by_the_rule_in_force_when_it_began() -> None:
    assert limit("MEET-12", "present", on=Month(2026, 5)).until == date(2026, 5, 10)
    assert limit("MEET-12", "present", on=Month(2026, 6)).until is None
    assert [row.key for row in duties(on=Quarter(2018, 4))] == []
    assert len(duties(on=Quarter(2019, 1))) == 10


@given(st.dates(date(1950, 1, 1), date(2050, 12, 31)))
def test_on_no_day_do_two_rows_of_one_key_hold(day: date) -> None:
    keys = [row.key for row in in_force(day)]
    assert len(keys) == len(set(keys))


def test_before_a_rule_was_in_force_asking_for_it_is_refused_with_its_code() -> None:
    with pytest.raises(NotInForce) as caught:
        limit("MEET-11", "present", on=date(2018, 10, 27))
    assert isinstance(caught.value, Refused)
    assert (caught.value.sentence, caught.value.rule) == (
        "2018年10月27日没有可用的规定（MEET-11）。",
        "MEET-11",
    )
    assert limit("MEET-11", "present", on=date(2018, 10, 28)).key == "MEET-11/present"


def test_an_unknown_code_or_the_wrong_kind_of_row_is_the_programmers_mistake() -> None:
    with pytest.raises(KeyError):
        limit("MEET-98", on=TODAY)
    with pytest.raises(TypeError, match="MEET-01 is a Duty, not a Limit"):
        limit("MEET-01", on=TODAY)


def test_a_provision_lists_its_items() -> None:
    assert len(provision("MEET-01", "reserved", on=TODAY).items) == 5
    assert provision("MEET-04", on=TODAY).items == ()


def test_all_rows_of_a_code_former_ones_too() -> None:
    assert [(row.part, row.until) for row in rows_of("MEET-12")] == [
        ("present", date(2026, 5, 10)),
        ("present", None),
        ("in_favour", date(2026, 5, 10)),
        ("in_favour", None),
        ("ballot", None),
    ]
    assert rows_of("MEET-98") == ()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({}, {}),
        ({"until": date(2026, 5, 11)}, {"since": date(2026, 5, 11)}),
        ({"since": date(2020, 1, 1)}, {"since": date(2026, 5, 11)}),
        ({"until": date(2026, 5, 10)}, {}),
    ],
)
def test_two_rows_of_one_key_on_the_same_day_are_refused(earlier: dict, later: dict) -> None:
    with pytest.raises(ValueError, match="MEET-99: two rows are in force on the same day"):
        _table([some_limit(**earlier), some_limit(**later)])


def test_rows_that_follow_each_other_are_fine_and_so_are_other_parts() -> None:
    change = date(2026, 5, 11)
    rows = [some_limit(since=change), some_limit(until=change - timedelta(days=1)), some_limit(part="other")]
    assert [len(versions) for versions in _table(rows).values()] == [2, 1]


def test_a_county_may_tighten_a_national_rule() -> None:
    assert duty("MEET-01", on=TODAY, overrides={"MEET-01": 2}).at_least == 2
    assert limit("ORG-02", on=TODAY, overrides={"ORG-02": 40}).value == 40
    assert limit("ELEC-05", on=TODAY, overrides={"ELEC-05": Fraction(9, 10)}).count_of(20) == 18
    assert [row.at_least for row in duties(on=TODAY, overrides={"MEET-06": 2}) if row.code == "MEET-06"] == [
        2
    ]


@pytest.mark.parametrize(
    ("code", "value"),
    [("ORG-02", 51), ("ORG-01", 2), ("ROST-12", 17), ("ELEC-05", Fraction(3, 4))],
)
def test_a_county_may_not_loosen_a_national_rule(code: str, value: int) -> None:
    with pytest.raises(ValueError, match=f"{code}: a county may tighten a national rule, not loosen it"):
        limit(code, on=TODAY, overrides={code: value})


def test_a_county_sets_a_local_habit_as_it_likes() -> None:
    assert limit("RPT-01", "cutoff_day", on=TODAY, overrides={"RPT-01/cutoff_day": 8}).value == 8
    assert limit("MEET-06", "deviation", on=TODAY, overrides={"MEET-06/deviation": 1}).value == 1
    assert duty("MEET-05", on=TODAY, overrides={"MEET-05": 3}).at_least == 3


@pytest.mark.parametrize("value", [0.5, True, "5", None])
def test_a_countys_value_is_an_exact_number(value) -> None:
    with pytest.raises(ValueError, match="not an exact number"):
        some_limit().tightened(value)
    with pytest.raises(ValueError, match="not a number of times"):
        duty("MEET-01", on=TODAY).tightened(value)


def test_money_may_be_a_decimal() -> None:
    assert some_limit(value=Decimal("0.20")).tightened(Decimal("0.50")).value == Decimal("0.50")


def test_a_setting_for_another_row_changes_nothing() -> None:
    assert isinstance(duty("MEET-01", on=TODAY, overrides={"MEET-06": 2}), Duty)
    assert duty("MEET-01", on=TODAY, overrides={"MEET-06": 2}).at_least == 1


def test_a_county_may_ask_nothing_of_a_local_habit_but_not_of_a_national_duty() -> None:
    assert duty("MEET-05", on=TODAY, overrides={"MEET-05": 0}).in_words == "党支部不要求次数"
    with pytest.raises(ValueError, match="MEET-01: a county may tighten a national rule, not loosen it"):
        duty("MEET-01", on=TODAY, overrides={"MEET-01": 0})


def test_only_duties_that_are_counted_and_local_habits_can_be_set() -> None:
    assert {row.key for row in in_force(TODAY) if row.is_settable} == {
        *("MEET-01", "MEET-02", "MEET-03", "MEET-05", "MEET-05/secretary", "MEET-06", "MEET-06/deviation"),
        *("MEET-07", "MEET-07/carry_over", "MEET-19", "RPT-01/cutoff_day"),
        *("RPT-03/photos", "RPT-03/pages", "RPT-03/materials"),
        *("MEM-01/minutes", "MEM-01/usual", "MEM-01/most", "MEM-02"),
        *("VAD-02/due_day", "VAD-03/due_day", "VAD-04", "VAD-10/filing", "VAD-11"),
        *("VAD-06/photo", "VAD-12", "VAD-13", "VAD-14", "VAD-14/deputies", "PRIV-04/petitioner"),
        *("RURAL-05", "RURAL-06/present", "SUPV-06/most", "VAD-44", "FIN-04/ending"),
    }


def test_a_life_meeting_may_be_made_up_until_march() -> None:
    assert [row.code for row in duties(on=TODAY) if row.carried_over] == ["MEET-07", "MEET-08"]
    assert limit("MEET-07", "carry_over", on=TODAY).value == 3
