"""Opinions of villagers, every step taken with each, and the guards that hold the way."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When

from apps.audit.history import tracked
from apps.core.fields import SealedField
from apps.core.scope import ScopedQuerySet
from apps.disclosure.models import Publication
from apps.opinions.rules import Petitioner
from apps.opinions.states import (
    AFTER_ASKING,
    ANSWERS,
    STEP_CHOICES,
    STEPS,
    WAITING,
    Answerer,
    Category,
    Channel,
    Publicity,
    Satisfaction,
    State,
)
from apps.organizations.models import Village

_WAYS = sorted(
    {
        f"('{source}', '{step.target}')"
        for step in (*STEPS.values(), *AFTER_ASKING.values())
        for source in step.sources
    }
)
_ANSWERS = ", ".join(f"'{action}'" for action in ANSWERS)
# Nobody closes what was never answered, and nothing is public that nobody agreed to.
WAY_IS_KEPT = f"""
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' OR NEW.publicity <> 'undecided' THEN
            RAISE EXCEPTION 'an opinion begins open' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({", ".join(_WAYS)}) THEN
        RAISE EXCEPTION 'opinion % does not go from % to %', NEW.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT action INTO last FROM opinions_opinionstep WHERE opinion_id = NEW.id ORDER BY id DESC LIMIT 1;
    IF NEW.state = 'answered' AND OLD.state <> 'answered' AND coalesce(last, '') NOT IN ({_ANSWERS}) THEN
        RAISE EXCEPTION 'opinion % has no answer', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.publicity = 'public' AND (
        NEW.public_question <> OLD.public_question OR NEW.public_answer <> OLD.public_answer
        OR (OLD.publicity <> 'public' AND (OLD.publicity <> 'proposed' OR coalesce(last, '') <> 'agree'))
    ) THEN
        RAISE EXCEPTION 'nobody agreed to publish opinion %', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - built from our own constants


class OpinionQuerySet(ScopedQuerySet):
    def waiting_first(self) -> OpinionQuerySet:
        """What waits for an answer by its deadline, then the rest, the latest first."""
        waits = Case(When(state__in=sorted(WAITING), then=Value(0)), default=Value(1))
        day = Case(When(state__in=sorted(WAITING), then="due_on"))
        return self.annotate(rank=waits, urgency=day).order_by("rank", "urgency", "-received_on", "-pk")


# Who it was is no part of the history, so that it can be forgotten (PRIV-04).
@tracked(exclude=["petitioner", "contact"])
class Opinion(models.Model):
    """What a villager said or asked, with a day by which somebody answers (VAD-12, VAD-13).

    `line` is the number of a line in the publication's table. `public_question` and `public_answer` are the
    words for everybody, without names; the words of `text` and of the answers stay inside.
    """

    scope_lookup = "village__organization__path"
    view_permission = "opinions.view"

    village = models.ForeignKey(Village, models.PROTECT, related_name="opinions", verbose_name="村")
    channel = models.CharField("怎么收到的", max_length=8, choices=Channel.choices)
    category = models.CharField("类别", max_length=10, choices=Category.choices)
    text = models.CharField("意见", max_length=1000)
    received_on = models.DateField("收到日期")
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name="问的是哪一件公开",
    )
    line = models.PositiveIntegerField("第几笔", null=True, blank=True)
    is_anonymous = models.BooleanField("匿名", default=False)
    petitioner = SealedField("姓名", null=True, blank=True)
    contact = SealedField("联系方式", null=True, blank=True)
    forgotten_on = models.DateField("删除姓名和联系方式的日期", null=True, blank=True, editable=False)
    answerer = models.CharField("由谁答复", max_length=12, choices=Answerer.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    due_on = models.DateField("答复期限")
    satisfaction = models.CharField("是否满意", max_length=10, choices=Satisfaction.choices, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    publicity = models.CharField(
        "是否公布", max_length=10, choices=Publicity.choices, default=Publicity.UNDECIDED
    )
    public_question = models.CharField("公布的问题", max_length=500, blank=True)
    public_answer = models.CharField("公布的答复", max_length=1000, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记的人"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField("变动时间", auto_now=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "意见"
        verbose_name_plural = "意见"
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["state", "due_on"], name="opinion_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(petitioner=None, contact=None),
                name="opinion_anonymous_without_name",
                violation_error_message="匿名的不登记姓名和联系方式。",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_on=None) | Q(petitioner=None, contact=None),
                name="opinion_forgotten_is_gone",
            ),
            models.CheckConstraint(
                condition=Q(line=None) | Q(publication__isnull=False, line__gte=1),
                name="opinion_line_of_a_publication",
                violation_error_message="写了第几笔，也要选是哪一件公开。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.CLOSED, State.VOID]) | Q(closed_on__isnull=False),
                name="opinion_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | ~Q(satisfaction=""), name="opinion_closed_after_asking"
            ),
            models.CheckConstraint(
                condition=~Q(publicity__in=[Publicity.PROPOSED, Publicity.PUBLIC])
                | (~Q(public_question="") & ~Q(public_answer="")),
                name="opinion_public_in_words",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="way_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("last", "TEXT")],
                func=WAY_IS_KEPT,
            ),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}的意见（{self.received_on}）"

    @property
    def who(self) -> Petitioner:
        """The petitioner in plain words; every page that shows more than a mask records why."""
        known = [value.reveal() if value else "" for value in (self.petitioner, self.contact)]
        return Petitioner(*known)


@tracked()
class OpinionStep(models.Model):
    """A step with an opinion: an answer, what the petitioner said to it, who passed it on and why.

    `by` is empty where the system passed it on because its day was over.
    """

    part_of = "opinion"
    scope_lookup = "opinion__village__organization__path"
    view_permission = "opinions.view"

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="steps", verbose_name="意见")
    action = models.CharField("步骤", max_length=10, choices=STEP_CHOICES)
    on = models.DateField("日期")
    text = models.CharField("内容", max_length=1000, blank=True)
    satisfaction = models.CharField("是否满意", max_length=10, choices=Satisfaction.choices, blank=True)
    due_on = models.DateField("下一个期限", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记的人"
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "意见的办理"
        verbose_name_plural = "意见的办理"
        ordering = ["opinion", "id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.on}"
