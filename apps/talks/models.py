"""Talks: who with whom and when, and nothing of what was said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.members.models import Member
from apps.organizations.models import Organization
from apps.talks.rules import Relation, relation_of


class Occasion(models.TextChoices):
    """Why the two talked. `MUST` does not say which misfortune or penalty it was about (MEET-10)."""

    ROUTINE = "routine", "日常"
    LIFE_MEETING = "life_meeting", "组织生活会前"
    MUST = "must", "必谈"


class TalkQuerySet(ScopedQuerySet):
    def standing(self) -> TalkQuerySet:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


@tracked()
class Talk(models.Model):
    """Two members of a branch talked on a day; what they said is theirs and has no field here.

    `one` is the one of lower number in the roster, so that a pair has one spelling.
    """

    scope_lookup = "branch__path"
    view_permission = "talks.view"

    branch = models.ForeignKey(
        Organization, models.PROTECT, related_name="talks", verbose_name="党支部", db_index=False
    )
    one = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="谈话的人")
    other = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="谈话的另一人")
    held_on = models.DateField("日期")
    occasion = models.CharField("情形", max_length=16, choices=Occasion.choices, default=Occasion.ROUTINE)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记的人"
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdraw_reason = models.CharField("撤回原因", max_length=200, blank=True)

    objects = TalkQuerySet.as_manager()
    one_seated: bool
    other_seated: bool

    class Meta:
        verbose_name = "谈心谈话"
        verbose_name_plural = "谈心谈话"
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["branch", "held_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="talk_of_two"),
            models.UniqueConstraint(
                fields=["one", "other", "held_on"],
                condition=Q(withdrawn_at=None),
                name="talk_once_a_day",
                violation_error_message="这两个人这一天的谈话已经登记过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one}和{self.other}"

    @property
    def relation(self) -> Relation:
        """Of a talk with seats (`queries.with_seats`)."""
        return relation_of(one_seated=self.one_seated, other_seated=self.other_seated)
