"""The roster: members, how they came and went, and who holds which seat."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from apps.audit.history import tracked
from apps.core.fields import Sealed, SealedField
from apps.core.identity import mask_id_number, mask_phone
from apps.core.scope import ScopedQuerySet
from apps.members.vocabulary import (
    CURRENT,
    ETHNIC_GROUPS,
    Category,
    Cause,
    Education,
    Occupation,
    Position,
    Precision,
    Sex,
    Status,
)
from apps.organizations.models import Organization, PartyGroup, Term

PROTECTED = ["id_number", "id_digest", "phone", "phone_digest"]


class MemberQuerySet(ScopedQuerySet):
    def active(self) -> MemberQuerySet:
        """Who counts as a member: full and probationary, without those suspended or gone (ROST-20)."""
        return self.filter(status=Status.ACTIVE)

    def in_branch(self, branch: Organization) -> MemberQuerySet:
        return self.filter(branch=branch)


@tracked(exclude=[*PROTECTED, "name_grams"])
class Member(models.Model):
    """A party member; protected values are sealed, found by digest, and not in the history."""

    scope_lookup = "branch__path"
    view_permission = "members.view"

    name = models.CharField("姓名", max_length=50)
    pinyin = models.CharField("拼音", max_length=200, editable=False)
    initials = models.CharField("拼音首字母", max_length=50, editable=False)
    name_grams = ArrayField(models.CharField(max_length=2), default=list, editable=False)
    sex = models.CharField("性别", max_length=6, choices=Sex.choices)
    ethnic_group = models.CharField("民族", max_length=16, choices=list(ETHNIC_GROUPS.items()))
    id_number = SealedField("公民身份号码")
    id_digest = models.BinaryField(max_length=32, editable=False)
    born_on = models.DateField("出生日期")
    education = models.CharField("学历", max_length=24, choices=Education.choices, blank=True)
    occupation = models.CharField("工作岗位", max_length=32, choices=Occupation.choices, blank=True)
    category = models.CharField("人员类别", max_length=16, choices=Category.choices)
    joined_on = models.DateField("入党日期")
    joined_precision = models.CharField(
        max_length=5, choices=Precision.choices, default=Precision.DAY, editable=False
    )
    full_on = models.DateField("转正日期", null=True, blank=True)
    full_precision = models.CharField(
        max_length=5, choices=Precision.choices, default=Precision.DAY, editable=False
    )
    branch = models.ForeignKey(
        Organization, models.PROTECT, related_name="members", verbose_name="所在党支部", db_index=False
    )
    group = models.ForeignKey(
        PartyGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
        verbose_name="党小组",
        db_index=False,  # most branches have no groups: the partial index below
    )
    status = models.CharField("党籍状态", max_length=16, choices=Status.choices, default=Status.ACTIVE)
    phone = SealedField("手机号码", null=True, blank=True)
    phone_digest = models.BinaryField(max_length=32, null=True, editable=False)
    address = models.CharField("家庭住址", max_length=100, blank=True)
    is_mobile = models.BooleanField("流动党员", default=False)
    mobile_destination = models.CharField("外出流向", max_length=60, blank=True)
    mobile_since = models.DateField("外出日期", null=True, blank=True)
    is_out_of_contact = models.BooleanField("失联", default=False)
    out_of_contact_since = models.DateField("失联日期", null=True, blank=True)
    on_probation_within_party = models.BooleanField(
        "留党察看期间", default=False, help_text="期间没有表决权、选举权和被选举权（MEET-14）"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "党员"
        verbose_name_plural = "党员"
        ordering = ["branch__path", "pinyin", "id"]
        indexes = [
            models.Index(fields=["branch", "pinyin", "id"]),  # also the branch's own
            models.Index(fields=["pinyin"], opclasses=["varchar_pattern_ops"], name="member_pinyin"),
            models.Index(fields=["initials"], opclasses=["varchar_pattern_ops"], name="member_initials"),
            models.Index(fields=["group"], condition=Q(group__isnull=False), name="member_group"),
            models.Index(fields=["phone_digest"]),
            # Current members are found by the constraint below; this one stays small.
            models.Index(
                fields=["id_digest"], condition=~Q(status__in=CURRENT), name="member_former_by_number"
            ),
            GinIndex(fields=["name_grams"], name="member_name_grams"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["id_digest"],
                condition=Q(status__in=CURRENT),
                name="member_once_among_current",
                violation_error_message="这个身份证号已经在名册里。",
            ),
            models.CheckConstraint(
                condition=Q(category=Category.FULL, full_on__isnull=False)
                | Q(category=Category.PROBATIONARY, full_on=None),
                name="member_full_has_date",
                violation_error_message="正式党员要有转正日期，预备党员没有转正日期（ROST-14）。",
            ),
            models.CheckConstraint(
                condition=Q(full_on=None) | Q(full_on__gte=F("joined_on")),
                name="member_full_not_before_joined",
                violation_error_message="转正日期不能早于入党日期。",
            ),
            models.CheckConstraint(
                condition=Q(is_out_of_contact=True) | Q(out_of_contact_since=None),
                name="member_out_of_contact_since_only_then",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def id_number_masked(self) -> str:
        return mask_id_number(_revealed(self.id_number))

    @property
    def phone_masked(self) -> str:
        return mask_phone(_revealed(self.phone)) if self.phone else ""


def _revealed(value: Sealed | str) -> str:
    """A row that was just written still holds the text itself."""
    return value.reveal() if isinstance(value, Sealed) else value


@tracked()
class MembershipEvent(models.Model):
    """An entry into, a move within, or an exit from the roster.

    The members of an organization on a day are the entries to it less the exits from it up to that
    day. A roster's first import dates each entry to the day of joining, the earliest it can be.
    """

    part_of = "member"
    scope_lookup = "member__branch__path"
    view_permission = "members.view"

    member = models.ForeignKey(Member, models.PROTECT, related_name="events", verbose_name="党员")
    on = models.DateField("日期", db_index=True)
    cause = models.CharField("原因", max_length=24, choices=Cause.choices)
    from_branch = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="从",
        db_index=False,  # most events come from nowhere: the partial index below
    )
    to_branch = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="到"
    )
    note = models.CharField("说明", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "党员增减"
        verbose_name_plural = "党员增减"
        ordering = ["on", "id"]
        indexes = [
            models.Index(
                fields=["from_branch"], condition=Q(from_branch__isnull=False), name="membership_event_from"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_branch__isnull=False) | Q(to_branch__isnull=False),
                name="membership_event_leads_somewhere",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.member} {self.on} {self.get_cause_display()}"


@tracked()
class Seat(models.Model):
    """A member's position in a committee during a term, from `since` until (not including) `until`."""

    part_of = "member"
    scope_lookup = "term__organization__path"
    view_permission = "organizations.view"

    term = models.ForeignKey(Term, models.PROTECT, related_name="seats", verbose_name="任期")
    member = models.ForeignKey(Member, models.PROTECT, related_name="seats", verbose_name="党员")
    position = models.CharField("职务", max_length=24, choices=Position.choices)
    since = models.DateField("任职日期")
    until = models.DateField("免职日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "班子成员"
        verbose_name_plural = "班子成员"
        ordering = ["term", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "member", "position"],
                condition=Q(until=None),
                name="seat_once",
                violation_error_message="这名党员已经任这个职务。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_position_display()} {self.member}"
