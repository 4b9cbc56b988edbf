"""PDF: the text of each page, its remarks and form fields; a scan has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from pypdf import PdfReader


def pieces(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    reader = PdfReader(file)
    for number, page in enumerate(reader.pages, 1):
        yield f"第 {number} 页", page.extract_text()
        for remark in page.annotations or ():
            yield f"第 {number} 页的批注", str(remark.get_object().get("/Contents", ""))
    for field in (reader.get_form_text_fields() or {}).values():
        yield "表单里", str(field or "")


def has_pictures(file: IO[bytes]) -> bool:
    """Whether a page shows a picture, or nothing that could be read."""
    return any(page.images.keys() or not page.extract_text().strip() for page in PdfReader(file).pages)
