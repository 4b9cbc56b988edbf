"""Word files: paragraphs, tables, headers and footers, comments, notes and text boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree  # type: ignore[import-untyped]

from apps.disclosure import privacy
from apps.disclosure.scanning import parts
from apps.disclosure.scanning.parts import PARSER, has_pictures

__all__ = ["has_pictures", "masked", "pieces"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = {
    "document": "正文",
    "header": "页眉",
    "footer": "页脚",
    "comments": "批注",
    "footnotes": "脚注",
    "endnotes": "尾注",
}


def pieces(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    """Paragraph by paragraph, wherever it stands: in a table, a box, a margin, deleted but still there."""
    with ZipFile(file) as archive:
        for name in archive.namelist():
            if part := _part_of(name):
                yield from _paragraphs(part, etree.fromstring(archive.read(name), PARSER))
    file.seek(0)
    yield from parts.pieces(file)


def masked(data: bytes) -> bytes:
    """A copy in which everything that must not be published is masked, as it stands in the text."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content = archive.read(name)
            copy.writestr(name, _masked_part(content) if _part_of(name) else content)
    return target.getvalue()


def _masked_part(content: bytes) -> bytes:
    root = etree.fromstring(content, PARSER)
    for paragraph in root.iter(f"{_W}p"):
        runs = _runs(paragraph)
        for hit in reversed(privacy.hits(_text_of(runs))):
            _cover(runs, hit.start, hit.end)
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole


def _cover(runs: Sequence[Element], start: int, end: int) -> None:
    """Put the mask where the hit begins, and take the rest of it out of the runs over which it goes."""
    at = 0
    for run in runs:
        text = run.text or ""
        first, last = max(start - at, 0), max(end - at, 0)
        if first < len(text) and last:
            cover = privacy.MASK * 4 if at <= start else ""
            run.text = text[:first] + cover + text[last:]
        at += len(text)


def _part_of(name: str) -> str:
    if not (name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1):
        return ""
    stem = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    return _PARTS.get(stem, "")


def _paragraphs(part: str, root: Element) -> Iterator[tuple[str, str]]:
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        text = _text_of(_runs(paragraph))
        if text.strip():
            yield f"{part}第 {number} 段", text


def _runs(paragraph: Element) -> list[Element]:
    """The pieces in which a paragraph is stored; Word parts a number wherever the spelling was looked at."""
    return list(paragraph.iter(f"{_W}t", f"{_W}delText", f"{_W}instrText"))  # type: ignore[call-arg]


def _text_of(runs: Sequence[Element]) -> str:
    return "".join(run.text or "" for run in runs)
