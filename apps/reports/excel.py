"""The report as a workbook: one sheet for each annex, numbers as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.documents.workbook import Column, Kind, Sheet, draw_workbook
from apps.core.documents.workbook import Value as Cell
from apps.figures.balance import DECREASE, INCREASE
from apps.figures.registry import BY_SECRETARIES, REGISTRY
from apps.figures.values import Value
from apps.reports import annexes
from apps.reports.bulletin import phrases
from apps.reports.frozen import Content
from apps.reports.matters import WORDINGS, Digest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_excel(content: Content) -> bytes:
    """The annexes of the bulletin as an .xlsx file."""
    digest = Digest(content)
    drawn = {
        phrases.MEETINGS: _life,
        phrases.BALANCE: _balance,
        phrases.UNFINISHED: _unfinished,
        phrases.TERMS: _terms,
        phrases.LATE: _late,
    }
    titles = phrases.annexes(digest)
    return draw_workbook(
        [drawn[title](digest, f"{number}.{title}") for number, title in enumerate(titles, 1)]
    )


def _title(digest: Digest, annex: str) -> str:
    return f"{digest.content.month.label}{annex}"


def _life(digest: Digest, name: str) -> Sheet:
    columns = [Column("单位", width=26)]
    for code, way in annexes.MEASURES:
        group = "书记讲党课" if way == BY_SECRETARIES else WORDINGS[code].title
        columns += [
            Column("应完成", Kind.NUMBER, 8, group),
            Column("已完成", Kind.NUMBER, 8, group),
            Column("完成率", Kind.PERCENT, 8, group),
        ]
    columns += [
        Column("应到人次", Kind.NUMBER, 10, "党员出勤"),
        Column("实到人次", Kind.NUMBER, 10, "党员出勤"),
        Column("出勤率", Kind.PERCENT, 8, "党员出勤"),
    ]
    *rows, total = [_life_cells(row) for row in annexes.life_rows(digest)]
    notes = [
        f"党员大会、党课为{digest.quarter.label}，到{digest.month.month}月底；书记讲党课为{digest.month.year}年到{digest.month.month}月底。不适用的党支部、党小组不计入应完成数。",
        "按行政顺序，不排名。",
    ]
    return Sheet(name, _title(digest, phrases.MEETINGS), columns, rows, total, notes, landscape=True)


def _life_cells(row: annexes.LifeRow) -> list[Cell]:
    cells: list[Cell] = [row.label]
    for value in (*row.duties, row.attendance):
        cells += _shares(value)
    return cells


def _shares(value: Value) -> list[Cell]:
    """Due, done and the share; nothing where nobody has the duty."""
    whole = value.denominator
    return [whole, value.numerator, value.numerator / whole] if whole else [None, None, None]


def _balance(digest: Digest, name: str) -> Sheet:
    titles = {part.code: part.title for part in REGISTRY["M10"].parts}
    groups = {**dict.fromkeys(INCREASE, "增加"), **dict.fromkeys(DECREASE, "减少")}
    columns = [
        Column("单位", width=26),
        *(Column(titles[code], Kind.NUMBER, 10, groups.get(code, "")) for code in annexes.BALANCE),
    ]
    *rows, total = [_balance_cells(row) for row in annexes.balance_rows(digest)]
    notes = ["党支部之间的组织关系调整，在共同的上级一级不计转入、转出，所以合计可以小于各单位之和。"]
    return Sheet(name, _title(digest, phrases.BALANCE), columns, rows, total, notes, landscape=True)


def _balance_cells(row: annexes.BalanceRow) -> list[Cell]:
    return [row.label, *row.counts]


def _unfinished(digest: Digest, name: str) -> Sheet:
    columns = _columns(("序号", 6), ("事项", 28), ("单位", 24), ("党支部（党小组）", 36), ("应完成时间", 14))
    rows: list[list[Cell]] = [
        [row.number, row.matter, row.place, row.who, row.due_on] for row in annexes.unfinished_rows(digest)
    ]
    return Sheet(name, _title(digest, phrases.UNFINISHED), columns, rows, notes=["按行政顺序，不排名。"])


def _terms(digest: Digest, name: str) -> Sheet:
    columns = _columns(
        ("序号", 6), ("单位", 24), ("党组织", 36), ("届满日期", 14), ("情况", 16), ("说明", 44)
    )
    rows: list[list[Cell]] = [
        [row.number, row.place, row.who, row.due_on, row.state, row.note] for row in annexes.term_rows(digest)
    ]
    return Sheet(name, _title(digest, phrases.TERMS), columns, rows, landscape=True)


def _late(digest: Digest, name: str) -> Sheet:
    columns = _columns(
        ("序号", 6),
        ("单位", 24),
        ("党支部", 36),
        ("会议", 24),
        ("召开日期", 14),
        ("补录日期", 14),
        ("原因", 30),
    )
    rows: list[list[Cell]] = [
        [
            row.number, row.place, row.record.name, row.record.kinds, row.record.held_on,
            row.record.handed_in_on, row.record.reason,
        ]
        for row in annexes.late_rows(digest)
    ]  # fmt: skip
    return Sheet(name, _title(digest, phrases.LATE), columns, rows, landscape=True)


_KINDS = {
    "序号": Kind.NUMBER,
    "应完成时间": Kind.DAY,
    "届满日期": Kind.DAY,
    "召开日期": Kind.DAY,
    "补录日期": Kind.DAY,
}


def _columns(*titles: tuple[str, float]) -> Sequence[Column]:
    return [Column(title, _KINDS.get(title, Kind.TEXT), width) for title, width in titles]
