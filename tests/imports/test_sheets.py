"""What files are read, and which are refused with which sentence."""

import io
import zipfile

import pytest

from apps.core.errors import Refused
from apps.imports import safety, sheets
from tests.imports.books import csv, xlsx

ROWS = [["姓名", "性别"], ["王小明", "男"]]


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        sheets.open_sheets(content)
    return refused.value.sentence


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The workbook with some of its parts replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.pop(name, b"") or old.read(name))
    return stream.getvalue()


def with_sheet_xml(xml: bytes) -> bytes:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return repacked(xlsx(ROWS), **{"xl/worksheets/sheet1.xml": head + xml + b"</sheetData></worksheet>"})


def test_workbook_is_read_sheet_by_sheet():
    found = sheets.open_sheets(xlsx(ROWS, sheet="甲", 乙=[["一"]]))
    assert [(sheet.name, list(sheet.rows)) for sheet in found] == [("甲", ROWS), ("乙", [["一"]])]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_text_of_every_usual_encoding_is_read(encoding: str):
    (sheet,) = sheets.open_sheets(csv(ROWS, encoding))
    assert list(sheet.rows) == ROWS


def test_text_parted_by_tabs_is_read():
    (sheet,) = sheets.open_sheets("姓名\t性别\n王小明\t男\n".encode())
    assert list(sheet.rows) == ROWS


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", safety.EMPTY),
        (b"%PDF-1.7 whatever, and more", safety.NOT_A_WORKBOOK),
        (b"\x89PNG\r\n\x1a\n\x00\x00", safety.NOT_A_WORKBOOK),
        ("只有一列的文字\n第二行".encode(), safety.NOT_A_WORKBOOK),
        (b"<html><table><tr><td>1</td></tr></table></html>", safety.WEB_PAGE),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", safety.WEB_PAGE),
        (b"PK\x03\x04 and nothing else", safety.DAMAGED),
        (safety.OLE + b"\x00" * 4096, safety.DAMAGED),
        (safety.OLE + b"\x00" * 512 + safety.ENCRYPTED_PACKAGE + b"\x00" * 512, safety.ENCRYPTED),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(content: bytes, sentence: str):
    assert refusal(content) == sentence


def test_another_office_document_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(stream.getvalue()) == safety.NOT_A_WORKBOOK


def test_truncated_workbook_is_refused():
    content = xlsx(ROWS)
    assert refusal(content[: len(content) // 2]) == safety.DAMAGED


def test_zip_bomb_is_refused_before_it_is_unpacked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(64):
                part.write(b"0" * (1 << 20))
    assert refusal(stream.getvalue()) == safety.BOMB


def test_size_that_the_directory_lies_about_is_found_out():
    content = with_sheet_xml(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 2_000)
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46  # the part's entry in the directory
    lying = content[: at + 24] + (100).to_bytes(4, "little") + content[at + 28 :]
    assert refusal(lying) == safety.DAMAGED


def test_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(safety, "MAX_BYTES", 1_000)
    assert refusal(xlsx(ROWS)) == safety.TOO_LARGE


def test_declared_entities_are_not_expanded():
    book = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    assert refusal(repacked(xlsx(ROWS), **{"xl/workbook.xml": book})) == safety.DAMAGED


def test_too_many_rows_are_refused_before_they_are_read():
    row = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    assert refusal(with_sheet_xml(row * (safety.MAX_ROWS + 1))) == safety.TOO_MANY_ROWS


def test_rows_without_values_are_not_counted():
    empty = b"".join(b'<row r="%d" spans="1:2"/>' % number for number in range(3, safety.MAX_ROWS + 10))
    first = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    (sheet,) = sheets.open_sheets(with_sheet_xml(first + empty))
    assert list(sheet.rows) == [[1.0]]


def test_too_many_rows_of_text_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(safety, "MAX_ROWS", 3)
    assert refusal(csv([["甲", "乙"]] * 4)) == safety.TOO_MANY_ROWS


def test_too_many_columns_are_refused():
    assert refusal(xlsx([["x"] * (safety.MAX_COLUMNS + 1)])) == (
        "“表”这张表有 301 列，没有读取。请只保留要导入的列（最多 300 列）。"
    )


def test_one_value_far_to_the_right_is_refused():
    """Laid out as a rectangle it would take all memory there is."""
    row = b'<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>'
    assert refusal(with_sheet_xml(row % (1, 1, 1))) == safety.too_wide("表", 16_384)


def test_one_value_far_below_is_refused():
    row = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    assert refusal(with_sheet_xml(row)) == safety.TOO_FAR_DOWN.format("表", 1_048_576)


def test_formulas_are_found_where_they_stand():
    (sheet,) = sheets.open_sheets(xlsx([["姓名"], ["=1+1"], ["王"], ["=A3"]]))
    assert sheet.formulas == {(1, 0), (3, 0)}


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("AZ", 51), ("BA", 52)])
def test_column_letters(letters: str, number: int):
    assert (safety.column_number(letters), safety.column_letters(number)) == (number, letters)
