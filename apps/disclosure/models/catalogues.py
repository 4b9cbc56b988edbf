"""The county's yearly catalogue in its versions, and what townships and villages add to it."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.disclosure.catalogue import AUDIENCE_CHOICES, RHYTHM_CHOICES, Audience, Item, Rhythm
from apps.organizations.models import Organization, Village

ADOPTED_IS_FROZEN = """
    IF EXISTS (
        SELECT 1 FROM disclosure_catalogue catalogue
        WHERE catalogue.id = coalesce(NEW.catalogue_id, OLD.catalogue_id)
          AND catalogue.adopted_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'an adopted catalogue does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


class ItemText(models.Model):
    """What a catalogue says of one item."""

    code = models.CharField("代码", max_length=8)
    group = models.CharField("类别", max_length=20)
    title = models.CharField("公开事项", max_length=60)
    points = models.CharField("内容要点", max_length=300, blank=True)
    rhythm = models.CharField("时限", max_length=10, choices=RHYTHM_CHOICES)
    basis = models.CharField("依据", max_length=100)
    publisher = models.CharField("公开主体", max_length=20)
    channels = models.CharField("渠道", max_length=60)
    masked = models.CharField("不能公开的", max_length=200, blank=True)
    audience = models.CharField("公开范围", max_length=16, choices=AUDIENCE_CHOICES, default=Audience.PUBLIC)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> Item:
        """The same as a value."""
        return Item(
            self.code,
            self.group,
            self.title,
            Rhythm(self.rhythm),
            self.basis,
            self.masked,
            self.points,
            self.publisher,
            self.channels,
            Audience(self.audience),
        )


@tracked()
class Catalogue(models.Model):
    """One version of what a county has its villages publish in a year (VAD-15).

    A draft until it is adopted; then it never changes, and what changes is another version with its day.
    """

    scope_lookup = "organization__path"
    view_permission = "disclosure.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="disclosure_catalogues", verbose_name="县"
    )
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("版次")
    since = models.DateField("起算日")
    adopted_on = models.DateField("确定日期", null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="确定的人",
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "村务公开目录"
        verbose_name_plural = "村务公开目录"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year", "number"], name="catalogue_version"),
            models.UniqueConstraint(
                fields=["organization", "year"],
                condition=Q(adopted_on=None),
                name="catalogue_one_draft",
                violation_error_message="这一年已经有一版草稿，请接着改那一版。",
            ),
            models.CheckConstraint(
                condition=Q(since__year=models.F("year")),
                name="catalogue_since_in_its_year",
                violation_error_message="起算日要在这一年里。",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="adopted_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__adopted_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年村务公开目录第 {self.number} 版"


@tracked()
class CatalogueItem(ItemText):
    """An item of a version of the catalogue."""

    part_of = "catalogue"
    scope_lookup = "catalogue__organization__path"
    view_permission = "disclosure.view"

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="items", verbose_name="目录")
    place = models.PositiveSmallIntegerField("序号")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "目录事项"
        verbose_name_plural = "目录事项"
        ordering = ["catalogue", "place"]
        constraints = [models.UniqueConstraint(fields=["catalogue", "code"], name="catalogue_item_once")]
        triggers = [
            pgtrigger.Trigger(
                name="adopted_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=ADOPTED_IS_FROZEN,
            )
        ]


@tracked()
class AddedItem(ItemText):
    """What a township or a village publishes besides; it is never taken back (VAD-15).

    Where villagers asked for it together, the numbers that asked stay with it (VAD-14).
    """

    scope_lookup = "organization__path"
    view_permission = "disclosure.view"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="added_disclosure_items", verbose_name="在哪里"
    )
    county = models.CharField(max_length=40, editable=False)
    since = models.DateField("起算日")
    villagers = models.PositiveIntegerField("联名的村民", null=True, blank=True)
    all_villagers = models.PositiveIntegerField("全村村民", null=True, blank=True)
    deputies = models.PositiveIntegerField("联名的村民代表", null=True, blank=True)
    all_deputies = models.PositiveIntegerField("全体村民代表", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记的人"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "增加的公开事项"
        verbose_name_plural = "增加的公开事项"
        ordering = ["organization__path", "since", "code"]
        constraints = [
            models.UniqueConstraint(fields=["county", "code"], name="added_item_code"),
            models.CheckConstraint(
                condition=(Q(villagers=None) | Q(villagers__lte=models.F("all_villagers")))
                & (Q(deputies=None) | Q(deputies__lte=models.F("all_deputies"))),
                name="added_item_asked_by_some_of_all",
                violation_error_message="联名的人数不能多于总数。",
            ),
        ]
        triggers = [pgtrigger.Protect(name="added_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def is_asked_for(self) -> bool:
        """Whether villagers asked for it together."""
        return self.villagers is not None or self.deputies is not None


@tracked()
class DisclosureEvent(models.Model):
    """Something happened in a village that must be made public within days (VAD-04)."""

    scope_lookup = "village__organization__path"
    view_permission = "disclosure.view"

    village = models.ForeignKey(Village, models.PROTECT, related_name="disclosure_events", verbose_name="村")
    item = models.CharField("公开事项", max_length=8)
    item_title = models.CharField("事项名称", max_length=60, blank=True)
    happened_on = models.DateField("发生日期")
    words = models.CharField("什么事", max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记的人"
    )
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    cancel_reason = models.CharField("作废的原因", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "要公开的事"
        verbose_name_plural = "要公开的事"
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["village", "happened_on"], name="disclosure_event_of_village")]

    def __str__(self) -> str:
        return self.words
