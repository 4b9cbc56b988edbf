"""What is written for the public from the data of a decision or a project. Pure: text from values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from apps.core.calendar import written
from apps.decisions.kinds import Body

if TYPE_CHECKING:
    from apps.decisions.models import Contribution, DecisionStep, FourStepDecision, Project


def counted(step: DecisionStep) -> str:
    """ "应到 37 人，实到 33 人，赞成 30 票，反对 2 票，弃权 1 票" """
    unit = "户" if step.counted_by == "households" else "人"
    whole = f"（全体成员 {step.whole} 人）" if step.body == Body.MEMBERS and step.whole else ""
    return (
        f"应到 {step.expected} {unit}{whole}，实到 {step.present} {unit}，"
        f"赞成 {step.in_favour} 票，反对 {step.against} 票，弃权 {step.abstained} 票"
    )


def resolution_text(decision: FourStepDecision, steps: Iterable[DecisionStep]) -> str:
    """The resolution with what was decided and how each body voted."""
    heads = [f"事项：{decision.title}", f"动议来源：{decision.get_motion_display()}"]
    if decision.named_group:
        heads.append(f"村民小组：{decision.named_group}")
    passed = [step for step in steps if step.passed]
    lines = [f"{number}．{_line(step)}" for number, step in enumerate(passed, 1)]
    return "\n".join([*heads, "", "决定的内容：", decision.content, "", "怎样决定的：", *lines])


def _line(step: DecisionStep) -> str:
    head = f"{written(step.held_on)}，{step.get_body_display()}：{counted(step)}，通过。"
    return f"{head}{step.authorization}。" if step.authorization else head


def result_text(decision: FourStepDecision) -> str:
    assert decision.result_on is not None  # noqa: S101 - for the type checker: a result has its day
    heads = f"事项：{decision.title}\n完成日期：{written(decision.result_on)}"
    return f"{heads}\n\n实施结果：\n{decision.result_words}"


def plan_text(project: Project, contributions: Iterable[Contribution]) -> str:
    lines = [f"项目：{project.title}", f"预算：{project.budget:,.2f} 元", "", "筹资筹劳："]
    return "\n".join([*lines, *(contributed(each) for each in contributions)])


def contributed(each: Contribution) -> str:
    """ "筹资：按人 20 元 × 1,200 人，共 24,000.00 元" """
    name, _, unit = each.get_means_display().rstrip("）").partition("（")
    if each.basis == "total":
        return f"{name}：{each.rate:,.2f} {unit}"
    who = "人" if each.basis == "per_head" else "户"
    sums = f"{each.rate:,.2f} {unit} × {each.units:,} {who}，共 {each.amount:,.2f} {unit}"
    return f"{name}：{each.get_basis_display()} {sums}"


def contract_text(project: Project) -> str:
    assert project.contract_on is not None  # noqa: S101 - for the type checker
    return (
        f"项目：{project.title}\n预算：{project.budget:,.2f} 元\n发包方式：{project.get_tender_display()}\n"
        f"承包方：{project.party}\n合同价：{project.price:,.2f} 元\n"
        f"签合同日期：{written(project.contract_on)}"
    )


def acceptance_text(project: Project) -> str:
    assert project.accepted_on is not None  # noqa: S101 - for the type checker
    return (
        f"项目：{project.title}\n承包方：{project.party}\n验收日期：{written(project.accepted_on)}\n"
        f"验收的人：{project.accepted_by}\n验收结论：{project.acceptance}"
    )


def settlement_text(project: Project) -> str:
    assert project.settled_on is not None  # noqa: S101 - for the type checker
    reason = f"\n结算价和合同价不同的原因：{project.settled_reason}" if project.settled_reason else ""
    return (
        f"项目：{project.title}\n预算：{project.budget:,.2f} 元\n合同价：{project.price:,.2f} 元\n"
        f"结算价：{project.settled:,.2f} 元\n结算日期：{written(project.settled_on)}{reason}"
    )


def payment_text(project: Project) -> str:
    assert project.paid_on is not None  # noqa: S101 - for the type checker
    owed = project.settled if project.settled is not None else project.price
    return (
        f"项目：{project.title}\n承包方：{project.party}\n应付：{owed:,.2f} 元\n"
        f"已付：{project.paid:,.2f} 元（截至{written(project.paid_on)}）"
    )
