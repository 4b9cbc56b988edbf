"""The list of study hours as a workbook, and an evaluation's link as a QR code."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import segno

from apps.core.documents.workbook import Column, Kind, Sheet, draw_workbook
from apps.lessons.study import Hours, Measure

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SVG = "image/svg+xml"
COLUMNS = (
    Column("党支部", width=28),
    Column("姓名"),
    Column("学时", Kind.TEXT),
    Column("应有学时", Kind.NUMBER),
    Column("情况"),
)


def draw_hours(rows: Sequence[Hours], measure: Measure) -> bytes:
    values = [
        (str(row.member.branch), row.member.name, str(row.hours), int(row.rule.value), words_of(row))
        for row in rows
    ]
    title = f"{measure.year}年党员集中学习培训学时"
    notes = (
        f"一学时 {measure.scale.minutes} 分钟；从党课、主题党日、党员大会的到会记录计算。",
        f"依据：{measure.wanted.source}（{measure.wanted.code}）。",
        f"书记和班子成员：{measure.wanted_of_seated.in_words}（{measure.wanted_of_seated.code}）。",
    )
    return draw_workbook([Sheet("学时", title, COLUMNS, values, notes=notes)])


def words_of(row: Hours) -> str:
    return "够了" if row.reached else f"还差 {row.missing}"


def draw_qr(address: str) -> bytes:
    """The address as an SVG image, drawn here: nobody else learns it."""
    stream = BytesIO()
    segno.make(address, error="m", micro=False).save(stream, kind="svg", scale=6, border=4)
    return stream.getvalue()
