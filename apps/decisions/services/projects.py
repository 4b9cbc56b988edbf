"""A project from its plan to its payment; each phase rests on the one before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.core.workflow import lock_for
from apps.decisions.kinds import Stage
from apps.decisions.models import Contribution, FourStepDecision, Project
from apps.decisions.queries import PREPARE


@dataclass(frozen=True, slots=True)
class Share:
    """What one source gives."""

    means: str
    basis: str
    rate: Decimal
    units: int = 1


@transaction.atomic
def plan_project(
    decision: FourStepDecision, *, title: str, budget: Decimal, shares: Sequence[Share], by: Person
) -> Project:
    """What the project costs and who gives what; may be planned anew until the contract is signed."""
    demand(by, PREPARE, decision.village.organization.path)
    project = Project.objects.select_for_update().filter(decision=decision).first()
    if project and project.contract_on:
        raise Refused("已经签了合同，方案不能再改。")
    if not shares:
        raise Refused("请写明钱和工从哪里来，至少一项。")
    project = project or Project(decision=decision, village=decision.village)
    project.title, project.budget, project.planned_on = title, budget, today()
    save_checked(project)
    Contribution.objects.filter(project=project).delete()
    for share in shares:
        save_checked(Contribution(project=project, **_as_row(share)))
    _tell("decisions.project", project, by)
    return project


def _as_row(share: Share) -> dict[str, object]:
    return {name: getattr(share, name) for name in ("means", "basis", "rate", "units")}


@transaction.atomic
def sign_contract(
    project: Project, *, tender: str, party: str, price: Decimal, on: datetime.date, by: Person
) -> Project:
    """Who builds it for how much; only after the villagers decided (RURAL-03)."""
    row = project_locked(project, by)
    decided = row.decision.steps.filter(stage=Stage.DECIDED, passed=True).first()
    if decided is None:
        raise Refused("村民还没有决定，不能签合同。", rule="RURAL-03")
    if row.accepted_on:
        raise Refused("已经验收，合同不能再改。")
    _check_between(decided.held_on, on, "签合同不能早于村民决定，不能晚于今天。")
    row.tender, row.party, row.price, row.contract_on = tender, party.strip(), price, on
    return _saved(row, "decisions.contract", by)


@transaction.atomic
def accept(project: Project, *, on: datetime.date, names: str, opinion: str, by: Person) -> Project:
    """Who looked at the finished work, and what they found."""
    row = project_locked(project, by)
    if row.contract_on is None:
        raise Refused("还没有登记合同，不能验收。")
    if row.settled_on:
        raise Refused("已经结算，验收不能再改。")
    _check_between(row.contract_on, on, "验收不能早于签合同，不能晚于今天。")
    row.accepted_on, row.accepted_by, row.acceptance = on, names.strip(), opinion.strip()
    return _saved(row, "decisions.accept", by)


@transaction.atomic
def settle(project: Project, *, price: Decimal, on: datetime.date, reason: str = "", by: Person) -> Project:
    """What it came to; where that is not the contract's price, the reason."""
    row = project_locked(project, by)
    if row.accepted_on is None:
        raise Refused("还没有验收，不能结算。")
    if price != row.price and not reason.strip():
        raise Refused("结算价和合同价不一样，请写明原因。", field="reason")
    if row.paid > price:
        raise Refused(f"已经付了 {row.paid:,.2f} 元，结算价不能比它少。", field="price")
    _check_between(row.accepted_on, on, "结算不能早于验收，不能晚于今天。")
    row.settled, row.settled_on, row.settled_reason = price, on, reason.strip()
    return _saved(row, "decisions.settle", by)


@transaction.atomic
def pay(project: Project, *, amount: Decimal, on: datetime.date, by: Person) -> Project:
    """A payment; all together no more than is owed."""
    row = project_locked(project, by)
    if row.contract_on is None or row.price is None:
        raise Refused("还没有登记合同，不能付款。")
    owed = row.price if row.settled is None else row.settled
    if row.paid + amount > owed:
        raise Refused(
            f"加上这一笔共付 {row.paid + amount:,.2f} 元，多于应付的 {owed:,.2f} 元。", field="amount"
        )
    _check_between(row.paid_on or row.contract_on, on, "付款日期不能早于合同和上一笔付款，不能晚于今天。")
    row.paid, row.paid_on = row.paid + amount, on
    return _saved(row, "decisions.pay", by)


def project_locked(project: Project, by: Person) -> Project:
    demand(by, PREPARE, project.village.organization.path)
    return lock_for(project)


def _check_between(earliest: datetime.date, on: datetime.date, sentence: str) -> None:
    if not earliest <= on <= today():
        raise Refused(sentence, field="on")


def _saved(row: Project, deed: str, by: Person) -> Project:
    row.version += 1
    save_checked(row)
    _tell(deed, row, by)
    return row


def _tell(deed: str, row: Project, by: Person) -> None:
    record(deed, by=by, on=row, organization_path=row.village.organization.path)
