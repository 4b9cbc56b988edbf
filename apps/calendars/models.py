"""Secret addresses at which a calendar program reads a branch's calendar."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.organizations.models import Organization


@tracked(exclude=["digest"])
class Feed(models.Model):
    """One person's subscription to one branch; only the digest of its secret is kept."""

    part_of = "branch"
    scope_lookup = "branch__path"
    view_permission = "meetings.view"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds", verbose_name="账号"
    )
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="feeds", verbose_name="党支部")
    digest = models.BinaryField("摘要", unique=True, max_length=32)
    created_at = models.DateTimeField("开通时间", default=timezone.now, editable=False)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "日历订阅"
        verbose_name_plural = "日历订阅"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "branch"],
                condition=Q(revoked_at=None),
                name="feed_one_open",
                violation_error_message="您刚才已经开通了一个，请刷新页面。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch}的日历订阅"
