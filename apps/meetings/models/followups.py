"""What a meeting gave somebody to do, and what later meetings heard of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from apps.audit.history import tracked
from apps.meetings.models.guards import part_guards
from apps.meetings.models.meetings import Meeting, MeetingQuerySet
from apps.meetings.models.resolutions import Resolution
from apps.members.models import Member

# What people wrote; `outcome` and `done_on` are what later records say.
TASK_CONTENT = ("meeting_id", "resolution_id", "number", "text", "member_id", "responsible", "due_on")


class Outcome(models.TextChoices):
    OPEN = "open", "还没有回音"
    DONE = "done", "已办成"
    GOING = "going", "还在办"
    FAILED = "failed", "办不了"


@tracked()
class Task(models.Model):
    """Something to be done by somebody by a day: of its own, or what a resolution asks for.

    `outcome` and `done_on` are what the latest submitted record says (see `FollowUp`), never typed.
    """

    part_of = "meeting"
    scope_lookup = "meeting__organization__path"
    view_permission = "meetings.view"
    # Lower numbers are those of the resolutions; so a task keeps its number whatever else is decided.
    FIRST_WITHOUT_VOTE = 101

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="tasks", verbose_name="会议")
    resolution = models.OneToOneField(
        Resolution, models.CASCADE, null=True, blank=True, related_name="task", verbose_name="决议"
    )
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("要办的事", max_length=300)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="责任党员"
    )
    responsible = models.CharField("责任人", max_length=64, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    outcome = models.CharField(
        "办得怎样", max_length=8, choices=Outcome.choices, default=Outcome.OPEN, editable=False
    )
    done_on = models.DateField("办成的日子", null=True, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "待办事项"
        verbose_name_plural = "待办事项"
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="task_numbered"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.DONE, done_on__isnull=False)
                | (~Q(outcome=Outcome.DONE) & Q(done_on=None)),
                name="task_done_on_a_day",
            ),
        ]
        triggers = part_guards(content=TASK_CONTENT)

    def __str__(self) -> str:
        return self.text


@tracked()
class FollowUp(models.Model):
    """What one meeting heard of a task that an earlier one gave."""

    part_of = "meeting"
    scope_lookup = "meeting__organization__path"
    view_permission = "meetings.view"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="followups", verbose_name="会议")
    task = models.ForeignKey(Task, models.CASCADE, related_name="followups", verbose_name="待办事项")
    outcome = models.CharField("办得怎样", max_length=8, choices=Outcome.choices)
    remark = models.CharField("说明", max_length=250, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "办理情况"
        verbose_name_plural = "办理情况"
        ordering = ["meeting", "task"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "task"], name="followup_once"),
            models.CheckConstraint(condition=~Q(outcome=Outcome.OPEN), name="followup_says_something"),
        ]
        triggers = part_guards()

    def __str__(self) -> str:
        return f"{self.task}：{self.get_outcome_display()}"
