"""The supervision committee: who sits on it, what it looked at, and its half-yearly reports."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.audit.history import tracked
from apps.core.periods import HalfYear
from apps.core.scope import ScopedQuerySet
from apps.disclosure.models import Publication, PublishedVillage
from apps.organizations.models import Village


class Position(models.TextChoices):
    CHAIR = "chair", "主任"
    MEMBER = "member", "成员"


class CommitteeQuerySet(ScopedQuerySet):
    def current(self) -> Self:
        return self.filter(until=None)


@tracked()
class CommitteeMember(models.Model):
    """Who sits on the committee from when until when: the name and nothing else of the person.

    `declared_by` is who declared in writing that the person is neither of the village committee nor a
    near relative of one who is (SUPV-02); the system keeps no relations.
    """

    scope_lookup = "village__organization__path"
    view_permission = "supervision.view"

    village = models.ForeignKey(Village, models.PROTECT, related_name="supervisors", verbose_name="村")
    name = models.CharField("姓名", max_length=32)
    position = models.CharField("职务", max_length=8, choices=Position.choices)
    since = models.DateField("任职日期")
    until = models.DateField("离任日期", null=True, blank=True)
    knows_finance = models.BooleanField("懂财会或管理", default=False)
    declared_by = models.CharField("作声明的人", max_length=32)
    declared_on = models.DateField("声明日期")

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = "监委会成员"
        verbose_name_plural = "监委会成员"
        ordering = ["village__organization__path", "position", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["village"],
                condition=Q(position=Position.CHAIR, until=None),
                name="supervisor_one_chair",
                violation_error_message="监委会只设一名主任；原来的主任离任以后再登记。",
            ),
            models.UniqueConstraint(
                fields=["village", "name"],
                condition=Q(until=None),
                name="supervisor_once",
                violation_error_message="这个人已经是监委会成员。",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="supervisor_leaves_after_beginning",
                violation_error_message="离任日期不能早于任职日期。",
            ),
            models.CheckConstraint(
                condition=~Q(declared_by=""),
                name="supervisor_declared",
                violation_error_message="没有声明的不能登记。",
            ),
        ]
        triggers = [pgtrigger.Protect(name="stays_known", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_position_display()}）"


class Subject(models.TextChoices):
    """What the committee looked at (SUPV-04)."""

    FINANCE = "finance", "民主理财、查账"
    PUBLICATION = "publication", "村务公开"
    DECISION = "decision", "村级决策执行"
    PROJECT = "project", "工程项目"
    ASSETS = "assets", "集体资金、资产、资源"
    BENEFITS = "benefits", "惠农政策"
    OTHER = "other", "其他"


@tracked()
class SupervisionRecord(models.Model):
    """One look at something: who took part, what they found, what was to be put right, and whether it was."""

    scope_lookup = "village__organization__path"
    view_permission = "supervision.view"

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="supervision_records", verbose_name="村"
    )
    subject = models.CharField("监督什么", max_length=12, choices=Subject.choices)
    title = models.CharField("看了什么", max_length=100)
    held_on = models.DateField("日期")
    names = models.CharField("参加的人", max_length=200)
    findings = models.TextField("发现的情况")
    asked = models.TextField("要求整改什么", blank=True)
    due_on = models.DateField("整改期限", null=True, blank=True)
    put_right = models.TextField("整改结果", blank=True)
    put_right_on = models.DateField("整改日期", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记的人"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "监督记录"
        verbose_name_plural = "监督记录"
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["village", "-held_on"], name="supervision_of_village")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked="") | Q(due_on=None, put_right_on=None, put_right=""),
                name="supervision_put_right_what_was_asked",
                violation_error_message="没有要求整改的，不填整改期限。",
            ),
            models.CheckConstraint(
                condition=Q(put_right_on=None, put_right="")
                | (Q(put_right_on__gte=F("held_on")) & ~Q(put_right="")),
                name="supervision_put_right_afterwards",
                violation_error_message="整改日期不能早于监督日期，并且要写整改结果。",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("held_on")),
                name="supervision_due_afterwards",
                violation_error_message="整改期限不能早于监督日期。",
            ),
        ]
        triggers = [pgtrigger.Protect(name="record_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether something is still to be put right."""
        return bool(self.asked) and self.put_right_on is None


@tracked()
class SupervisionReport(models.Model):
    """What the committee reports for half a year (SUPV-05); the figures come from its records."""

    scope_lookup = "village__organization__path"
    view_permission = "supervision.view"

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="supervision_reports", verbose_name="村"
    )
    first_on = models.DateField("自")
    last_on = models.DateField("至")
    words = models.TextField("监委会的意见")
    publication = models.OneToOneField(
        Publication,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supervision_report",
        verbose_name="公开",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "监委会半年报告"
        verbose_name_plural = "监委会半年报告"
        ordering = ["-first_on", "village__organization__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "first_on"],
                name="supervision_report_once",
                violation_error_message="这半年的报告已经有了，请刷新页面。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.half.label}村务监督报告"

    @property
    def is_open(self) -> bool:
        """Whether it may still be written: not once it was sent on its way, but again when withdrawn."""
        return self.publication is None or self.publication.may_be_written_anew

    @property
    def half(self) -> HalfYear:
        return HalfYear.of(self.first_on)

    def get_absolute_url(self) -> str:
        return reverse("supervision:report", args=[self.village_id, self.half.year, self.half.half])


class PublishedSupervisor(models.Model):
    """Who sits on a village's committee now, as everybody may know."""

    village = models.ForeignKey(PublishedVillage, models.DO_NOTHING, related_name="supervisors")
    name = models.CharField(max_length=32)
    position = models.CharField(max_length=8, choices=Position.choices)
    since = models.DateField()

    class Meta:
        managed = False
        db_table = "supervision_public_member"
        ordering = ["position", "since", "id"]

    def __str__(self) -> str:
        return self.name
