"""The year's themes, a row for each month."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractMonth, ExtractYear

from apps.audit.history import tracked
from apps.core.fields import MonthField
from apps.core.scope import ScopedQuerySet
from apps.organizations.models import Organization


@tracked()
class ThemePlan(models.Model):
    """The theme of one month: a branch's own plan, or what a committee offers to the branches below it.

    Saving it is filing it; nobody approves it, and what it was before stays in its history.
    """

    scope_lookup = "organization__path"
    view_permission = "meetings.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="theme_plans", verbose_name="党组织"
    )
    month = MonthField("月份")
    theme = models.CharField("主题", max_length=100)
    planned_on = models.DateField("日子", null=True, blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    history: Any  # the manager of its events, which `tracked` makes

    class Meta:
        verbose_name = "主题党日计划"
        verbose_name_plural = "主题党日计划"
        ordering = ["organization", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "month"],
                name="theme_plan_once_a_month",
                violation_error_message="这个月刚才已经有人写了计划，请刷新页面看过再改。",
            ),
            models.CheckConstraint(
                condition=~Q(theme=""), name="theme_plan_has_a_theme", violation_error_message="请写主题。"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="theme_plan_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(planned_on=None)
                | Q(
                    planned_on__year=ExtractYear(F("month")),
                    planned_on__month=ExtractMonth(F("month")),
                ),
                name="theme_plan_day_in_its_month",
                violation_error_message="日子要在这个月里。",
            ),
        ]
        indexes = [models.Index(fields=["month"])]

    def __str__(self) -> str:
        return f"{self.month.label} {self.theme}"

    @property
    def day(self) -> datetime.date | None:
        """The planned day, or the one that the branch fixed; None when neither is known."""
        fixed = self.organization.fixed_theme_day
        return self.planned_on or (fixed.of(self.month) if fixed else None)
