"""A publication as data: JSON, CSV, and the values of its page. Pure."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.core.calendar import CHINA
from apps.disclosure.chain import canonical
from apps.disclosure.models import Published
from apps.disclosure.states import State
from apps.disclosure.tables.kinds import LINE
from apps.disclosure.tables.shown import ShownTable, shown_table
from apps.publicsite.files import receipts_of

HEAD = ("序号", "日期", "凭证号", "摘要", "通俗说法", "收入", "支出", "余额", "经手人", "审批人", "备注")
KEYS = (
    *("number", "on", "voucher", "summary", "plain", "income", "expense", "balance"),
    *("handler", "approver", "remark"),
)
PUBLISHED, CORRECTED, WITHDRAWN = "公布", "更正", "撤回"  # steps, as they are called
AMOUNTS = ("opening", "income", "expense", "closing")
# What a spreadsheet would take for a formula; Chinese ones take wide signs for it too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


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


def table_of(publication: Published, earlier: Mapping[str, Mapping[str, Any]]) -> ShownTable | None:
    """Its table beside those of other periods; None where there is none."""
    table = (publication.content or {}).get("table")
    before = {name: content["table"] for name, content in earlier.items()}
    return shown_table(table, before) if table else None


def has_lines(publication: Published) -> bool:
    """Whether it can be downloaded as a table."""
    content = publication.content or {}
    return bool(content.get("statement") or content.get("table"))


def deeds_of(publication: Published) -> list[Step]:
    deeds: list[dict[str, str]] = (publication.content or {}).get("deeds", [])
    return [
        Step(deed["action"], datetime.date.fromisoformat(deed["on"]), deed["names"], deed["note"])
        for deed in deeds
    ]


def history_of(publication: Published) -> list[Step]:
    """Every step, from its proposal to what became of it; of what was withdrawn the last ones only."""
    steps = deeds_of(publication)
    if PUBLISHED not in [step.action for step in steps]:
        steps.append(Step(PUBLISHED, _day(publication.published_at), "", ""))
    if publication.changed_at:
        action = WITHDRAWN if publication.state == State.WITHDRAWN else CORRECTED
        steps.append(Step(action, _day(publication.changed_at), "", publication.withdraw_reason))
    return steps


def _day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(CHINA).date()


def as_json(publication: Published) -> bytes:
    return canonical(publication.content or {})


def as_csv(publication: Published) -> str:
    """Its lines or rows, with a mark at the beginning so that spreadsheets read it as UTF-8.

    The addresses of receipts are beside that of the table.
    """
    content = publication.content or {}
    head, rows = _statement(content["statement"]) if content["statement"] else _table(content["table"])
    if receipts := receipts_of(publication):
        head = [*head, "票据"]
        rows = [
            [*row, " ".join(file.address for file in receipts.get(number, ()))]
            for number, row in enumerate(rows, 1)
        ]
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return stream.getvalue()


def _statement(statement: dict[str, Any]) -> tuple[Sequence[str], list[list[Any]]]:
    return HEAD, [[line[key] for key in KEYS] for line in statement["lines"]]


def _table(table: dict[str, Any]) -> tuple[Sequence[str], list[list[Any]]]:
    """A sheet with fixed lines has their titles and plain names before the amounts."""
    names = {column["name"]: column["title"] for column in table["columns"]}
    if any(LINE in row for row in table["rows"]):
        names = {"title": "项目", "plain": "通俗说法", **names}
    return list(names.values()), [[row[name] for name in names] for row in table["rows"]]


def _harmless(value: Any) -> Any:
    """Words that begin like a formula are marked as words; amounts are left alone."""
    is_word = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if is_word and not _is_amount(value) else value


def _is_amount(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdigit()
