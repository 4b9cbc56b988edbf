"""The sign-in sheet: two people in each row, room for signatures, lines for guests."""

from __future__ import annotations

from docx.document import Document as WordDocument

from apps.papers.layouts import forms
from apps.papers.layouts.forms import Cell, field, label

HEAD = (24, 68, 22, 48)
HALF = (("序号", 10), ("姓名", 22), ("表决权", 15), ("签名", 21), ("备注", 13))
GUESTS = (("列席人员姓名", 46), ("单位及职务", 70), ("签名", 46))
HIGH, HIGH_FOR_GUESTS = 8.6, 8  # mm; room for a signature


def draw() -> bytes:
    document = forms.new_document()
    forms.add(document, forms.NAME, "{{ 党支部 }}")
    forms.add(document, forms.TITLE, "会 议 签 到 表")
    forms.add(document, forms.SPACE)
    _draw_head(document)
    forms.add(document, forms.GAP)
    _draw_people(document)
    forms.add(document, forms.GAP)
    _draw_guests(document)
    return forms.saved(document, "签到表")


def _draw_head(document: WordDocument) -> None:
    form = forms.add_form(document, HEAD)
    forms.add_row(
        form,
        label("会议类型"),
        field("{{ 会议类型 }}{% if 党小组 %}（{{ 党小组 }}）{% endif %}", 3),
        height=8,
    )
    forms.add_row(form, label("主　　题"), field("{{ 主题 }}", 3), height=8)
    forms.add_row(
        form,
        label("时　　间"),
        field("{{ 日期 }} {{ 时间 }}"),
        label("地　　点"),
        field("{{ 地点 }}"),
        height=8,
    )
    came = "{% if 实到 %}，实到 {{ 实到 }} 人{% endif %}"
    expected = f"应到 {{{{ 应到 }}}} 人{came}；其中有表决权 {{{{ 有表决权 }}}} 人"
    forms.add_row(form, label("人　　数"), field(expected, 3), height=8)


def _draw_people(document: WordDocument) -> None:
    form = forms.add_form(document, [width for _, width in HALF * 2])
    forms.repeat_row(
        forms.add_row(form, *(Cell([(forms.SMALL_HEAD, title)]) for title, _ in HALF * 2), height=8)
    )
    forms.add_rows(form, "行 in 签到", *_half("左"), *_half("右"), height=HIGH)


def _half(side: str) -> list[Cell]:
    return [
        field("" if title == "签名" else f"{{{{ 行.{side}.{title} }}}}", look=forms.SMALL_CENTRE)
        for title, _ in HALF
    ]


def _draw_guests(document: WordDocument) -> None:
    form = forms.add_form(document, [width for _, width in GUESTS])
    forms.repeat_row(
        forms.add_row(form, *(Cell([(forms.SMALL_HEAD, title)]) for title, _ in GUESTS), height=8)
    )
    cells = [field("{{ 人.姓名 }}", look=forms.SMALL_CENTRE), field(""), field("")]
    forms.add_rows(form, "人 in 列席签到", *cells, height=HIGH_FOR_GUESTS)
