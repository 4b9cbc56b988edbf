"""The layout of official documents and of workbooks, read back from the files."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import load_workbook

from apps.core.documents import official
from apps.core.documents.tables import Column as WordColumn
from apps.core.documents.tables import add_table
from apps.core.documents.wording import listed, numeral, percent
from apps.core.documents.workbook import Column, Kind, Sheet, draw_workbook


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (1, 2, "50%"),
        (932, 1000, "93.2%"),
        (0, 7, "0%"),
        (7, 7, "100%"),
        (9999, 10000, "99.9%"),
        (1, 10000, "0.1%"),
        (1, 3, "33.3%"),
    ],
)
def test_a_percentage_never_rounds_what_is_missing_away(part: int, whole: int, text: str) -> None:
    assert percent(part, whole) == text


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (32, "三十二")]
)
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text


def test_names_in_a_row() -> None:
    assert listed(["云台镇", "松岭镇"]) == "云台镇、松岭镇"


def test_the_page_is_that_of_the_standard() -> None:
    """DOC-01: 37, 35, 28 and 26 mm; DOC-02: 22 lines of 28.95 pt."""
    section = official.official_document().sections[0]
    lengths = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    sides = (section.left_margin, section.right_margin)

    assert [round((length or 0) / Mm(1)) for length in (*lengths, *sides)] == [210, 297, 37, 35, 28, 26]
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"


@pytest.mark.parametrize(
    ("look", "font", "size", "first_line"),
    [
        (official.BODY, "仿宋_GB2312", 16, "200"),
        (official.TITLE, "方正小标宋简体", 22, None),
        (official.HEADING, "黑体", 16, "200"),
        (official.ADDRESSEE, "仿宋_GB2312", 16, None),
        (official.ANNEX_NUMBER, "黑体", 16, None),
        (official.PAGE_NUMBER, "宋体", 14, None),
    ],
)
def test_fonts_are_set_for_chinese_too(
    look: official.Look, font: str, size: int, first_line: str | None
) -> None:
    style = official.official_document().styles[look.name]
    fonts, indent = style.element.rPr.rFonts, style.element.pPr.find(qn("w:ind"))

    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
    assert style.font.size == Pt(size)
    assert (None if indent is None else indent.get(qn("w:firstLineChars"))) == first_line
    assert style.paragraph_format.line_spacing is not None


def test_body_lines_are_exact() -> None:
    form = official.official_document().styles[official.BODY.name].paragraph_format
    assert round(form.line_spacing.pt, 2) == 28.95


def saved(document: object) -> ZipFile:
    stream = BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return ZipFile(stream)


def test_missing_fonts_have_others_to_stand_in() -> None:
    table = saved(official.official_document()).read("word/fontTable.xml").decode()

    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong' in table
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="方正小标宋_GBK,华文中宋' in table


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    """DOC-11: — 1 — at the right of odd pages, at the left of even ones, one character in."""
    document = official.official_document()
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]

    assert document.settings.odd_and_even_pages_header_footer is True
    assert (odd.text, even.text) == ("—  —", "—  —")
    assert "PAGE" in odd._p.xml
    assert (odd.alignment, even.alignment) == (official.RIGHT, official.LEFT)
    assert odd._p.pPr.find(qn("w:ind")).get(qn("w:rightChars")) == "100"
    assert even._p.pPr.find(qn("w:ind")).get(qn("w:leftChars")) == "100"


def test_a_table_s_heading_repeats_and_its_rows_stay_whole() -> None:
    document = official.official_document()
    columns = [
        WordColumn("单位", "row.a", 40),
        WordColumn("应开", "row.b", 20, group="支委会"),
        WordColumn("已开", "row.c", 20, group="支委会"),
    ]
    table = add_table(document, columns, rows="rows")

    marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert marks == [True, True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[0].cells] == ["单位", "支委会", "支委会"]
    assert [cell.text for cell in table.rows[3].cells] == ["{{ row.a }}", "{{ row.b }}", "{{ row.c }}"]


def test_a_workbook_keeps_numbers_numbers_and_texts_texts() -> None:
    sheet = Sheet(
        "表1",
        "完成情况",
        [
            Column("单位"),
            Column("应完成", Kind.NUMBER, group="支委会"),
            Column("完成率", Kind.PERCENT, group="支委会"),
        ],
        [["=1+1", 4, 0.75]],
        ["合计", 4, 0.75],
        ["按行政顺序。"],
    )
    page = load_workbook(BytesIO(draw_workbook([sheet])))["表1"]

    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["完成情况", None, None],
        ["单位", "支委会", None],
        [None, "应完成", "完成率"],
        ["=1+1", 4, 0.75],
        ["合计", 4, 0.75],
        ["按行政顺序。", None, None],
    ]
    assert [cell.data_type for cell in page[4]] == ["s", "n", "n"]
    assert (page.print_title_rows, page.freeze_panes) == ("$1:$3", "B4")


def test_a_line_break_pasted_from_word_does_not_keep_the_workbook_back() -> None:
    content = draw_workbook([Sheet("表", "标题", [Column("原因", Kind.TEXT, 10)], [["忘\x0b了\x01"]])])
    values = [cell.value for row in load_workbook(BytesIO(content))["表"].iter_rows() for cell in row]
    assert "忘了" in values
