"""Files that nobody's office made: refused in words, and harmless when they come back."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from apps.core.errors import Refused
from apps.imports import safety
from apps.imports.registry import importer_named
from apps.imports.sheets import open_sheets
from apps.imports.workbooks import Note, annotated
from tests.imports.books import csv, far_apart, xlsx

ROWS = [["姓名", "性别"], ["王小明", "男"]]


def cells_of(content: bytes) -> list[tuple[str, object]]:
    """Type and value of every filled cell of a workbook, in order."""
    book = load_workbook(io.BytesIO(content))
    rows = (row for sheet in book for row in sheet.iter_rows())
    return [(cell.data_type, cell.value) for row in rows for cell in row if cell.value is not None]


def test_damaged_part_is_refused_in_words():
    content = bytearray(xlsx(ROWS * 200))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    begin = part.header_offset + 30 + len(part.filename) + 5
    content[begin : begin + 40] = b"\xff" * 40
    with pytest.raises(Refused) as refused:
        safety.inspect(bytes(content))
    assert refused.value.sentence == safety.DAMAGED


def test_two_values_far_apart_are_refused_before_they_take_all_memory():
    book = Workbook()
    book.worksheets[0].title = "表"
    book.worksheets[0]["A1"] = book.worksheets[0]["KM262000"] = 1  # 299 columns, each limit kept by itself
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(Refused) as refused:
        safety.inspect(stream.getvalue())
    assert refused.value.sentence == safety.TOO_SPREAD.format("表", 262_000, 299)


def test_what_the_look_through_overlooks_is_refused_when_it_is_laid_out():
    content = far_apart("KM50000")
    safety.inspect(content)
    with pytest.raises(Refused) as refused:
        open_sheets(content)
    assert refused.value.sentence == safety.TOO_SPREAD.format("表", 50_000, 299)


def test_million_empty_lines_are_refused_before_they_take_all_memory():
    with pytest.raises(Refused) as refused:
        open_sheets(b"a,b" + b"\n" * 1_000_000)
    assert refused.value.sentence == safety.TOO_MANY_ROWS


def test_control_characters_do_not_keep_the_annotated_table_back():
    content = csv([["姓名", "性别"], ["王\x0b小\x01明\uffff", "男"]])
    back = annotated(importer_named("roster"), content, [Note("表", 2, 0, "姓名\x02不对。", True)])
    assert ("s", "王小明") in cells_of(back)
    assert ("s", "姓名不对。") in cells_of(back)


def test_what_looks_like_a_formula_comes_back_as_text():
    content = xlsx(ROWS, sheet="=1+1")
    notes = [Note("=1+1", 0, -1, "缺少列。", True), Note("=1+1", 2, 0, "=HYPERLINK()", True)]
    back = annotated(importer_named("roster"), content, notes)
    assert {kind for kind, _ in cells_of(back)} == {"s"}
    assert ("s", "=1+1") in cells_of(back)
