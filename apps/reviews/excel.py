"""The list of a year as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.documents.workbook import Column, Kind, Sheet, Value, draw_workbook
from apps.reviews.sheets import YearRow
from apps.reviews.vocabulary import Grade

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_year(year: int, rows: Sequence[YearRow]) -> bytes:
    """One line for each branch, in administrative order; numbers only of reviews that are closed."""
    columns = [
        Column("党支部", width=36),
        Column("组织生活会（次）", Kind.NUMBER, 10),
        Column("民主评议", width=12),
        *(Column(str(grade.label), Kind.NUMBER, 9, "评定等次（名）") for grade in Grade),
        Column("不评定", Kind.NUMBER, 9, "评定等次（名）"),
    ]
    lines = [_cells(row) for row in rows]
    closed = [row for row in rows if row.is_closed]
    total: list[Value] = ["合计", sum(row.life_meetings for row in rows), f"已归档 {len(closed)}"]
    total += [sum(row.grades[place] for row in closed) for place in range(len(Grade))]
    total.append(sum(row.ungraded for row in closed))
    notes = [
        "民主评议归档以后才有等次人数；不评定的是预备党员、没有参加的和在流动党员党支部评议的。",
        "按行政顺序，不排名。",
    ]
    title = f"{year}年度组织生活会和民主评议党员情况表"
    return draw_workbook([Sheet("民主评议", title, columns, lines, total, notes, landscape=True)])


def _cells(row: YearRow) -> list[Value]:
    head: list[Value] = [row.branch.name, row.life_meetings, row.state_label]
    numbers: tuple[Value, ...] = (*row.grades, row.ungraded) if row.is_closed else (None,) * (len(Grade) + 1)
    return [*head, *numbers]
