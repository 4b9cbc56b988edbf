"""Is this file a workbook that can be read without harm? Decided before anything is read from it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from apps.core.errors import Refused

MAX_BYTES = 30 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_RATIO = 150
RATIO_MATTERS_FROM = 20 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 300
LAST_ROW = 1_048_576 // 4
MAX_CELLS = 12_000_000  # of the rectangle from A1 to the farthest value; the reader takes 32 bytes for each
CHUNK = 1 << 20
# No element between two rows is longer; what exceeds it is not a sheet that an office made.
MAX_CARRY = 16 * CHUNK

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>\s*<f[\s/>]')
_REFERENCE = re.compile(rb' r="([A-Z]{1,3})(\d+)"')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

NOT_A_WORKBOOK = "这个文件不是电子表格。请用 WPS 或 Excel 打开原来的表，另存为 .xlsx 再上传。"
ENCRYPTED = "这个文件加了打开密码，系统读不了。请在 WPS 或 Excel 里去掉密码，保存后再上传。"
BOMB = "这个文件解压后大得不正常，为安全起见没有读取。请把数据复制到一张新表里，保存后再上传。"
DAMAGED = "这个文件已经损坏，读不出来。请用 WPS 或 Excel 打开原来的表，另存一份再上传。"
WEB_PAGE = (
    "这个文件其实是网页（有的系统导出的 .xls 就是这样）。请用 WPS 或 Excel 打开它，另存为 .xlsx 再上传。"
)
TOO_LARGE = (
    f"文件超过 {MAX_BYTES // 1024 // 1024} MB，没有读取。请删去图片和用不到的工作表，或者分成几个文件。"
)
TOO_MANY_ROWS = f"表里超过 {MAX_ROWS // 10_000} 万行，没有读取。请分成几个文件，一个一个导入。"
TOO_FAR_DOWN = "“{}”这张表在第 {} 行还有内容，没有读取。请删去数据下面多余的行。"
TOO_SPREAD = (
    "“{}”这张表的内容铺得太开（到第 {} 行、第 {} 列），没有读取。请删去数据以外的内容，或者分成几张表。"
)
EMPTY = "这个文件是空的。"


@dataclass
class Findings:
    """What the look through an .xlsx found: by sheet name, the (row, column) of each formula, both from 0."""

    formulas: dict[str, frozenset[tuple[int, int]]] = field(default_factory=dict)


def kind_of(content: bytes) -> str:
    """ "xlsx", "xls", or "csv"; refused with a sentence for everything else."""
    if not content:
        raise Refused(EMPTY)
    if len(content) > MAX_BYTES:
        raise Refused(TOO_LARGE)
    if content.startswith(b"PK"):
        return "xlsx"
    if content.startswith(OLE):
        if ENCRYPTED_PACKAGE in content:
            raise Refused(ENCRYPTED)
        return "xls"
    return _kind_of_text(content)


def _kind_of_text(content: bytes) -> str:
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise Refused(WEB_PAGE)
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(NOT_A_WORKBOOK)
    if start.startswith((b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"gif8")):
        raise Refused(NOT_A_WORKBOOK)
    return "csv"


def inspect(content: bytes) -> Findings:
    """Look through an .xlsx before it is read: sizes, number of rows, formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_other_documents(archive)
            _refuse_bombs(archive, len(content))
            return _look_through(archive)
    except (zipfile.BadZipFile, EOFError, OSError, KeyError, NotImplementedError, ValueError) as error:
        raise Refused(DAMAGED) from error
    except RuntimeError as error:  # zipfile says so when a member is encrypted
        raise Refused(ENCRYPTED) from error
    except (ElementTree.ParseError, zlib.error) as error:
        raise Refused(DAMAGED) from error


def _refuse_other_documents(archive: zipfile.ZipFile) -> None:
    if "xl/workbook.xml" not in archive.namelist():
        raise Refused(NOT_A_WORKBOOK)


def _refuse_bombs(archive: zipfile.ZipFile, size: int) -> None:
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > RATIO_MATTERS_FROM and unpacked > size * MAX_RATIO):
        raise Refused(BOMB)


def _look_through(archive: zipfile.ZipFile) -> Findings:
    """Unpack every part once in pieces, which also proves that the sizes in the directory are true."""
    sheets = _sheet_parts(archive)
    findings = Findings()
    rows = 0
    for member in archive.infolist():
        name = sheets.get(member.filename)
        if name is None:
            _drain(archive, member)
            continue
        formulas: set[tuple[int, int]] = set()
        extent = _Extent(name)
        for piece in _pieces(archive, member):
            rows += _checked_rows(piece, extent)
            formulas.update(_formulas_in(piece))
            if rows > MAX_ROWS:
                raise Refused(TOO_MANY_ROWS)
        findings.formulas[name] = frozenset(formulas)
    return findings


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The sheets' names by the part of the archive that holds them."""
    workbook = _parsed(archive, "xl/workbook.xml")
    relations = _parsed(archive, "xl/_rels/workbook.xml.rels")
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    return {
        _part(targets.get(sheet.get(_REL), "")): sheet.get("name", "")
        for sheet in workbook.iter(f"{_MAIN}sheet")
    }


def _parsed(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    text = archive.read(name)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Refused(DAMAGED)
    return ElementTree.fromstring(text)  # noqa: S314 (nothing is declared in it, so nothing can expand)


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _drain(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with archive.open(member) as part:
        while part.read(CHUNK):
            pass


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that end between two rows."""
    carry = b""
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            carry += chunk
            end = carry.rfind(b"</row>")
            if end >= 0:
                yield carry[: end + 6]
                carry = carry[end + 6 :]
            elif len(carry) > MAX_CARRY:
                raise Refused(BOMB)
    yield carry


@dataclass
class _Extent:
    """How far a sheet reaches. The reader lays it out as a rectangle: a value far out takes all memory."""

    sheet: str
    height: int = 0
    width: int = 0

    def reach(self, row: int, column: int) -> None:
        """Take a value in; refused when the rectangle gets too large."""
        if column > MAX_COLUMNS:
            raise Refused(too_wide(self.sheet, column))
        if row > LAST_ROW:
            raise Refused(TOO_FAR_DOWN.format(self.sheet, row))
        self.height, self.width = max(self.height, row), max(self.width, column)
        if self.height * self.width > MAX_CELLS:
            raise Refused(TOO_SPREAD.format(self.sheet, self.height, self.width))


def _checked_rows(piece: bytes, extent: _Extent) -> int:
    """How many rows have a value; offices format a million empty rows without knowing it."""
    filled = 0
    for row in piece.split(b"<row")[1:]:
        last = max(row.rfind(b"<v"), row.rfind(b"<t"))
        if last < 0:
            continue
        filled += 1
        match = _REFERENCE.match(row, row.rfind(b' r="', 0, last))
        if match:
            extent.reach(int(match[2]), column_number(match[1].decode()) + 1)
    return filled


def _formulas_in(piece: bytes) -> Iterator[tuple[int, int]]:
    if b"<f" not in piece:
        return
    for match in _FORMULA.finditer(piece):
        yield int(match[2]) - 1, column_number(match[1].decode())


def too_wide(sheet: str, width: int) -> str:
    return f"“{sheet}”这张表有 {width} 列，没有读取。请只保留要导入的列（最多 {MAX_COLUMNS} 列）。"


def column_number(letters: str) -> int:
    """ "A" is 0, "AA" is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 is "A", 26 is "AA"."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
