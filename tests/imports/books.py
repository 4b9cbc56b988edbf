"""Workbooks written as readable tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows, *, sheet: str = "表", **more: Rows) -> bytes:
    """A workbook with one sheet, and others by name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in {sheet: rows, **more}.items():
        page = book.create_sheet(name)
        for line in lines:
            page.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def far_apart(reference: str) -> bytes:
    """A workbook with prefixed elements, as no office writes but every reader takes, and a value far out."""
    stream = io.BytesIO()
    cell = "<x:row><x:c r='{}'><x:v>1</x:v></x:c></x:row>"
    data = "".join(map(cell.format, ("A1", reference)))
    with ZipFile(io.BytesIO(xlsx([["甲"]]))) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != SHEET:
                new.writestr(part, old.read(part))
        new.writestr(SHEET, f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{data}</x:sheetData></x:worksheet>')
    return stream.getvalue()


def csv(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode(encoding)
