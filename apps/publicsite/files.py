"""Files of a publication: served as they were frozen, or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from apps.attachments.kinds import EXTENSIONS, JPEG
from apps.attachments.models import private_storage
from apps.disclosure.models import Published


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file as the frozen content names it."""

    key: str
    title: str
    content_type: str
    size: int
    sha256: str
    address: str = ""
    line: int = 0
    """Whose receipt it is; 0 for a file of the whole publication."""

    @property
    def ending(self) -> str:
        return EXTENSIONS[self.content_type]

    @property
    def name(self) -> str:
        """How its address ends."""
        return f"{self.key}.{self.ending}"

    @property
    def size_words(self) -> str:
        """ "120 KB" """
        return f"{max(1, round(self.size / 1024))} KB"

    @property
    def form(self) -> str:
        """ "照片", "PDF" """
        return "照片" if self.content_type == JPEG else self.ending.upper()


def files_of(publication: Published) -> list[PublicFile]:
    """Nothing of what was withdrawn: its content is not shown."""
    told: list[dict[str, Any]] = (publication.content or {}).get("files", [])
    return [PublicFile(**each) for each in told]


def papers_of(publication: Published) -> list[PublicFile]:
    """What belongs to the whole publication."""
    return [file for file in files_of(publication) if not file.line]


def receipts_of(publication: Published) -> dict[int, list[PublicFile]]:
    """The receipts of its lines, by their numbers."""
    found: dict[int, list[PublicFile]] = {}
    for file in files_of(publication):
        if file.line:
            found.setdefault(file.line, []).append(file)
    return found


def file_answer(publication: Published, name: str) -> HttpResponse | None:
    """The bytes whose checksum is the frozen one; None where there are none such."""
    file = next((each for each in files_of(publication) if each.name == name), None)
    data = _data_of(file) if file else None
    if file is None or data is None:
        return None
    answer = HttpResponse(data, content_type=file.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    name = f"{file.title.removesuffix(f'.{file.ending}')}.{file.ending}"
    is_shown = file.content_type == JPEG
    answer["Content-Disposition"] = str(content_disposition_header(not is_shown, name))
    return answer


def _data_of(file: PublicFile) -> bytes | None:
    place = f"{file.key[:2]}/{file.name}"
    storage = private_storage()
    if not storage.exists(place):
        return None
    with storage.open(place) as stream:
        data: bytes = stream.read()
    return data if hashlib.sha256(data).hexdigest() == file.sha256 else None
