"""A file that somebody is importing, and what the pages show of it."""

from __future__ import annotations

import base64
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.core.access import Person
from apps.core.fields import Sealed, SealedField
from apps.imports.states import WAITING, Shelf, State


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    def visible_to(self, user: Person) -> ImportJobQuerySet:
        """Only whoever uploaded a file sees it: it names people whom others may not see."""
        return self.filter(owner_id=user.pk)

    def waiting(self) -> ImportJobQuerySet:
        return self.filter(state__in=WAITING)


class ImportJob(models.Model):
    """One file on its way into the registers.

    The plan itself is not stored: it is made again from the file when it is carried out, and must then have
    the same `fingerprint` as what was shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("类别", max_length=32)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports", verbose_name="经办人"
    )
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("字节数")
    state = models.CharField("状态", max_length=16, choices=State.choices, default=State.UPLOADED)
    notice = models.CharField("说明", max_length=300, blank=True)
    choices = models.JSONField("选择", default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    new = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("有变化", default=0)
    unchanged = models.PositiveIntegerField("无变化", default=0)
    skipped = models.PositiveIntegerField("跳过", default=0)
    bad_rows = models.PositiveIntegerField("有问题的行", default=0)
    errors = models.PositiveIntegerField("问题", default=0)
    warnings = models.PositiveIntegerField("提示", default=0)
    absent = models.PositiveIntegerField("表里没有", default=0)
    is_open = models.BooleanField("可以写入", default=False)
    readings = models.JSONField("列的读法", default=list)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    created_at = models.DateTimeField("上传时间", default=timezone.now, editable=False)
    touched_at = models.DateTimeField("最近动作", default=timezone.now, editable=False)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = "导入"
        verbose_name_plural = "导入"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "touched_at"])]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def writes(self) -> int:
        return self.new + self.changed


class ImportFile(models.Model):
    """The uploaded file, encrypted; deleted some days after the upload."""

    job = models.OneToOneField(ImportJob, models.CASCADE, primary_key=True, related_name="file")
    content = SealedField()

    def plain(self) -> bytes:
        """The file as it was uploaded."""
        sealed: Any = self.content
        text = sealed.reveal() if isinstance(sealed, Sealed) else sealed
        return base64.b64decode(text)

    class Meta:
        verbose_name = "导入的文件"
        verbose_name_plural = "导入的文件"


class ImportLine(models.Model):
    """One line of what is shown: protected values are masked before they come here."""

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="lines")
    shelf = models.CharField(max_length=8, choices=Shelf.choices)
    place = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(default=0)
    column = models.CharField(max_length=100, blank=True)
    position = models.SmallIntegerField(default=-1)
    code = models.CharField(max_length=32, blank=True)
    severity = models.CharField(max_length=8, blank=True)
    subject = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    offer = models.CharField(max_length=16, blank=True)
    changes = models.JSONField(default=list)
    is_skipped = models.BooleanField(default=False)

    class Meta:
        verbose_name = "导入的一行"
        verbose_name_plural = "导入的行"
        ordering = ["place"]
        indexes = [models.Index(fields=["job", "shelf", "place"])]
