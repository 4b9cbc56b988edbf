"""The record book: a cover, the register of its meetings, and each meeting in a fixed ruled form."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.table import Table

from apps.core.documents.official import Look
from apps.papers.layouts import forms
from apps.papers.layouts.forms import Cell, field, label
from apps.papers.layouts.minutes import ATTENDANCE, CANDIDATE, CORRECTION, DISSENT, FOLLOW_UP, TASK

WIDTHS = (22, 68, 22, 50)
REGISTER = (
    ("编号", 12, forms.SMALL_CENTRE), ("日期", 36, forms.SMALL_CENTRE), ("会议类型", 32, forms.SMALL),
    ("主题", 58, forms.SMALL), ("应到", 12, forms.SMALL_CENTRE), ("实到", 12, forms.SMALL_CENTRE),
)  # fmt: skip


def draw() -> bytes:
    document = forms.new_document()
    forms.add_tag(document, "if 是封面")
    _draw_cover(document)
    _draw_register(document)
    forms.add_tag(document, "else")
    _draw_page(document)
    forms.add_tag(document, "endif")
    return forms.saved(document, "党建记录簿")


def _draw_cover(document: WordDocument) -> None:
    for _ in range(4):
        forms.add(document, forms.COVER_LINE)
    forms.add(document, forms.COVER_TITLE, "党 建 记 录 簿")
    for _ in range(4):
        forms.add(document, forms.COVER_LINE)
    for title, name in (
        ("党 支 部", "党支部"),
        ("书　　记", "书记"),
        ("时　　间", "时段"),
        ("会议次数", "次数"),
    ):
        forms.add(document, forms.COVER_LINE, f"{title}：{{{{ {name} }}}}")
    forms.add_break(document)


def _draw_register(document: WordDocument) -> None:
    forms.add(document, forms.TITLE, "目　　录")
    forms.add(document, forms.SPACE)
    form = forms.add_form(document, [width for _, width, _ in REGISTER])
    head = forms.add_row(form, *(Cell([(forms.SMALL_HEAD, title)]) for title, _, _ in REGISTER), height=9)
    forms.repeat_row(head)
    cells = [field(f"{{{{ 次.{title} }}}}", look=look) for title, _, look in REGISTER]
    forms.add_rows(form, "次 in 目录", *cells, height=8)


def _draw_page(document: WordDocument) -> None:
    forms.add(document, forms.TITLE, "组织生活记录")
    forms.add(
        document,
        forms.UNDER,
        "{{ 党支部 }}{% if 编号 %}　　第 {{ 编号 }} 次{% endif %}{% if 说明 %}（{{ 说明 }}）{% endif %}",
    )
    forms.add_repeated(document, forms.UNDER, CORRECTION, "项 in 更正")
    forms.add(document, forms.SPACE)
    form = forms.add_form(document, WIDTHS)
    _draw_head(form)
    forms.add_row(form, label("会议内容"), _text_cell(), height=64, whole=False)
    forms.add_row(form, label("上次决定\n的 落 实"), _follow_ups_cell(), height=10)
    forms.add_row(form, label("表 决 和\n决　　议"), _decisions_cell(), height=20, whole=False)
    forms.add_row_tag(form, "if 照片")
    forms.add_row(form, label("照　　片"), field("{{ 照片 }} 张，存在系统里。", 3), height=9)
    forms.add_row_tag(form, "endif")
    forms.add_row(form, label("签　　字"), field(SIGNATURES, 3), height=14)


SIGNATURES = "主持人：________________　　记录人：________________"


def _draw_head(form: Table) -> None:
    forms.add_row(form, label("会议名称"), field("{{ 会议名称 }}", 3), height=9)
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
    forms.add_row(
        form,
        label("主　　题"),
        field("{{ 主题 }}{% if 讲课人 %}（讲课人：{{ 讲课人 }}）{% endif %}", 3),
        height=9,
    )
    forms.add_row(form, label("到会情况"), field(ATTENDANCE, 3), height=9)
    forms.add_row(form, label("到会人员"), field("{{ 到会人员 }}", 3), height=12, whole=False)
    forms.add_row(form, label("缺席人员\n及 原 因"), field("{{ 缺席人员 }}", 3), height=9, whole=False)
    forms.add_row(form, label("列席人员"), field("{{ 列席人员 }}", 3), height=9, whole=False)


def _text_cell() -> Cell:
    lines = [
        (forms.TAG, "{%p for 段 in 内容 %}"),
        (forms.TAG, "{%p if 段.是标题 %}"),
        (forms.FIELD_HEAD, "{{ 段.文字 }}"),
        (forms.TAG, "{%p else %}"),
        (forms.FIELD_TEXT, "{{ 段.文字 }}"),
        (forms.TAG, "{%p endif %}"),
        (forms.TAG, "{%p endfor %}"),
    ]
    return Cell(lines, 3, top=True)


DECISION = (
    "{{ 项.序号 }}. {{ 项.事项 }}{% if 项.表决 %}（{{ 项.表决 }}，{{ 项.结果 }}）{% endif %}"
    "{% if 项.责任人 %}　责任人：{{ 项.责任人 }}{% endif %}"
    "{% if 项.完成时限 %}　完成时限：{{ 项.完成时限 }}{% endif %}"
)


def _decisions_cell() -> Cell:
    lines = [
        (forms.TAG, "{%p for 项 in 决议 %}"),
        (forms.FIELD_TEXT, DECISION),
        *_repeated(CANDIDATE, "人 in 项.候选人"),
        *_repeated(DISSENT, "段 in 项.不同意见"),
        (forms.TAG, "{%p endfor %}"),
        *_repeated("会后：" + TASK, "项 in 任务"),
        (forms.TAG, "{%p if not 决议 and not 任务 %}"),
        (forms.FIELD_TEXT, "无"),
        (forms.TAG, "{%p endif %}"),
    ]
    return Cell(lines, 3)


def _follow_ups_cell() -> Cell:
    nothing = [(forms.TAG, "{%p if not 上次落实 %}"), (forms.FIELD_TEXT, "无"), (forms.TAG, "{%p endif %}")]
    return Cell([*_repeated(FOLLOW_UP, "项 in 上次落实"), *nothing], 3)


def _repeated(text: str, loop: str) -> list[tuple[Look, str]]:
    return [(forms.TAG, f"{{%p for {loop} %}}"), (forms.FIELD_TEXT, text), (forms.TAG, "{%p endfor %}")]
