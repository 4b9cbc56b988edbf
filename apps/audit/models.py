"""Deeds: what leaves no row of its own (sign-in, export, sight of an identity number)."""

from __future__ import annotations

import pghistory.models
import pgtrigger
from django.db import models

from apps.core.scope import ScopedQuerySet


class Deed(models.Model):
    """Who did what to whom, when, from where and why; written once, never changed.

    No foreign keys: the record must outlive what it speaks of.
    """

    scope_lookup = "organization_path"
    view_permission = "audit.view"

    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    action = models.CharField("行为", max_length=64, db_index=True)
    succeeded = models.BooleanField("成功", default=True)
    user_id = models.BigIntegerField("账号编号", null=True)
    user_name = models.CharField("操作人", max_length=64, blank=True)
    object_type = models.CharField("对象类别", max_length=64, blank=True)
    object_id = models.CharField("对象编号", max_length=64, blank=True)
    object_label = models.CharField("对象", max_length=200, blank=True)
    organization_path = models.CharField("党组织", max_length=255, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    detail = models.JSONField("详情", default=dict, blank=True)
    address = models.GenericIPAddressField("来源地址", null=True)
    request_id = models.CharField("请求编号", max_length=64, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"]),
            models.Index(fields=["organization_path"], opclasses=["varchar_pattern_ops"], name="deed_path"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.user_name} {self.action} {self.object_label}"


class HistoryContext(pghistory.models.Context):
    """Who changed rows, from where, in which request; while a request runs it may only learn more."""

    class Meta:
        proxy = True
        verbose_name = "改动的来历"
        verbose_name_plural = "改动的来历"
        triggers = [
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_learns",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NOT (NEW.metadata @> OLD.metadata) OR NEW.id <> OLD.id"),
            ),
        ]
