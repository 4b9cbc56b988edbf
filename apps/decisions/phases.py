"""A project's phases as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from apps.decisions.models.projects import Means, Phase
from apps.decisions.rules import contract_remark, funding_remark, settlement_remark
from apps.decisions.services.drafts import TEXTS

if TYPE_CHECKING:
    from apps.decisions.models import FourStepDecision, Project
    from apps.disclosure.models import Publication


@dataclass(frozen=True)
class Card:
    """A phase: its facts, what was disclosed of it, and what may be done."""

    phase: Phase
    lines: tuple[str, ...]
    publication: Publication | None
    register: str
    """Where the phase is written down; "" where that is not open."""
    may_disclose: bool

    @property
    def is_reached(self) -> bool:
        return bool(self.lines)


def cards_of(project: Project, *, may_write: bool) -> list[Card]:
    published = {link.phase: link.publication for link in project.publications.all()}
    return [_card(project, phase, published.get(phase), may_write=may_write) for phase in Phase]


def _card(project: Project, phase: Phase, publication: Publication | None, *, may_write: bool) -> Card:
    reached = project.day_of(phase) is not None
    lines = tuple(TEXTS[phase](project).splitlines()[1:]) if reached else ()
    may_disclose = may_write and reached and (publication is None or publication.may_be_written_anew)
    shown = publication.standing if publication else None
    return Card(phase, lines, shown, _register(project, phase) if may_write else "", may_disclose)


def _register(project: Project, phase: Phase) -> str:
    """A phase is open once the one before was reached, and until the one after is."""
    is_open = {
        Phase.PLAN: False,
        Phase.CONTRACT: project.accepted_on is None,
        Phase.ACCEPTANCE: project.contract_on is not None and project.settled_on is None,
        Phase.SETTLEMENT: project.accepted_on is not None,
        Phase.PAYMENT: project.contract_on is not None,
    }
    return reverse("decisions:phase", args=[project.pk, phase]) if is_open[phase] else ""


def stored_of(project: Project, phase: Phase) -> dict[str, Any]:
    """What the phase's form begins with: what was written down before."""
    if phase is Phase.PAYMENT or project.day_of(phase) is None:
        return {}
    stored: dict[Phase, dict[str, Any]] = {
        Phase.CONTRACT: {
            "tender": project.tender,
            "party": project.party,
            "price": project.price,
            "on": project.contract_on,
        },
        Phase.ACCEPTANCE: {
            "on": project.accepted_on,
            "names": project.accepted_by,
            "opinion": project.acceptance,
        },
        Phase.SETTLEMENT: {
            "price": project.settled,
            "on": project.settled_on,
            "reason": project.settled_reason,
        },
    }
    return stored[phase]


def plan_of(decision: FourStepDecision) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the plan's form begins with."""
    project: Project | None = getattr(decision, "project", None)
    if project is None:
        return {"title": decision.title}, []
    names = ("means", "basis", "rate", "units")
    shares = [{name: getattr(each, name) for name in names} for each in project.contributions.all()]
    return {"title": project.title, "budget": project.budget}, shares


def remarks_of(project: Project) -> list[tuple[str, str]]:
    """(title, sentence) of what is amiss with the money: found, contracted, settled (FIN-04)."""
    found = [("资金来源", funding_remark(project.budget, _money(project)))]
    if project.price is not None:
        found.append(("合同", contract_remark(project.budget, project.price)))
    if project.settled is not None and project.price is not None and project.settled_on is not None:
        found.append(("结算", settlement_remark(project.price, project.settled, project.settled_on)))
    return [(title, sentence) for title, sentence in found if sentence]


def _money(project: Project) -> Decimal:
    """What is found in yuan; labour is counted in days."""
    shares = project.contributions.all()
    return sum((each.amount for each in shares if each.means != Means.LABOUR), Decimal(0))
