"""The monthly counts kept beside the records."""

from __future__ import annotations

from django.db import models

from apps.core.fields import MonthField
from apps.core.scope import ScopedQuerySet
from apps.meetings.kinds import KIND_CHOICES
from apps.organizations.models import Organization, PartyGroup


class MonthlyCount(models.Model):
    """How many valid meetings of a kind a branch (or one of its groups) held in a month.

    Kept by `statistics` whenever a meeting changes state, so that a county's figures need no scan
    of the attendance; derived, hence without history. A gathering of several kinds has a row for each;
    the rows of kind "gathering" count every gathering once.
    """

    scope_lookup = "organization__path"
    view_permission = "meetings.view"

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    group = models.ForeignKey(PartyGroup, models.CASCADE, null=True, related_name="+")
    month = MonthField()
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    meetings = models.PositiveIntegerField()
    expected = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    away = models.PositiveIntegerField(help_text="因流动外出、病、年老体弱未到的人次（M06 的另一口径）")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "会议月度统计"
        verbose_name_plural = "会议月度统计"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "group", "month", "kind"],
                nulls_distinct=False,
                name="monthly_count_once",
            ),
        ]
        indexes = [models.Index(fields=["month", "kind"])]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.month} {self.kind} {self.meetings}"
