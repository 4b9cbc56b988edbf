"""Answers, what the petitioner says to them, and the way up to the township (VAD-12, VAD-13)."""

from __future__ import annotations

import datetime

from django.db import transaction

from apps.core.access import Person
from apps.core.calendar import today, written
from apps.core.errors import Refused
from apps.core.workflow import take
from apps.opinions.models import Opinion
from apps.opinions.queries import may_void
from apps.opinions.rules import after_asking
from apps.opinions.services.trail import lock, note, path_of, reply_due, require, tell, township_due
from apps.opinions.states import AFTER_ASKING, STEPS, WITH_VILLAGE, Satisfaction

OVERDUE = "村里到期没有答复，系统自动转乡镇。"


@transaction.atomic
def answer(opinion: Opinion, *, text: str, by: Person) -> Opinion:
    """The village's answer; every answer is kept."""
    return _answered(opinion, "answer", text, by)


@transaction.atomic
def decide(opinion: Opinion, *, text: str, by: Person) -> Opinion:
    """The township's answer to what was passed on to it (VAD-13)."""
    return _answered(opinion, "decide", text, by)


def _answered(opinion: Opinion, action: str, text: str, by: Person) -> Opinion:
    row = lock(opinion, STEPS, action, by)
    require(text, "请写明答复。", field="text")
    take(STEPS, action, row)
    note(row, action, by=by, text=text)
    tell(action, row, by)
    return row


@transaction.atomic
def ask(
    opinion: Opinion, *, satisfaction: str, asked_on: datetime.date, text: str = "", by: Person
) -> Opinion:
    """What the petitioner says to the answer: done, back to the village, or up to the township."""
    row = lock(opinion, STEPS, "ask", by)
    last = row.steps.order_by("-id").first()
    if last is not None and not last.on <= asked_on <= today():
        raise Refused(f"回访的日期要在答复（{written(last.on)}）以后，不晚于今天。", field="asked_on")
    if satisfaction == Satisfaction.NOT:
        require(text, "不满意的，请写明哪里不满意。", field="text")
    following = _next(row, satisfaction)
    row.satisfaction = satisfaction
    note(row, "ask", by=by, on=asked_on, text=text, satisfaction=satisfaction)
    take(AFTER_ASKING, following, row)
    note(row, following, by=by, on=asked_on, due=_new_due(row, asked_on))
    tell("ask", row, by)
    return row


def _next(row: Opinion, satisfaction: str) -> str:
    done = list(row.steps.values_list("action", "satisfaction"))
    return after_asking(
        satisfaction,
        township_answered=any(action == "decide" for action, _ in done),
        was_returned=("ask", Satisfaction.NOT) in done,
    )


def _new_due(row: Opinion, since: datetime.date) -> datetime.date | None:
    """Set the deadline of the state that it came to; None where nobody must answer any more."""
    if row.state == AFTER_ASKING["close"].target:
        row.closed_on = since
        return None
    due = reply_due if row.state in WITH_VILLAGE else township_due
    row.due_on = due(path_of(row), since)
    return row.due_on


@transaction.atomic
def escalate(opinion: Opinion, *, reason: str, by: Person) -> Opinion:
    """Pass it on to the township, saying why."""
    row = lock(opinion, STEPS, "escalate", by)
    require(reason, "请写明为什么转乡镇。", field="reason")
    _pass_on(row, reason, by)
    return row


def _pass_on(row: Opinion, reason: str, by: Person | None) -> None:
    take(STEPS, "escalate", row)
    row.due_on = township_due(path_of(row), today())
    note(row, "escalate", by=by, text=reason, due=row.due_on)
    tell("escalate", row, by, reason=reason)


def escalate_overdue() -> int:
    """Pass on to the township whatever the village did not answer in time (VAD-12); how many."""
    late = Opinion.objects.filter(state__in=WITH_VILLAGE, due_on__lt=today()).order_by("pk")
    return sum(_escalated(number) for number in list(late.values_list("pk", flat=True)))


@transaction.atomic
def _escalated(number: int) -> bool:
    """Each by itself, so that one that cannot be does not hold up the others."""
    rows = Opinion.objects.select_for_update(of=("self",)).select_related("village__organization")
    row = rows.filter(pk=number, state__in=WITH_VILLAGE, due_on__lt=today()).first()
    if row is not None:
        _pass_on(row, OVERDUE, None)
    return row is not None


@transaction.atomic
def void(opinion: Opinion, *, reason: str, by: Person) -> Opinion:
    """Declare that it was none: registered twice, or for another village."""
    row = lock(opinion, STEPS, "void", by)
    if not may_void(by, row):
        raise Refused("别人登记的意见，由登记的人、监委会或者乡镇作废。")
    require(reason, "请写明为什么作废。", field="reason")
    take(STEPS, "void", row)
    row.closed_on = today()
    note(row, "void", by=by, text=reason)
    tell("void", row, by, reason=reason)
    return row
