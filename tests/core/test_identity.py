"""Identity numbers: what passes, and the sentence for each kind of fault."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.identity import (
    IdFault,
    IdNumber,
    InvalidIdNumber,
    Sex,
    check_digit,
    mask_id_number,
    mask_numbers,
    mask_phone,
)

TODAY = date(2026, 11, 22)


def numbered(first17: str) -> str:
    return first17 + check_digit(first17)


WOMAN = numbered("99041219830715002")
BIRTHS = st.dates(date(1900, 1, 1), TODAY)


def fault_of(text: str) -> tuple[IdFault, str]:
    with pytest.raises(InvalidIdNumber) as caught:
        IdNumber.parse(text, today=TODAY)
    return caught.value.fault, caught.value.sentence


def test_the_published_specimen_passes() -> None:
    specimen = IdNumber.parse("11010519491231002X", today=TODAY)
    assert (specimen.born_on, specimen.sex) == (date(1949, 12, 31), Sex.FEMALE)


def test_the_published_specimen_of_1880_has_a_right_check_digit_but_no_living_holder() -> None:
    assert check_digit("44052418800101001") == "4"
    assert fault_of("440524188001010014")[0] == IdFault.BIRTH_DATE


@given(st.integers(990000, 990999), BIRTHS, st.integers(0, 999))
def test_birth_and_sex_are_read_from_any_right_number(area: int, born: date, sequence: int) -> None:
    number = IdNumber.parse(numbered(f"{area}{born:%Y%m%d}{sequence:03}"), today=TODAY)
    assert number.born_on == born
    assert number.sex.label == ("男" if sequence % 2 else "女")


@given(st.integers(0, 17), st.integers(1, 9))
def test_any_one_wrong_digit_is_noticed(place: int, shift: int) -> None:
    digits = list(numbered("99041219830715003"))
    assert digits[17] != "X"
    digits[place] = str((int(digits[place]) + shift) % 10)
    with pytest.raises(InvalidIdNumber):
        IdNumber.parse("".join(digits), today=TODAY)


@pytest.mark.parametrize("length", [15, 17, 19])
def test_a_wrong_length_is_told_with_its_length(length: int) -> None:
    assert fault_of("9" * length) == (IdFault.LENGTH, f"身份证号应为 18 位，这里是 {length} 位。")


def test_a_wrong_character_is_told_with_its_place() -> None:
    assert fault_of("99O412198307150021") == (
        IdFault.CHARACTER,
        "身份证号第 3 位是“O”，只能是数字（末位可以是 X）。",
    )
    assert fault_of("9904121983071500X1")[1].startswith("身份证号第 17 位是“X”")


def test_a_birth_date_that_does_not_exist() -> None:
    assert fault_of(numbered("99041219830230002")) == (
        IdFault.BIRTH_DATE,
        "身份证号里的出生日期是1983年02月30日，没有这一天。",
    )


def test_a_birth_date_to_come() -> None:
    assert IdNumber.parse(numbered("99041220261122002"), today=TODAY).born_on == TODAY
    assert fault_of(numbered("99041220261123002"))[1] == "身份证号里的出生日期是2026年11月23日，还没有到。"


def test_a_birth_date_before_1900() -> None:
    assert IdNumber.parse(numbered("99041219000101002"), today=TODAY).born_on == date(1900, 1, 1)
    assert fault_of(numbered("99041218991231002"))[1] == "身份证号里的出生日期是1899年12月31日，早于1900年。"


def test_a_wrong_check_digit() -> None:
    wrong = WOMAN[:17] + ("1" if WOMAN[17] != "1" else "2")
    assert fault_of(wrong)[0] == IdFault.CHECK_DIGIT


@pytest.mark.parametrize("text", ["990412198307150000", "9.90412198307150E+17", "9.90412e17"])
def test_a_number_that_lost_its_last_digits_in_a_spreadsheet(text: str) -> None:
    assert fault_of(text)[0] == IdFault.DIGITS_LOST


def test_none_at_all() -> None:
    assert fault_of(" 　 ") == (IdFault.MISSING, "没有填写身份证号。")


def test_full_width_digits_spaces_and_a_small_x_are_the_same_number() -> None:
    written = "１１０１０５ 19491231 ００２ｘ\u200b"
    assert IdNumber.parse(written, today=TODAY) == IdNumber("11010519491231002X")


def test_no_number_is_given_away_by_printing_it() -> None:
    number = IdNumber.parse(WOMAN, today=TODAY)
    assert str(number) == number.masked == f"9904********{WOMAN[-4:]}"
    assert repr(number) == f"IdNumber(9904********{WOMAN[-4:]})"


@pytest.mark.parametrize(
    ("text", "masked"), [("990412198307151537", "9904********1537"), ("99041219830", "***********"), ("", "")]
)
def test_a_masked_identity_number(text: str, masked: str) -> None:
    assert mask_id_number(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13812341234", "138****1234"),
        ("0990-5550123", "099****0123"),
        ("5550123", "****23"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_masked_phone_number(text: str, masked: str) -> None:
    assert mask_phone(text) == masked


def test_numbers_within_a_text_are_masked_and_others_left() -> None:
    text = (
        "“99000019800501063X”、99000019800501063、13912345678、139123456789；8801001、2026-10-05、10005003。"
    )
    masked = "“9900********063X”、9900********1063、139****5678、139****6789；8801001、2026-10-05、10005003。"
    assert mask_numbers(text) == masked
