"""Reads of what a village decided, step by step, and of who watches over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.calendar import written
from apps.decisions.kinds import Body
from apps.decisions.models import PublishedDecision, PublishedStep
from apps.disclosure.models import PublishedVillage
from apps.supervision.models import PublishedSupervisor

MOST = 100


@dataclass(frozen=True)
class Step:
    """A sitting as people read it."""

    title: str
    on: str
    body: str
    figures: str
    passed: bool
    merged: bool


def decisions_of(village: PublishedVillage, *, most: int = MOST) -> list[PublishedDecision]:
    """What was decided and published, newest first."""
    return list(village.decisions.all()[:most])


def numbers_in(code: str) -> list[int]:
    """The numbers of a village's decisions, for their addresses."""
    return list(PublishedDecision.objects.filter(village__code=code).values_list("pk", flat=True))


def decision_named(code: str, number: int) -> PublishedDecision:
    """Raises PublishedDecision.DoesNotExist."""
    return PublishedDecision.objects.select_related("village").get(village__code=code, pk=number)


def steps_of(decision: PublishedDecision) -> list[Step]:
    """Every sitting in order, those that did not pass too; one query."""
    return [_step(row) for row in decision.steps.order_by("id")]


def _step(row: PublishedStep) -> Step:
    unit = "户" if row.counted_by == "households" else "人"
    heads = f"应到 {row.expected} {unit}，实到 {row.present} {unit}"
    if row.body == Body.MEMBERS and row.whole:
        heads = f"全体成员 {row.whole} 人，{heads}"
    votes = f"赞成 {row.in_favour} 票，反对 {row.against} 票，弃权 {row.abstained} 票"
    return Step(
        title=row.get_stage_display(),
        on=written(row.held_on),
        body=row.get_body_display(),
        figures=f"{heads}；{votes}",
        passed=row.passed,
        merged=row.merged,
    )


def supervisors_of(village: PublishedVillage) -> Sequence[PublishedSupervisor]:
    """Who sits on the supervision committee now, the chair first; one query."""
    return list(village.supervisors.all())
