"""What somebody sent, judged by its content: a picture, drawn anew without its data, or a PDF. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

from apps.attachments import papers
from apps.attachments.kinds import JPEG, PDF, Kind
from apps.core.errors import Refused

MOST_BYTES = 15 * 1024 * 1024  # a photo straight from a phone's camera
LONGEST_SIDE = 2000  # pixels
SMALL_SIDE = 240  # pixels
QUALITY, SMALL_QUALITY = 80, 65
FORMATS = ("JPEG", "PNG", "WEBP")
# What is decoded at once: a plain JPEG is scaled down while it is read, anything else is held whole.
MOST_PIXELS, MOST_PIXELS_WHOLE = 110_000_000, 26_000_000

NOT_A_PHOTO = "这个文件打不开，不是照片。请用 JPG 或 PNG 格式的照片。"
# The kinds that may be a PDF, and what is said to one that is none or does more than show pages.
NOT_A_PDF = {
    Kind.SIGNATURE_PAGE: "签到页请用照片或者扫描的 PDF 文件。",
    Kind.MATERIAL: "材料请用照片或者 PDF 文件；Word、PPT 请先另存为 PDF。加了密码、带附件的 PDF 不收。",
}
TOO_BIG = f"这个文件太大了，最大 {MOST_BYTES // 1024 // 1024} MB。"
TOO_MANY_PIXELS = "这张照片的尺寸太大，请在手机上缩小一些再传。"
# What paper has no use for and what could act when the file is opened.
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|XFA|Encrypt)\b")


NOT_A_RECEIPT = "票据请用照片或者 PDF 文件。"
NOT_OPENED = {
    Kind.MATERIAL: NOT_A_PDF[Kind.MATERIAL],
    Kind.DISCLOSURE: papers.NOT_A_PAPER,
    Kind.RECEIPT: NOT_A_RECEIPT,
}
# What everybody will read: pages are written anew without what they tell of their maker.
FOR_EVERYBODY = (Kind.DISCLOSURE, Kind.RECEIPT)


@dataclass(frozen=True)
class Content:
    """What is kept; `small` is a preview of a picture, empty for a PDF."""

    data: bytes
    content_type: str
    small: bytes = b""
    width: int | None = None
    height: int | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read_content(file: IO[bytes], *, size: int, kind: Kind) -> Content:
    """What to keep of an uploaded file, without what it tells of its maker. Raises Refused."""
    if size > MOST_BYTES:
        raise Refused(TOO_BIG, field="file")
    start = file.read(5)
    file.seek(0)
    if kind in FOR_EVERYBODY and (paper := papers.cleaned(start, file, office=kind is Kind.DISCLOSURE)):
        return Content(*paper)
    if kind in NOT_A_PDF and start == b"%PDF-":
        return _pages(file.read(), kind)
    return _picture(file, NOT_OPENED.get(kind, NOT_A_PHOTO))


def _pages(data: bytes, kind: Kind) -> Content:
    if b"%%EOF" not in data[-1024:] or _ACTIVE.search(data):
        raise Refused(NOT_A_PDF[kind], field="file")
    return Content(data, PDF)


def _picture(file: IO[bytes], otherwise: str) -> Content:
    try:
        picture = _opened(file)
        drawn = _within(picture, LONGEST_SIDE)
        small = _within(drawn.copy(), SMALL_SIDE)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused(otherwise, field="file") from error
    width, height = drawn.size
    return Content(_jpeg(drawn, QUALITY), JPEG, _jpeg(small, SMALL_QUALITY), width, height)


def _opened(file: IO[bytes]) -> Image.Image:
    """The picture upright, decoded within bounds of memory."""
    picture = Image.open(file, formats=FORMATS)
    is_plain = picture.format == "JPEG" and not picture.info.get("progressive")
    if picture.width * picture.height > (MOST_PIXELS if is_plain else MOST_PIXELS_WHOLE):
        raise Refused(TOO_MANY_PIXELS, field="file")
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    return ImageOps.exif_transpose(picture)


def _within(picture: Image.Image, side: int) -> Image.Image:
    """The picture at most so long, on white ground, with nothing but its pixels."""
    picture.thumbnail((side, side))
    bare = Image.new("RGB", picture.size, "white")
    see_through = picture.convert("RGBA") if picture.has_transparency_data else None
    bare.paste(see_through or picture.convert("RGB"), mask=see_through)
    return bare


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
