"""A stored file as the answer of a view that has checked who asks."""

from __future__ import annotations

from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse

from apps.attachments.kinds import EXTENSIONS, JPEG, Kind
from apps.attachments.models import Attachment

PRIVATE_HOUR = "private, max-age=3600"


def file_answer(attachment: Attachment) -> FileResponse:
    """The file itself: a picture is shown, anything else only downloaded."""
    name = _name(attachment)
    return _answer(
        attachment.content,
        content_type=attachment.content_type,
        as_attachment=attachment.content_type != JPEG,
        filename=f"{name}.{EXTENSIONS[attachment.content_type]}",
    )


def _name(attachment: Attachment) -> str:
    """Papers are called as whoever gave them called them; what a phone called a photo says nothing."""
    has_name = attachment.kind in (Kind.MATERIAL, Kind.DISCLOSURE)
    given = PurePath(attachment.name).stem if has_name else ""
    return given or f"{attachment.get_kind_display()}-{attachment.key.hex[:8]}"


def small_answer(attachment: Attachment) -> FileResponse:
    """The preview of a picture."""
    return _answer(attachment.small, content_type=JPEG, filename="small.jpg")


def _answer(file: FieldFile, **options: object) -> FileResponse:
    answer = FileResponse(file.open(), **options)  # type: ignore[arg-type]
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = PRIVATE_HOUR
    return answer
