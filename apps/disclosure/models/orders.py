"""What the township or the county orders a village to publish (VAD-08)."""

from __future__ import annotations

import datetime
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.disclosure.catalogue import Item, item_named
from apps.disclosure.models.catalogues import DisclosureEvent
from apps.disclosure.models.publications import Publication
from apps.organizations.models import Village


class OrderQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Those that the village has still to answer."""
        return self.filter(answered_by=None, cancel_reason="")

    def late(self, on: datetime.date) -> Self:
        """Those of them that are past their day, and the county's to look after (VAD-08)."""
        return self.waiting().filter(due_on__lt=on)


@tracked()
class Order(models.Model):
    """An order to publish; the village answers it by publishing, and by nothing else.

    What was ordered by mistake is taken back by whoever may order, with the reason.
    """

    scope_lookup = "village__organization__path"
    view_permission = "disclosure.view"

    village = models.ForeignKey(Village, models.PROTECT, related_name="disclosure_orders", verbose_name="村")
    item = models.CharField("公开事项", max_length=8)
    item_title = models.CharField("事项名称", max_length=60, blank=True)
    first_on = models.DateField("期间自")
    last_on = models.DateField("至")
    event = models.ForeignKey(
        DisclosureEvent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name="要公开的事",
    )
    reason = models.CharField("为什么责令", max_length=300)
    due_on = models.DateField("期限")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="责令的人"
    )
    ordered_at = models.DateTimeField("责令时间", auto_now_add=True)
    answered_by = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="answers", verbose_name="公布的内容"
    )
    answered_on = models.DateField("公布日期", null=True, blank=True)
    cancel_reason = models.CharField("撤销的原因", max_length=200, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "责令公布"
        verbose_name_plural = "责令公布"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="order_days_in_order",
                violation_error_message="期间的止日不能早于起日。",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_on=None)
                | Q(answered_by__isnull=False, answered_on__isnull=False),
                name="order_answered_by_a_publication",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(cancel_reason=""), name="order_answered_or_taken_back"
            ),
            models.UniqueConstraint(
                fields=["village", "item", "last_on"],
                condition=Q(answered_by=None, event=None, cancel_reason=""),
                name="order_once_for_a_period",
                violation_error_message="这一项已经责令过，还没有公布，不用再责令一次。",
            ),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(answered_by=None, cancel_reason=""),
                name="order_once_for_an_event",
                violation_error_message="这件事已经责令过，还没有公布，不用再责令一次。",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="order_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="order_answered_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_by__isnull=False) | ~pgtrigger.Q(old__cancel_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village}：{self.about.title}"

    @property
    def about(self) -> Item:
        return item_named(self.item, self.item_title)
