"""A village's matter and the sittings that deliberated it, whose order the database holds."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.urls import reverse

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.decisions.kinds import Body, CountedBy, Kind, Matter, Motion, Stage, State
from apps.disclosure.models import DisclosureEvent, Publication
from apps.disclosure.states import OPEN
from apps.disclosure.states import State as Way
from apps.meetings.models import Meeting
from apps.organizations.models import Village, VillagersGroup

_OPEN = ", ".join(f"'{state.value}'" for state in sorted(OPEN))

# One step after another, none before its time, nothing after the last (RURAL-01).
ORDER_IS_KEPT = """
    IF EXISTS (SELECT 1 FROM decisions_fourstepdecision WHERE id = NEW.decision_id AND drop_reason <> '') THEN
        RAISE EXCEPTION 'decision % was dropped', NEW.decision_id USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM decisions_decisionstep
               WHERE decision_id = NEW.decision_id AND passed AND stage >= NEW.stage) THEN
        RAISE EXCEPTION 'decision % has passed step %', NEW.decision_id, NEW.stage
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.stage > 1 AND NOT EXISTS (
        SELECT 1 FROM decisions_decisionstep
        WHERE decision_id = NEW.decision_id AND passed AND stage = NEW.stage - 1) THEN
        RAISE EXCEPTION 'decision % has not passed the step before %', NEW.decision_id, NEW.stage
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM decisions_decisionstep
               WHERE decision_id = NEW.decision_id AND held_on > NEW.held_on) THEN
        RAISE EXCEPTION 'step % of decision % is dated before an earlier one', NEW.stage, NEW.decision_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
# What is on its way to the public, or there, is not taken back.
ONLY_THE_LAST_GOES = f"""
    IF EXISTS (SELECT 1 FROM decisions_decisionstep WHERE decision_id = OLD.decision_id AND id > OLD.id) THEN
        RAISE EXCEPTION 'step % has steps after it', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM decisions_fourstepdecision decision
               WHERE decision.id = OLD.decision_id
                 AND (decisions_standing(decision.resolution_id) NOT IN ({_OPEN}, 'withdrawn')
                      OR decisions_standing(decision.result_id) NOT IN ({_OPEN}, 'withdrawn'))) THEN
        RAISE EXCEPTION 'a publication of decision % is on its way', OLD.decision_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM decisions_project
               WHERE decision_id = OLD.decision_id AND contract_on IS NOT NULL) THEN
        RAISE EXCEPTION 'the project of decision % is contracted', OLD.decision_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
"""  # noqa: S608 - built from our own constants
# What was decided stays as it was decided; nothing is published that was not decided first.
DECIDED_STAYS = """
    IF (NEW.village_id, NEW.title, NEW.content, NEW.kind, NEW.matter, NEW.group_id, NEW.group_name)
        IS DISTINCT FROM
        (OLD.village_id, OLD.title, OLD.content, OLD.kind, OLD.matter, OLD.group_id, OLD.group_name)
       AND EXISTS (SELECT 1 FROM decisions_decisionstep WHERE decision_id = NEW.id AND passed AND stage = 4)
    THEN
        RAISE EXCEPTION 'decision % was decided', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.resolution_id IS NOT NULL AND OLD.resolution_id IS DISTINCT FROM NEW.resolution_id
       AND NOT EXISTS (SELECT 1 FROM decisions_decisionstep
                       WHERE decision_id = NEW.id AND passed AND stage = 4) THEN
        RAISE EXCEPTION 'decision % was not decided', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.result_id IS NOT NULL AND OLD.result_id IS DISTINCT FROM NEW.result_id
       AND decisions_standing(NEW.resolution_id) IS DISTINCT FROM 'published' THEN
        RAISE EXCEPTION 'the resolution of decision % is not public', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
# A group decides in its own village.
GROUP_OF_THE_VILLAGE = """
    IF NEW.group_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM organizations_villagersgroup
        WHERE id = NEW.group_id AND village_id = NEW.village_id) THEN
        RAISE EXCEPTION 'the group of decision % is of another village', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def _standing(name: str) -> Case:
    """The state to which a publication has come; corrections are followed in the database."""
    followed = Func(F(f"{name}_id"), function="decisions_standing", output_field=models.CharField())
    return Case(When(**{f"{name}__state": Way.REPLACED}, then=followed), default=F(f"{name}__state"))


class DecisionQuerySet(ScopedQuerySet):
    def with_state(self) -> Self:
        """The rows with `state`: how far each is, from its steps and its two publications."""
        steps = DecisionStep.objects.filter(decision=OuterRef("pk")).order_by("-id")
        decided = Exists(steps.filter(stage=Stage.DECIDED, passed=True))
        reached = {Stage.PROPOSED: State.PROPOSED, Stage.DISCUSSED: State.DISCUSSED}
        reached[Stage.DELIBERATED] = State.DELIBERATED
        return self.annotate(
            last_passed=Subquery(steps.values("passed")[:1]),
            reached=Subquery(steps.filter(passed=True).values("stage")[:1]),
            resolution_stands=_standing("resolution"),
            result_stands=_standing("result"),
            state=Case(
                When(~Q(drop_reason=""), then=Value(State.DROPPED)),
                When(resolution_stands=Way.PUBLISHED, result_stands=Way.PUBLISHED, then=Value(State.DONE)),
                When(resolution_stands=Way.PUBLISHED, then=Value(State.RESOLVED)),
                When(decided, then=Value(State.DECIDED)),
                When(last_passed=False, then=Value(State.FAILED)),
                *(When(reached=stage, then=Value(state)) for stage, state in reached.items()),
                default=Value(State.BEGUN),
                output_field=models.CharField(choices=State.choices),
            ),
        )


@tracked()
class FourStepDecision(models.Model):
    """A matter that a village decides by four deliberations and two publications (RURAL-01).

    `resolution` and `result` are the two publications as first written, or as written anew after a
    withdrawal; corrections follow from them. How far the matter is follows from what they have come to and
    from the steps (`with_state`). `event` is what the village owes everybody once it is decided.
    `group` is a registered villagers' group, `group_name` one that is not.
    """

    scope_lookup = "village__organization__path"
    view_permission = "decisions.view"

    village = models.ForeignKey(Village, models.PROTECT, related_name="decisions", verbose_name="村")
    title = models.CharField("事项", max_length=100)
    content = models.TextField("要议的内容")
    motion = models.CharField("动议来源", max_length=8, choices=Motion.choices)
    kind = models.CharField("属于", max_length=12, choices=Kind.choices)
    matter = models.CharField("类别", max_length=12, choices=Matter.choices, default=Matter.OTHER)
    group = models.ForeignKey(
        VillagersGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="登记的村民小组",
    )
    group_name = models.CharField("村民小组", max_length=32, blank=True)
    event = models.OneToOneField(
        DisclosureEvent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decision",
        verbose_name="要公开的事",
    )
    resolution = models.OneToOneField(
        Publication,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resolution_of",
        verbose_name="决议公开",
    )
    result_words = models.TextField("实施结果", blank=True)
    result_on = models.DateField("实施完成日期", null=True, blank=True)
    result = models.OneToOneField(
        Publication,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="result_of",
        verbose_name="实施结果公开",
    )
    drop_reason = models.CharField("不再办的原因", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "四议两公开事项"
        verbose_name_plural = "四议两公开事项"
        ordering = ["-id"]
        indexes = [models.Index(fields=["village", "-id"], name="decision_of_village")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.GROUP, group__isnull=False, group_name="")
                | (Q(kind=Kind.GROUP, group=None) & ~Q(group_name=""))
                | (~Q(kind=Kind.GROUP) & Q(group=None, group_name="")),
                name="decision_names_its_group",
                violation_error_message="请写明是哪个村民小组。",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.VILLAGE) | Q(matter=Matter.OTHER),
                name="decision_matter_of_villages_only",
                violation_error_message="六类事项只属于村民会议；集体财产和小组的事项请选“不在以上六类”。",
            ),
            models.CheckConstraint(
                condition=Q(result=None) | (~Q(result_words="") & Q(result_on__isnull=False)),
                name="decision_result_with_words",
                violation_error_message="请先登记实施结果。",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="decided_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=DECIDED_STAYS,
            ),
            pgtrigger.Trigger(
                name="group_of_the_village",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=GROUP_OF_THE_VILLAGE,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_words(self) -> str:
        """ "等党员大会审议": of rows that were fetched with their state."""
        return State(self.state).label  # type: ignore[attr-defined]

    @property
    def named_group(self) -> str:
        """The group's name, registered or not; "" where it is no group's matter."""
        return self.group.name if self.group else self.group_name

    @property
    def whose(self) -> str:
        """ "村民小组事项（第三村民小组）" """
        kind = self.get_kind_display()
        return f"{kind}（{self.named_group}）" if self.named_group else kind

    def get_absolute_url(self) -> str:
        return reverse("decisions:detail", args=[self.pk])


@tracked()
class DecisionStep(models.Model):
    """One sitting that deliberated the matter: who came, how they voted, whether that was enough.

    It is kept as written; one that did not pass is followed by another sitting of the same step.
    `merged` marks a second step that was held together with the first (RURAL-05).
    """

    part_of = "decision"
    scope_lookup = "decision__village__organization__path"
    view_permission = "decisions.view"

    decision = models.ForeignKey(FourStepDecision, models.PROTECT, related_name="steps", verbose_name="事项")
    stage = models.PositiveSmallIntegerField("步骤", choices=Stage.choices)
    body = models.CharField("会议", max_length=24, choices=Body.choices)
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=100)
    chair = models.CharField("主持人", max_length=32)
    names = models.CharField("参会人员", max_length=500, blank=True)
    from_township = models.CharField("乡镇参会人员", max_length=100, blank=True)
    expected = models.PositiveIntegerField("应到", validators=[MinValueValidator(1)])
    present = models.PositiveIntegerField("实到")
    in_favour = models.PositiveIntegerField("赞成")
    against = models.PositiveIntegerField("反对", default=0)
    abstained = models.PositiveIntegerField("弃权", default=0)
    whole = models.PositiveIntegerField("全体成员", null=True, blank=True)
    counted_by = models.CharField("到会怎样算", max_length=12, choices=CountedBy.choices, blank=True)
    notified_on = models.DateField("通知日期", null=True, blank=True)
    authorization = models.CharField("村民会议的授权", max_length=100, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="会议记录"
    )
    merged = models.BooleanField("和上一步合并", default=False)
    passed = models.BooleanField("通过", editable=False)
    verdict = models.TextField("判定", editable=False)
    rule = models.CharField("依据", max_length=16, editable=False)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "四议的一步"
        verbose_name_plural = "四议的步骤"
        ordering = ["decision", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(present__lte=F("expected")),
                name="decision_step_present_of_expected",
                violation_error_message="实到不能多于应到。",
            ),
            models.CheckConstraint(
                condition=Q(present=F("in_favour") + F("against") + F("abstained")),
                name="decision_step_votes_of_present",
                violation_error_message="赞成、反对、弃权加起来要等于实到。",
            ),
            models.CheckConstraint(
                condition=~Q(body=Body.MEMBERS) | Q(whole__gte=F("expected")),
                name="decision_step_whole_of_members",
                violation_error_message="成员大会要填全体成员的人数，不少于应到。",
            ),
            models.CheckConstraint(
                condition=Q(merged=False) | Q(stage=Stage.DISCUSSED),
                name="decision_step_merged_second_only",
                violation_error_message="只有第一、二步可以合并。",
            ),
            models.CheckConstraint(
                condition=Q(notified_on=None) | Q(notified_on__lte=F("held_on")),
                name="decision_step_notified_before",
                violation_error_message="通知日期不能晚于开会日期。",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="order_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ORDER_IS_KEPT,
            ),
            pgtrigger.Trigger(
                name="only_the_last_goes",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=ONLY_THE_LAST_GOES,
            ),
            pgtrigger.Protect(name="kept_as_written", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.held_on}"

    @property
    def step(self) -> Stage:
        return Stage(self.stage)
