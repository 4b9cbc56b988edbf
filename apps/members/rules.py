"""What must hold for a member's facts (handbook 9.2); shared by the forms, the services and the import."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from apps.core.calendar import add_years, full_years, written
from apps.core.identity import IdNumber
from apps.core.periods import Month
from apps.members.vocabulary import Category, Position, Precision, Sex
from apps.regulations.rows import Limit
from apps.regulations.table import limit

# Who joined before the republic was founded was sometimes younger: looked at, not refused (ROST-12).
AGE_CHECKED_SINCE = datetime.date(1949, 10, 1)

_MOBILE_PHONE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found at a field; what `blocks` is not saved, the rest is said and saved."""

    field: str
    code: str
    rule: str
    sentence: str
    advice: str = ""
    blocks: bool = True

    def __str__(self) -> str:
        return f"{self.sentence}{self.advice}"


@dataclass(slots=True)
class Facts:
    """A member as the rules look at them; a value that could not be read is None and checked no further."""

    id_number: IdNumber | None = None
    sex: str | None = None
    born_on: datetime.date | None = None
    category: str | None = None
    joined_on: datetime.date | None = None
    joined_precision: str = Precision.DAY
    full_on: datetime.date | None = None
    full_precision: str = Precision.DAY
    phone: str | None = None
    is_out_of_contact: bool = False
    out_of_contact_since: datetime.date | None = None
    is_mobile: bool = False
    mobile_destination: str | None = None
    mobile_since: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at in a committee: never refused, always with the row that asks for it."""

    sentence: str
    state: str
    row: Limit


class Voter(Protocol):
    full_on: datetime.date | None
    on_probation_within_party: bool


def findings(facts: Facts, *, today: datetime.date, unasked: Collection[str] = ()) -> list[Finding]:
    """Everything that the rules find; a missing value is no fault in a field that was not asked for."""
    found = [finding for rule in _RULES for finding in rule(facts, today)]
    if not unasked:
        return found
    return [each for each in found if each.field not in unasked or getattr(facts, each.field)]


def _agrees_with_id_number(facts: Facts, _today: datetime.date) -> Iterator[Finding]:
    number = facts.id_number
    if number is None:
        return
    if facts.born_on and facts.born_on != number.born_on:
        yield Finding(
            "born_on",
            "born_on_differs",
            "ROST-10",
            f"出生日期写的是{written(facts.born_on)}，身份证号里是{written(number.born_on)}。",
            "请核对，两处要一致。",
        )
    if facts.sex and facts.sex != number.sex:
        yield Finding(
            "sex",
            "sex_differs",
            "ROST-10",
            f"性别写的是{Sex(facts.sex).label}，按身份证号是{number.sex.label}。",
            "请核对，两处要一致。",
        )


def _joined_as_an_adult(facts: Facts, today: datetime.date) -> Iterator[Finding]:
    joined, born = facts.joined_on, facts.born_on or (facts.id_number and facts.id_number.born_on)
    if joined is None:
        return
    if joined > today:
        yield Finding(
            "joined_on", "joined_in_future", "ROST-12", f"入党日期{written(joined)}还没有到。", "请核对年份。"
        )
        return
    age = _years("ROST-12", "", today)
    if born and _latest(joined, facts.joined_precision) < add_years(born, age):
        yield Finding(
            "joined_on",
            "joined_too_young",
            "ROST-12",
            f"入党日期{written(joined)}时不满 {age} 周岁（{written(born)}出生）。",
            "请核对入党日期和出生日期。",
            blocks=joined >= AGE_CHECKED_SINCE,
        )


def _full_after_joining(facts: Facts, today: datetime.date) -> Iterator[Finding]:
    joined, full = facts.joined_on, facts.full_on
    if full is None:
        return
    if full > today:
        yield Finding(
            "full_on", "full_in_future", "ROST-13", f"转正日期{written(full)}还没有到。", "请核对年份。"
        )
    elif joined and full < joined:
        yield Finding(
            "full_on",
            "full_before_joined",
            "ROST-13",
            f"转正日期{written(full)}早于入党日期{written(joined)}。",
            "请核对这两个日期。",
        )
    elif joined and _is_short_probation(facts, today):
        yield Finding(
            "full_on",
            "probation_too_short",
            "ROST-13",
            f"{written(joined)}入党，{written(full)}转正，预备期不满一年。",
            "请核对；确实如此的可以不改。",
            blocks=False,
        )


def _is_short_probation(facts: Facts, today: datetime.date) -> bool:
    """Offices date the same month a year later, so that the month decides; the old days differed."""
    joined, full = facts.joined_on, facts.full_on
    if joined is None or full is None or joined.year < _years("ROST-13", "strict_from", today):
        return False
    earliest = add_years(joined, _years("ROST-13", "", today))
    if full >= earliest:  # as nearly all are
        return False
    return Month.of(_latest(full, facts.full_precision)) < Month.of(earliest)


def _category_agrees(facts: Facts, _today: datetime.date) -> Iterator[Finding]:
    if facts.category == Category.FULL and facts.full_on is None:
        yield Finding("full_on", "full_on_missing", "ROST-14", "正式党员没有填转正日期。", "请补上。")
    if facts.category == Category.PROBATIONARY and facts.full_on is not None:
        yield Finding(
            "full_on",
            "full_on_of_probationary",
            "ROST-14",
            "预备党员不应有转正日期。",
            "已经转正的，人员类别改为正式党员；没有转正的，去掉转正日期。",
        )


def _contact_is_dated(facts: Facts, today: datetime.date) -> Iterator[Finding]:
    since = facts.out_of_contact_since
    if facts.is_out_of_contact and since is None:
        yield Finding(
            "out_of_contact_since",
            "out_of_contact_undated",
            "ROST-16",
            "失联党员没有填失联日期。",
            "请补上。",
        )
    if not facts.is_out_of_contact and since is not None:
        yield Finding(
            "out_of_contact_since",
            "out_of_contact_unmarked",
            "ROST-16",
            "填了失联日期，“是否失联”却是否。",
            "请改成一致。",
        )
    if since is not None and since > today:
        yield Finding(
            "out_of_contact_since",
            "out_of_contact_in_future",
            "ROST-16",
            f"失联日期{written(since)}还没有到。",
            "请核对。",
        )


def _mobile_is_described(facts: Facts, today: datetime.date) -> Iterator[Finding]:
    if facts.is_mobile and not facts.mobile_destination:
        yield Finding(
            "mobile_destination",
            "mobile_destination_missing",
            "ROST-16",
            "流动党员没有填外出流向。",
            "请补上。",
        )
    if facts.is_mobile and facts.mobile_since is None:
        yield Finding(
            "mobile_since",
            "mobile_since_missing",
            "ROST-16",
            "流动党员没有填外出日期。",
            "请尽快补上。",
            blocks=False,
        )
    if facts.mobile_since is not None and facts.mobile_since > today:
        yield Finding(
            "mobile_since",
            "mobile_since_in_future",
            "ROST-16",
            f"外出日期{written(facts.mobile_since)}还没有到。",
            "请核对。",
        )


def _phone_is_well_formed(facts: Facts, _today: datetime.date) -> Iterator[Finding]:
    if facts.phone and not is_phone(facts.phone):
        yield Finding(
            "phone",
            "phone_malformed",
            "ROST-17",
            "电话号码不像手机号（11 位），也不像带区号的座机。",
            "请核对是否少写或多写了数字。",
            blocks=False,
        )


_RULES: tuple[Callable[[Facts, datetime.date], Iterator[Finding]], ...] = (
    _agrees_with_id_number,
    _joined_as_an_adult,
    _full_after_joining,
    _category_agrees,
    _contact_is_dated,
    _mobile_is_described,
    _phone_is_well_formed,
)


@lru_cache(maxsize=16)
def _years(code: str, part: str, day: datetime.date) -> int:
    return int(limit(code, part, on=day).value)


def is_phone(text: str) -> bool:
    """A mobile number, or a landline with its area code (ROST-17)."""
    return bool(_MOBILE_PHONE.fullmatch(text) or _LANDLINE.fullmatch(text))


def age(born_on: datetime.date, on: datetime.date) -> int:
    """Whole years (CALC-09)."""
    return full_years(born_on, on)


def party_age(full_on: datetime.date | None, on: datetime.date) -> int | None:
    """Whole years since full membership, not since joining (DEV-53); None before it."""
    return None if full_on is None or full_on > on else full_years(full_on, on)


def is_full_on(full_on: datetime.date | None, on: datetime.date) -> bool:
    """Whether somebody is a full member on the day: from the day of becoming one."""
    return full_on is not None and full_on <= on


def has_vote(member: Voter, on: datetime.date) -> bool:
    """Probationary members and those on probation within the party have none (MEET-14)."""
    return is_full_on(member.full_on, on) and not member.on_probation_within_party


def committee_notes(*, full_members: int, seats: Sequence[str], on: datetime.date) -> list[Note]:
    """What is unusual in a branch's committee of these positions (ORG-10, ORG-11)."""
    needed = limit("ORG-10", "committee", on=on)
    notes = _missing_secretary(seats, needed)
    if needed.allows(full_members):
        return notes + _size_notes(full_members, len(seats), on)
    if set(seats) - {Position.SECRETARY, Position.DEPUTY_SECRETARY}:
        sentence = (
            f"正式党员 {full_members} 名，不足 {needed.value} 名，不设支部委员会，只设书记，必要时设副书记。"
        )
        notes.append(Note(sentence, "warn", limit("ORG-11", on=on)))
    return notes


def _missing_secretary(seats: Sequence[str], row: Limit) -> list[Note]:
    if Position.SECRETARY in seats:
        return []
    return [Note("没有登记书记。", "bad", row)]


def _size_notes(full_members: int, size: int, on: datetime.date) -> list[Note]:
    fewest, usual, most = (
        limit("ORG-10", part, on=on) for part in ("fewest_seats", "usual_seats", "most_seats")
    )
    if not fewest.allows(size):
        sentence = (
            f"正式党员 {full_members} 名，应当设支部委员会，委员不少于 {fewest.value} 名，登记了 {size} 名。"
        )
        return [Note(sentence, "bad", fewest)]
    if not most.allows(size):
        return [Note(f"支部委员登记了 {size} 名，一般不超过 {most.value} 名。", "bad", most)]
    if not usual.allows(size):
        return [
            Note(
                f"支部委员登记了 {size} 名，通常是 {fewest.value} 至 {usual.value} 名，请核对。",
                "warn",
                usual,
            )
        ]
    return []


def _latest(day: datetime.date, precision: str) -> datetime.date:
    """The last day that a date known only to its month or year can mean."""
    if precision == Precision.DAY:
        return day
    return Month.of(day).last if precision == Precision.MONTH else datetime.date(day.year, 12, 31)
