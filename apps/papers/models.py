"""Templates that a county brings, and batches of papers that a worker makes."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.audit.history import tracked
from apps.core.access import Person
from apps.core.scope import ScopedQuerySet
from apps.organizations.models import Organization
from apps.papers.kinds import PAPER_CHOICES, Paper


# The file never changes, so that a copy of it in the history would only double it.
@tracked(exclude=["content"])
class PaperTemplate(models.Model):
    """One version of a county's own Word template; none in use means the built-in one."""

    scope_lookup = "organization__path"
    view_permission = "papers.replace"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="县")
    paper = models.CharField("哪种材料", max_length=16, choices=PAPER_CHOICES)
    version = models.PositiveSmallIntegerField("第几版")
    file_name = models.CharField("文件名", max_length=200)
    content = models.BinaryField(editable=False)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验值", max_length=64)
    in_use = models.BooleanField("正在用", default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传的人"
    )
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now)

    objects = ScopedQuerySet.as_manager()
    history: Any  # the manager of its events, which `tracked` makes

    class Meta:
        verbose_name = "打印模板"
        verbose_name_plural = "打印模板"
        ordering = ["organization", "paper", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "paper", "version"], name="template_once"),
            models.UniqueConstraint(
                fields=["organization", "paper"], condition=Q(in_use=True), name="template_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{Paper(self.paper).label}模板第{self.version}版"


class State(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "正在排版"
    READY = "ready", "可以下载"
    FAILED = "failed", "没有做成"


class PaperJobQuerySet(models.QuerySet["PaperJob"]):
    def visible_to(self, user: Person) -> PaperJobQuerySet:
        """Only whoever ordered it: it was made in their scope."""
        return self.filter(owner_id=user.pk)


class PaperJob(models.Model):
    """A batch too long to wait for; `order` is what was asked for, done in the owner's scope of then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="要的人"
    )
    title = models.CharField("内容", max_length=200)
    order = models.JSONField()
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    notice = models.CharField("说明", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    asked_at = models.DateTimeField("提出时间", default=timezone.now, editable=False)
    touched_at = models.DateTimeField("最近动作", default=timezone.now, editable=False)

    objects = PaperJobQuerySet.as_manager()

    class Meta:
        verbose_name = "成批打印"
        verbose_name_plural = "成批打印"
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["state", "touched_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        return self.state in (State.QUEUED, State.RUNNING)

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY


class PaperFile(models.Model):
    """What a job made; deleted some days later."""

    job = models.OneToOneField(PaperJob, models.CASCADE, primary_key=True, related_name="file")
    name = models.CharField("文件名", max_length=200)
    content = models.BinaryField(editable=False)

    class Meta:
        verbose_name = "成批打印的文件"
        verbose_name_plural = "成批打印的文件"
