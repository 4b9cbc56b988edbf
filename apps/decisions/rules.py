"""Which step comes next, and what a sitting must have. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from apps.core.calendar import today, written
from apps.core.errors import Refused
from apps.decisions.kinds import RESERVED, Body, Kind, Stage, bodies_of
from apps.regulations.table import Overrides, limit


class Held(Protocol):
    """A sitting that was held, as far as the order is concerned."""

    held_on: datetime.date
    passed: bool
    verdict: str
    rule: str

    @property
    def step(self) -> Stage: ...


def next_stage(held: Sequence[Held]) -> Stage | None:
    """The step that may be held now; a step that did not pass is held again; None after the last."""
    passed = {each.step for each in held if each.passed}
    return next((stage for stage in Stage if stage not in passed), None)


def check_turn(stage: Stage, held: Sequence[Held]) -> None:
    """Refused unless it is the step's turn, with the figures of the one that did not pass (RURAL-01)."""
    due = next_stage(held)
    if due is stage:
        return
    if due is None or stage < due:
        raise Refused(f"“{stage.label}”已经办过了，请刷新页面再看。", rule="RURAL-01")
    failed = next((each for each in reversed(held) if each.step is due), None)
    if failed:
        sentence = f"“{due.label}”没有通过：{failed.verdict}要重新开会通过，才能办“{stage.label}”。"
        raise Refused(sentence, rule=failed.rule)
    raise Refused(f"还没有办“{due.label}”，不能先办“{stage.label}”。", rule="RURAL-01")


def check_day(day: datetime.date, held: Sequence[Held]) -> None:
    """A step is not dated before the one before it, and not in the future (RURAL-01)."""
    if day > today():
        raise Refused("日期不能晚于今天。", field="held_on")
    if held and day < held[-1].held_on:
        sentence = f"日期不能早于上一步（{written(held[-1].held_on)}）。"
        raise Refused(sentence, field="held_on", rule="RURAL-01")


def check_body(stage: Stage, body: Body, kind: Kind) -> None:
    """The collective's property is not the villagers' meeting's to decide, nor the other way round."""
    if body in bodies_of(stage, kind):
        return
    rule = "RURAL-04" if kind is Kind.COLLECTIVE else "RURAL-03"
    raise Refused(f"{kind.label}不能由{body.label}办这一步。", field="body", rule=rule)


def check_authorization(body: Body, matter: str, authorization: str) -> None:
    """Representatives decide one of the six kinds only where the villagers' meeting let them (RURAL-03)."""
    if body is Body.REPRESENTATIVES and matter in RESERVED and not authorization.strip():
        sentence = "这一类事项由村民会议决定；由村民代表会议决定的，请写明村民会议哪天授权的。"
        raise Refused(sentence, field="authorization", rule="RURAL-03")


def may_merge(on: datetime.date, overrides: Overrides) -> bool:
    """Whether the county lets one sitting take the first two steps (RURAL-05)."""
    return int(limit("RURAL-05", on=on, overrides=overrides).value) > 1


def funding_remark(budget: Decimal, money: Decimal) -> str:
    """What to say where the money that was found does not reach the budget; "" when it does."""
    if money >= budget:
        return ""
    return f"钱的来源合计 {money:,.2f} 元，比预算少 {budget - money:,.2f} 元，请写明差的从哪里来。"


def contract_remark(budget: Decimal, price: Decimal) -> str:
    """What to say of a contract above the budget that was decided; "" when it is not."""
    if price <= budget:
        return ""
    return f"合同价比村民决定的预算高 {price - budget:,.2f} 元，超过预算的要重新决定。"


def settlement_remark(price: Decimal, settled: Decimal, on: datetime.date) -> str:
    """What to say of a settlement that is far above the contract; "" when it is not (FIN-04)."""
    row = limit("FIN-04", "settlement", on=on)
    if not price or row.allows(Fraction(settled - price) / Fraction(price)):
        return ""
    more = (settled - price) / price * 100
    return f"结算价比合同价高 {more:.1f}%，超过一成，请看原因。"
