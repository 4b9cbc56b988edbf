"""A branch's organizational life in a quarter: what was held of each kind, and what the rules still miss.

What is due is asked of `figures.duties`; nothing is judged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from apps.core.calendar import written
from apps.core.documents.wording import short_day
from apps.core.periods import Month, Quarter
from apps.figures.duties import Obligation, duties_in
from apps.figures.rules import DutyState
from apps.meetings.kinds import KIND_LABELS, Kind
from apps.meetings.models import Meeting, Presence
from apps.organizations.models import Organization
from apps.papers.orders import months_until
from apps.papers.records import Words, held_on


@dataclass(frozen=True)
class Life:
    """What is known of a quarter: the records of each branch, what was due, and up to which day."""

    quarter: Quarter
    on: date
    meetings: dict[int, list[Meeting]]
    due: dict[int, list[Obligation]]
    secretaries: dict[int, str]


def due_in(organization_id: int, quarter: Quarter, *, on: date) -> dict[int, list[Obligation]]:
    """The duties of every branch below in the quarter and its months that have begun, by branch."""
    found: dict[int, list[Obligation]] = defaultdict(list)
    for each in duties_in(organization_id, [*months_until(quarter, Month.of(on)), quarter], on=on):
        found[each.unit.id].append(each)
    return found


def activity_of(branch: Organization, life: Life) -> Words:
    """What the paper says of one branch."""
    meetings = life.meetings.get(branch.pk, [])
    due = [each for each in life.due.get(branch.pk, []) if each.state is not DutyState.EXEMPT]
    return {
        "党支部": branch.name,
        "时段": life.quarter.label,
        "书记": life.secretaries.get(branch.pk, ""),
        "截至": written(min(life.quarter.last, life.on)),
        "次数": len(meetings),
        "概况": summary_of(meetings),
        "各类": [_kind(kind, meetings, due) for kind in _kinds_of(meetings, due)],
        "欠缺": [
            {"序号": number, "文字": lacking_words(each, on=life.on), "依据": str(each.rule.source)}
            for number, each in enumerate(lacking(due), 1)
        ],
    }


def _kinds_of(meetings: Iterable[Meeting], due: Iterable[Obligation]) -> list[Kind]:
    """The kinds that were held or had to be, in their own order."""
    wanted = {kind for meeting in meetings for kind in meeting.counted_kinds} | {each.kind for each in due}
    return [kind for kind in KIND_LABELS if kind in wanted]


def _kind(kind: Kind, meetings: Sequence[Meeting], due: Sequence[Obligation]) -> Words:
    held = [meeting for meeting in meetings if kind in meeting.counted_kinds]
    asked = next((each.rule.in_words for each in due if each.kind == kind), "")
    return {
        "名称": kind.label,
        "要求": asked,
        "已开": len(held),
        "各次": [_once(kind, meeting) for meeting in held],
    }


def _once(kind: Kind, meeting: Meeting) -> Words:
    people = list(meeting.attendances.all())
    speaker = meeting.lecturer if kind is Kind.LESSON else ""
    return {
        "日期": short_day(held_on(meeting)),
        "党小组": meeting.group.name if meeting.group else "",
        "主题": meeting.topic,
        "主持人": speaker or str(meeting.host or ""),
        "应到": len(people),
        "实到": sum(row.presence == Presence.PRESENT for row in people),
    }


def summary_of(meetings: Iterable[Meeting]) -> str:
    """ "主题党日3次，党员大会1次" """
    rows = list(meetings)
    counts = ((kind, sum(kind in row.counted_kinds for row in rows)) for kind in KIND_LABELS)
    return "，".join(f"{kind.label}{count}次" for kind, count in counts if count) or "没有记录"


def lacking(due: Iterable[Obligation]) -> list[Obligation]:
    """What was asked for and is not there, by kind, then by time; what nobody owes is left out."""
    places = {str(kind): place for place, kind in enumerate(KIND_LABELS)}
    rows = [each for each in due if each.state in (DutyState.DUE, DutyState.OVERDUE) and each.period]
    return sorted(rows, key=lambda each: (places.get(each.kind, len(places)), str(each.period), _group(each)))


def _group(each: Obligation) -> str:
    return each.group.name if each.group else ""


def lacking_words(each: Obligation, *, on: date) -> str:
    """ "10月缺第一党小组的党小组会（党小组每月至少 1 次，已开 0 次）。" """
    period = each.period
    when = f"{period.month}月" if isinstance(period, Month) else "本季度"
    whose = f"{_group(each)}的" if each.group else ""
    left = f"，到{short_day(period.last)}还可以开" if period and period.last >= on else ""
    return f"{when}缺{whose}{each.rule.title}（{each.rule.in_words}，已开 {each.held} 次{left}）。"
