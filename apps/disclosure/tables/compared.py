"""How a frozen table differs from those of earlier periods, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from apps.disclosure.tables.kinds import TableKind

Key = tuple[str, ...]
Row = Mapping[str, Any]
Measures = Mapping[Key, Decimal | None]
"""What each thing of a table amounts to; None where several rows are called the same."""
MOST_NAMED = 10


def key_of(kind: TableKind, row: Row) -> Key:
    return tuple(row[name] for name in kind.identity)


def measures_of(kind: TableKind, rows: Sequence[Row]) -> Measures:
    found: dict[Key, Decimal | None] = {}
    for row in rows:
        key = key_of(kind, row)
        found[key] = None if key in found else Decimal(row[kind.measure] or 0)
    return found


def row_words(key: Key, now: Measures, before: Mapping[str, Measures]) -> str:
    """ "比上季度多 86.20 元，去年同期没有这一项"; "" where it cannot be said which row was which."""
    amount = now[key]
    if amount is None:
        return ""
    said = (_one(name, amount, amounts, key) for name, amounts in before.items())
    return "，".join(words for words in said if words)


def _one(name: str, amount: Decimal, amounts: Measures, key: Key) -> str:
    if key not in amounts:
        return f"{name}没有这一项"
    then = amounts[key]
    return difference(name, amount, then) if then is not None and (amount or then) else ""


def table_words(kind: TableKind, now: Row, earlier: Mapping[str, Row]) -> str:
    """How the whole of a list differs, and what of a register is gone; "" for sheets with fixed lines."""
    return "".join((_sums(kind, now, earlier), *(_gone(kind, now, *each) for each in earlier.items())))


def _sums(kind: TableKind, now: Row, earlier: Mapping[str, Row]) -> str:
    amount = now["sums"].get(kind.measure)
    pairs = [(name, other["sums"].get(kind.measure)) for name, other in earlier.items()]
    words = [difference(name, Decimal(amount), Decimal(then)) for name, then in pairs if amount and then]
    title = kind.by_name[kind.measure].title if words else ""
    return f"{title}合计{'，'.join(words)}。" if words else ""


def _gone(kind: TableKind, now: Row, name: str, other: Row) -> str:
    """ "上季度有、这一期没有的：鱼塘（李某）。" """
    if kind.lines or not kind.compares_rows:
        return ""
    here = {key_of(kind, row) for row in now["rows"]}
    gone = dict.fromkeys(key for row in other["rows"] if (key := key_of(kind, row)) not in here)
    words = "、".join(_named(key) for key in list(gone)[:MOST_NAMED])
    more = f"等 {len(gone)} 项" if len(gone) > MOST_NAMED else ""
    return f"{name}有、这一期没有的：{words}{more}。" if gone else ""


def _named(key: Key) -> str:
    first, *others = key
    more = "，".join(part for part in others if part)
    return f"{first}（{more}）" if more else first


def difference(name: str, now: Decimal, then: Decimal) -> str:
    """ "比上月多 86.20 元" """
    change = now - then
    if not change:
        return f"和{name}一样"
    return f"比{name}{'多' if change > 0 else '少'} {abs(change):,.2f} 元"
