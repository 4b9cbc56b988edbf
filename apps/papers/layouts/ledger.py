"""The ledger of a matter by four deliberations and two publications: a head, then a table for each step."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.table import Table

from apps.papers.layouts import forms
from apps.papers.layouts.forms import Cell, field, label

WIDTHS = (26, 66, 24, 46)
COUNTED = (
    "应到 {{ 步.应到 }} {{ 步.单位 }}{% if 步.全体成员 %}（全体成员 {{ 步.全体成员 }} 人）{% endif %}，"
    "实到 {{ 步.实到 }} {{ 步.单位 }}，占 {{ 步.比例 }}"
)
VOTES = "赞成 {{ 步.赞成 }} 票，反对 {{ 步.反对 }} 票，弃权 {{ 步.弃权 }} 票：{{ 步.结果 }}"
SIGNATURES = "主持人：________________　　记录人：________________"


def draw() -> bytes:
    document = forms.new_document()
    forms.add(document, forms.NAME, "{{ 村 }}")
    forms.add(document, forms.TITLE, "四议两公开台账")
    forms.add(document, forms.SPACE)
    _draw_matter(document)
    forms.add_tag(document, "for 步 in 四议")
    forms.add(document, forms.PART, "{{ 步.步骤 }}{% if 步.合并 %}（{{ 步.合并 }}）{% endif %}")
    _draw_sitting(document)
    forms.add_tag(document, "endfor")
    forms.add_tag(document, "for 公开 in 两公开")
    forms.add(document, forms.PART, "第{% if loop.first %}五{% else %}六{% endif %}步　{{ 公开.步骤 }}")
    _draw_publication(document)
    forms.add_tag(document, "endfor")
    return forms.saved(document, "四议两公开台账")


def _draw_matter(document: WordDocument) -> None:
    form = forms.add_form(document, WIDTHS)
    forms.add_row(form, label("事　　项"), field("{{ 事项 }}", 3), height=9)
    _add_pair(form, ("动议来源", "{{ 动议来源 }}"), ("登记日期", "{{ 登记日期 }}"))
    kind = "{{ 属于 }}{% if 类别 %}：{{ 类别 }}{% endif %}"
    forms.add_row(form, label("属　　于"), field(kind, 3), height=9)
    state = "{{ 办到 }}{% if 不再办的原因 %}（{{ 不再办的原因 }}）{% endif %}"
    forms.add_row(form, label("办到哪步"), field(state, 3), height=9)
    forms.add_row(form, label("要 议 的\n内　　容"), _text("段 in 要议的内容"), height=24, whole=False)


def _text(loop: str) -> Cell:
    lines = [
        (forms.TAG, f"{{%p for {loop} %}}"),
        (forms.FIELD_TEXT, "{{ 段.文字 }}"),
        (forms.TAG, "{%p endfor %}"),
    ]
    return Cell(lines, 3, top=True)


def _draw_sitting(document: WordDocument) -> None:
    form = forms.add_form(document, WIDTHS)
    forms.add_row(
        form, label("会　　议"), field("{{ 步.会议 }}"), label("时　　间"), field("{{ 步.日期 }}"), height=9
    )
    forms.add_row(
        form, label("地　　点"), field("{{ 步.地点 }}"), label("主 持 人"), field("{{ 步.主持人 }}"), height=9
    )
    _add_row_if_said(form, "通知日期", "通知日期")
    forms.add_row(form, label("到会情况"), field(COUNTED, 3), height=9)
    people = "{% if 步.参会人员 %}{{ 步.参会人员 }}{% else %}另附签到表{% endif %}"
    forms.add_row(form, label("参会人员"), field(people, 3), height=9)
    forms.add_row(form, label("内　　容"), field("{{ 事项 }}", 3), height=9)
    forms.add_row(form, label("表决结果"), field(VOTES, 3), height=9)
    forms.add_row(form, label("判　　定"), field("{{ 步.判定 }}（{{ 步.依据 }}）", 3), height=9)
    _add_row_if_said(form, "授权", "授　　权")
    _add_row_if_said(form, "备注", "备　　注")
    forms.add_row(form, label("签　　字"), field(SIGNATURES, 3), height=14)
    township = "{% if 步.乡镇参会人员 %}{{ 步.乡镇参会人员 }}　　{% endif %}签字：________________"
    forms.add_row(form, label("乡镇参会\n人　　员"), field(township, 3), height=14)
    forms.keep_together(form)


def _add_pair(form: Table, *pairs: tuple[str, str]) -> None:
    forms.add_row(form, *(cell for title, text in pairs for cell in (label(title), field(text))), height=9)


def _add_row_if_said(form: Table, name: str, title: str) -> None:
    forms.add_row_tag(form, f"if 步.{name}")
    forms.add_row(form, label(title), field(f"{{{{ 步.{name} }}}}", 3), height=9)
    forms.add_row_tag(form, "endif")


OPINION = "{{ 项.日期 }}，{{ 项.意见 }}{% if 项.审查的人 %}（{{ 项.审查的人 }}）{% endif %}"
POSTING = "{{ 项.地点 }}：{{ 项.起 }}至{{ 项.止 }}，照片：{{ 项.照片 }}"


def _draw_publication(document: WordDocument) -> None:
    form = forms.add_form(document, WIDTHS)
    forms.add_row(form, label("标　　题"), field("{{ 公开.标题 }}", 3), height=9)
    forms.add_row(
        form,
        label("情　　况"),
        field("{{ 公开.情况 }}"),
        label("公布日期"),
        field("{{ 公开.公布日期 }}"),
        height=9,
    )
    forms.add_row_tag(form, "if loop.last and 完成日期")
    forms.add_row(form, label("完成日期"), field("{{ 完成日期 }}", 3), height=9)
    forms.add_row(form, label("实施结果"), _text("段 in 实施结果"), height=16, whole=False)
    forms.add_row_tag(form, "endif")
    forms.add_row(
        form, label("公开起止\n与 照 片"), _each(POSTING, "项 in 公开.张贴", "没有登记张贴"), height=12
    )
    forms.add_row(
        form, label("监委会\n意　　见"), _each(OPINION, "项 in 公开.监委会意见", "还没有"), height=12
    )
    forms.add_row(form, label("签　　字"), field("监委会主任：________________", 3), height=14)
    forms.keep_together(form)


def _each(text: str, loop: str, nothing: str) -> Cell:
    """A line for each entry, or the word that there is none."""
    _, _, entries = loop.partition(" in ")
    lines = [
        (forms.TAG, f"{{%p for {loop} %}}"),
        (forms.FIELD, text),
        (forms.TAG, "{%p endfor %}"),
        (forms.TAG, f"{{%p if not {entries} %}}"),
        (forms.FIELD, nothing),
        (forms.TAG, "{%p endif %}"),
    ]
    return Cell(lines, 3)
