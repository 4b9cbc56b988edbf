"""What stands in a file, with the place of each piece, so that it can be searched for what is private."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Protocol

from apps.attachments.kinds import DOCX, PDF, XLSX
from apps.core.errors import Refused
from apps.disclosure import privacy
from apps.disclosure.scanning import pdf, sheets, words

Piece = tuple[str, str]


class Reader(Protocol):
    """How a kind of file is read."""

    def pieces(self, file: IO[bytes], /) -> Iterator[Piece]: ...

    def has_pictures(self, file: IO[bytes], /) -> bool:
        """Whether some of it cannot be read: pictures, pages that were scanned."""


_READERS: dict[str, Reader] = {XLSX: sheets, DOCX: words, PDF: pdf}
_MASKERS: dict[str, Callable[[bytes], bytes]] = {XLSX: sheets.masked, DOCX: words.masked}
MASKABLE = frozenset(_MASKERS)


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in a file; where no text can be read a person must look."""

    hits: tuple[tuple[str, str], ...]
    """The place and what stands there, masked: ("表“名单”第 3 行 B 列", "身份证号（990******230）")."""
    is_readable: bool
    """Whether all of it could be read: no picture, no page without text."""


def scan(content_type: str, data: bytes) -> Scan:
    """Search a file for what must not be published; pictures and scans cannot be read."""
    pieces, has_pictures = _read(content_type, data)
    found = [(place, privacy.hits(text)) for place, text in pieces]
    hits = tuple((place, privacy.sentence(hits)) for place, hits in found if hits)
    return Scan(hits, is_readable=not has_pictures and any(text.strip() for _, text in pieces))


def masked(content_type: str, data: bytes) -> bytes:
    """A copy in which what must not be published is masked; of the kinds that are MASKABLE."""
    return _MASKERS[content_type](data)


def _read(content_type: str, data: bytes) -> tuple[list[Piece], bool]:
    reader = _READERS.get(content_type)
    if reader is None:
        return [], True
    try:
        return list(reader.pieces(BytesIO(data))), reader.has_pictures(BytesIO(data))
    except Exception as error:  # whatever a broken file makes a reader stumble over
        raise Refused("这个文件读不出来，不能检查。请重新另存一份再传。", field="file") from error
