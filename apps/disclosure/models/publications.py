"""Publications of a village and the way each goes, from which the database lets none stray."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.disclosure.catalogue import AUDIENCE_CHOICES, Audience, Item, item_named
from apps.disclosure.models.catalogues import DisclosureEvent
from apps.disclosure.models.statements import Statement
from apps.disclosure.states import OPEN, PARTY_STEPS, PUBLIC, State
from apps.organizations.models import Village, VillagersGroup

if TYPE_CHECKING:
    from apps.disclosure.models.tables import Table

ACTION_CHOICES = [(action, step.label) for action, step in PARTY_STEPS.items()] + [("replace", "更正")]
_PUBLIC = ", ".join(f"'{state.value}'" for state in sorted(PUBLIC))

# Nothing becomes public but from a joint meeting's decision, and that only after the committee's consent to
# what was proposed last; party affairs only after somebody has looked for secrets in it (PAO-02).
WAY_IS_KEPT = f"""
    IF TG_OP = 'INSERT' AND NEW.state <> 'draft' THEN
        RAISE EXCEPTION 'a publication begins as a draft' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.item <> OLD.item THEN
        RAISE EXCEPTION 'publication % is of one item', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state = 'published' AND OLD.state <> 'published' THEN
        SELECT coalesce(max(id) FILTER (WHERE action = 'propose'), 0) AS proposed,
               coalesce(max(id) FILTER (WHERE action = 'consent'), 0) AS consented,
               coalesce(max(id) FILTER (WHERE action = 'clear'), 0) AS cleared
        INTO taken FROM disclosure_deed WHERE publication_id = NEW.id;
        IF OLD.state <> 'confirmed' OR taken.consented <= taken.proposed THEN
            RAISE EXCEPTION 'publication % did not go through the supervision committee', NEW.id
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.item LIKE 'P%' AND taken.cleared <= taken.consented THEN
            RAISE EXCEPTION 'publication % was not looked at for secrets', NEW.id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state IN ({_PUBLIC}) AND (
        NEW.state NOT IN ({_PUBLIC}) OR NEW.content IS DISTINCT FROM OLD.content
        OR NEW.checksum IS DISTINCT FROM OLD.checksum OR NEW.previous_checksum <> OLD.previous_checksum
        OR NEW.chain_number IS DISTINCT FROM OLD.chain_number
        OR NEW.published_at IS DISTINCT FROM OLD.published_at OR NEW.audience <> OLD.audience
        OR NEW.nothing <> OLD.nothing
    ) THEN
        RAISE EXCEPTION 'publication % is public', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - built from our own constants


# The content of what is public never changes, so that a copy of it in the history would only double it.
@tracked(exclude=["content"])
class Publication(models.Model):
    """One disclosure of an item by a village for a period, in one version.

    `content` is what the public sees, frozen when it is published; `checksum` is over it and over the
    checksum of the village's publication before it (`chain_number` counts them), so that nothing can be
    changed or left out unseen. What is not for everybody has a chain of its own and no place in any view.
    """

    scope_lookup = "village__organization__path"
    view_permission = "disclosure.view"

    village = models.ForeignKey(Village, models.PROTECT, related_name="publications", verbose_name="村")
    group = models.ForeignKey(
        VillagersGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publications",
        verbose_name="村民小组",
        help_text="由村民小组自己公开的（VAD-09）",
    )
    item = models.CharField("公开事项", max_length=8)
    item_title = models.CharField("事项名称", max_length=60, blank=True, help_text="增加的事项才写")
    audience = models.CharField("公开范围", max_length=16, choices=AUDIENCE_CHOICES, default=Audience.PUBLIC)
    event = models.ForeignKey(
        DisclosureEvent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publications",
        verbose_name="要公开的事",
    )
    first_on = models.DateField("自")
    last_on = models.DateField("至")
    title = models.CharField("标题", max_length=100)
    body = models.TextField("正文", blank=True)
    nothing = models.BooleanField(
        "本期无发生", default=False, editable=False, help_text="这一期这一项没有发生什么"
    )
    statement = models.OneToOneField(
        Statement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publication",
        verbose_name="财务收支明细表",
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveSmallIntegerField("版次", default=1)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="更正的是",
    )
    reason = models.CharField("更正的原因", max_length=200, blank=True)
    director = models.CharField("集体经济组织负责人", max_length=32, blank=True)
    supervisor = models.CharField("监委会主任", max_length=32, blank=True)
    accountant = models.CharField("主管会计", max_length=32, blank=True)
    withdraw_reason = models.CharField("撤回的原因", max_length=200, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    content = models.JSONField("公布的内容", null=True, editable=False)
    chain_number = models.PositiveIntegerField("序号", null=True, editable=False)
    checksum = models.CharField("校验码", max_length=64, blank=True, editable=False)
    previous_checksum = models.CharField("上一件的校验码", max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "公开"
        verbose_name_plural = "公开"
        ordering = ["-last_on", "village__organization__path", "item", "-revision"]
        indexes = [models.Index(fields=["village", "item", "last_on"], name="publication_of_item")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="publication_days_in_order",
                violation_error_message="期间的止日不能早于起日。",
            ),
            models.CheckConstraint(
                condition=Q(revision=1, replaces=None)
                | (Q(revision__gt=1, replaces__isnull=False) & ~Q(reason="")),
                name="publication_corrected_for_a_reason",
                violation_error_message="请写明更正的原因。",
            ),
            models.CheckConstraint(
                condition=Q(nothing=False) | Q(statement=None, event=None, item__startswith="V"),
                name="publication_nothing_of_a_period",
                violation_error_message="财务、党务和登记过的事，不能写成本期无发生。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in sorted(PUBLIC)])
                | (
                    Q(content__isnull=False, published_at__isnull=False, chain_number__gte=1)
                    & ~Q(checksum="")
                ),
                name="publication_public_with_content",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | ~Q(withdraw_reason=""),
                name="publication_withdrawn_for_a_reason",
                violation_error_message="请写明撤回的原因。",
            ),
            models.UniqueConstraint(
                fields=["village", "chain_number"],
                condition=Q(audience=Audience.PUBLIC),
                name="publication_once_in_chain",
            ),
            models.UniqueConstraint(
                fields=["village", "chain_number"],
                condition=~Q(audience=Audience.PUBLIC),
                name="publication_once_in_inner_chain",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="way_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("taken", "RECORD")],
                func=WAY_IS_KEPT,
            ),
            pgtrigger.Protect(
                name="public_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=sorted(PUBLIC)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def publisher(self) -> str:
        """Who publishes it: the village, or one of its groups by its whole name."""
        return f"{self.village.name}{self.group.name}" if self.group else self.village.name

    @property
    def standing(self) -> Publication:
        """What it has come to: itself, or the last of its corrections that everybody saw."""
        publication = self
        while publication.state == State.REPLACED:
            publication = publication.replaced_by
        return publication

    @property
    def is_in_force(self) -> bool:
        """Whether it, or what it was corrected to, is published and not withdrawn."""
        return self.standing.state == State.PUBLISHED

    @property
    def may_be_written_anew(self) -> bool:
        """Whether it is still a draft, or was withdrawn, corrected before or not."""
        return self.standing.state in OPEN | {State.WITHDRAWN}

    @property
    def filled(self) -> Table | None:
        """The table that it shows, if it is one of those of `tables.KINDS`."""
        return getattr(self, "table", None)

    @property
    def about(self) -> Item:
        return item_named(self.item, self.item_title)


@tracked()
class Deed(models.Model):
    """A step that somebody took with a publication: who, when, and what they said."""

    part_of = "publication"
    scope_lookup = "publication__village__organization__path"
    view_permission = "disclosure.view"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="deeds", verbose_name="公开")
    action = models.CharField("步骤", max_length=12, choices=ACTION_CHOICES)
    on = models.DateField("日期")
    names = models.CharField("参加的人", max_length=200, blank=True)
    note = models.CharField("意见", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记的人"
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "公开的步骤"
        verbose_name_plural = "公开的步骤"
        ordering = ["publication", "id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.on}"
