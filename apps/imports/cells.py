"""Cells as people fill them in, as values."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches

from apps.core.dates import LooseDate, NotADate, Precision, parse_loose
from apps.imports.problems import CellFault
from apps.imports.sheets import Cell

# What offices write into a cell that has nothing to say.
NOTHING = frozenset({"", "/", "／", "\\", "-", "--", "—", "——", "－", "无", "空", "暂无", "、"})


FEN = Decimal("0.01")
_AMOUNT = re.compile(r"-?\d{1,12}(\.\d+)?")
_ROUNDING = Decimal("0.000001")  # what a spreadsheet's sum of amounts may be off
_TOO_MUCH = Decimal(10) ** 12
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200d\u2060\ufeff]")


def is_empty(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip() in NOTHING


def plain(cell: Cell) -> str:
    """The cell as text: whole numbers without a point, dates as 2026-10-01, one space for many."""
    if isinstance(cell, str):
        return " ".join((cell if cell.isprintable() else _CONTROL.sub(" ", cell)).split())
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float | int):
        return f"{cell:.0f}" if cell == int(cell) else str(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell)


def narrow(cell: Cell) -> str:
    """The cell as text in half-width characters and without any space: for words of a code table."""
    return "".join(unicodedata.normalize("NFKC", plain(cell)).split())


class Text:
    """Free text of at most `limit` characters."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, cell: Cell) -> str:
        text = plain(cell)
        if len(text) > self.limit:
            raise CellFault(
                "too_long", f"这一格有 {len(text)} 个字，最多 {self.limit} 个字。", "请缩短后再导入。"
            )
        return text


class Choice:
    """A word of a code table, or one of the words that people use for it.

    `labels` is value to label, `aliases` value to other words with spaces between, `what` the table's name.
    """

    def __init__(
        self, labels: Mapping[str, str], aliases: Mapping[str, str] | None = None, *, what: str
    ) -> None:
        other = {word: value for value, words in (aliases or {}).items() for word in words.split()}
        self.what = what
        self.labels = tuple(labels.values())
        self.known: dict[Cell, str] = {narrow(label): value for value, label in labels.items()}
        self.known |= {narrow(word): value for word, value in other.items()}

    def __call__(self, cell: Cell) -> str:
        try:
            return self.known[cell]
        except (KeyError, TypeError):
            return self._read(cell)

    def _read(self, cell: Cell) -> str:
        text = narrow(cell)
        value = self.known.get(text)
        if value is None:
            raise CellFault("unknown_value", f"“{plain(cell)}”不是{self.what}。", self._advice(text))
        self.known[cell] = value
        return value

    def _advice(self, text: str) -> str:
        close = get_close_matches(text, self.labels, n=1, cutoff=0.6)
        hint = f"是不是“{close[0]}”？" if close else ""
        return f"{hint}可以填：{listed(self.labels)}。"


def listed(words: Iterable[str], limit: int = 12) -> str:
    """Words as a sentence lists them; a long list is cut."""
    words = list(words)
    return "、".join(words[:limit]) + ("等" if len(words) > limit else "")


YES_NO = Choice({"yes": "是", "no": "否"}, {"yes": "有 √ ✓ 1", "no": "不是 没有 × 0"}, what="“是”或“否”")


def yes_no(cell: Cell) -> bool:
    return YES_NO(cell) == "yes"


class WholeNumber:
    """A whole number between two bounds, also written with a unit ("5年")."""

    def __init__(self, low: int, high: int, *, unit: str = "") -> None:
        self.low, self.high, self.unit = low, high, unit

    def __call__(self, cell: Cell) -> int:
        text = narrow(cell).removesuffix(self.unit)
        number = int(text) if text.isascii() and text.isdigit() else None
        if number is None or not self.low <= number <= self.high:
            raise CellFault(
                "not_a_number", f"“{plain(cell)}”不是 {self.low} 到 {self.high} 的整数。", "请改成整数。"
            )
        return number


def money(cell: Cell) -> Decimal:
    """Yuan to the fen, also written with commas or a unit ("1,142.00元")."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        amount = Decimal(repr(cell))
    else:
        text = narrow(cell).removesuffix("元").removeprefix("¥").replace(",", "")
        if not _AMOUNT.fullmatch(text):
            raise _not_money(cell)
        amount = Decimal(text)
    rounded = amount.quantize(FEN)
    if abs(amount - rounded) > _ROUNDING or abs(rounded) >= _TOO_MUCH:
        raise _not_money(cell)
    return rounded


def _not_money(cell: Cell) -> CellFault:
    return CellFault("not_money", f"“{plain(cell)[:30]}”不是金额。", "请写成元，最多两位小数。")


Day = datetime.date | LooseDate


def day(cell: Cell) -> Day | None:
    """A date as far as it is written: a `date` when to the day, else what is known of it."""
    if type(cell) is datetime.date:
        return cell
    if isinstance(cell, bool | datetime.time | datetime.timedelta):
        raise _not_a_date(f"“{plain(cell)}”不是日期。")
    try:
        found = parse_loose(cell)
    except NotADate as fault:
        raise _not_a_date(fault.sentence) from None
    return found.first if found is not None and found.precision is Precision.DAY else found


def _not_a_date(sentence: str) -> CellFault:
    return CellFault("not_a_date", sentence)


def first_of(day: Day) -> datetime.date:
    """The day that is stored for a date known to the month or year: its first."""
    return day.first if isinstance(day, LooseDate) else day


def precision_of(day: Day) -> str:
    return day.precision.value if isinstance(day, LooseDate) else Precision.DAY.value


def agrees(day: Day, stored: datetime.date | None) -> bool:
    """Whether the stored day may be what was written."""
    if stored is None:
        return False
    return day.agrees_with(stored) if isinstance(day, LooseDate) else day == stored


def written(day: datetime.date | None, precision: str = Precision.DAY.value) -> str:
    """A stored day as people write it, no more exact than it is known."""
    if day is None:
        return ""
    month = "" if precision == Precision.YEAR else f"{day.month}月"
    return f"{day.year}年{month}" + (f"{day.day}日" if precision == Precision.DAY else "")
