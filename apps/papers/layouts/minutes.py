"""The minutes: a head in a ruled form, then the text, the decisions, and who signs."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.table import Table

from apps.papers.layouts import forms
from apps.papers.layouts.forms import field, label

WIDTHS = (24, 68, 22, 48)


def draw() -> bytes:
    document = forms.new_document()
    forms.add(document, forms.NAME, "{{ 党支部 }}")
    forms.add(document, forms.TITLE, "会 议 记 录")
    forms.add_tag(document, "if 说明")
    forms.add(document, forms.UNDER, "（{{ 说明 }}）")
    forms.add_tag(document, "endif")
    forms.add_repeated(document, forms.UNDER, CORRECTION, "项 in 更正")
    forms.add(document, forms.SPACE)
    _draw_head(document)
    _draw_text(document)
    _draw_decisions(document)
    forms.add_signatures(document)
    return forms.saved(document, "会议记录")


CORRECTION = "（第{{ 项.序号 }}次更正，{{ 项.日期 }}，{{ 项.更正人 }}：{{ 项.原因 }}）"


def _draw_head(document: WordDocument) -> None:
    form = forms.add_form(document, WIDTHS)
    forms.add_row(form, label("会议名称"), field("{{ 会议名称 }}", 3), height=9)
    forms.add_row(form, label("主　　题"), field("{{ 主题 }}", 3), height=9)
    forms.add_row(
        form,
        label("时　　间"),
        field("{{ 日期 }} {{ 时间 }}"),
        label("地　　点"),
        field("{{ 地点 }}"),
        height=9,
    )
    forms.add_row(
        form, label("主 持 人"), field("{{ 主持人 }}"), label("记 录 人"), field("{{ 记录人 }}"), height=9
    )
    for name, title in (("讲课人", "讲 课 人"), ("党小组", "党 小 组"), ("补录原因", "补录原因")):
        _add_row_if_said(form, name, title)
    forms.add_row(form, label("到会情况"), field(ATTENDANCE, 3), height=9)
    forms.add_row(form, label("到会人员"), field("{{ 到会人员 }}", 3), height=9, whole=False)
    _add_row_if_said(form, "晚到人员", "晚到人员")
    forms.add_row(form, label("缺席人员\n及 原 因"), field("{{ 缺席人员 }}", 3), height=9, whole=False)
    _add_row_if_said(form, "不计入应到", "不 计 入\n应　　到")
    forms.add_row(form, label("列席人员"), field("{{ 列席人员 }}", 3), height=9, whole=False)


def _add_row_if_said(form: Table, name: str, title: str) -> None:
    forms.add_row_tag(form, f"if {name}")
    forms.add_row(form, label(title), field(f"{{{{ {name} }}}}", 3), height=9)
    forms.add_row_tag(form, "endif")


ATTENDANCE = (
    "应到 {{ 应到 }} 人，实到 {{ 实到 }} 人，缺席 {{ 缺席 }} 人；"
    "有表决权 {{ 有表决权 }} 人，到会 {{ 有表决权到会 }} 人。"
)


def _draw_text(document: WordDocument) -> None:
    _draw_follow_ups(document)
    forms.add(document, forms.PART, "会议内容")
    forms.add_tag(document, "for 段 in 内容")
    forms.add_tag(document, "if 段.是标题")
    forms.add(document, forms.HEADING, "{{ 段.文字 }}")
    forms.add_tag(document, "else")
    _add_text(document, "{{ 段.文字 }}", "loop.last")
    forms.add_tag(document, "endif")
    forms.add_tag(document, "endfor")


def _add_text(document: WordDocument, text: str, last: str) -> None:
    """A paragraph; the last one stays with what follows, so that nobody signs a page without text."""
    forms.add_tag(document, f"if {last}")
    forms.add(document, forms.TEXT_END, text)
    forms.add_tag(document, "else")
    forms.add(document, forms.TEXT, text)
    forms.add_tag(document, "endif")


def _draw_follow_ups(document: WordDocument) -> None:
    forms.add_tag(document, "if 上次落实")
    forms.add(document, forms.PART, "上次决定的落实")
    forms.add_repeated(document, forms.TEXT, FOLLOW_UP, "项 in 上次落实")
    forms.add_tag(document, "endif")


FOLLOW_UP = (
    "{{ 项.序号 }}. {{ 项.事项 }}{% if 项.责任人 %}（{{ 项.责任人 }}）{% endif %}：{{ 项.结果 }}"
    "{% if 项.说明 %}，{{ 项.说明 }}{% endif %}。"
)
TASK = (
    "{{ 项.序号 }}. {{ 项.事项 }}{% if 项.责任人 %}，责任人：{{ 项.责任人 }}{% endif %}"
    "{% if 项.完成时限 %}，完成时限：{{ 项.完成时限 }}{% endif %}。"
)
CANDIDATE = (
    "{{ 人.姓名 }}：赞成{{ 人.赞成 }}票，不赞成{{ 人.不赞成 }}票，弃权{{ 人.弃权 }}票"
    "{% if 人.结果 %}，{{ 人.结果 }}{% endif %}。"
)
VOTES = "{{ 项.类别 }}，{{ 项.表决 }}。{{ 项.判定 }}{% if 项.依据 %}（{{ 项.依据 }}）{% endif %}"
CARRIED_OUT = (
    "{% if 项.责任人 %}责任人：{{ 项.责任人 }}。{% endif %}"
    "{% if 项.完成时限 %}完成时限：{{ 项.完成时限 }}。{% endif %}"
)
DISSENT = "{% if loop.first %}不同意见：{% endif %}{{ 段.文字 }}"


def _draw_decisions(document: WordDocument) -> None:
    forms.add_tag(document, "if 决议")
    forms.add(document, forms.PART, "表决和决议")
    forms.add_tag(document, "for 项 in 决议")
    forms.add(document, forms.HEADING, "{{ 项.序号 }}. {{ 项.事项 }}")
    forms.add_tag(document, "if 项.表决")
    forms.add(document, forms.TEXT, VOTES)
    forms.add_tag(document, "endif")
    forms.add_repeated(document, forms.TEXT, CANDIDATE, "人 in 项.候选人")
    forms.add_repeated(document, forms.TEXT, DISSENT, "段 in 项.不同意见")
    forms.add_tag(document, "if 项.责任人 or 项.完成时限")
    _add_text(document, CARRIED_OUT, "loop.last")
    forms.add_tag(document, "endif")
    forms.add_tag(document, "endfor")
    forms.add_tag(document, "endif")
    forms.add_tag(document, "if 任务")
    forms.add(document, forms.PART, "会后要办的事")
    forms.add_repeated(document, forms.TEXT, TASK, "项 in 任务")
    forms.add_tag(document, "endif")
