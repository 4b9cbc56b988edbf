"""What must be right in a statement of income and expense before anybody sees it. Pure, money exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from apps.core.calendar import written
from apps.disclosure.catalogue import BOARD, Item, Rhythm
from apps.regulations.table import Limit

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the book; `row` is where it stands in the sheet."""

    row: int
    on: date
    summary: str
    income: Decimal
    expense: Decimal
    balance: Decimal | None
    voucher: str = ""
    handler: str = ""
    approver: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """What the sheet gives as a sum; None where it gives none."""

    row: int
    income: Decimal | None
    expense: Decimal | None
    balance: Decimal | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """A statement as written: with its own totals and closing, which may be wrong."""

    first_on: date
    last_on: date
    opening: Decimal
    entries: tuple[Entry, ...]
    opening_row: int = 0
    totals: tuple[Total, ...] = ()
    closing: Decimal | None = None
    closing_row: int = 0

    @property
    def income(self) -> Decimal:
        return sum((entry.income for entry in self.entries), ZERO)

    @property
    def expense(self) -> Decimal:
        return sum((entry.expense for entry in self.entries), ZERO)

    @property
    def computed_closing(self) -> Decimal:
        return self.opening + self.income - self.expense

    def running(self) -> Iterator[Decimal]:
        """The right balance after each entry."""
        balance = self.opening
        for entry in self.entries:
            balance += entry.income - entry.expense
            yield balance


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a row and column of the sheet."""

    row: int
    column: str
    code: str
    sentence: str
    advice: str


def yuan(amount: Decimal) -> str:
    """ "289,963.09" """
    return f"{amount:,.2f}"


def findings(ledger: Ledger) -> list[Finding]:
    """Everything wrong in the statement itself, from top to bottom (FIN-02)."""
    found = [
        *_wrong_entries(ledger),
        *_wrong_balances(ledger),
        *_wrong_totals(ledger),
        *_wrong_closing(ledger),
    ]
    return sorted(found, key=lambda finding: finding.row)


def opening_finding(ledger: Ledger, last_closing: Decimal, last_on: date) -> Finding | None:
    """An opening that is not the last closing."""
    if ledger.opening == last_closing:
        return None
    return Finding(
        ledger.opening_row,
        "opening",
        "opening_differs",
        f"上期结余写的是 {yuan(ledger.opening)}，上一期（到{written(last_on)}）的期末结余是 "
        f"{yuan(last_closing)}，差 {yuan(abs(ledger.opening - last_closing))}。",
        "请核对；确实要调整的，先更正上一期。",
    )


def _wrong_entries(ledger: Ledger) -> Iterator[Finding]:
    for entry in ledger.entries:
        if not ledger.first_on <= entry.on <= ledger.last_on:
            period = f"{written(ledger.first_on)}到{written(ledger.last_on)}"
            yield Finding(
                entry.row, "on", "outside_period", f"{written(entry.on)}不在{period}之内。", "请核对日期。"
            )
        if bool(entry.income) == bool(entry.expense):
            both = "收入和支出都填了" if entry.income else "收入和支出都没有填"
            yield Finding(
                entry.row, "expense", "not_one_amount", f"这一笔{both}。", "一笔只填一样，不能合在一起。"
            )


def _wrong_balances(ledger: Ledger) -> Iterator[Finding]:
    """One mistake that all later balances carry on is said once."""
    pairs = zip(ledger.entries, ledger.running(), strict=True)
    off = [
        (entry, right, entry.balance - right)
        for entry, right in pairs
        if entry.balance is not None and entry.balance != right
    ]
    carried: Decimal | None = None
    for entry, right, difference in off:
        if difference == carried:
            continue
        carried = difference
        yield Finding(
            entry.row,
            "balance",
            "balance_wrong",
            f"余额写的是 {yuan(entry.balance or ZERO)}，按上一笔余额加减应是 {yuan(right)}，"
            f"{'多' if difference > 0 else '少'} {yuan(abs(difference))}。",
            "请核对这一笔的金额和余额。",
        )


def _wrong_totals(ledger: Ledger) -> Iterator[Finding]:
    right = {"income": ledger.income, "expense": ledger.expense, "balance": ledger.computed_closing}
    words = {"income": "收入", "expense": "支出", "balance": "余额"}
    for total in ledger.totals:
        for column, amount in right.items():
            said = getattr(total, column)
            if said is not None and said != amount:
                yield Finding(
                    total.row,
                    column,
                    "total_wrong",
                    f"合计的{words[column]}写的是 {yuan(said)}，各笔加起来是 {yuan(amount)}。",
                    "请核对合计，或者看看是不是漏了、重了一笔。",
                )


def _wrong_closing(ledger: Ledger) -> Iterator[Finding]:
    if ledger.closing is None or ledger.closing == ledger.computed_closing:
        return
    yield Finding(
        ledger.closing_row,
        "balance",
        "closing_wrong",
        f"期末结余写的是 {yuan(ledger.closing)}，上期结余 + 收入 − 支出是 {yuan(ledger.computed_closing)}。",
        "请核对期末结余。",
    )


def names_missing(names: Sequence[tuple[str, str]]) -> list[str]:
    """Titles of those who have not signed (FIN-06)."""
    return [title for title, name in names if not name.strip()]


def asked_by_enough(one_in: Limit, some: int | None, everybody: int | None) -> bool:
    """Whether at least one in so many of them asked together (VAD-14)."""
    return bool(some and everybody and one_in.allows(Fraction(everybody, some)))


def item_fault(item: Item, seed: Item | None) -> tuple[str, str, str] | None:
    """What a catalogue may not say of an item: field, sentence, rule; `seed` is what the law asks."""
    if BOARD not in item.channels and not item.is_party:
        return "channels", "公开栏是法律要求的，不能去掉；其他渠道可以增减。", "VAD-05"
    if seed is None:
        return _own_item_fault(item)
    if item.rhythm.often < seed.rhythm.often:
        return "rhythm", f"这一项至少{seed.rhythm.label}公开一次，只能更勤，不能放宽。", "VAD-02"
    if lost := [words for words in seed.masked.split("、") if words not in item.masked]:
        return "masked", f"不能公开的内容只能增加，还差：{'、'.join(lost)}。", "PRIV-06"
    return None


def _own_item_fault(item: Item) -> tuple[str, str, str] | None:
    """What is added to the law's items follows its rhythm: each quarter at least, or when it happens."""
    is_general = not (item.is_finance or item.is_party)
    if is_general and 0 < item.rhythm.often < Rhythm.QUARTER.often:
        return "rhythm", "一般事项至少每季度公开一次，或者随时公开。", "VAD-02"
    return None
