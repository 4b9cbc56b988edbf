"""Who was expected at a meeting, who was there, and who is not counted among the expected."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from apps.audit.history import tracked
from apps.meetings.models.guards import part_guards
from apps.meetings.models.meetings import Meeting, MeetingQuerySet
from apps.members.models import Member


class Presence(models.TextChoices):
    PRESENT = "present", "到会"
    EXCUSED = "excused", "请假"
    ABSENT = "absent", "缺席"


class AbsenceReason(models.TextChoices):
    """Why somebody was not there (handbook 1.3); all but the last are excuses."""

    DUTY = "duty", "公假"
    PERSONAL = "personal", "事假"
    ILLNESS = "illness", "病假"
    AWAY = "away", "流动外出"
    FRAIL = "frail", "年老体弱"
    NONE = "none", "无故"


class Exclusion(models.TextChoices):
    """Who may be left out of those expected when an election or a disposal is voted on (MEM-43)."""

    INCAPABLE = "incapable", "因病不能表达意志"
    ABROAD = "abroad", "自费出国半年以上"
    IMPRISONED = "imprisoned", "正在服刑（未受留党察看以上处分）"
    BEDRIDDEN = "bedridden", "年老体弱卧床、长期生病生活不能自理"
    UNTRANSFERRED = "untransferred", "外出半年以上，组织关系应转未转"


@tracked()
class Attendance(models.Model):
    """One expected member at one meeting; the voting right is the one of that day (MEET-14).

    `late`: came after the beginning, and counts as present. `excluded` is computed: the category of MEM-43
    with both papers, the approval from above and the day on which the members' meeting agreed. Then the
    member is not among those expected where an election or a disposal is voted on, and only there.
    """

    part_of = "meeting"
    scope_lookup = "meeting__organization__path"
    view_permission = "meetings.view"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name="会议")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances", verbose_name="党员")
    presence = models.CharField("到会", max_length=8, choices=Presence.choices, default=Presence.PRESENT)
    reason = models.CharField("缺席原因", max_length=10, choices=AbsenceReason.choices, blank=True)
    late = models.BooleanField("来晚了", default=False)
    may_vote = models.BooleanField("有表决权", default=True)
    excluded = models.BooleanField("不计入应到", default=False, editable=False)
    exclusion = models.CharField("不计入应到的情形", max_length=16, choices=Exclusion.choices, blank=True)
    exclusion_paper = models.CharField("上级同意的文号", max_length=100, blank=True)
    exclusion_agreed_on = models.DateField("党员大会通过的日子", null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "出席"
        verbose_name_plural = "出席"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once"),
            models.CheckConstraint(
                condition=~Q(presence=Presence.PRESENT) | Q(reason=""),
                name="attendance_reason_only_when_not_present",
                violation_error_message="到会的人没有缺席原因。",
            ),
            models.CheckConstraint(
                condition=Q(late=False) | Q(presence=Presence.PRESENT),
                name="attendance_late_only_when_present",
                violation_error_message="来晚了的人算到会。",
            ),
            models.CheckConstraint(
                condition=Q(excluded=False)
                | (
                    ~Q(presence=Presence.PRESENT)
                    & ~Q(exclusion="")
                    & ~Q(exclusion_paper="")
                    & Q(exclusion_agreed_on__isnull=False)
                ),
                name="attendance_excluded_only_with_papers",
                violation_error_message="不计入应到要有情形、上级同意的文号和党员大会通过的日子。",
            ),
        ]
        triggers = part_guards()

    def __str__(self) -> str:
        return f"{self.member} {self.get_presence_display()}"
