"""Word files: paragraphs, tables, headers and footers, comments, notes and text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from lxml import etree  # type: ignore[import-untyped]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = {
    "document": "正文",
    "header": "页眉",
    "footer": "页脚",
    "comments": "批注",
    "footnotes": "脚注",
    "endnotes": "尾注",
}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def pieces(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    """Paragraph by paragraph, wherever it stands: in a table, a box, a margin, deleted but still there."""
    with ZipFile(file) as archive:
        for name in archive.namelist():
            if part := _part_of(name):
                root = etree.fromstring(archive.read(name), _PARSER)
                yield from _paragraphs(part, root)


def _part_of(name: str) -> str:
    if not (name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1):
        return ""
    stem = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    return _PARTS.get(stem, "")


def _paragraphs(part: str, root: Element) -> Iterator[tuple[str, str]]:
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        text = "".join(run.text or "" for run in paragraph.iter(f"{_W}t", f"{_W}delText", f"{_W}instrText"))  # type: ignore[call-arg]
        if text.strip():
            yield f"{part}第 {number} 段", text
