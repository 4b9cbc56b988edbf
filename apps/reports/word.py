"""The bulletin as a Word file: a docxtpl template in the layout of GB/T 9704, filled from the frozen value.

The template is drawn by code so that it cannot drift from the annexes; a county that wants its own (with a
red head, say) has it written by `manage.py report_template`, changes it in Word, and says so in the settings.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from docx.document import Document
from docxtpl import DocxTemplate

from apps.core.documents import official
from apps.core.documents.official import Look
from apps.core.documents.tables import Column, add_table
from apps.figures.balance import DECREASE, INCREASE
from apps.figures.registry import REGISTRY
from apps.reports import annexes
from apps.reports.bulletin import phrases
from apps.reports.frozen import Content
from apps.reports.matters import Digest

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNIT_WIDTH = 40.0  # mm


def draw_word(content: Content) -> bytes:
    """The bulletin with its annexes as a .docx file."""
    template = DocxTemplate(BytesIO(_template()))
    template.render(_context(content), autoescape=True)
    stream = BytesIO()
    template.save(stream)
    return stream.getvalue()


def _template() -> bytes:
    own = settings.PARTYBUILD_REPORT_TEMPLATE
    return Path(own).read_bytes() if own else built_in_template()


def _context(content: Content) -> dict[str, Any]:
    digest, words = Digest(content), content.words
    return {
        "title": words.title,
        "addressee": words.addressee,
        "blocks": words.blocks,
        "annexes": words.annexes,
        "signature": words.signature,
        "date": words.signed,
        "month": content.month.label,
        "quarter": digest.quarter.label,
        "number": {title: number for number, title in enumerate(words.annexes, 1)},
        "life": annexes.life_rows(digest),
        "balance": annexes.balance_rows(digest),
        "unfinished": annexes.unfinished_rows(digest),
        "terms": annexes.term_rows(digest),
        "late": annexes.late_rows(digest),
    }


@lru_cache(maxsize=1)
def built_in_template() -> bytes:
    """The template that comes with the system."""
    document = official.official_document()
    _draw_letter(document)
    _draw_annexes(document)
    official.add_imprint(document, "{{ signature }}", "{{ date }}印发")
    document.core_properties.title = "基层党建重点工作完成情况的通报"
    document.core_properties.author = document.core_properties.comments = ""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add(document: Document, look: Look, text: str = "") -> Any:
    return document.add_paragraph(text, style=look.name)


def _draw_letter(document: Document) -> None:
    _repeat(document, "line in title", official.TITLE, "{{ line }}")
    _add(document, official.BLANK)
    _add(document, official.ADDRESSEE, "{{ addressee }}")
    _draw_blocks(document)
    _add(document, official.BLANK)
    _add(document, official.BODY, "{%p for name in annexes %}")
    _add(document, official.BODY, "{%p if loop.first %}")
    _add(
        document, official.ANNEX_NOTE, "附件：{% if loop.length > 1 %}{{ loop.index }}. {% endif %}{{ name }}"
    )
    _add(document, official.BODY, "{%p else %}")
    _add(document, official.ANNEX_NOTE_MORE, "{{ loop.index }}. {{ name }}")
    _add(document, official.BODY, "{%p endif %}")
    _add(document, official.BODY, "{%p endfor %}")
    for _ in range(2):
        _add(document, official.BLANK)
    _add(document, official.SIGNATURE, "{{ signature }}")
    _add(document, official.DATE, "{{ date }}")


def _repeat(document: Document, loop: str, look: Look, text: str) -> None:
    _add(document, official.BODY, f"{{%p for {loop} %}}")
    _add(document, look, text)
    _add(document, official.BODY, "{%p endfor %}")


def _draw_blocks(document: Document) -> None:
    _add(document, official.BODY, "{%p for block in blocks %}")
    _add(document, official.BODY, "{%p if block.is_heading %}")
    _add(document, official.HEADING, "{{ block.text }}")
    _add(document, official.BODY, "{%p else %}")
    _add(document, official.BODY, "{%p if loop.last %}")
    _text_block(document, official.BODY_END)
    _add(document, official.BODY, "{%p else %}")
    _text_block(document, official.BODY)
    _add(document, official.BODY, "{%p endif %}")
    _add(document, official.BODY, "{%p endif %}")
    _add(document, official.BODY, "{%p endfor %}")


def _text_block(document: Document, look: Look) -> None:
    paragraph = _add(document, look)
    paragraph.add_run("{{ block.lead }}", style=official.KAI)
    paragraph.add_run("{{ block.text }}")


def _draw_annexes(document: Document) -> None:
    _annex(document, phrases.MEETINGS, "（{{ month }}；党员大会、党课为{{ quarter }}）")
    add_table(document, _life_columns(), rows="life")
    _note(document, "注：应开数不含不适用的党支部、党小组；出勤率为全部有效会议实到人次占应到人次的比例。")
    _end_annex(document)
    _annex(document, phrases.BALANCE, "（{{ month }}）")
    add_table(document, _balance_columns(), rows="balance")
    _note(
        document, "注：党支部之间的组织关系调整，在共同的上级一级不计转入、转出，所以合计可以小于各单位之和。"
    )
    _end_annex(document)
    _annex(document, phrases.UNFINISHED, "（{{ month }}）")
    add_table(document, _UNFINISHED, rows="unfinished")
    _end_annex(document)
    _annex(document, phrases.TERMS, "（{{ month }}）")
    add_table(document, _TERMS, rows="terms")
    _end_annex(document)
    _annex(document, phrases.LATE, "（{{ month }}）")
    add_table(document, _LATE, rows="late")
    _end_annex(document)


def _annex(document: Document, title: str, under: str) -> None:
    """ "附件 1" on a page of its own, then the title; only where the bulletin has the annex (DOC-12)."""
    _add(document, official.BODY, f"{{%p if number['{title}'] %}}")
    _add(
        document,
        official.ANNEX_NUMBER,
        f"附件{{% if annexes|length > 1 %}} {{{{ number['{title}'] }}}}{{% endif %}}",
    )
    _add(document, official.ANNEX_TITLE, title)
    _add(document, official.TABLE_TITLE, under)


def _note(document: Document, text: str) -> None:
    _add(document, official.TABLE_NOTE, text)


def _end_annex(document: Document) -> None:
    _add(document, official.BODY, "{%p endif %}")


def _life_columns() -> list[Column]:
    names = ("支委会", "党小组会", "主题党日", "党员大会", "党课", "书记党课")
    pairs = [
        Column(title, f"row.cells[{2 * place + offset}]", 8.3, group=name)
        for place, name in enumerate(names)
        for offset, title in enumerate(("应开", "已开"))
    ]
    return [
        Column("单位", "row.label", UNIT_WIDTH, is_number=False),
        *pairs,
        Column("出勤率", "row.rate", 16),
    ]


def _balance_columns() -> list[Column]:
    titles = {part.code: part.title for part in REGISTRY["M10"].parts}
    width = (156 - UNIT_WIDTH) / len(annexes.BALANCE)
    groups = {**dict.fromkeys(INCREASE, "增加"), **dict.fromkeys(DECREASE, "减少")}
    short = {"difference": "差额"}
    numbers = [
        Column(short.get(code, titles[code]), f"row.counts[{place}]", width, group=groups.get(code, ""))
        for place, code in enumerate(annexes.BALANCE)
    ]
    return [Column("单位", "row.label", UNIT_WIDTH, is_number=False), *numbers]


_UNFINISHED = (
    Column("序号", "row.number", 12),
    Column("事项", "row.matter", 44, is_number=False),
    Column("单位", "row.place", 30, is_number=False),
    Column("党支部（党小组）", "row.who", 48, is_number=False),
    Column("应完成时间", "row.by", 22),
)
_TERMS = (
    Column("序号", "row.number", 12),
    Column("单位", "row.place", 30, is_number=False),
    Column("党组织", "row.who", 52, is_number=False),
    Column("届满日期", "row.due", 34),
    Column("情况", "row.state", 28),
)
_LATE = (
    Column("序号", "row.number", 12),
    Column("单位", "row.place", 26, is_number=False),
    Column("党支部", "row.record.name", 38, is_number=False),
    Column("会议", "row.record.kinds", 20, is_number=False),
    Column("召开", "row.held", 19),
    Column("补录", "row.handed_in", 19),
    Column("原因", "row.record.reason", 22, is_number=False),
)
