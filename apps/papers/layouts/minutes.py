"""The minutes: a head in a ruled form, then the text, the decisions, and who signs."""

from __future__ import annotations

from docx.document import Document as WordDocument

from apps.papers.layouts import forms
from apps.papers.layouts.forms import Cell, field, label

WIDTHS = (24, 57, 24, 57)


def draw() -> bytes:
    document = forms.new_document()
    forms.add(document, forms.NAME, "{{ 党支部 }}")
    forms.add(document, forms.TITLE, "会 议 记 录")
    forms.add_tag(document, "if 说明")
    forms.add(document, forms.UNDER, "（{{ 说明 }}）")
    forms.add_tag(document, "endif")
    _draw_head(document)
    _draw_text(document)
    _draw_decisions(document)
    forms.add_signatures(document)
    return forms.saved(document, "会议记录")


def _draw_head(document: WordDocument) -> None:
    form = forms.add_form(document, WIDTHS)
    forms.add_row(form, label("会议名称"), field("{{ 会议名称 }}", 3), height=9)
    forms.add_row(form, label("主　　题"), field("{{ 主题 }}", 3), height=9)
    forms.add_row(form, label("时　　间"), field("{{ 日期 }} {{ 时间 }}"), label("地　　点"), field("{{ 地点 }}"), height=9)
    forms.add_row(form, label("主 持 人"), field("{{ 主持人 }}"), label("记 录 人"), field("{{ 记录人 }}"), height=9)
    for name, title in (("讲课人", "讲 课 人"), ("党小组", "党 小 组"), ("补录原因", "补录原因")):
        forms.add_row_tag(form, f"if {name}")
        forms.add_row(form, label(title), field(f"{{{{ {name} }}}}", 3), height=9)
        forms.add_row_tag(form, "endif")
    forms.add_row(form, label("到会情况"), field(ATTENDANCE, 3), height=9)
    forms.add_row(form, label("到会人员"), field("{{ 到会人员 }}", 3), height=9, whole=False)
    forms.add_row(form, label("缺席人员\n及 原 因"), field("{{ 缺席人员 }}", 3), height=9, whole=False)
    forms.add_row(form, label("列席人员"), field("{{ 列席人员 }}", 3), height=9, whole=False)


ATTENDANCE = "应到 {{ 应到 }} 人，实到 {{ 实到 }} 人，缺席 {{ 缺席 }} 人；有表决权 {{ 有表决权 }} 人，其中到会 {{ 有表决权到会 }} 人。"


def _draw_text(document: WordDocument) -> None:
    forms.add(document, forms.PART, "会议内容")
    forms.add_tag(document, "for 段 in 内容")
    forms.add_tag(document, "if 段.是标题")
    forms.add(document, forms.HEADING, "{{ 段.文字 }}")
    forms.add_tag(document, "else")
    forms.add(document, forms.TEXT, "{{ 段.文字 }}")
    forms.add_tag(document, "endif")
    forms.add_tag(document, "endfor")


def _draw_decisions(document: WordDocument) -> None:
    forms.add_tag(document, "if 决议")
    forms.add(document, forms.PART, "表决和决议")
    forms.add_tag(document, "for 项 in 决议")
    forms.add(document, forms.HEADING, "{{ 项.序号 }}. {{ 项.事项 }}")
    forms.add_tag(document, "if 项.表决")
    forms.add(document, forms.TEXT, "{{ 项.类别 }}，{{ 项.表决 }}。{{ 项.判定 }}{% if 项.依据 %}（{{ 项.依据 }}）{% endif %}")
    forms.add_tag(document, "endif")
    forms.add_tag(document, "if 项.责任人 or 项.完成时限")
    forms.add(document, forms.TEXT, "责任人：{{ 项.责任人 }}。完成时限：{{ 项.完成时限 }}。")
    forms.add_tag(document, "endif")
    forms.add_tag(document, "endfor")
    forms.add_tag(document, "endif")
