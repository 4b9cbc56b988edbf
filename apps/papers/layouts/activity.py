"""The quarter's record of a branch's organizational life: by kind of meeting, then what is lacking."""

from __future__ import annotations

from docx.document import Document as WordDocument

from apps.papers.layouts import forms
from apps.papers.layouts.forms import Cell, field, label

COLUMNS = (
    ("日期", 24, forms.SMALL_CENTRE), ("主题", 70, forms.SMALL), ("主持人", 28, forms.SMALL_CENTRE),
    ("应到", 20, forms.SMALL_CENTRE), ("实到", 20, forms.SMALL_CENTRE),
)  # fmt: skip
WHOLE = len(COLUMNS)
KIND = "{{ 类.名称 }}{% if 类.要求 %}（{{ 类.要求 }}）{% endif %}：已开 {{ 类.已开 }} 次"
NOTHING = "这个季度没有记录"


def draw() -> bytes:
    document = forms.new_document()
    forms.add(document, forms.NAME, "{{ 党支部 }}")
    forms.add(document, forms.TITLE, "组织生活纪实表")
    forms.add(document, forms.UNDER, "（{{ 时段 }}，记录统计到 {{ 截至 }}）")
    forms.add(document, forms.SPACE)
    _draw_meetings(document)
    forms.add(document, forms.GAP)
    _draw_lacking(document)
    forms.add(document, forms.GAP)
    forms.add(document, forms.SIGNATURE, "党支部书记（签字）：________________")
    forms.add(document, forms.SIGNED_ON, "　　　　年　　月　　日")
    return forms.saved(document, "组织生活纪实表")


def _draw_meetings(document: WordDocument) -> None:
    form = forms.add_form(document, [width for _, width, _ in COLUMNS])
    heads = ("日期", "主题（内容）", "主持（讲课）人", "应到", "实到")
    forms.repeat_row(forms.add_row(form, *(Cell([(forms.SMALL_HEAD, title)]) for title in heads), height=9))
    forms.add_row_tag(form, "for 类 in 各类")
    forms.add_row(form, Cell([(forms.FIELD_HEAD_FLUSH, KIND)], WHOLE), height=8)
    cells = [field(_value(title), look=look) for title, _, look in COLUMNS]
    forms.add_rows(form, "次 in 类.各次", *cells, height=8)
    forms.add_row_tag(form, "if not 类.各次")
    forms.add_row(form, field(NOTHING, WHOLE, forms.SMALL_CENTRE), height=8)
    forms.add_row_tag(form, "endif")
    forms.add_row_tag(form, "endfor")


def _value(title: str) -> str:
    group = "{% if 次.党小组 %}（{{ 次.党小组 }}）{% endif %}" if title == "主题" else ""
    return f"{{{{ 次.{title} }}}}{group}"


def _draw_lacking(document: WordDocument) -> None:
    form = forms.add_form(document, (24, 138))
    forms.add_row(form, label("概　　况"), field("本季度共 {{ 次数 }} 次：{{ 概况 }}。"), height=10)
    lines = [
        (forms.TAG, "{%p for 项 in 欠缺 %}"),
        (forms.FIELD, "{{ 项.序号 }}. {{ 项.文字 }}依据：{{ 项.依据 }}。"),
        (forms.TAG, "{%p endfor %}"),
        (forms.TAG, "{%p if not 欠缺 %}"),
        (forms.FIELD, "没有欠缺。"),
        (forms.TAG, "{%p endif %}"),
    ]
    forms.add_row(form, label("还欠缺的"), Cell(lines), height=12, whole=False)
