"""One gathering as a row."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from apps.audit.history import tracked
from apps.core.calendar import today
from apps.core.scope import Reader, ScopedQuerySet
from apps.meetings.kinds import KIND_CHOICES
from apps.meetings.models.guards import record_guards
from apps.members.models import Member
from apps.organizations.models import Organization, PartyGroup


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已交"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


class MeetingQuerySet(ScopedQuerySet):
    """What a branch has not handed in yet is its own: others see it from the first submission on."""

    def visible_to(self, user: Reader) -> Self:
        lookup = self.model.scope_lookup
        handed_in = Q(**{lookup.replace("organization__path", "submitted_at__isnull"): False})
        return super().visible_to(user).filter(handed_in | user.scope_for("meetings.record").q(lookup))


@tracked(exclude=["begun_in"])
class Meeting(models.Model):
    """One gathering of a branch or a group; it may be several kinds at once (MEET-17).

    `counted_kinds` are the kinds for which the submitted record is valid: computed by the rules
    (quorum), never typed. `submitted_at` is the latest hand-in, by which a report's cut-off judges the
    record (RPT-01); earlier ones are in its history. `client_key` makes sending the same record
    twice harmless. `locks_on` is the last day on which a handed-in record may still be taken back: set at
    the hand-in by the rule then in force, so that no later setting unlocks it. `begun_in` is the database
    transaction that began it (see `guards`).
    """

    scope_lookup = "organization__path"
    view_permission = "meetings.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="meetings", verbose_name="党支部"
    )
    group = models.ForeignKey(
        PartyGroup, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="党小组"
    )
    kinds = ArrayField(models.CharField(max_length=20, choices=KIND_CHOICES), verbose_name="会议类型")
    counted_kinds = ArrayField(
        models.CharField(max_length=20, choices=KIND_CHOICES), default=list, editable=False
    )
    held_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    topic = models.CharField("主题", max_length=100, blank=True)
    host = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主持人"
    )
    recorder = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人"
    )
    lecturer = models.CharField("讲课人", max_length=64, blank=True, help_text="党课填写")
    lecturer_member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="lectures",
        verbose_name="讲课的党员",
        help_text="讲课人写的正是一名认得出的党员时，由系统对上",
    )
    guests = models.CharField("列席人员", max_length=200, blank=True)
    minutes = models.TextField("会议记录", blank=True)
    late_reason = models.CharField("补录原因", max_length=100, blank=True)
    life_year = models.PositiveSmallIntegerField(
        "归属年度", null=True, blank=True, help_text="组织生活会算哪一年的（MEET-07）"
    )
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    submitted_at = models.DateTimeField("交上时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="交上的人",
    )
    locks_on = models.DateField("可以改到", null=True, blank=True, editable=False)
    return_reason = models.CharField("退回原因", max_length=200, blank=True)
    withdraw_reason = models.CharField("撤回原因", max_length=200, blank=True)
    client_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="最后修改人",
    )
    edited_on_page = models.UUIDField(
        null=True, editable=False, help_text="最后一次保存来自哪个打开的页面；同一页面的连续保存不算冲突"
    )
    begun_in = models.BigIntegerField(db_default=Func(function="txid_current"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()
    history: Any  # the manager of its events, which `tracked` makes

    class Meta:
        verbose_name = "会议"
        verbose_name_plural = "会议"
        ordering = ["-held_at", "-id"]
        indexes = [
            models.Index(fields=["organization", "held_at"]),
            models.Index(fields=["held_at"]),
            models.Index(
                fields=["life_year", "organization"],
                condition=Q(life_year__isnull=False),
                name="meeting_of_life_year",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.SUBMITTED) | Q(kinds__len__gte=1),
                name="meeting_has_a_kind",
                violation_error_message="请选择会议类型。",
            ),
            models.CheckConstraint(
                condition=Q(kinds__contains=F("counted_kinds")),
                name="meeting_counts_only_what_it_is",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("held_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="结束时间不能早于开始时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SUBMITTED) | Q(submitted_at__isnull=False),
                name="meeting_submitted_when",
            ),
            models.CheckConstraint(
                condition=Q(life_year=None) | Q(kinds__contains=["life_meeting"]),
                name="meeting_life_year_of_life_meetings_only",
                violation_error_message="只有组织生活会有归属年度。",
            ),
        ]
        triggers = record_guards()

    @property
    def is_locked(self) -> bool:
        """Whether it changes only by a correction beside the old."""
        return self.state == State.SUBMITTED and self.locks_on is not None and today() > self.locks_on

    def __str__(self) -> str:
        return self.topic or self.get_kinds_display()

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.pk])

    def get_kinds_display(self) -> str:
        labels = dict(KIND_CHOICES)
        return "、".join(str(labels[kind]) for kind in self.kinds)
