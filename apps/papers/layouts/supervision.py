"""The supervision committee's half-year report: who they are, what they did, what they say."""

from __future__ import annotations

from docx.document import Document as WordDocument

from apps.papers.layouts import forms
from apps.papers.layouts.forms import Cell, field

PUT_RIGHT = (
    "{% if 次.要求整改 %}要求：{{ 次.要求整改 }}{% if 次.整改期限 %}（{{ 次.整改期限 }}以前）{% endif %}"
    "；{{ 次.整改 }}{% endif %}"
)
COLUMNS = (
    ("日期", 24, "{{ 次.日期 }}", forms.SMALL_CENTRE),
    ("监督什么", 26, "{{ 次.监督什么 }}", forms.SMALL_CENTRE),
    ("看了什么、发现的情况", 62, "{{ 次.看了什么 }}。{{ 次.发现的情况 }}", forms.SMALL),
    ("整改", 50, PUT_RIGHT, forms.SMALL),
)
MEMBERS = (
    "{% for 人 in 成员 %}{{ 人.姓名 }}（{{ 人.职务 }}）{% if not loop.last %}、{% endif %}{% endfor %}"
    "{% if not 成员 %}还没有登记{% endif %}。"
)


def draw() -> bytes:
    document = forms.new_document()
    forms.add(document, forms.NAME, "{{ 村 }}")
    forms.add(document, forms.TITLE, "村务监督委员会半年报告")
    forms.add(document, forms.UNDER, "（{{ 时段 }}）")
    _add_part(document, "一、组成", MEMBERS)
    _add_part(document, "二、审查村务公开", "同意公布 {{ 同意 }} 次，提出异议 {{ 异议 }} 次。")
    _add_part(document, "三、监督", "一共 {{ 次数 }} 次{% if 概况 %}：{{ 概况 }}{% endif %}。")
    _draw_records(document)
    _add_part(document, "四、整改", "要求整改 {{ 要求整改 }} 件，已整改 {{ 已整改 }} 件。")
    forms.add(document, forms.PART, "五、监委会的意见")
    forms.add_repeated(document, forms.TEXT, "{{ 段.文字 }}", "段 in 意见")
    forms.add(document, forms.GAP)
    forms.add(document, forms.SIGNATURE, "监委会主任（签字）：____________　成员（签字）：____________")
    forms.add(document, forms.SIGNED_ON, "　　　　年　　月　　日")
    return forms.saved(document, "村务监督委员会半年报告")


def _add_part(document: WordDocument, title: str, text: str) -> None:
    forms.add(document, forms.PART, title)
    forms.add(document, forms.TEXT, text)


def _draw_records(document: WordDocument) -> None:
    forms.add_tag(document, "if 记录")
    form = forms.add_form(document, [width for _, width, _, _ in COLUMNS])
    heads = (Cell([(forms.SMALL_HEAD, title)]) for title, _, _, _ in COLUMNS)
    forms.repeat_row(forms.add_row(form, *heads, height=9))
    forms.add_rows(form, "次 in 记录", *(field(text, look=look) for _, _, text, look in COLUMNS), height=9)
    forms.add_tag(document, "endif")
