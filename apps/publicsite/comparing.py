"""Reads of the public side: a table beside what was published of earlier periods, or why there is nothing."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from apps.disclosure.earlier import Before, periods_before
from apps.disclosure.models import Published
from apps.disclosure.plain import item_key
from apps.disclosure.states import State
from apps.disclosure.tables.compared import difference
from apps.disclosure.tables.shown import Asked

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Earlier:
    """What was published of earlier periods, by what people call them, and what is to be said of it."""

    contents: Mapping[str, Content]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of a statement as people read it; amounts in yuan, what went out is negative.

    `receipts` and `asked` are what is known of it besides.
    """

    number: int
    on: datetime.date
    plain: str
    summary: str
    amount: Decimal
    balance: Decimal
    voucher: str
    remark: str
    compared: str
    receipts: Any = ()
    asked: tuple[int, ...] = ()
    """What was asked about it, by number."""

    @property
    def signed(self) -> str:
        """ "+ 8,420.00", "− 3,200.00" """
        return f"{'+' if self.amount >= 0 else '−'} {abs(self.amount):,.2f}"


def earlier_of(publication: Published, kin: Iterable[Published]) -> Earlier:
    """What the same table said of the period before and of a year before.

    `kin` are the publications of the same item; what is taken of them is read whole, a query each.
    """
    periods = periods_before(publication.first_on, publication.last_on)
    found = _published_of(kin, periods)
    told = {each: [row for row in found if row.first_on == each.first] for each in periods}
    in_force = {each: next((row for row in rows if row.is_in_force), None) for each, rows in told.items()}
    contents = {each.name: row.content for each, row in in_force.items() if row and row.content}
    remarks = [_remark(each, told[each], row) for each, row in in_force.items()]
    return Earlier(contents, tuple(remark for remark in remarks if remark))


def _published_of(kin: Iterable[Published], periods: Iterable[Before]) -> list[Published]:
    """The same table of these periods, as far as no correction stands beside it."""
    wanted = {(each.first, each.last) for each in periods}
    of_them = (row for row in kin if (row.first_on, row.last_on) in wanted)
    return [row for row in of_them if row.state != State.REPLACED]


def _remark(period: Before, rows: list[Published], in_force: Published | None) -> str:
    """Why nothing is compared with a period, or with what; "" where nothing is to be said."""
    if in_force and in_force.revision > 1:
        return f"{period.words}的更正过，和更正以后的比。"
    if in_force:
        return ""
    return f"{period.words}的{'已经撤回' if rows else '没有公布'}，不能比。"


def lines_of(publication: Published, earlier: Earlier) -> list[Line]:
    """The lines of its statement, each compared with the same thing earlier."""
    statement = (publication.content or {}).get("statement")
    if not statement:
        return []
    now, count = _sums(statement), Counter(item_key(line["summary"]) for line in statement["lines"])
    before = {name: _sums(content["statement"]) for name, content in earlier.contents.items()}
    words = {key: _words(key, now[key], before, is_alone=number == 1) for key, number in count.items()}
    return [_line(line, words[item_key(line["summary"])]) for line in statement["lines"]]


def noted(lines: Iterable[Line], receipts: Mapping[int, Any], asked: Asked) -> list[Line]:
    """The lines with what is known of each besides, by their numbers."""
    return [
        replace(line, receipts=receipts.get(line.number, ()), asked=asked.get(line.number, ()))
        for line in lines
    ]


def _sums(statement: Content) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in statement["lines"]:
        key = item_key(line["summary"])
        found[key] = found.get(key, Decimal(0)) + _amount(line)
    return found


def _amount(line: Content) -> Decimal:
    return Decimal(line["income"]) - Decimal(line["expense"])


def _words(key: str, now: Decimal, before: Mapping[str, Mapping[str, Decimal]], *, is_alone: bool) -> str:
    """ "比上月多 86.20 元，去年同期没有这一项"; several lines of one thing are compared together."""
    said = [
        difference(name, abs(now), abs(sums[key])) if key in sums else f"{name}没有这一项"
        for name, sums in before.items()
    ]
    words = "，".join(said)
    return f"几笔加起来{words}" if words and not is_alone else words


def _line(line: Content, compared: str) -> Line:
    return Line(
        number=line["number"],
        on=datetime.date.fromisoformat(line["on"]),
        plain=line["plain"],
        summary=line["summary"],
        amount=_amount(line),
        balance=Decimal(line["balance"]),
        voucher=line["voucher"],
        remark=line["remark"],
        compared=compared,
    )
