"""A matter begins, is deliberated step by step, and is done or dropped."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.saving import CHANGED_MEANWHILE, save_checked
from apps.core.workflow import lock_for
from apps.decisions import rules
from apps.decisions.kinds import Body, Kind, Matter, Stage
from apps.decisions.models import DecisionStep, FourStepDecision
from apps.decisions.queries import DECISIONS, PREPARE, party_votes
from apps.decisions.voting import Count, verdict
from apps.disclosure.models import DisclosureEvent
from apps.disclosure.services import (
    owe,
    redraft_words,
    refuse_other_village,
    refuse_private_words,
    release,
)
from apps.disclosure.states import OPEN
from apps.organizations.models import Village, VillagersGroup
from apps.regulations.settings import settings_of


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting as it is written down; `vote` names the party meeting's vote from which the rest comes."""

    body: Body
    held_on: datetime.date
    place: str = ""
    chair: str = ""
    count: Count | None = None
    authorization: str = ""
    note: str = ""
    names: str = ""
    from_township: str = ""
    vote: int | None = None
    meeting: int | None = None


@transaction.atomic
def begin(village: Village, *, by: Person, **said: Any) -> FourStepDecision:
    """Write down a matter to be decided: title, content, motion, kind, matter, group, group_name."""
    demand(by, PREPARE, village.organization.path)
    decision = FourStepDecision(village=village, **_fitting(village, **said))
    _refuse_private_title(decision.title)
    save_checked(decision)
    tell("decisions.begin", decision, by)
    return decision


@transaction.atomic
def rewrite(decision: FourStepDecision, *, version: int, by: Person, **said: Any) -> FourStepDecision:
    """Change what is to be decided; after the decision it stays."""
    row = locked(decision, by)
    if row.version != version:
        raise Refused(CHANGED_MEANWHILE)
    if rules.next_stage(_held(row)) is None:
        raise Refused("已经决定了，内容不能再改。")
    for name, value in _fitting(row.village, **said).items():
        setattr(row, name, value)
    _refuse_private_title(row.title)
    return _saved(row, "decisions.rewrite", by)


def _fitting(
    village: Village,
    *,
    kind: str,
    matter: str,
    group: VillagersGroup | None = None,
    group_name: str = "",
    **said: Any,
) -> dict[str, Any]:
    """The six kinds are the village's alone, a group the group's: its record where there is one."""
    is_group = kind == Kind.GROUP
    found = (group or _registered(village, group_name)) if is_group else None
    refuse_other_village(found, village)
    return {
        **said,
        "kind": kind,
        "matter": matter if kind == Kind.VILLAGE else Matter.OTHER,
        "group": found,
        "group_name": group_name.strip() if is_group and not found else "",
    }


def _registered(village: Village, name: str) -> VillagersGroup | None:
    found: VillagersGroup | None = village.groups.filter(name=name.strip(), ended_on=None).first()
    return found


def _refuse_private_title(title: str) -> None:
    """The title is public as it stands, so that nothing private may be in it (PRIV-06)."""
    refuse_private_words("标题", title, field="title")


@transaction.atomic
def hold(
    decision: FourStepDecision, stage: Stage, sitting: Sitting, *, merged: bool = False, by: Person
) -> DecisionStep:
    """Write down the sitting of a step, judged by its own rules; refused out of turn (RURAL-01).

    `merged`: the sitting took the second step too, where the county lets it (RURAL-05).
    """
    row = locked(decision, by)
    if row.drop_reason:
        raise Refused("这个事项已经不再办。")
    if sitting.vote:
        sitting = _from_vote(row, stage, sitting, by)
    step = _held_step(row, stage, sitting)
    if merged and step.passed:
        step = _merged(row, sitting)
    if step.passed and step.stage == Stage.DECIDED and row.kind != Kind.GROUP:
        row.event = _owed(row, step, by)
    row.version += 1
    row.save(update_fields=["version", "event"])
    tell("decisions.hold", row, by)
    return step


def _owed(row: FourStepDecision, step: DecisionStep, by: Person) -> DisclosureEvent:
    """What was decided is to be made public within days (RURAL-03, VAD-04)."""
    words, day = f"决定了：{row.title}", step.held_on
    return owe(row.village, item=DECISIONS, happened_on=day, words=words, event=row.event, by=by)


def _held_step(row: FourStepDecision, stage: Stage, sitting: Sitting, **more: Any) -> DecisionStep:
    held = _held(row)
    rules.check_turn(stage, held)
    rules.check_body(stage, sitting.body, Kind(row.kind))
    rules.check_day(sitting.held_on, held)
    if stage is Stage.DECIDED:
        rules.check_authorization(sitting.body, row.matter, sitting.authorization)
    return _write_step(row, stage, sitting, **more)


def _write_step(row: FourStepDecision, stage: Stage, sitting: Sitting, **more: Any) -> DecisionStep:
    if sitting.count is None:
        raise Refused("请填应到、实到和票数。", field="expected")
    own = settings_of(row.village.organization.path).on(sitting.held_on)
    judged = verdict(sitting.body, sitting.count, on=sitting.held_on, overrides=own)
    figures = {name: getattr(sitting.count, name) for name in Count.__dataclass_fields__}
    step = DecisionStep(
        decision=row,
        stage=stage,
        body=sitting.body,
        held_on=sitting.held_on,
        place=sitting.place.strip(),
        chair=sitting.chair.strip(),
        authorization=sitting.authorization.strip(),
        note=sitting.note.strip(),
        names=sitting.names.strip(),
        from_township=sitting.from_township.strip(),
        meeting_id=sitting.meeting,
        passed=judged.passed,
        verdict=judged.sentence,
        rule=judged.rule,
        **figures,
        **more,
    )
    save_checked(step)
    return step


def _from_vote(row: FourStepDecision, stage: Stage, sitting: Sitting, by: Person) -> Sitting:
    """The figures of a party meeting come from its record and from nowhere else."""
    vote = next((each for each in party_votes(by, row, stage) if each.pk == sitting.vote), None)
    if vote is None:
        raise Refused("没有找到这次会的表决，请重新选。", field="vote")
    return replace(
        sitting,
        body=vote.body,
        held_on=vote.held_on,
        place=vote.place or sitting.place,
        chair=vote.chair or sitting.chair,
        count=vote.heads,
        meeting=vote.meeting,
    )


def _merged(row: FourStepDecision, sitting: Sitting) -> DecisionStep:
    own = settings_of(row.village.organization.path).on(sitting.held_on)
    if not rules.may_merge(sitting.held_on, own):
        raise Refused("县里没有规定第一、二步可以合并，请分别开会。", field="merged", rule="RURAL-05")
    return _held_step(row, Stage.DISCUSSED, replace(sitting, body=Body.JOINT_MEETING), merged=True)


@transaction.atomic
def take_back(decision: FourStepDecision, *, reason: str, by: Person) -> None:
    """Take out the last step, which was written down wrongly; not once its resolution is on the way."""
    row = locked(decision, by)
    if not reason.strip():
        raise Refused("请写明哪里记错了。", field="reason")
    held = _held(row)
    if not held:
        raise Refused("还没有办任何一步。")
    if any(each and not each.may_be_written_anew for each in (row.resolution, row.result)):
        raise Refused("决议或者实施结果已经送审或公布，不能再撤掉。要改的，请更正公布的那一件。")
    if hasattr(row, "project") and row.project.contract_on:
        raise Refused("项目已经签了合同，不能再撤掉。")
    _forget_what_followed(row, reason.strip(), by)
    held[-1].delete()
    tell("decisions.take_back", row, by, reason=reason.strip())


def _forget_what_followed(row: FourStepDecision, reason: str, by: Person) -> None:
    """A draft that rests on the step is emptied, so that nobody sends it; nothing is owed any more."""
    if row.event and not row.event.cancel_reason:
        release(row.event, reason=f"撤掉了最后一步：{reason}"[:200], by=by)
    for draft in (row.resolution, row.result):
        if draft and draft.state in OPEN:
            redraft_words(draft, title=draft.title, body="", by=by)
    row.result, row.result_words, row.result_on = None, "", None
    row.version += 1
    save_checked(row)


@transaction.atomic
def drop(decision: FourStepDecision, *, reason: str, by: Person) -> FourStepDecision:
    """The matter is not pursued; not possible once it was decided."""
    row = locked(decision, by)
    if rules.next_stage(_held(row)) is None:
        raise Refused("已经决定的事项不能不办；情况变了的，请另走一次“四议两公开”。")
    if not reason.strip():
        raise Refused("请写明为什么不再办。", field="reason")
    row.drop_reason = reason.strip()
    return _saved(row, "decisions.drop", by, reason=row.drop_reason)


@transaction.atomic
def report_result(
    decision: FourStepDecision, *, words: str, on: datetime.date, by: Person
) -> FourStepDecision:
    """How it came out; only after everybody could read what was decided (RURAL-01)."""
    row = locked(decision, by)
    if row.resolution is None or not row.resolution.is_in_force:
        raise Refused("先公开决议，再登记实施结果。", rule="RURAL-01")
    if row.result and not row.result.may_be_written_anew:
        raise Refused("实施结果已经送审或公布，要改的请更正公布的结果。")
    if not _held(row)[-1].held_on <= on <= today():
        raise Refused("完成日期要在决定以后，不晚于今天。", field="on")
    row.result_words, row.result_on = words.strip(), on
    return _saved(row, "decisions.report", by)


def locked(decision: FourStepDecision, by: Person) -> FourStepDecision:
    """The matter as it is now, for whoever may write it down."""
    demand(by, PREPARE, decision.village.organization.path)
    return lock_for(decision)


def _held(row: FourStepDecision) -> list[DecisionStep]:
    return list(row.steps.order_by("id"))


def _saved(row: FourStepDecision, deed: str, by: Person, *, reason: str = "") -> FourStepDecision:
    row.version += 1
    save_checked(row)
    tell(deed, row, by, reason=reason)
    return row


def tell(deed: str, row: FourStepDecision, by: Person, *, reason: str = "") -> None:
    record(deed, by=by, on=row, organization_path=row.village.organization.path, reason=reason)
