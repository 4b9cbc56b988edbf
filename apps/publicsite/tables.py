"""A publication as data: JSON, CSV, and the values of its page. Pure."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.disclosure.chain import canonical
from apps.disclosure.models import Published

HEAD = ("序号", "日期", "凭证号", "摘要", "通俗说法", "收入", "支出", "余额", "经手人", "审批人", "备注")
KEYS = (
    *("number", "on", "voucher", "summary", "plain", "income", "expense", "balance"),
    *("handler", "approver", "remark"),
)
AMOUNTS = ("opening", "income", "expense", "closing")
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sums:
    """The four amounts of a statement, in yuan, and how many lines went in and out."""

    opening: Decimal
    income: Decimal
    expense: Decimal
    closing: Decimal
    receipts: int
    payments: int


@dataclass(frozen=True)
class Step:
    """A step as the public reads it."""

    action: str
    on: datetime.date
    names: str
    note: str


def sums_of(publication: Published) -> Sums | None:
    """None where there is no statement."""
    statement: dict[str, Any] | None = (publication.content or {}).get("statement")
    if not statement:
        return None
    opening, income, expense, closing = (Decimal(statement[name]) for name in AMOUNTS)
    receipts = sum(1 for line in statement["lines"] if Decimal(line["income"]))
    return Sums(opening, income, expense, closing, receipts, len(statement["lines"]) - receipts)


def deeds_of(publication: Published) -> list[Step]:
    deeds: list[dict[str, str]] = (publication.content or {}).get("deeds", [])
    return [
        Step(deed["action"], datetime.date.fromisoformat(deed["on"]), deed["names"], deed["note"])
        for deed in deeds
    ]


def as_json(publication: Published) -> bytes:
    return canonical(publication.content or {})


def as_csv(publication: Published) -> str:
    """The lines of a statement, with a mark at the beginning so that spreadsheets read it as UTF-8."""
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream)
    writer.writerow(HEAD)
    for line in (publication.content or {})["statement"]["lines"]:
        writer.writerow([_harmless(line[key]) for key in KEYS])
    return stream.getvalue()


def _harmless(value: Any) -> Any:
    """Words that begin like a formula are marked as words; amounts are left alone."""
    is_word = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if is_word and not _is_amount(value) else value


def _is_amount(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdigit()
