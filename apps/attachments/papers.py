"""Word, Excel and PDF files, kept without what they tell of who made them. Pure."""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from apps.attachments import jpeg
from apps.attachments.kinds import DOCX, PDF, XLSX
from apps.core.errors import Refused

MOST_UNPACKED = 100 * 1024 * 1024
NOT_A_PAPER = "这个文件打不开。可以传 PDF、Word（docx）、Excel（xlsx）和图片。"
CANNOT_BE_SEARCHED = "这个文件里有宏、加密或者夹带的别的文件，不能检查。请另存一份没有这些的再传。"
_MAIN = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
_HIDING = re.compile(r"vbaProject|/embeddings/|/activeX/|/externalLinks/|oleObject", re.IGNORECASE)
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|XFA)\b")
# Who wrote, changed or remarked: attributes of Word, elements of Excel.
_NAMED = re.compile(r'((?:w|w15|x18tc):(?:author|initials|userId|providerId)=")[^"]*(")')
_AUTHOR = re.compile(r"(<(?:\w+:)?author>)[^<]*(</)")
_PERSON = re.compile(r'((?:displayName|userId|providerId)=")[^"]*(")')
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM = _APP.replace("extended-properties", "custom-properties")
_EMPTY = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP, "docProps/custom.xml": _CUSTOM}
_PHOTO = re.compile(r"/media/[^/]+\.(?:jpe?g|png|webp)$", re.IGNORECASE)


def cleaned(start: bytes, file: IO[bytes], *, office: bool = True) -> tuple[bytes, str] | None:
    """The file without its makers and its kind; None when it is neither PDF nor Office. Raises Refused.

    `office` is whether Word and Excel are asked for.
    """
    if start.startswith(b"%PDF-"):
        return _pdf(file.read()), PDF
    if office and start.startswith(b"PK"):
        return _office(file)
    return None


def _pdf(data: bytes) -> bytes:
    if _ACTIVE.search(data):
        raise Refused(CANNOT_BE_SEARCHED)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise Refused(CANNOT_BE_SEARCHED)
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        writer.root_object.pop("/Metadata", None)
        for page in writer.pages:
            page.pop("/Metadata", None)
            _bare_pictures(page.get("/Resources"), set())
        target = BytesIO()
        writer.write(target)
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise Refused(NOT_A_PAPER) from error
    return target.getvalue()


def _bare_pictures(resources: Any, seen: set[int]) -> None:
    """Photos on a page, and in what is drawn on it, without where and by whom they were taken."""
    if resources is None:
        return
    for reference in resources.get_object().get("/XObject", {}).values():
        drawn = reference.get_object()
        if id(drawn) in seen:
            continue
        seen.add(id(drawn))
        drawn.pop("/Metadata", None)
        if drawn.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            drawn._data = jpeg.bare(drawn._data)  # pypdf has no other way to exchange it
        _bare_pictures(drawn.get("/Resources"), seen)


def _office(file: IO[bytes]) -> tuple[bytes, str]:
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
            kind = next((kind for name, kind in _MAIN.items() if name in names), None)
            if kind is None:
                raise Refused(NOT_A_PAPER)
            _check_nothing_hides(archive)
            return _repacked(archive), kind
    except (BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise Refused(NOT_A_PAPER) from error


def _check_nothing_hides(archive: ZipFile) -> None:
    unpacked = sum(each.file_size for each in archive.infolist())
    if unpacked > MOST_UNPACKED or any(_HIDING.search(name) for name in archive.namelist()):
        raise Refused(CANNOT_BE_SEARCHED)


def _repacked(archive: ZipFile) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for name in dict.fromkeys(archive.namelist()):
            copy.writestr(name, _EMPTY.get(name) or _anonymous(name, archive.read(name)))
    return target.getvalue()


def _anonymous(name: str, data: bytes) -> bytes:
    if _PHOTO.search(name):
        return _bare(data)
    if not name.endswith(".xml"):
        return data
    text = data.decode("utf-8", "surrogateescape")
    text = _AUTHOR.sub(r"\1\2", _NAMED.sub(r"\1\2", text))
    if "/persons/" in name or name.endswith("people.xml"):
        text = _PERSON.sub(r"\1\2", text)
    return text.encode("utf-8", "surrogateescape")


def _bare(data: bytes) -> bytes:
    """The same picture without where and by whom it was taken."""
    try:
        picture = Image.open(BytesIO(data))
        form, upright = picture.format, ImageOps.exif_transpose(picture)
        upright.info.clear()
        target = BytesIO()
        upright.save(target, form)
    except (OSError, ValueError, Image.DecompressionBombError):
        return b""
    return target.getvalue()
