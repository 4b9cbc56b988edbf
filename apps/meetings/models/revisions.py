"""What a handed-in record said before it was changed, and what the office said to it."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Func, Q

from apps.audit.history import tracked
from apps.meetings.models.meetings import Meeting, MeetingQuerySet


class Cause(models.TextChoices):
    """How a handed-in record came to be changed."""

    CORRECTED = "corrected", "更正"
    REOPENED = "reopened", "收回修改"
    RETURNED = "returned", "退回修改"


class MeetingRevision(models.Model):
    """One version of a handed-in record as it was, before the next one took its place; written once.

    `number` is the version's own, from 1; `record` is what `frozen.freeze` made of it. `made_in` is the
    database transaction, by which the guards of the record know that this change has its revision.
    """

    scope_lookup = "meeting__organization__path"
    view_permission = "meetings.view"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="revisions", verbose_name="会议")
    number = models.PositiveSmallIntegerField("第几版")
    cause = models.CharField("怎样改的", max_length=10, choices=Cause.choices)
    reason = models.CharField("原因", max_length=200)
    record = models.JSONField("改之前的记录", encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="改的人")
    at = models.DateTimeField("时间", auto_now_add=True)
    made_in = models.BigIntegerField(db_default=Func(function="txid_current"), editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "会议记录的旧版"
        verbose_name_plural = "会议记录的旧版"
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="revision_numbered"),
            models.CheckConstraint(condition=~Q(reason=""), name="revision_says_why"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.meeting} 第{self.number}版"


@tracked()
class Remark(models.Model):
    """What the office says to a record without returning it; open until answered or marked as read."""

    part_of = "meeting"
    scope_lookup = "meeting__organization__path"
    view_permission = "meetings.view"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="remarks", verbose_name="会议")
    text = models.CharField("说明", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="写说明的人"
    )
    at = models.DateTimeField("写说明的时间", auto_now_add=True)
    answer = models.CharField("答复", max_length=300, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="答复的人"
    )
    closed_at = models.DateTimeField("答复的时间", null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "对会议记录的说明"
        verbose_name_plural = "对会议记录的说明"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["meeting"], condition=Q(closed_at=None), name="remark_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(closed_at__isnull=False), name="remark_answered_when"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
