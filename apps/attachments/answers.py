"""A stored file as the answer of a view that has checked who asks."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse

from apps.attachments.kinds import EXTENSIONS, JPEG
from apps.attachments.models import Attachment

PRIVATE_HOUR = "private, max-age=3600"


def file_answer(attachment: Attachment) -> FileResponse:
    """The file itself: a picture is shown, anything else only downloaded."""
    name = f"{attachment.get_kind_display()}-{attachment.key.hex[:8]}"
    return _answer(
        attachment.content,
        content_type=attachment.content_type,
        as_attachment=attachment.content_type != JPEG,
        filename=f"{name}.{EXTENSIONS[attachment.content_type]}",
    )


def small_answer(attachment: Attachment) -> FileResponse:
    """The preview of a picture."""
    return _answer(attachment.small, content_type=JPEG, filename="small.jpg")


def _answer(file: FieldFile, **options: object) -> FileResponse:
    answer = FileResponse(file.open(), **options)  # type: ignore[arg-type]
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = PRIVATE_HOUR
    return answer
