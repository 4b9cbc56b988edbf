"""Writes: topics, lecturers, and evaluations of lessons."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from apps.attachments.services import move_to
from apps.core.access import Person, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.names import normalise
from apps.core.saving import save_checked
from apps.core.workflow import lock_for
from apps.lessons import rules
from apps.lessons.materials import owner_of
from apps.lessons.models import Answers, Evaluation, Lecturer, Topic
from apps.lessons.queries import EVALUATE, KEEP, is_open, most_answers
from apps.lessons.rules import Grade, Point, Tally
from apps.meetings.kinds import Kind
from apps.meetings.lecturers import Candidate, meant_by
from apps.meetings.models import Meeting, State
from apps.members.models import Member
from apps.organizations.models import Organization

Kept = TypeVar("Kept", Topic, Lecturer)
LONGEST_DAYS = 30
PER_MINUTE = 30


@transaction.atomic
def keep_topic(topic: Topic | None, *, by: Person, **values: Any) -> Topic:
    """Change a topic, or offer a new one when there is none yet; its material goes along."""
    row = _keep(lock_for(topic) if topic else Topic(), values, by)
    move_to(owner_of(row), row.organization.path)
    return row


@transaction.atomic
def keep_lecturer(lecturer: Lecturer | None, *, member_name: str, by: Person, **values: Any) -> Lecturer:
    """Change what is said of a lecturer, or add one to the pool; the name finds them in the roster."""
    values["member"] = _member_called(member_name, values["organization"])
    return _keep(lock_for(lecturer) if lecturer else Lecturer(), values, by)


def _keep(row: Kept, values: Mapping[str, Any], by: Person) -> Kept:
    if row.pk:
        demand(by, KEEP, row.organization.path)
    demand(by, KEEP, values["organization"].path)
    for name, value in values.items():
        setattr(row, name, value)
    save_checked(row)
    return row


def _member_called(name: str, organization: Organization) -> Member | None:
    """The one member below the organization who is meant; refused when nobody or several are."""
    if not name.strip():
        return None
    plain = normalise(name.split("（", maxsplit=1)[0])
    rows = Member.objects.active().filter(branch__path__startswith=organization.path, name=plain)
    members = {row.pk: row for row in rows.select_related("branch")}
    candidates = [Candidate(row.pk, row.name, str(row.branch)) for row in members.values()]
    found = meant_by(name, candidates)
    if not found:
        raise Refused(f"{organization}下面的名册里没有“{plain}”。不是党员就不用填。", field="member_name")
    if len(found) > 1:
        choices = "或".join(each.with_place for each in found)
        raise Refused(f"有 {len(found)} 个人叫{plain}，请写成{choices}。", field="member_name")
    return members[found[0].id]


@transaction.atomic
def retire(row: Topic | Lecturer, *, by: Person) -> None:
    """Offer it no more; records that mention it stay."""
    demand(by, KEEP, row.organization.path)
    row.retired_on = row.retired_on or today()
    row.save(update_fields=["retired_on"])


@transaction.atomic
def open_evaluation(meeting: Meeting, *, closes_on: datetime.date, by: Person) -> Evaluation:
    """Ask those who heard the lesson; the one there is when it was asked before."""
    demand(by, EVALUATE, meeting.organization.path)
    if Kind.LESSON not in meeting.kinds or meeting.state != State.SUBMITTED:
        raise Refused("只有已经交上的党课记录可以发起评价。")
    if not today() <= closes_on <= today() + datetime.timedelta(days=LONGEST_DAYS):
        raise Refused(f"最后一天请选今天以后、{LONGEST_DAYS} 天以内。", field="closes_on")
    evaluation, is_new = Evaluation.objects.get_or_create(
        meeting=meeting, defaults={"closes_on": closes_on, "opened_by_id": by.pk}
    )
    if is_new:
        Answers.objects.create(evaluation=evaluation)
    return evaluation


@transaction.atomic
def close_evaluation(evaluation: Evaluation, *, by: Person) -> None:
    """End it before its last day; from then on its result is shown."""
    demand(by, EVALUATE, evaluation.meeting.organization.path)
    row = lock_for(evaluation)
    row.closed_at = row.closed_at or timezone.now()
    row.save(update_fields=["closed_at"])


@transaction.atomic
def count_papers(evaluation: Evaluation, *, number: int, counts: Sequence[int], by: Person) -> None:
    """Keep the totals of the answers on paper; typing them again replaces them."""
    demand(by, EVALUATE, evaluation.meeting.organization.path)
    found = rules.paper_tally(number, counts)
    if number > most_answers(evaluation.meeting):
        raise Refused(f"答卷比听课的人还多。请核对份数 {number}。", field="number")
    row = lock_for(evaluation)
    row.papers, row.paper_counts = found.number, list(found.counts)
    row.save(update_fields=["papers", "paper_counts"])


@transaction.atomic
def take_answer(evaluation: Evaluation, said: Mapping[Point, Grade]) -> None:
    """Add one answer to the counts; nothing else of it is kept, not even when it came."""
    _slow_down(evaluation)
    if not is_open(evaluation):
        raise Refused("这次评价已经结束了，谢谢您。")
    row = Answers.objects.select_for_update().get(evaluation=evaluation)
    if row.number >= most_answers(evaluation.meeting):
        raise Refused("答卷的份数已经和听课的人数一样多，不能再答了。")
    _store(row, rules.tally(row.number, row.counts) + rules.one_answer(said))


def _store(row: Answers, found: Tally) -> None:
    row.number, row.counts = found.number, list(found.counts)
    row.save(update_fields=["number", "counts"])


def _slow_down(evaluation: Evaluation) -> None:
    """A brake on scripts that needs no trace of who answers: so many a minute for each lesson."""
    minute = int(timezone.now().timestamp()) // 60
    key = f"lessons.answers.{evaluation.pk}.{minute}"
    cache.add(key, 0, timeout=120)
    if cache.incr(key) > PER_MINUTE:
        raise Refused("现在答的人太多，请过一分钟再交。")
