"""What must be right in a disclosed table before anybody sees it (handbook 7.6). Pure, money exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from apps.core.calendar import written
from apps.disclosure import privacy
from apps.disclosure.tables.kinds import (
    LINE,
    Check,
    Fault,
    FixedLine,
    Given,
    TableColumn,
    TableKind,
    Type,
    Values,
    amount,
)

FEN = Decimal("0.01")
PERSONAL = "personal_number"


def faults(kind: TableKind, rows: Sequence[Values], given: Given) -> list[Fault]:
    """Everything wrong or remarkable, from top to bottom; rows as `completed` left them."""
    found = [
        *_in_cells(kind, rows),
        *_not_following(kind, rows),
        *_wrong_lines(kind, rows),
        *(fault for check in kind.checks for fault in check(kind, rows, given)),
    ]
    return sorted(found, key=lambda fault: fault.row)


def completed(kind: TableKind, rows: Sequence[Values]) -> list[Values]:
    """The rows with what follows from others filled in where nothing is written."""
    if kind.lines:
        return _lines_completed(kind, rows)
    return [_row_completed(kind, row) for row in rows]


def _row_completed(kind: TableKind, row: Values) -> Values:
    missing = {each.column: each.value(row) for each in kind.follows if row.get(each.column) is None}
    return {**row, **{name: value for name, value in missing.items() if value is not None}}


def _lines_completed(kind: TableKind, rows: Sequence[Values]) -> list[Values]:
    """One row for each line of the sheet, in its order; sums that nobody wrote are added up."""
    written_rows = {row[LINE]: row for row in rows}
    done: dict[str, Values] = {}
    for line in kind.lines:
        row = written_rows.get(line.code, {})
        done[line.code] = {LINE: line.code, **{column.name: row.get(column.name) for column in kind.columns}}
        if line.is_sum:
            done[line.code] = _with_sums(kind, line, done)
    return list(done.values())


def _with_sums(kind: TableKind, line: FixedLine, done: dict[str, Values]) -> Values:
    row = done[line.code]
    sums = {
        column.name: _sum_of(line, done, column.name)
        for column in kind.columns
        if row[column.name] is None and _is_used(done, column.name)
    }
    return {**row, **sums}


def _is_used(done: dict[str, Values], name: str) -> bool:
    """Whether anything stands in the column: last year's figures may be left out as a whole."""
    return any(row.get(name) is not None for row in done.values())


def _sum_of(line: FixedLine, rows: dict[str, Values], name: str) -> Decimal:
    added = sum((amount(rows[code], name) for code in line.adds), Decimal(0))
    return added - sum((amount(rows[code], name) for code in line.takes), Decimal(0))


# --- every kind -----------------------------------------------------------------------------------


def _in_cells(kind: TableKind, rows: Sequence[Values]) -> Iterator[Fault]:
    for at, row in enumerate(rows):
        for column in kind.columns:
            yield from _in_cell(kind, at, row, column)


def _in_cell(kind: TableKind, at: int, row: Values, column: TableColumn) -> Iterator[Fault]:
    value = row.get(column.name)
    if value is None:
        line = kind.line_of(row)
        if column.required and (line is None or line.is_sum):
            yield Fault(at, column.name, "missing", f"没有填{column.title}。", "请补上。")
    elif column.type is Type.TEXT and (found := privacy.hits(value)):
        sentence = f"{column.title}里有{privacy.sentence(found)}，公布出去会泄露个人信息。"
        yield Fault(at, column.name, PERSONAL, sentence, "请删掉。")
    elif column.type.is_number and value < 0 and not _may_be_negative(kind, row, column):
        sentence = f"{kind.name_of(row)[:20]}的{column.title}是负数。"
        yield Fault(at, column.name, "negative", sentence, "这一格不能小于 0，请核对。")


def _may_be_negative(kind: TableKind, row: Values, column: TableColumn) -> bool:
    line = kind.line_of(row)
    return line.may_be_negative if line else column.type is Type.BALANCE


def _not_following(kind: TableKind, rows: Sequence[Values]) -> Iterator[Fault]:
    for at, row in enumerate(rows):
        for each in kind.follows:
            right, said = each.value(row), row.get(each.column)
            if right is not None and said is not None and said != right:
                title = kind.by_name[each.column].title
                sentence = f"{title}写的是 {said:,.2f}，{each.words}是 {right:,.2f}。"
                yield Fault(
                    at, each.column, f"{each.column}_wrong", sentence, "请核对。", is_warning=each.is_warning
                )


def _wrong_lines(kind: TableKind, rows: Sequence[Values]) -> Iterator[Fault]:
    """Sums that are not the sum of their lines, and parts that are more than the whole."""
    by_code = {row.get(LINE, ""): row for row in rows}
    for at, line in enumerate(kind.lines):
        for column in kind.columns:
            said = rows[at].get(column.name)
            if said is None:
                continue
            if line.is_sum and said != (right := _sum_of(line, by_code, column.name)):
                sentence = (
                    f"{line.title}的{column.title}写的是 {said:,.2f}，{_words(kind, line)}是 {right:,.2f}。"
                )
                advice = f"差 {abs(said - right):,.2f}，请核对。"
                yield Fault(at, column.name, "sum_wrong", sentence, advice)
            if line.within and said > amount(by_code[line.within], column.name):
                sentence = f"{line.title}比它所在的“{kind.by_code[line.within].title}”还多。"
                yield Fault(at, column.name, "part_too_large", sentence, "请核对。")


def _words(kind: TableKind, line: FixedLine) -> str:
    """ "所得税前的收益 − 所得税" for short sums, "各项加起来" for long ones."""
    signed = [("+", code) for code in line.adds] + [("−", code) for code in line.takes]
    if len(signed) > 4:
        return "各项加减起来" if line.takes else "各项加起来"
    words = " ".join(f"{sign} {kind.by_code[code].title}" for sign, code in signed)
    return words.removeprefix("+ ")


# --- single kinds ---------------------------------------------------------------------------------


def balanced(kind: TableKind, rows: Sequence[Values], given: Given) -> Iterator[Fault]:
    """Assets are liabilities and equity together."""
    places = {row.get(LINE, ""): at for at, row in enumerate(rows)}
    for column in kind.columns:
        assets, *others = (
            amount(rows[places[code]], column.name) for code in ("assets", "liabilities", "equity")
        )
        if assets != (both := sum(others)):
            sentence = f"{column.title}：资产总计 {assets:,.2f}，负债和所有者权益一共 {both:,.2f}，不相等。"
            advice = f"差 {abs(assets - both):,.2f}，请核对。"
            yield Fault(places["assets"], column.name, "not_balanced", sentence, advice)


def in_order(first: str, last: str) -> Check:
    """The second day of two is not before the first."""

    def check(kind: TableKind, rows: Sequence[Values], given: Given) -> Iterator[Fault]:
        for at, row in enumerate(rows):
            start, end = row.get(first), row.get(last)
            if start and end and end < start:
                titles = kind.by_name[last].title, kind.by_name[first].title
                sentence = f"{titles[0]}{written(end)}早于{titles[1]}{written(start)}。"
                yield Fault(at, last, "days_not_in_order", sentence, "请核对日期。")

    return check


def not_after_period(name: str) -> Check:
    """What is reported for a period happened by its last day."""

    def check(kind: TableKind, rows: Sequence[Values], given: Given) -> Iterator[Fault]:
        for at, row in enumerate(rows):
            day: date | None = row.get(name)
            if day and day > given.last_on:
                sentence = f"{kind.by_name[name].title}{written(day)}在{written(given.last_on)}以后。"
                yield Fault(at, name, "after_period", sentence, "请核对日期。")

    return check


def within_period(name: str) -> Check:
    """What was done in the period lies in it."""

    def check(kind: TableKind, rows: Sequence[Values], given: Given) -> Iterator[Fault]:
        for at, row in enumerate(rows):
            day: date | None = row.get(name)
            if day and not given.first_on <= day <= given.last_on:
                period = f"{written(given.first_on)}到{written(given.last_on)}"
                sentence = f"{kind.by_name[name].title}{written(day)}不在{period}之内。"
                yield Fault(at, name, "outside_period", sentence, "请核对日期。")

    return check


def not_run_out(name: str) -> Check:
    """A contract that is over is worth a look: let anew, or taken off the list."""

    def check(kind: TableKind, rows: Sequence[Values], given: Given) -> Iterator[Fault]:
        for at, row in enumerate(rows):
            day: date | None = row.get(name)
            if day and day <= given.last_on:
                sentence = f"“{kind.name_of(row)[:20]}”的合同{written(day)}已经到期。"
                advice = "请看看是续了、重新发包了，还是收回了。"
                yield Fault(at, name, "contract_over", sentence, advice, is_warning=True)

    return check


def settled_within_contract(kind: TableKind, rows: Sequence[Values], given: Given) -> Iterator[Fault]:
    """A settlement that is far above the contract (FIN-04)."""
    for at, row in enumerate(rows):
        contract, settled = row.get("contract"), row.get("settlement")
        if contract and settled and Fraction(settled) > Fraction(contract) * (1 + given.over_contract):
            percent = ((settled - contract) * 100 / contract).quantize(Decimal("0.1"))
            sentence = f"结算价比合同价多 {percent}%，超过 {float(given.over_contract):.0%}。"
            yield Fault(
                at, "settlement", "over_contract", sentence, "请写明原因，附上变更手续。", is_warning=True
            )


def once(*names: str) -> Check:
    """The same thing twice in a list is worth a look."""

    def check(kind: TableKind, rows: Sequence[Values], given: Given) -> Iterator[Fault]:
        seen: dict[tuple[object, ...], int] = {}
        for at, row in enumerate(rows):
            earlier = seen.setdefault(tuple(row.get(name) for name in names), at)
            if earlier != at:
                sentence = f"和第 {earlier + 1} 行一样，是不是重复了？"
                yield Fault(at, kind.subject, "twice", sentence, "重复的请删掉一行。", is_warning=True)

    return check
