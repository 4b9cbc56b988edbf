"""What lessons are prepared from, who gives them, and what those who were there thought of one."""

from __future__ import annotations

import secrets
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.audit.history import tracked
from apps.core.scope import Reader, ScopedQuerySet
from apps.meetings.models import Meeting
from apps.members.models import Member
from apps.organizations.models import Organization
from apps.organizations.queries import ancestors


def new_token() -> str:
    """A secret that nobody guesses: 144 bits."""
    return secrets.token_urlsafe(18)


class OfferedQuerySet(ScopedQuerySet):
    """What an organization offers is there for everything below it."""

    def visible_to(self, user: Reader) -> Self:
        scope = user.scope_for(self.model.view_permission)
        lookup = self.model.scope_lookup
        above = (
            {path for root in scope.roots for path in ancestors(root) if path}
            if not scope.is_everywhere
            else set()
        )
        return self.filter(scope.q(lookup) | Q(**{f"{lookup}__in": above}))

    def offered(self) -> Self:
        """Those that are still in use."""
        return self.filter(retired_on=None)


@tracked()
class Topic(models.Model):
    """A topic for the lessons of a year, with material, offered to all below the organization."""

    scope_lookup = "organization__path"
    view_permission = "lessons.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="lesson_topics", verbose_name="提供的党组织"
    )
    year = models.PositiveSmallIntegerField("年份")
    title = models.CharField("题目", max_length=100)
    text = models.TextField("讲什么", blank=True, max_length=10000)
    lecturer = models.ForeignKey(
        "Lecturer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="能讲的讲师"
    )
    link = models.URLField("材料网址", blank=True, max_length=300)
    retired_on = models.DateField("停用日期", null=True, blank=True)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        verbose_name = "党课选题"
        verbose_name_plural = "党课选题"
        ordering = ["-year", "organization__path", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "title"],
                name="topic_once_a_year",
                violation_error_message="这一年已经有这个题目。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Lecturer(models.Model):
    """Somebody who gives lessons to the branches below the organization; nothing by which to reach them."""

    scope_lookup = "organization__path"
    view_permission = "lessons.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="lecturers", verbose_name="管理的党组织"
    )
    name = models.CharField("姓名", max_length=50)
    post = models.CharField("单位和职务", max_length=100, blank=True)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对应的党员"
    )
    topics = models.CharField("能讲什么", max_length=200, blank=True)
    is_volunteer = models.BooleanField("志愿讲师", default=False)
    retired_on = models.DateField("停用日期", null=True, blank=True)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        verbose_name = "党课讲师"
        verbose_name_plural = "党课讲师"
        ordering = ["organization__path", "name", "id"]

    def __str__(self) -> str:
        return self.name


def counts_field(title: str) -> ArrayField:
    """How often each grade was given for each point: four numbers for each of the four points."""
    return ArrayField(models.PositiveIntegerField(), verbose_name=title, default=list, blank=True)


# The secret is in no history: who reads the history could answer.
@tracked(exclude=["token"])
class Evaluation(models.Model):
    """What those who heard a lesson thought of it; until it closes, anybody with the link answers."""

    part_of = "meeting"
    scope_lookup = "meeting__organization__path"
    view_permission = "lessons.view"

    meeting = models.OneToOneField(
        Meeting, models.PROTECT, related_name="evaluation", verbose_name="党课的会议记录"
    )
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="发起的人"
    )
    opened_at = models.DateTimeField("发起时间", auto_now_add=True)
    closes_on = models.DateField("最后一天")
    closed_at = models.DateTimeField("提前结束的时间", null=True, blank=True)
    papers = models.PositiveIntegerField("纸质答卷份数", default=0)
    paper_counts = counts_field("纸质答卷的统计")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "党课评价"
        verbose_name_plural = "党课评价"
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return f"{self.meeting}的评价"


class Answers(models.Model):
    """What came in by the link, added up at once; neither single answers nor their times are kept."""

    scope_lookup = "evaluation__meeting__organization__path"
    view_permission = "lessons.view"

    evaluation = models.OneToOneField(Evaluation, models.CASCADE, related_name="answers")
    number = models.PositiveIntegerField("答卷份数", default=0)
    counts = counts_field("统计")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "党课评价的网上答卷"
        verbose_name_plural = "党课评价的网上答卷"

    def __str__(self) -> str:
        return f"{self.number} 份"
