"""Waivers: that a branch need not do a duty of a period, by whose leave and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.organizations.models import Organization


@tracked()
class Waiver(models.Model):
    """One duty of one period that an office has released an organization from; revoking keeps the row."""

    scope_lookup = "organization__path"
    view_permission = "figures.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="waivers", verbose_name="党组织"
    )
    rule = models.CharField("规定", max_length=40, help_text="编号，例如 MEET-02")
    period = models.CharField("哪一期", max_length=7, help_text="2026-10、2026-Q4 或 2026")
    reason = models.CharField("原因", max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="准许的人"
    )
    made_at = models.DateTimeField("准许时间", auto_now_add=True)
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="收回的人",
    )
    revoke_reason = models.CharField("收回原因", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "免办"
        verbose_name_plural = "免办"
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "rule", "period"],
                condition=Q(revoked_at=None),
                name="waiver_once",
                violation_error_message="这一项已经准许免办了。",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoke_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoke_reason="")),
                name="waiver_revoked_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.rule} {self.period}"
