"""The Word and Excel files, read back: they say what the frozen value says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.core.management import call_command
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from apps.figures.values import Entry, Unit
from apps.reports import bulletin
from apps.reports.excel import draw_excel
from apps.reports.frozen import Content
from apps.reports.word import built_in_template, draw_word
from tests.reports.test_bulletin import EAST, OCTOBER, OFFICE, UPPER, content


def finished(**entries: list[Entry]) -> Content:
    value = content(OCTOBER, **entries)
    return replace(value, bulletin=bulletin.write(value, OFFICE))


FAULTY = {"M01": [Entry(UPPER, "missing")], "M14": [Entry(EAST, "overdue", day=date(2026, 9, 10))]}


def open_word(value: Content):
    return Document(BytesIO(draw_word(value)))


def rows_of(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_letter_says_the_bulletin() -> None:
    value = finished(**FAULTY)
    document = open_word(value)
    said = [paragraph.text for paragraph in document.paragraphs if paragraph.text]

    assert said[: len(value.words.blocks) + 3] == [
        *value.words.title,
        value.words.addressee,
        *(block.lead + block.text for block in value.words.blocks),
    ]
    assert "附件：1. 三会一课完成情况统计表" in said
    assert "中共清源县委组织部" in said
    assert "2026年11月6日" in said


def test_each_paragraph_has_the_style_of_its_level() -> None:
    document = open_word(finished(**FAULTY))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.text}

    assert styles["一、总体情况"] == "一级标题"
    assert styles["各乡镇党委，县直各党（工）委："] == "主送机关"
    assert styles["中共清源县委组织部"] == "署名"
    (lead,) = [p for p in document.paragraphs if p.text.startswith("（一）组织和党员")]
    assert (lead.runs[0].text, lead.runs[0].style.name) == ("（一）组织和党员。", "二级标题字")


def test_each_annex_begins_a_page_and_only_those_that_there_are() -> None:
    document = open_word(finished(**FAULTY))
    numbers = [p for p in document.paragraphs if p.style.name == "附件序号"]

    assert [p.text for p in numbers] == ["附件 1", "附件 2", "附件 3", "附件 4"]
    assert numbers[0].style.paragraph_format.page_break_before is True
    assert [p.text for p in document.paragraphs if p.style.name == "附件标题"] == [
        "三会一课完成情况统计表",
        "党员增减平衡表",
        "未完成事项清单",
        "换届情况清单",
    ]
    assert len(open_word(finished()).tables) == 2


def test_the_tables_hold_the_figures_in_administrative_order() -> None:
    life, balance, unfinished, terms = open_word(finished(**FAULTY)).tables

    assert rows_of(life)[2:] == [
        ["河口镇", "2", "2", "—", "—", "2", "2", "2", "2", "2", "2", "—", "—", "—"],
        ["石桥乡", "1", "0", "—", "—", "1", "1", "1", "1", "1", "1", "—", "—", "—"],
        ["县教育局党委", "1", "1", "—", "—", "1", "1", "1", "1", "1", "1", "—", "—", "—"],
        ["合计", "4", "3", "—", "—", "4", "4", "4", "4", "4", "4", "—", "—", "—"],
    ]
    assert rows_of(balance)[-1] == ["合计", "21", *["0"] * 7, "21", "0"]
    assert rows_of(unfinished)[1:] == [
        ["1", "支部委员会会议（10月）", "石桥乡", "石桥乡上寨村党支部", "10月31日"]
    ]
    assert rows_of(terms)[1:] == [["1", "河口镇", "河口镇东湾村党支部", "2026年9月10日", "届满未换届"]]
    for table in (life, balance, unfinished, terms):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_what_somebody_typed_stays_text() -> None:
    odd = Unit(7, "8802001", "上<b>寨</b>&{{ title }}村党支部", "branch", "village", UPPER.path)
    _, _, unfinished = open_word(finished(M01=[Entry(odd, "missing")])).tables

    assert rows_of(unfinished)[1][3] == "上<b>寨</b>&{{ title }}村党支部"


def test_no_tag_of_the_template_is_left() -> None:
    text = draw_word(finished(**FAULTY))
    document = Document(BytesIO(text))

    assert "{%" not in document.element.xml
    assert "{{" not in document.element.xml


def test_a_county_may_bring_its_own_template(tmp_path, settings) -> None:
    """The command writes the built-in one; whatever is changed in it stays."""
    path = tmp_path / "own.docx"
    call_command("report_template", path)
    own = Document(str(path))
    own.paragraphs[0].insert_paragraph_before("中共清源县委组织部文件")
    own.save(str(path))
    settings.PARTYBUILD_REPORT_TEMPLATE = str(path)

    assert open_word(finished()).paragraphs[0].text == "中共清源县委组织部文件"


def test_the_built_in_template_is_the_same_every_time() -> None:
    built_in_template.cache_clear()
    first = Document(BytesIO(built_in_template())).element.xml
    built_in_template.cache_clear()

    assert Document(BytesIO(built_in_template())).element.xml == first


def test_the_workbook_has_a_sheet_for_each_annex_with_numbers() -> None:
    book = load_workbook(BytesIO(draw_excel(finished(**FAULTY))))

    assert book.sheetnames == [
        "1.三会一课完成情况统计表",
        "2.党员增减平衡表",
        "3.未完成事项清单",
        "4.换届情况清单",
    ]
    total = next(row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == "合计")
    assert total[1:7] == (4, 3, 0.75, None, None, None)
    assert f"{book.worksheets[2].cell(3, 5).value:%Y-%m-%d}" == "2026-10-31"


@pytest.mark.parametrize("draw", [draw_word])
def test_without_a_bulletin_there_is_no_letter(draw) -> None:
    with pytest.raises(ValueError, match="no bulletin"):
        draw(content())
