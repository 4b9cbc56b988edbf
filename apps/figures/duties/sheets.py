"""The matrix as a workbook: the same lines, words and order as the page."""

from __future__ import annotations

from apps.core.calendar import today, written
from apps.core.documents.workbook import Column, Sheet, draw_workbook
from apps.figures.duties.asked import Asked, cells_of, lines_of
from apps.figures.duties.matrix import Line, Matrix


def draw_matrix(matrix: Matrix, asked: Asked) -> bytes:
    """Every line that the filters leave, as an .xlsx file."""
    rows = [[line.unit.name, *_texts(line, asked)] for line in lines_of(matrix, asked)]
    sheet = Sheet(
        name="完成情况",
        title=f"{asked.organization}{asked.month.label}完成情况",
        columns=[Column("单位", width=30), *(Column(column.heading, width=14) for column in matrix.columns)],
        rows=rows,
        notes=[f"{written(today())}的情况；按行政顺序，不排名。"],
        landscape=True,
    )
    return draw_workbook([sheet])


def _texts(line: Line, asked: Asked) -> list[str]:
    return [f"{cell.words}（{cell.note}）" if cell.note else cell.words for cell in cells_of(line, asked)]
