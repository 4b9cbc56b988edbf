"""Where and how one asks: the box, the telephone, the hours; shown to everybody."""

from __future__ import annotations

from django.db import models

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.organizations.models import Organization


@tracked()
class AskingPlace(models.Model):
    """How one asks in a village, or in a whole township where the village has nothing of its own."""

    part_of = "organization"
    scope_lookup = "organization__path"
    view_permission = "opinions.view"

    organization = models.OneToOneField(
        Organization, models.PROTECT, related_name="asking_place", verbose_name="村或者乡镇"
    )
    box = models.CharField("意见箱在哪里", max_length=100, blank=True)
    hotline = models.CharField("电话", max_length=40, blank=True)
    hours = models.CharField("什么时候有人", max_length=100, blank=True)
    contact = models.CharField("找谁", max_length=100, blank=True)
    changed_at = models.DateTimeField("变动时间", auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "怎样问"
        verbose_name_plural = "怎样问"
        ordering = ["organization__path"]

    def __str__(self) -> str:
        return f"{self.organization}怎样问"
