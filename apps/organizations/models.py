"""The tree of party organizations, their groups and terms of office."""

from __future__ import annotations

import datetime

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from apps.audit.history import tracked
from apps.core.calendar import add_years, today
from apps.core.monthly import NUMERALS, WEEKDAYS, MonthlyDay
from apps.core.scope import ScopedQuerySet
from apps.organizations.kinds import BRANCH_KINDS, VILLAGE_SECTORS, Kind, Sector

WEEKS = [(number, f"第{numeral}个") for number, numeral in enumerate(NUMERALS, 1)]
WEEKDAY_CHOICES = [(number, f"周{name}") for number, name in enumerate(WEEKDAYS, 1)]
_BRANCHES = ", ".join(f"'{kind.value}'" for kind in BRANCH_KINDS)

# Deferred to the end of the transaction, so that a subtree may move in several statements; the row
# is read again because NEW is what one of those statements left. A path that is the parent's path
# and the own code, everywhere, leaves no room for a cycle.
TREE_IS_SOUND = f"""
    SELECT * INTO node FROM organizations_organization WHERE id = NEW.id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF node.parent_id IS NULL AND node.path <> node.code || '/' THEN
        RAISE EXCEPTION 'path of root % is %', node.code, node.path USING ERRCODE = 'check_violation';
    END IF;
    IF node.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM organizations_organization parent
        WHERE parent.id = node.parent_id AND node.path = parent.path || node.code || '/'
          AND parent.kind NOT IN ({_BRANCHES})
    ) THEN
        RAISE EXCEPTION 'organization % does not lie below its parent', node.code
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM organizations_organization child
        WHERE child.parent_id = node.id
          AND (child.path <> node.path || child.code || '/' OR node.kind IN ({_BRANCHES}))
    ) THEN
        RAISE EXCEPTION 'organizations below % were left behind', node.code
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""  # noqa: S608 - built from our own constants


def daterange(start: str, end: str) -> Func:
    """The half-open range of two date columns; an empty end means until today and on."""
    return Func(F(start), F(end), function="DATERANGE", output_field=DateRangeField())


class OrganizationQuerySet(ScopedQuerySet):
    def current(self) -> OrganizationQuerySet:
        return self.filter(dissolved_on=None)

    def branches(self) -> OrganizationQuerySet:
        return self.filter(kind__in=BRANCH_KINDS)

    def below(self, path: str) -> OrganizationQuerySet:
        """The organization at the path and everything under it."""
        return self.filter(path__startswith=path)


@tracked()
class Organization(models.Model):
    """Any node of the tree: a committee, a general branch, a branch.

    `path` is the codes from the root, each closed by "/"; ordering by it lists the tree depth-first.
    """

    scope_lookup = "path"
    view_permission = "organizations.view"

    code = models.CharField("党组织代码", max_length=32, unique=True)
    name = models.CharField("党组织名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("党组织类别", max_length=20, choices=Kind.choices)
    sector = models.CharField("所在单位类别", max_length=24, choices=Sector.choices, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级党组织"
    )
    path = models.CharField("路径", max_length=255, unique=True, editable=False)
    founded_on = models.DateField("成立日期", null=True, blank=True)
    dissolved_on = models.DateField("撤销日期", null=True, blank=True)
    contact = models.CharField("联系人", max_length=64, blank=True)
    phone = models.CharField("联系电话", max_length=32, blank=True)
    meeting_place = models.CharField("常用会议地点", max_length=100, blank=True)
    theme_day = models.PositiveSmallIntegerField(
        "主题党日固定日", null=True, blank=True, help_text="每月几号（MEET-06）；按星期定的不填这一项。"
    )
    theme_week = models.PositiveSmallIntegerField(
        "主题党日第几周", null=True, blank=True, choices=WEEKS, help_text="例如每月第二个周五"
    )
    theme_weekday = models.PositiveSmallIntegerField(
        "主题党日周几", null=True, blank=True, choices=WEEKDAY_CHOICES
    )
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "党组织"
        verbose_name_plural = "党组织"
        ordering = ["path"]
        indexes = [
            models.Index(fields=["name"], opclasses=["varchar_pattern_ops"], name="organization_name_prefix")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-Za-z]+$"),
                name="organization_code_is_plain",
                violation_error_message="党组织代码只能用数字和字母。",
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on=None) | Q(founded_on=None) | Q(dissolved_on__gte=F("founded_on")),
                name="organization_dissolved_after_founded",
                violation_error_message="撤销日期不能早于成立日期。",
            ),
            models.CheckConstraint(
                condition=Q(theme_day=None) | Q(theme_day__gte=1, theme_day__lte=28),
                name="organization_theme_day_in_every_month",
                violation_error_message="主题党日固定日请填 1 到 28。",
            ),
            models.CheckConstraint(
                condition=Q(theme_week=None, theme_weekday=None)
                | Q(
                    theme_day=None,
                    theme_week__isnull=False,
                    theme_week__range=(1, 4),
                    theme_weekday__isnull=False,
                    theme_weekday__range=(1, 7),
                ),
                name="organization_theme_day_by_number_or_weekday",
                violation_error_message="主题党日按日子定就填几号，按星期定就选第几个、周几，只填一样。",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="tree_is_sound",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "path", "code", "kind"),
                timing=pgtrigger.Deferred,
                declare=[("node", "organizations_organization%ROWTYPE")],
                func=TREE_IS_SOUND,
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def is_branch(self) -> bool:
        return self.kind in BRANCH_KINDS

    @property
    def is_temporary(self) -> bool:
        return self.kind == Kind.TEMPORARY_BRANCH

    @property
    def is_village(self) -> bool:
        return self.sector in VILLAGE_SECTORS

    @property
    def fixed_theme_day(self) -> MonthlyDay | None:
        """On which day of every month the branch holds its theme day (MEET-06); None if it fixed none."""
        if self.theme_day is None and self.theme_week is None:
            return None
        return MonthlyDay(self.theme_day or 0, self.theme_week or 0, self.theme_weekday or 0)

    @property
    def depth(self) -> int:
        """0 for the county's root, 1 for a township."""
        return self.path.count("/") - 1


@tracked()
class Placement(models.Model):
    """Under which name and parent an organization stood from `since` until (not including) `until`."""

    part_of = "organization"
    scope_lookup = "organization__path"
    view_permission = "organizations.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="placements", verbose_name="党组织"
    )
    name = models.CharField("名称", max_length=100)
    parent = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级党组织"
    )
    path = models.CharField("路径", max_length=255)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "隶属沿革"
        verbose_name_plural = "隶属沿革"
        ordering = ["since"]
        indexes = [models.Index(fields=["path"], opclasses=["varchar_pattern_ops"], name="placement_path")]
        constraints = [
            ExclusionConstraint(
                name="placement_one_at_a_time",
                expressions=[
                    ("organization", RangeOperators.EQUAL),
                    (daterange("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.since} 起）"


@tracked()
class PartyGroup(models.Model):
    """A group within a branch; it meets monthly (MEET-03) and is not an organization of its own."""

    part_of = "branch"
    scope_lookup = "branch__path"
    view_permission = "organizations.view"

    branch = models.ForeignKey(Organization, models.PROTECT, related_name="groups", verbose_name="党支部")
    name = models.CharField("党小组名称", max_length=40)
    since = models.DateField("划分日期")
    until = models.DateField("撤销日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "党小组"
        verbose_name_plural = "党小组"
        ordering = ["branch__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "name"],
                condition=Q(until=None),
                name="group_name_once_in_branch",
                violation_error_message="本支部已经有同名的党小组。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Term(models.Model):
    """A term of office (ELEC-01); due `years` after the election."""

    part_of = "organization"
    scope_lookup = "organization__path"
    view_permission = "organizations.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="terms", verbose_name="党组织"
    )
    number = models.PositiveSmallIntegerField("届次", null=True, blank=True)
    elected_on = models.DateField("当选日期")
    years = models.PositiveSmallIntegerField("任期（年）")
    ended_on = models.DateField("卸任日期", null=True, blank=True, help_text="下一届当选之日")
    extended_to = models.DateField("批准延期至", null=True, blank=True, help_text="一般不超过一年（ELEC-02）")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "任期"
        verbose_name_plural = "任期"
        ordering = ["-elected_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=5),
                name="term_years_1_to_5",
                violation_error_message="任期请填 1 到 5 年。",
            ),
            ExclusionConstraint(
                name="term_one_at_a_time",
                expressions=[
                    ("organization", RangeOperators.EQUAL),
                    (daterange("elected_on", "ended_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这一届与上一届的任期重叠。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.elected_on} 当选"

    @property
    def due_on(self) -> datetime.date:
        """The day on which the term runs out (CALC-06)."""
        return self.extended_to or add_years(self.elected_on, self.years)


class VillageQuerySet(ScopedQuerySet):
    def current(self) -> VillageQuerySet:
        return self.filter(organization__dissolved_on=None)


@tracked()
class Village(models.Model):
    """A village or community: the public body that discloses; its scope is that of its party organization."""

    part_of = "organization"
    scope_lookup = "organization__path"
    view_permission = "organizations.view"

    organization = models.OneToOneField(
        Organization, models.PROTECT, related_name="village", verbose_name="村党组织"
    )
    name = models.CharField("村名", max_length=100, help_text="带乡镇的全称，例如“东桥镇下堡村”")
    economic_body = models.CharField("集体经济组织", max_length=100, blank=True)
    chairman = models.CharField(
        "理事长", max_length=32, blank=True, help_text="集体经济组织的负责人，对财务公开负责（FIN-08）"
    )
    population = models.PositiveIntegerField("人口", null=True, blank=True)
    households = models.PositiveIntegerField("户数", null=True, blank=True)
    finance_monthly = models.BooleanField("财务每月公开", default=True, help_text="财务往来较多的（VAD-03）")
    since = models.DateField(
        "从哪天起在这里公开",
        default=today,
        help_text="这一天以前就结束的那些期，系统不催；以前公布过的可以补录",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = "村"
        verbose_name_plural = "村"
        ordering = ["organization__path"]

    def __str__(self) -> str:
        return self.name


class GroupQuerySet(ScopedQuerySet):
    def current(self) -> GroupQuerySet:
        return self.filter(ended_on=None, village__organization__dissolved_on=None)


@tracked()
class VillagersGroup(models.Model):
    """A villagers' group that holds collective property and discloses on its own (VAD-09)."""

    part_of = "village"
    scope_lookup = "village__organization__path"
    view_permission = "organizations.view"

    village = models.ForeignKey(Village, models.PROTECT, related_name="groups", verbose_name="村")
    name = models.CharField("名称", max_length=40, help_text="例如“第三村民小组”")
    economic_body = models.CharField("集体经济组织", max_length=100, blank=True)
    chairman = models.CharField("负责人", max_length=32, blank=True)
    households = models.PositiveIntegerField("户数", null=True, blank=True)
    ended_on = models.DateField("撤并日期", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = "村民小组"
        verbose_name_plural = "村民小组"
        ordering = ["village__organization__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"],
                condition=Q(ended_on=None),
                name="villagers_group_name_once_in_village",
                violation_error_message="本村已经有同名的村民小组。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
