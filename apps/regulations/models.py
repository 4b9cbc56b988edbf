"""What a county has set for itself, beside the national rows of the table."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet


@tracked()
class RuleOverride(models.Model):
    """A county's own number for a row of the table from a day on; a new number is a new row.

    `county` is the path of the county's root: organizations stand above the regulations.
    """

    scope_lookup = "county"
    view_permission = "organizations.view"

    county = models.CharField("县", max_length=40)
    rule = models.CharField("规定", max_length=40, help_text="编号，例如 MEET-05 或 MEET-06/deviation")
    value = models.PositiveIntegerField("本县的数")
    since = models.DateField("从哪天起")
    reason = models.CharField("原因", max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="设置的人"
    )
    made_at = models.DateTimeField("设置时间", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "本县设置"
        verbose_name_plural = "本县设置"
        ordering = ["county", "since", "id"]
        indexes = [models.Index(fields=["county", "since"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.rule} {self.value}"
