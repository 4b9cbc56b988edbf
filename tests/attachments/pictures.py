"""Files as phones and scanners make them, drawn in memory."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

from apps.accounts.models import User
from apps.attachments import services
from apps.attachments.kinds import Kind
from apps.attachments.models import Attachment
from apps.meetings.models import Meeting

GPS, ORIENTATION, SIDEWAYS, MAKER = 0x8825, 0x0112, 6, 0x010F
A_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(
    size: tuple[int, int] = (64, 48),
    *,
    form: str = "JPEG",
    colour: Any = "red",
    mode: str = "RGB",
    **saved: Any,
) -> bytes:
    target = BytesIO()
    Image.new(mode, size, colour).save(target, form, **saved)
    return target.getvalue()


def exif_of(maker: str) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKER] = maker
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 10.0, 0.0)})
    return exif


def with_location(size: tuple[int, int] = (64, 48)) -> bytes:
    """A photo that says where and with which phone it was taken, and lies on its side."""
    exif = exif_of("PHONE-MAKER")
    exif[ORIENTATION] = SIDEWAYS
    return picture(size, exif=exif, comment=b"COMMENT-OF-THE-PHONE")


def scanned(photo: bytes, *, author: str = "SOMEBODY") -> bytes:
    """A PDF with a phone's photo on its page, as it came out of the camera."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 200)
    shown = StreamObject()
    shown.update({NameObject(f"/{name}"): value for name, value in _SHOWN.items()})
    shown._data = photo
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): writer._add_object(shown)})}
    )
    writer.add_metadata({"/Author": author})
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


_SHOWN: dict[str, Any] = {
    "Type": NameObject("/XObject"),
    "Subtype": NameObject("/Image"),
    "Filter": NameObject("/DCTDecode"),
    "ColorSpace": NameObject("/DeviceRGB"),
    "BitsPerComponent": NumberObject(8),
    "Width": NumberObject(64),
    "Height": NumberObject(48),
}


def upload(data: bytes, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def a_photo(meeting: Meeting, *, by: User, colour: str = "red", kind: Kind = Kind.PHOTO) -> Attachment:
    """A photo that was sent for the record."""
    return services.receive(
        upload(picture(colour=colour)),
        kind=kind,
        owner=str(meeting.client_key),
        organization_path=meeting.organization.path,
        key=uuid4(),
        by=by,
    )
