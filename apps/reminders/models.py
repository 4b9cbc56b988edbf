"""Who wants to be reminded and how, the robots of group chats, and the log of what went out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.audit.history import tracked
from apps.core.fields import SealedField
from apps.core.scope import ScopedQuerySet
from apps.organizations.models import Organization
from apps.reminders.states import DeliveryState, Rhythm, RobotKind


@tracked(exclude=["email"])
class Preference(models.Model):
    """One person's own settings: without an address nothing is mailed."""

    part_of = "user"
    scope_lookup = "user__grants__organization__path"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders", verbose_name="账号"
    )
    email = SealedField("邮箱", null=True, blank=True)
    rhythm = models.CharField("多久提醒一次", max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY)

    class Meta:
        verbose_name = "提醒设置"
        verbose_name_plural = "提醒设置"

    def __str__(self) -> str:
        return f"{self.user}的提醒设置"


@tracked(exclude=["webhook", "secret"])
class Robot(models.Model):
    """The robot of an organization's group chat; its address is a secret and is sealed, none when stopped."""

    part_of = "organization"
    scope_lookup = "organization__path"
    view_permission = "reminders.set_up"

    organization = models.OneToOneField(
        Organization, models.PROTECT, related_name="robot", verbose_name="党组织"
    )
    kind = models.CharField("哪种机器人", max_length=10, choices=RobotKind.choices)
    webhook = SealedField("机器人地址", null=True, blank=True)
    secret = SealedField("加签密钥", null=True, blank=True)
    rhythm = models.CharField("多久提醒一次", max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "群机器人"
        verbose_name_plural = "群机器人"

    def __str__(self) -> str:
        return f"{self.organization}的{self.get_kind_display()}"


class Delivery(models.Model):
    """One digest to one recipient on one day: the constraint lets no second one be made."""

    scope_lookup = "organization__path"
    view_permission = "reminders.set_up"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="关于哪个党组织"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="deliveries",
        verbose_name="收件人",
    )
    robot = models.ForeignKey(
        Robot, models.CASCADE, null=True, related_name="deliveries", verbose_name="群机器人"
    )
    day = models.DateField("日期")
    trial = models.BooleanField("试发", default=False)
    title = models.CharField("标题", max_length=150)
    text = models.TextField("内容")
    state = models.CharField(
        "状态", max_length=8, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    tries = models.PositiveSmallIntegerField("试了几次", default=0)
    try_at = models.DateTimeField("下一次", default=timezone.now)
    began_at = models.DateTimeField("开始发送", null=True)
    sent_at = models.DateTimeField("发出时间", null=True)
    error = models.CharField("出了什么问题", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "提醒记录"
        verbose_name_plural = "提醒记录"
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["state", "try_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, robot__isnull=False) | Q(user__isnull=False, robot=None),
                name="delivery_has_one_recipient",
            ),
            models.UniqueConstraint(
                fields=["user", "day"], condition=Q(trial=False), name="delivery_once_a_day_to_a_user"
            ),
            models.UniqueConstraint(
                fields=["robot", "day"], condition=Q(trial=False), name="delivery_once_a_day_to_a_robot"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tag(self) -> str:
        """The colour of its state."""
        return DeliveryState(self.state).tag

    @property
    def recipient(self) -> str:
        return str(self.robot or f"{self.user}的邮箱")
