"""The rules of the roster, each at, below and above its limit."""

import datetime
from dataclasses import replace
from types import SimpleNamespace

import pytest

from apps.core.identity import IdNumber
from apps.members import rules
from apps.members.rules import Facts, Finding, findings
from tests.factories import invented_id_number

TODAY = datetime.date(2026, 11, 22)
SOUND = Facts(
    sex="male",
    born_on=datetime.date(1980, 5, 1),
    category="full",
    joined_on=datetime.date(2010, 6, 1),
    full_on=datetime.date(2011, 6, 1),
    phone="13900001234",
)


def found(**changes: object) -> list[tuple[str, str, bool]]:
    """Code, field and whether it blocks of everything found after the changes."""
    return [(each.code, each.field, each.blocks) for each in findings(replace(SOUND, **changes), today=TODAY)]  # type: ignore[arg-type]


def test_sound_facts_find_nothing():
    assert found() == []


def test_nothing_known_finds_nothing():
    assert findings(Facts(), today=TODAY) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"born_on": datetime.date(1980, 5, 1)}, []),
        ({"born_on": datetime.date(1980, 5, 2)}, [("born_on_differs", "born_on", True)]),
        ({"sex": "female"}, [("sex_differs", "sex", True)]),
    ],
)
def test_birth_and_sex_agree_with_the_identity_number(changes, expected):
    number = IdNumber.parse(invented_id_number(1, born_on=datetime.date(1980, 5, 1)))
    assert found(id_number=number, **changes) == expected


@pytest.mark.parametrize(
    ("joined_on", "expected"),
    [
        (datetime.date(1998, 4, 30), [("joined_too_young", "joined_on", True)]),
        (datetime.date(1998, 5, 1), []),
        (datetime.date(1998, 5, 2), []),
    ],
)
def test_nobody_joins_before_eighteen(joined_on, expected):
    assert found(joined_on=joined_on) == expected


def test_a_month_counts_to_its_last_day_for_the_age_of_joining():
    born = datetime.date(1980, 5, 15)
    assert found(born_on=born, joined_on=datetime.date(1998, 5, 1), joined_precision="month") == []
    assert [code for code, *_ in found(born_on=born, joined_on=datetime.date(1998, 5, 1))] == [
        "joined_too_young"
    ]
    assert found(born_on=born, joined_on=datetime.date(1998, 1, 1), joined_precision="year") == []


@pytest.mark.parametrize(("day", "blocks"), [((1949, 9, 30), False), ((1949, 10, 1), True)])
def test_the_youngest_of_the_old_are_looked_at_not_refused(day, blocks):
    born = datetime.date(1933, 1, 1)
    facts = {"born_on": born, "joined_on": datetime.date(*day), "full_on": datetime.date(1951, 1, 1)}
    assert found(**facts) == [("joined_too_young", "joined_on", blocks)]


@pytest.mark.parametrize(("days", "expected"), [(0, []), (1, [("joined_in_future", "joined_on", True)])])
def test_nobody_joins_tomorrow(days, expected):
    joined = TODAY + datetime.timedelta(days=days)
    assert found(joined_on=joined, category="probationary", full_on=None) == expected


@pytest.mark.parametrize(
    ("full_on", "expected"),
    [
        (datetime.date(2010, 5, 31), [("full_before_joined", "full_on", True)]),
        (datetime.date(2010, 6, 1), [("probation_too_short", "full_on", False)]),
        (datetime.date(2011, 5, 31), [("probation_too_short", "full_on", False)]),
        (datetime.date(2011, 6, 1), []),
    ],
)
def test_full_membership_comes_a_year_after_joining(full_on, expected):
    assert found(full_on=full_on) == expected


def test_the_month_decides_whether_probation_lasted_a_year():
    assert found(joined_on=datetime.date(2010, 6, 30), full_on=datetime.date(2011, 6, 28)) == []


def test_before_1979_there_was_often_no_probation():
    born = datetime.date(1950, 1, 1)
    day = datetime.date(1978, 12, 31)
    assert found(born_on=born, joined_on=day, full_on=day) == []


def test_nobody_is_full_tomorrow():
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert found(full_on=tomorrow) == [("full_in_future", "full_on", True)]


def test_category_and_date_of_full_membership_agree():
    assert found(full_on=None) == [("full_on_missing", "full_on", True)]
    assert found(category="probationary") == [("full_on_of_probationary", "full_on", True)]
    assert found(category="probationary", full_on=None) == []


def test_out_of_contact_has_a_date_and_the_date_a_mark():
    assert found(is_out_of_contact=True) == [("out_of_contact_undated", "out_of_contact_since", True)]
    assert found(out_of_contact_since=TODAY) == [("out_of_contact_unmarked", "out_of_contact_since", True)]
    assert found(is_out_of_contact=True, out_of_contact_since=TODAY) == []
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert found(is_out_of_contact=True, out_of_contact_since=tomorrow) == [
        ("out_of_contact_in_future", "out_of_contact_since", True)
    ]


def test_a_mobile_member_is_somewhere_since_some_day():
    assert found(is_mobile=True) == [
        ("mobile_destination_missing", "mobile_destination", True),
        ("mobile_since_missing", "mobile_since", False),
    ]
    assert found(is_mobile=True, mobile_destination="上海市", mobile_since=TODAY) == []


def test_what_was_not_asked_is_not_missing():
    facts = replace(SOUND, is_mobile=True, mobile_destination="上海市")
    assert findings(facts, today=TODAY, unasked={"mobile_since"}) == []
    future = replace(facts, mobile_since=TODAY + datetime.timedelta(days=1))
    assert [each.code for each in findings(future, today=TODAY, unasked={"mobile_since"})] == [
        "mobile_since_in_future"
    ]


@pytest.mark.parametrize(
    ("phone", "well_formed"),
    [
        ("13900001234", True),
        ("12900001234", False),
        ("1390000123", False),
        ("139000012345", False),
        ("0931-6325533", True),
        ("09316325533", True),
        ("6325533", False),
        ("１３９00001234", False),
    ],
)
def test_phone_numbers(phone, well_formed):
    assert rules.is_phone(phone) == well_formed
    assert found(phone=phone) == ([] if well_formed else [("phone_malformed", "phone", False)])


def test_a_finding_reads_as_what_is_wrong_and_what_to_do():
    finding = findings(replace(SOUND, full_on=datetime.date(2010, 1, 1)), today=TODAY)[0]
    assert finding == Finding(
        "full_on",
        "full_before_joined",
        "ROST-13",
        "转正日期2010年1月1日早于入党日期2010年6月1日。",
        "请核对这两个日期。",
    )
    assert str(finding) == "转正日期2010年1月1日早于入党日期2010年6月1日。请核对这两个日期。"


@pytest.mark.parametrize(
    ("on", "years"),
    [((2011, 5, 31), None), ((2011, 6, 1), 0), ((2026, 5, 31), 14), ((2026, 6, 1), 15), ((2026, 6, 2), 15)],
)
def test_party_age_counts_from_full_membership(on, years):
    assert rules.party_age(datetime.date(2011, 6, 1), datetime.date(*on)) == years


def test_a_probationary_member_has_no_party_age():
    assert rules.party_age(None, TODAY) is None


@pytest.mark.parametrize(
    ("full_on", "on_probation_within_party", "vote"),
    [
        (datetime.date(2026, 11, 21), False, True),
        (TODAY, False, True),
        (datetime.date(2026, 11, 23), False, False),
        (None, False, False),
        (datetime.date(2011, 6, 1), True, False),
    ],
)
def test_who_may_vote(full_on, on_probation_within_party, vote):
    somebody = SimpleNamespace(full_on=full_on, on_probation_within_party=on_probation_within_party)
    assert rules.has_vote(somebody, TODAY) == vote


SECRETARY, DEPUTY, MEMBER = "1_secretary", "2_deputy_secretary", "6_member"


@pytest.mark.parametrize(
    ("full_members", "seats", "expected"),
    [
        (6, [SECRETARY], []),
        (6, [SECRETARY, DEPUTY], []),
        (6, [SECRETARY, MEMBER], [("warn", "ORG-11")]),
        (7, [SECRETARY, MEMBER], [("bad", "ORG-10")]),
        (7, [SECRETARY, MEMBER, MEMBER], []),
        (7, [SECRETARY] + [MEMBER] * 4, []),
        (7, [SECRETARY] + [MEMBER] * 5, [("warn", "ORG-10")]),
        (7, [SECRETARY] + [MEMBER] * 6, [("warn", "ORG-10")]),
        (7, [SECRETARY] + [MEMBER] * 7, [("bad", "ORG-10")]),
        (7, [MEMBER] * 3, [("bad", "ORG-10")]),
        (7, [], [("bad", "ORG-10"), ("bad", "ORG-10")]),
    ],
)
def test_what_is_unusual_in_a_committee(full_members, seats, expected):
    notes = rules.committee_notes(full_members=full_members, seats=seats, on=TODAY)
    assert [(note.state, note.row.code) for note in notes] == expected
