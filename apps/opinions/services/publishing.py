"""What everybody reads of an opinion: words without names, agreed to by another than their writer."""

from __future__ import annotations

from django.db import transaction

from apps.core.access import Person
from apps.core.errors import Refused
from apps.core.workflow import Step
from apps.disclosure import privacy
from apps.opinions.models import Opinion
from apps.opinions.rules import place_given_away
from apps.opinions.services.trail import lock, note, require, tell
from apps.opinions.states import ANSWERS, PUBLISHING, Publicity


@transaction.atomic
def propose(opinion: Opinion, *, public_question: str, public_answer: str, by: Person) -> Opinion:
    """Propose the words for everybody; refused while they give anybody away (PRIV-06)."""
    row = _at(opinion, "propose", by)
    require(public_question, "请写公布的问题。", field="public_question")
    require(public_answer, "请写公布的答复。", field="public_answer")
    if not row.steps.filter(action__in=ANSWERS).exists():
        raise Refused("答复以后才能公布。")
    _enter(row, "propose")
    row.public_question, row.public_answer = public_question.strip(), public_answer.strip()
    refuse_what_gives_away(row)
    note(row, "propose", by=by)
    tell("propose", row, by)
    return row


@transaction.atomic
def agree(opinion: Opinion, *, version: int, by: Person) -> Opinion:
    """Agree to the words as they were read; never the one who proposed them."""
    row = _at(opinion, "agree", by, version)
    proposal = row.steps.filter(action="propose").order_by("-id").first()
    if proposal is not None and proposal.by_id == by.pk:
        raise Refused("送审的人不能自己同意，请监委会或者乡镇的人用自己的账号办。")
    _enter(row, "agree")
    refuse_what_gives_away(row)
    note(row, "agree", by=by)
    tell("agree", row, by)
    return row


@transaction.atomic
def withhold(opinion: Opinion, *, reason: str, by: Person) -> Opinion:
    """Keep it inside, saying why; what was public is public no more."""
    row = _at(opinion, "withhold", by)
    require(reason, "请写明为什么不公布，例如“涉及家庭隐私”。", field="reason")
    _enter(row, "withhold")
    note(row, "withhold", by=by, text=reason)
    tell("withhold", row, by, reason=reason)
    return row


def refuse_what_gives_away(row: Opinion) -> None:
    """Refused when the words hold a number, an illness, a child, or the petitioner's own name or contact."""
    texts = [("公布的问题", row.public_question), ("公布的答复", row.public_answer)]
    for place, text in texts:
        if found := privacy.hits(text):
            raise Refused(f"{place}里有{privacy.sentence(found)}，不能公布。", rule="PRIV-06")
    if sentence := place_given_away(texts, row.who):
        raise Refused(f"{sentence}，不能公布。", rule="PRIV-06")


def _at(opinion: Opinion, action: str, by: Person, version: int = 0) -> Opinion:
    return lock(opinion, PUBLISHING, action, by, version=version)


def _enter(row: Opinion, action: str) -> None:
    step: Step = PUBLISHING[action]
    if row.publicity not in step.sources:
        raise Refused(f"现在不能“{step.label}”：这条意见{row.get_publicity_display()}。请刷新页面再看。")
    row.publicity = Publicity(step.target)
