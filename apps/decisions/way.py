"""The way of one matter as its page shows it: what was held, what is public, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.urls import reverse

from apps.core.calendar import today, written
from apps.decisions.kinds import Body, Kind, Matter, Stage, State, bodies_of
from apps.decisions.rules import next_stage
from apps.decisions.voting import notice_remark
from apps.decisions.wording import counted
from apps.disclosure.states import State as Way
from apps.regulations.table import limit

if TYPE_CHECKING:
    from apps.decisions.models import DecisionStep, FourStepDecision
    from apps.disclosure.models import Publication

FIRST_PUBLICATION, SECOND_PUBLICATION = "决议公开", "实施结果公开"


class Verb(Protocol):
    """A service that takes a reason."""

    def __call__(self, decision: FourStepDecision, *, reason: str, by: Any) -> object: ...


@dataclass(frozen=True)
class Moment:
    """A place on the way: a sitting, a publication, or what is still to come."""

    title: str
    word: str
    state: str = ""
    """good, bad, warn; "" for what is to come."""
    lines: tuple[str, ...] = ()
    source: str = ""
    remark: str = ""
    href: str = ""
    link: str = ""


def moments_of(decision: FourStepDecision, *, reads_meetings: bool) -> list[Moment]:
    """Four deliberations and two publications; a step that did not pass is shown too.

    `reads_meetings`: whether whoever looks may open the record of a party meeting.
    """
    held = list(decision.steps.all())
    shown = [_sitting(step, reads_meetings=reads_meetings) for step in held]
    due = next_stage(held)
    to_come = [] if due is None else [stage for stage in Stage if stage >= due]
    shown += [Moment(_title(stage), "还没有办") for stage in to_come]
    shown.append(_publication(5, FIRST_PUBLICATION, decision.resolution))
    shown.append(_publication(6, SECOND_PUBLICATION, decision.result, told=_result_words(decision)))
    return shown


def _title(stage: Stage) -> str:
    return f"{stage.value}．{stage.label}"


def _sitting(step: DecisionStep, *, reads_meetings: bool) -> Moment:
    head = f"{written(step.held_on)} · {step.get_body_display()} · {step.place} · 主持 {step.chair}"
    lines = [head, counted(step), *(word for word in (step.authorization, step.note) if word)]
    lines += [f"{title}：{who}" for title, who in _who_came(step) if who]
    if step.merged:
        lines.append("和第一步合在一次会上办。")
    return Moment(
        _title(step.step),
        "通过" if step.passed else "没有通过",
        "good" if step.passed else "bad",
        tuple(lines),
        source=f"{step.verdict}（{step.rule}）",
        remark=notice_remark(Body(step.body), step.notified_on, on=step.held_on),
        href=reverse("meetings:detail", args=[step.meeting_id]) if step.meeting_id and reads_meetings else "",
        link="会议记录",
    )


def _who_came(step: DecisionStep) -> tuple[tuple[str, str], ...]:
    return ("参会人员", step.names), ("乡镇参会人员", step.from_township)


def _result_words(decision: FourStepDecision) -> tuple[str, ...]:
    if decision.result_on is None:
        return ()
    return (f"{written(decision.result_on)}完成", decision.result_words)


def _publication(
    number: int, title: str, publication: Publication | None, *, told: tuple[str, ...] = ()
) -> Moment:
    if publication is None:
        return Moment(f"{number}．{title}", "还没有办", lines=told)
    shown = publication.standing
    word, state = shown.get_state_display(), "good" if shown.state == Way.PUBLISHED else "warn"
    href = reverse("disclosure:detail", args=[shown.pk])
    return Moment(f"{number}．{title}", word, state, told, href=href, link="打开这一件公开")


@dataclass(frozen=True)
class Next:
    """What is to be done now: a form to open, or a draft to be made by one tap."""

    title: str
    href: str
    is_post: bool = False


def next_of(decision: FourStepDecision) -> Next | None:
    """None where the matter waits for somebody else, or is done."""
    state = decision.state  # type: ignore[attr-defined]
    if is_open(decision):
        due = next_stage(list(decision.steps.all()))
        return Next(f"登记“{due.label}”", _address("step", decision)) if due else None
    if state == State.DECIDED and _may_be_drafted(decision.resolution):
        return Next("写决议公布稿", _address("draft", decision, "resolution"), is_post=True)
    if state == State.RESOLVED and decision.result_on is None:
        return Next("登记实施结果", _address("result", decision))
    if state == State.RESOLVED and _may_be_drafted(decision.result):
        return Next("写实施结果公布稿", _address("draft", decision, "result"), is_post=True)
    return None


def _may_be_drafted(publication: Publication | None) -> bool:
    return publication is None or publication.may_be_written_anew


def _address(name: str, decision: FourStepDecision, *more: str) -> str:
    return reverse(f"decisions:{name}", args=[decision.pk, *more])


def is_open(decision: FourStepDecision) -> bool:
    """Whether steps are still to be held."""
    return not decision.drop_reason and next_stage(list(decision.steps.all())) is not None


def may_take_back(decision: FourStepDecision) -> bool:
    """Whether the last step may be taken out again."""
    has_contract = hasattr(decision, "project") and decision.project.contract_on
    is_free = not decision.drop_reason and not has_contract
    unsent = _may_be_drafted(decision.resolution) and _may_be_drafted(decision.result)
    return bool(decision.steps.all()) and is_free and unsent


def may_plan(decision: FourStepDecision) -> bool:
    """Projects are villagers' or a group's common good."""
    is_common = decision.matter == Matter.PUBLIC_GOOD or decision.kind == Kind.GROUP
    return is_common and not decision.drop_reason and not hasattr(decision, "project")


def needs_of(stage: Stage, kind: Kind) -> tuple[str, ...]:
    """What each body that may hold the step needs, with the article, before the form is filled in."""
    return tuple(line for body in bodies_of(stage, kind) for line in _needs(body))


_LIMITS: dict[Body, tuple[tuple[str, str], ...]] = {
    Body.PARTY_COMMITTEE: (("MEET-02", "present"), ("MEET-02", "in_favour")),
    Body.PARTY_MEETING: (("MEET-11", "present"), ("MEET-11", "in_favour")),
    Body.JOINT_MEETING: (("RURAL-01", "joint_present"), ("RURAL-01", "joint_in_favour")),
    Body.VILLAGERS: (("RURAL-10", "adults"), ("RURAL-10", "households"), ("RURAL-10", "in_favour")),
    Body.REPRESENTATIVES: (("RURAL-11", "present"), ("RURAL-11", "in_favour")),
    Body.GROUP: (("RURAL-13", "adults"), ("RURAL-13", "households"), ("RURAL-13", "in_favour")),
    Body.MEMBERS: (("FIN-11", "notice"), ("FIN-11", "present"), ("FIN-11", "in_favour")),
    Body.MEMBER_REPRESENTATIVES: (
        ("FIN-11", "representatives"),
        ("FIN-11", "present"),
        ("FIN-11", "representatives_in_favour"),
    ),
}


def _needs(body: Body) -> Iterator[str]:
    for code, part in _LIMITS[body]:
        row = limit(code, part, on=today())
        yield f"{body.label}：{row.in_words}（{row.source.short}{row.source.article}，{row.code}）"
