"""Projects that villagers fund by their own decision (一事一议), from the plan to the payment."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Self

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.audit.history import tracked
from apps.core.scope import ScopedQuerySet
from apps.decisions.models.decisions import FourStepDecision
from apps.disclosure.models import Publication
from apps.organizations.models import Village


class Phase(models.TextChoices):
    """How far a project is; each phase may be disclosed."""

    PLAN = "plan", "方案和预算"
    CONTRACT = "contract", "招标和合同"
    ACCEPTANCE = "acceptance", "验收"
    SETTLEMENT = "settlement", "结算"
    PAYMENT = "payment", "付款"


class Tender(models.TextChoices):
    OPEN = "open", "公开招标"
    INVITED = "invited", "邀请招标"
    COMPARED = "compared", "比价、询价"
    DIRECT = "direct", "会议定的施工人"
    OURSELVES = "ourselves", "村民自建"


class Basis(models.TextChoices):
    PER_HEAD = "per_head", "按人"
    PER_HOUSEHOLD = "per_household", "按户"
    TOTAL = "total", "一笔"


class Means(models.TextChoices):
    MONEY = "money", "筹资（元）"
    LABOUR = "labour", "筹劳（工日）"
    SUBSIDY = "subsidy", "财政奖补（元）"
    COLLECTIVE = "collective", "村集体资金（元）"
    DONATION = "donation", "捐赠（元）"


class Money(models.DecimalField):
    """Yuan to the fen, never below nothing."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        options = {"max_digits": 14, "decimal_places": 2, "validators": [MinValueValidator(0)], **kwargs}
        super().__init__(*args, **options)  # type: ignore[arg-type]


# Nothing is contracted before the villagers decided (RURAL-03).
DECIDED_FIRST = """
    IF NEW.contract_on IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM decisions_decisionstep step
        WHERE step.decision_id = NEW.decision_id AND step.passed AND step.stage = 4
          AND step.held_on <= NEW.contract_on) THEN
        RAISE EXCEPTION 'project % was contracted before it was decided', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


# Which day tells that a phase was reached; a payment before the settlement carries a project no further.
REACHED: dict[Phase, Q] = {
    Phase.PLAN: Q(),
    Phase.CONTRACT: Q(contract_on__isnull=False),
    Phase.ACCEPTANCE: Q(accepted_on__isnull=False),
    Phase.SETTLEMENT: Q(settled_on__isnull=False),
    Phase.PAYMENT: Q(settled_on__isnull=False, paid_on__isnull=False),
}


class ProjectQuerySet(ScopedQuerySet):
    def at(self, phase: Phase) -> Self:
        """The projects that are at that phase and no further."""
        later = list(Phase)[list(Phase).index(phase) + 1 :]
        return self.filter(REACHED[phase], *(~REACHED[each] for each in later))


@tracked()
class Project(models.Model):
    """One matter, one discussion: what it costs, who gives what, who builds it, what was paid (FIN-04)."""

    scope_lookup = "village__organization__path"
    view_permission = "decisions.view"

    village = models.ForeignKey(Village, models.PROTECT, related_name="projects", verbose_name="村")
    decision = models.OneToOneField(
        FourStepDecision, models.PROTECT, related_name="project", verbose_name="决定它的事项"
    )
    title = models.CharField("项目", max_length=100)
    planned_on = models.DateField("方案日期")
    budget = Money("预算")
    tender = models.CharField("发包方式", max_length=12, choices=Tender.choices, blank=True)
    party = models.CharField("承包方", max_length=100, blank=True)
    price = Money("合同价", null=True, blank=True)
    contract_on = models.DateField("签合同日期", null=True, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    accepted_by = models.CharField("验收的人", max_length=200, blank=True)
    acceptance = models.CharField("验收结论", max_length=300, blank=True)
    settled = Money("结算价", null=True, blank=True)
    settled_on = models.DateField("结算日期", null=True, blank=True)
    settled_reason = models.CharField("结算价不同的原因", max_length=200, blank=True)
    paid = Money("已付", default=Decimal(0))
    paid_on = models.DateField("最近付款日期", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "一事一议项目"
        verbose_name_plural = "一事一议项目"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_on=None, price=None, party="")
                | (Q(contract_on__isnull=False, price__isnull=False) & ~Q(party="") & ~Q(tender="")),
                name="project_contract_whole",
                violation_error_message="合同要写全：发包方式、承包方、合同价、日期。",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(accepted_on__gte=F("contract_on")),
                name="project_accepted_after_contract",
                violation_error_message="验收不能早于签合同。",
            ),
            models.CheckConstraint(
                condition=Q(settled_on=None, settled=None)
                | Q(settled__isnull=False, settled_on__gte=F("accepted_on")),
                name="project_settled_after_acceptance",
                violation_error_message="结算不能早于验收。",
            ),
            models.CheckConstraint(
                condition=Q(paid__lte=F("price"), settled=None) | Q(paid__lte=F("settled")) | Q(paid=0),
                name="project_paid_no_more_than_owed",
                violation_error_message="已付不能多于合同价；结算以后不能多于结算价。",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="decided_first",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=DECIDED_FIRST,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("decisions:project", args=[self.pk])

    def day_of(self, phase: Phase) -> datetime.date | None:
        """The day on which the phase was reached."""
        days = {
            Phase.PLAN: self.planned_on,
            Phase.CONTRACT: self.contract_on,
            Phase.ACCEPTANCE: self.accepted_on,
            Phase.SETTLEMENT: self.settled_on,
            Phase.PAYMENT: self.paid_on,
        }
        return days[phase]

    @property
    def phase(self) -> Phase:
        """The last phase that was reached; payment is the last only once it was settled."""
        reached = [phase for phase in Phase if self.day_of(phase)]
        if self.settled_on is None and Phase.PAYMENT in reached:
            reached.remove(Phase.PAYMENT)
        return reached[-1]


@tracked()
class Contribution(models.Model):
    """What one source gives: so much a head or household, or one sum."""

    part_of = "project"
    scope_lookup = "project__village__organization__path"
    view_permission = "decisions.view"

    project = models.ForeignKey(Project, models.CASCADE, related_name="contributions", verbose_name="项目")
    means = models.CharField("筹什么", max_length=12, choices=Means.choices)
    basis = models.CharField("怎样算", max_length=16, choices=Basis.choices)
    rate = Money("标准")
    units = models.PositiveIntegerField("人数或户数", default=1, validators=[MinValueValidator(1)])

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "筹资筹劳"
        verbose_name_plural = "筹资筹劳"
        ordering = ["project", "id"]

    def __str__(self) -> str:
        return self.get_means_display()

    @property
    def amount(self) -> Decimal:
        return self.rate * self.units


@tracked()
class ProjectPublication(models.Model):
    """What was disclosed of a phase of a project."""

    part_of = "project"
    scope_lookup = "project__village__organization__path"
    view_permission = "decisions.view"

    project = models.ForeignKey(Project, models.PROTECT, related_name="publications", verbose_name="项目")
    phase = models.CharField("阶段", max_length=12, choices=Phase.choices)
    publication = models.OneToOneField(
        Publication, models.PROTECT, related_name="project_phase", verbose_name="公开"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "项目的公开"
        verbose_name_plural = "项目的公开"
        ordering = ["project", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "phase"], name="project_phase_once")]

    def __str__(self) -> str:
        return f"{self.project} {self.get_phase_display()}"
