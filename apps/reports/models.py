"""Monthly reports: frozen once made, numbered by revision."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.audit.history import tracked
from apps.core.fields import MonthField
from apps.core.scope import ScopedQuerySet
from apps.organizations.models import Organization


class State(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "正在生成"
    READY = "ready", "已生成"
    FAILED = "failed", "没有生成成功"


# The content never changes, so that a copy of it in the history would only double it.
@tracked(exclude=["content"])
class MonthlyReport(models.Model):
    """One revision of an organization's report on a month.

    `content` is the frozen value (apps.reports.frozen) from which page, Word and Excel are drawn. It holds
    what was handed in until the end of `cut_off_on`.
    """

    scope_lookup = "organization__path"
    view_permission = "reports.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="monthly_reports", verbose_name="党组织"
    )
    month = MonthField("月份")
    revision = models.PositiveSmallIntegerField("版次", default=1)
    reason = models.CharField("重新生成的原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    cut_off_on = models.DateField("数据截至")
    content = models.JSONField("内容", null=True, editable=False)
    failure = models.CharField("没有成功的原因", max_length=200, blank=True)
    asked_at = models.DateTimeField("提出时间", auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出的人"
    )
    made_at = models.DateTimeField("生成时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "月报"
        verbose_name_plural = "月报"
        ordering = ["-month", "organization__path", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "month", "revision"], name="report_once"),
            models.CheckConstraint(
                condition=~Q(state=State.READY) | Q(content__isnull=False, made_at__isnull=False),
                name="report_ready_with_content",
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(reason=""),
                name="report_revised_for_a_reason",
                violation_error_message="请写明重新生成的原因。",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=State.READY.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month.label}月报（第{self.revision}版）"

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY

    @property
    def is_running(self) -> bool:
        return self.state in (State.QUEUED, State.RUNNING)
