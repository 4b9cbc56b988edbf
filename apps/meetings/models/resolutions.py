"""What a meeting decided, with the votes; an election with the votes of each candidate."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from apps.audit.history import tracked
from apps.meetings.kinds import MATTER_CHOICES
from apps.meetings.models.guards import part_guards
from apps.meetings.models.meetings import Meeting, MeetingQuerySet
from apps.members.models import Member


class Voting(models.TextChoices):
    HANDS = "hands", "举手"
    SECRET = "secret", "无记名投票"


@tracked()
class Resolution(models.Model):
    """One decision with its votes; validity and result are what the rules computed.

    Of an election the votes are those of its candidates, and `seats` and the ballots say what they are
    measured by (ELEC-07, ELEC-09). `about` is the one person whom an admission is about (MEET-12);
    `discussed_in` the committee's meeting that talked it over before (MEET-15).
    """

    part_of = "meeting"
    scope_lookup = "meeting__organization__path"
    view_permission = "meetings.view"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="resolutions", verbose_name="会议")
    number = models.PositiveSmallIntegerField("序号")
    matter = models.CharField("事项类别", max_length=32, choices=MATTER_CHOICES)
    text = models.CharField("决定事项", max_length=300)
    voting = models.CharField("表决方式", max_length=8, choices=Voting.choices, default=Voting.HANDS)
    in_favour = models.PositiveSmallIntegerField("赞成", default=0)
    against = models.PositiveSmallIntegerField("反对", default=0)
    abstained = models.PositiveSmallIntegerField("弃权", default=0)
    written_in_favour = models.PositiveSmallIntegerField("书面赞成", default=0)
    dissent = models.TextField("不同意见", blank=True)
    about = models.CharField("当事人", max_length=64, blank=True)
    discussed_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="事先讨论的支委会"
    )
    seats = models.PositiveSmallIntegerField("应选名额", null=True, blank=True)
    ballots_issued = models.PositiveSmallIntegerField("发出选票", null=True, blank=True)
    ballots_returned = models.PositiveSmallIntegerField("收回选票", null=True, blank=True)
    ballots_void = models.PositiveSmallIntegerField("废票", null=True, blank=True)
    responsible = models.CharField("责任人", max_length=64, blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    valid = models.BooleanField("表决有效", null=True, editable=False)
    passed = models.BooleanField("通过", null=True, editable=False)
    ruling = models.TextField("判定", blank=True, editable=False)
    rule = models.CharField("依据", max_length=16, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "决议"
        verbose_name_plural = "决议"
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="resolution_numbered"),
            models.CheckConstraint(
                condition=~Q(passed=True) | Q(valid=True), name="resolution_passes_only_if_valid"
            ),
        ]
        triggers = part_guards()

    def __str__(self) -> str:
        return self.text


@tracked()
class Candidate(models.Model):
    """One person on the ballot of an election, with their votes; `elected` is what the rules computed.

    `on_ballot` is False for somebody whom voters wrote in themselves (ELEC-10).
    """

    part_of = "resolution"
    scope_lookup = "resolution__meeting__organization__path"
    view_permission = "meetings.view"

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="candidates", verbose_name="选举")
    number = models.PositiveSmallIntegerField("序号")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="候选人"
    )
    name = models.CharField("姓名", max_length=64)
    on_ballot = models.BooleanField("正式候选人", default=True)
    in_favour = models.PositiveSmallIntegerField("赞成", default=0)
    against = models.PositiveSmallIntegerField("不赞成", default=0)
    abstained = models.PositiveSmallIntegerField("弃权", default=0)
    valid = models.BooleanField("票数有效", null=True, editable=False)
    elected = models.BooleanField("当选", null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "候选人"
        verbose_name_plural = "候选人"
        ordering = ["resolution", "number"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "number"], name="candidate_numbered"),
            models.CheckConstraint(
                condition=~Q(elected=True) | Q(valid=True), name="candidate_elected_only_if_valid"
            ),
        ]
        triggers = part_guards(
            records="SELECT meeting_id FROM meetings_resolution WHERE id IN (SELECT resolution_id FROM {})"
        )

    def __str__(self) -> str:
        return self.name
