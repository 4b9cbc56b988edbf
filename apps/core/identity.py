"""Resident identity numbers (GB 11643) and how protected numbers are shown."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import mul

from apps.core import calendar

EARLIEST_BIRTH = date(1900, 1, 1)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+")
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_WRONG_CHARACTER = re.compile(r"[^0-9](?!$)|[^0-9X]$")
_WIDE = {0xFF10 + n: str(n) for n in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "X"}
_INVISIBLE = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"))


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"

    @property
    def label(self) -> str:
        return "男" if self is Sex.MALE else "女"


class IdFault(StrEnum):
    """What is wrong with an identity number: one kind per way of putting it right."""

    MISSING = "missing"
    LENGTH = "length"
    CHARACTER = "character"
    BIRTH_DATE = "birth_date"
    CHECK_DIGIT = "check_digit"
    DIGITS_LOST = "digits_lost"


class InvalidIdNumber(ValueError):
    """Not an identity number; `sentence` tells a clerk why."""

    def __init__(self, fault: IdFault, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault
        self.sentence = sentence


@dataclass(frozen=True)
class IdNumber:
    """A resident identity number that passed every check; str() and repr() show it masked."""

    text: str

    @classmethod
    def parse(cls, text: str, *, today: date | None = None) -> "IdNumber":
        """Check an identity number as written; raises InvalidIdNumber (ROST-10)."""
        number = normalise_id_number(text)
        _check_shape(number)
        found = cls(number)
        _check_birth(found, today or calendar.today())
        _check_digit(number)
        return found

    @cached_property
    def born_on(self) -> date:
        return _birth(self.text)

    @property
    def sex(self) -> Sex:
        return Sex.MALE if int(self.text[16]) % 2 else Sex.FEMALE

    @property
    def masked(self) -> str:
        return mask_id_number(self.text)

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"IdNumber({self.masked})"


def normalise_id_number(text: str) -> str:
    """Without spaces, in half-width characters, with a capital X."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return text.translate(_INVISIBLE).translate(_WIDE).upper()


def check_digit(first17: str) -> str:
    """The eighteenth character that belongs to the first seventeen digits."""
    total = sum(map(mul, map(int, first17), _WEIGHTS))
    return _CHECK_DIGITS[total % 11]


def mask_id_number(text: str) -> str:
    """The first and the last four characters, "9904********1537" (PRIV-16); shorter ones are hidden."""
    return f"{text[:4]}********{text[-4:]}" if len(text) >= 12 else "*" * len(text)


def mask_phone(text: str) -> str:
    """The first three and the last four characters, "138****1234" (PRIV-16); shorter ones keep less."""
    if len(text) >= 11:
        return f"{text[:3]}****{text[-4:]}"
    return f"****{text[-2:]}" if len(text) >= 7 else "*" * len(text)


def mask_numbers(text: str) -> str:
    """A text with every identity or mobile number in it masked, for what quotes a cell of a wrong column."""
    return _NUMBER.sub(lambda found: (mask_id_number if len(found[0]) > 12 else mask_phone)(found[0]), text)


_NUMBER = re.compile(r"(?<!\d)(?:\d{15,18}[\dXx]?|1[3-9]\d{9,10})(?!\d)")


def _check_shape(number: str) -> None:
    if not _SHAPE.fullmatch(number):
        raise _wrong_shape(number)


def _wrong_shape(number: str) -> InvalidIdNumber:
    if not number:
        return InvalidIdNumber(IdFault.MISSING, "没有填写身份证号。")
    if _SCIENTIFIC.fullmatch(number):
        return _digits_lost()
    wrong = _WRONG_CHARACTER.search(number)
    if wrong:
        return InvalidIdNumber(
            IdFault.CHARACTER,
            f"身份证号第 {wrong.start() + 1} 位是“{wrong[0]}”，只能是数字（末位可以是 X）。",
        )
    return InvalidIdNumber(IdFault.LENGTH, f"身份证号应为 18 位，这里是 {len(number)} 位。")


def _check_birth(number: IdNumber, today: date) -> None:
    try:
        born = number.born_on
    except ValueError:
        raise _wrong_birth(number.text, "没有这一天") from None
    if born > today:
        raise _wrong_birth(number.text, "还没有到")
    if born < EARLIEST_BIRTH:
        raise _wrong_birth(number.text, "早于1900年")


def _birth(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _wrong_birth(number: str, why: str) -> InvalidIdNumber:
    written = f"{number[6:10]}年{number[10:12]}月{number[12:14]}日"
    return InvalidIdNumber(IdFault.BIRTH_DATE, f"身份证号里的出生日期是{written}，{why}。")


def _check_digit(number: str) -> None:
    if check_digit(number[:17]) == number[17]:
        return
    if number.endswith("000"):
        raise _digits_lost()
    raise InvalidIdNumber(IdFault.CHECK_DIGIT, "身份证号的最后一位（校验码）对不上，请核对是否抄错了数字。")


def _digits_lost() -> InvalidIdNumber:
    """A spreadsheet keeps 15 digits of a number; the three after them are gone for good (ROST-18)."""
    return InvalidIdNumber(
        IdFault.DIGITS_LOST, "身份证号在表里存成了数字，后三位已经丢失，请改成文本格式后重新填写。"
    )
