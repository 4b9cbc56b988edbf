"""What an attachment can be, in words that pages may use. Pure."""

from __future__ import annotations

from django.db.models import TextChoices


class Kind(TextChoices):
    PHOTO = "photo", "照片"
    SIGNATURE_PAGE = "signature_page", "签到页"
    MATERIAL = "material", "材料"
    DISCLOSURE = "disclosure", "公开附件"
    RECEIPT = "receipt", "票据"


OF_A_MEETING = (Kind.PHOTO, Kind.SIGNATURE_PAGE)
JPEG, PDF = "image/jpeg", "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX, DOCX = f"{_OFFICE}.spreadsheetml.sheet", f"{_OFFICE}.wordprocessingml.document"
EXTENSIONS = {JPEG: "jpg", PDF: "pdf", XLSX: "xlsx", DOCX: "docx"}
# The part of RPT-03 that says how many of them one owner may have, and the sentence when there is no room.
PARTS = {Kind.PHOTO: "photos", Kind.SIGNATURE_PAGE: "pages", Kind.MATERIAL: "materials"}
FULL = {
    Kind.PHOTO: "一次会最多放 {} 张照片，已经满了；要换，请先撤下一张。",
    Kind.SIGNATURE_PAGE: "一次会最多放 {} 张签到页，已经满了；要换，请先撤下一张。",
    Kind.MATERIAL: "一个选题最多放 {} 份材料，已经满了；要换，请先撤下一份。",
    Kind.DISCLOSURE: "一件公开最多放 {} 个附件，已经满了；要换，请先撤下一个。",
    Kind.RECEIPT: "一件公开最多放 {} 张票据，已经满了；要换，请先撤下一张。",
}
# What a form's file input offers; what is accepted is judged by content.
ACCEPT = {
    Kind.PHOTO: "image/*",
    Kind.SIGNATURE_PAGE: "image/*,application/pdf",
    Kind.MATERIAL: "image/*,application/pdf",
    Kind.DISCLOSURE: "image/*,.pdf,.xlsx,.docx",
    Kind.RECEIPT: "image/*,application/pdf",
}
