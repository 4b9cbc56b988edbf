"""What stands in a file, with the place of each piece, so that it can be searched for what is private."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from apps.attachments.kinds import DOCX, PDF, XLSX
from apps.core.errors import Refused
from apps.disclosure import privacy
from apps.disclosure.scanning import pdf, sheets, words

Piece = tuple[str, str]
_READERS: dict[str, Callable[[IO[bytes]], Iterator[Piece]]] = {
    XLSX: sheets.pieces,
    DOCX: words.pieces,
    PDF: pdf.pieces,
}


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in a file; where no text can be read a person must look."""

    hits: tuple[tuple[str, str], ...]
    """The place and what stands there, masked: ("表“名单”第 3 行 B 列", "身份证号（990******230）")."""
    is_readable: bool


def scan(content_type: str, data: bytes) -> Scan:
    """Search a file for what must not be published; pictures and scans cannot be read."""
    pieces = _pieces(content_type, data)
    found = [(place, privacy.hits(text)) for place, text in pieces]
    hits = tuple((place, privacy.sentence(hits)) for place, hits in found if hits)
    return Scan(hits, is_readable=any(text.strip() for _, text in pieces))


def _pieces(content_type: str, data: bytes) -> list[Piece]:
    reader = _READERS.get(content_type)
    if reader is None:
        return []
    try:
        return list(reader(BytesIO(data)))
    except Exception as error:  # whatever a broken file makes a reader stumble over
        raise Refused("这个文件读不出来，不能检查。请重新另存一份再传。", field="file") from error
