"""What an attachment can be, in words that pages may use. Pure."""

from __future__ import annotations

from django.db.models import TextChoices


class Kind(TextChoices):
    PHOTO = "photo", "照片"
    SIGNATURE_PAGE = "signature_page", "签到页"


JPEG, PDF = "image/jpeg", "application/pdf"
EXTENSIONS = {JPEG: "jpg", PDF: "pdf"}
# What a form's file input offers; what is accepted is judged by content.
ACCEPT = {Kind.PHOTO: "image/*", Kind.SIGNATURE_PAGE: "image/*,application/pdf"}
