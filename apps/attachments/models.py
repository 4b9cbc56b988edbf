"""Files that belong to something: photos of a meeting, its signature page, material of a lesson."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from apps.attachments.kinds import EXTENSIONS, Kind
from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet


def private_storage() -> Storage:
    """Where the files lie: outside of what any web server hands out."""
    return storages["attachments"]


def _place(row: Attachment, _name: str) -> str:
    key = row.key.hex
    return f"{key[:2]}/{key}.{EXTENSIONS[row.content_type]}"


def _small_place(row: Attachment, _name: str) -> str:
    return f"{row.key.hex[:2]}/{row.key.hex}.small.jpg"


@tracked()
class Attachment(models.Model):
    """One file. `owner` names what it belongs to, which may arrive later; `key` makes sending twice harmless.

    `name` is what the sender called the file. Withdrawn ones stay, with the reason, for the audit.
    """

    scope_lookup = "organization_path"
    view_permission = "meetings.view"

    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    owner = models.CharField("所属记录", max_length=64)
    organization_path = models.CharField("党组织", max_length=255)
    key = models.UUIDField("编号", unique=True)
    name = models.CharField("文件名", max_length=200, blank=True)
    content = models.FileField("文件", upload_to=_place, storage=private_storage, editable=False)
    small = models.FileField(
        "小图", upload_to=_small_place, storage=private_storage, blank=True, editable=False
    )
    content_type = models.CharField("格式", max_length=100)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验值", max_length=64)
    width = models.PositiveIntegerField("宽", null=True)
    height = models.PositiveIntegerField("高", null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="撤下的人"
    )
    withdraw_reason = models.CharField("撤下原因", max_length=100, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ["uploaded_at", "pk"]
        indexes = [
            models.Index(fields=["owner"]),
            models.Index(
                fields=["organization_path"], opclasses=["varchar_pattern_ops"], name="attachment_path"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "sha256"], condition=Q(withdrawn_at=None), name="attachment_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdraw_reason=""), name="attachment_withdrawn_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()
