"""A year's review of members with its results, the notice to a home branch, and a year's life meeting."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.audit.history import tracked
from apps.core.scope import Reader, ScopedQuerySet
from apps.meetings.models import Meeting
from apps.members.models import Member
from apps.organizations.models import Organization
from apps.reviews.vocabulary import Decider, Grade, NoGrade, State

_FROZEN = "RAISE EXCEPTION 'a closed review of members is frozen' USING ERRCODE = 'check_violation';"
_FREEZE_REVIEW = f"IF TG_OP = 'DELETE' OR NEW.state = 'closed' THEN {_FROZEN} END IF; RETURN NEW;"
_OF_CLOSED = (
    "SELECT FROM reviews_memberreview WHERE id IN (NEW.review_id, OLD.review_id) AND state = 'closed'"
)
_FREEZE_PEOPLE = f"IF EXISTS ({_OF_CLOSED}) THEN {_FROZEN} END IF; RETURN COALESCE(NEW, OLD);"


class ReviewQuerySet(ScopedQuerySet):
    """What is not closed yet is the branch's own: others see it only when it is."""

    def visible_to(self, user: Reader) -> Self:
        lookup = self.model.scope_lookup
        closed = Q(**{lookup.replace("organization__path", "state"): State.CLOSED})
        return super().visible_to(user).filter(closed | user.scope_for("reviews.record").q(lookup))


@tracked()
class MemberReview(models.Model):
    """One branch's review of its members for a year: four steps, then frozen (MEET-08).

    What anybody said of anybody is kept nowhere, only when each step was, the ballot's totals and the grades.
    """

    scope_lookup = "organization__path"
    view_permission = "reviews.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="member_reviews", verbose_name="党支部"
    )
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PREPARING)
    self_on = models.DateField("个人自评日期", null=True, blank=True)
    mutual_on = models.DateField("党员互评日期", null=True, blank=True)
    in_groups = models.BooleanField("自评、互评在党小组内进行", default=False)
    ballot_on = models.DateField("民主测评日期", null=True, blank=True)
    ballots_out = models.PositiveSmallIntegerField("发出测评票", null=True, blank=True)
    ballots_valid = models.PositiveSmallIntegerField("收回有效票", null=True, blank=True)
    decided_on = models.DateField("评定日期", null=True, blank=True)
    decider = models.CharField("由谁评定", max_length=16, choices=Decider.choices, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评议会的记录"
    )
    deciding_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评定会的记录"
    )
    reopen_reason = models.CharField("重新打开的原因", max_length=200, blank=True)
    closed_at = models.DateTimeField("归档时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="归档的人",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "民主评议党员"
        verbose_name_plural = "民主评议党员"
        ordering = ["-year", "organization__path"]
        indexes = [models.Index(fields=["year", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"],
                name="member_review_once_a_year",
                violation_error_message="这一年的民主评议已经建好了。",
            ),
            models.CheckConstraint(
                condition=Q(ballots_valid=None) | Q(ballots_valid__lte=F("ballots_out")),
                name="member_review_ballots_valid_of_those_out",
                violation_error_message="收回的有效票不能多于发出的票。",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED)
                | Q(
                    self_on__isnull=False,
                    mutual_on__isnull=False,
                    ballot_on__isnull=False,
                    ballots_valid__gt=0,
                    decided_on__isnull=False,
                    closed_at__isnull=False,
                )
                & ~Q(decider=""),
                name="member_review_closed_with_its_four_steps",
                violation_error_message="四步齐全才能归档（MEET-08）。",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=State.CLOSED),
                func=_FREEZE_REVIEW,
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.year}年民主评议"

    def get_absolute_url(self) -> str:
        return reverse("reviews:detail", args=[self.pk])

    @property
    def day(self) -> date | None:
        """The day by which it is said who belongs to the branch and who is a full member."""
        return self.ballot_on or self.mutual_on or self.self_on


@tracked()
class ReviewedMember(models.Model):
    """One member in a review: votes and grade, or why there is none; a guest's `home` is another branch."""

    part_of = "review"
    scope_lookup = "review__organization__path"
    view_permission = "reviews.view"

    review = models.ForeignKey(
        MemberReview, models.CASCADE, related_name="people", verbose_name="民主评议党员"
    )
    member = models.ForeignKey(Member, models.PROTECT, related_name="review_results", verbose_name="党员")
    home = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="组织关系所在党支部",
    )
    is_full = models.BooleanField("正式党员", default=True)
    no_grade = models.CharField("不评定等次", max_length=12, choices=NoGrade.choices, blank=True)
    excellent = models.PositiveSmallIntegerField("优秀票", null=True, blank=True)
    qualified = models.PositiveSmallIntegerField("合格票", null=True, blank=True)
    basically_qualified = models.PositiveSmallIntegerField("基本合格票", null=True, blank=True)
    unqualified = models.PositiveSmallIntegerField("不合格票", null=True, blank=True)
    grade = models.CharField("等次", max_length=20, choices=Grade.choices, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "评议结果"
        verbose_name_plural = "评议结果"
        ordering = ["review", "member__pinyin", "member_id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "member"], name="reviewed_member_once"),
            models.CheckConstraint(
                condition=Q(is_full=True) | ~Q(no_grade=""),
                name="reviewed_member_probationary_without_grade",
                violation_error_message="预备党员参加评议，但不评定等次（MEET-09）。",
            ),
            models.CheckConstraint(
                condition=Q(no_grade="") | Q(grade=""), name="reviewed_member_grade_or_reason"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_FREEZE_PEOPLE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.outcome}"

    @property
    def outcome(self) -> str:
        """The grade, or why there is none."""
        return self.get_grade_display() or self.get_no_grade_display()


@tracked()
class ReviewNotice(models.Model):
    """What a mobile branch tells the home branch of members whom it reviewed (MEET-20)."""

    scope_lookup = "organization__path"
    view_permission = "reviews.view"

    review = models.ForeignKey(
        MemberReview, models.PROTECT, related_name="notices", verbose_name="民主评议党员"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="review_notices", verbose_name="组织关系所在党支部"
    )
    sent_at = models.DateTimeField("通报时间")
    acknowledged_at = models.DateTimeField("收到时间", null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="收到的人",
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "评议通报单"
        verbose_name_plural = "评议通报单"
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "organization"], name="review_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review}通报单"

    def get_absolute_url(self) -> str:
        return reverse("reviews:notice", args=[self.pk])


@tracked()
class LifeYear(models.Model):
    """What surrounds a branch's life meeting of a year: plan, preparation, list of things to mend (MEET-07).

    The meeting itself is a record of its own. `opinions` are the points, never who said them.
    """

    scope_lookup = "organization__path"
    view_permission = "reviews.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="life_years", verbose_name="党支部"
    )
    year = models.PositiveSmallIntegerField("年度")
    plan = models.TextField("方案", blank=True)
    study = models.TextField("会前学习", blank=True)
    talks = models.TextField("谈心谈话", blank=True)
    opinions = models.TextField("听取意见", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "组织生活会材料"
        verbose_name_plural = "组织生活会材料"
        ordering = ["-year", "organization__path"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year"], name="life_year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.year}年度组织生活会"

    def get_absolute_url(self) -> str:
        return reverse("reviews:life", args=[self.organization_id, self.year])


@tracked()
class Rectification(models.Model):
    """One line of the list of things to mend: what, who, by when; done when and how."""

    part_of = "life"
    scope_lookup = "life__organization__path"
    view_permission = "reviews.view"

    life = models.ForeignKey(
        LifeYear, models.CASCADE, related_name="rectifications", verbose_name="组织生活会材料"
    )
    text = models.CharField("整改事项", max_length=200)
    responsible = models.CharField("责任人", max_length=64)
    due_on = models.DateField("完成时限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    outcome = models.CharField("怎么整改的", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "整改事项"
        verbose_name_plural = "整改事项"
        ordering = ["life", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(outcome=""),
                name="rectification_done_says_how",
                violation_error_message="整改完了，请写一句怎么整改的。",
            ),
        ]

    def __str__(self) -> str:
        return self.text
