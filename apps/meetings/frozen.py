"""A record frozen as a value: what a version said, and what differs between two versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import Model

from apps.meetings.entries import CandidateEntry, ExclusionEntry, ResolutionEntry, TaskEntry
from apps.meetings.kinds import Matter
from apps.meetings.models import AbsenceReason, Meeting, Presence, Resolution, Voting
from apps.meetings.reading import CANDIDATE, SAME, TASK
from apps.meetings.records import dated, facts_of
from apps.meetings.wording import Names, decision_lines, exclusion_words, task_words

T = TypeVar("T")
Frozen = Mapping[str, Any]
Row = Mapping[str, Any]
Line = tuple[str, str]
WORDS = {"主题": "topic", "列席": "guests", "记录": "minutes"}


def freeze(meeting: Meeting) -> dict[str, Any]:
    """The record as a JSON value: its fields in words, everybody, every resolution and task."""
    people = meeting.attendances.select_related("member").order_by("member__pinyin", "member_id")
    return {
        "fields": [*facts_of(meeting), *((title, getattr(meeting, name)) for title, name in WORDS.items())],
        "attendances": [{**_values(row), "name": row.member.name} for row in people],
        "resolutions": [
            _decision(row)
            for row in meeting.resolutions.select_related("discussed_in").prefetch_related("candidates")
        ],
        "tasks": [_values(row) for row in meeting.tasks.all()],
        "followups": [
            [row.task.text, f"{row.get_outcome_display()}{row.remark and '：'}{row.remark}"]
            for row in meeting.followups.select_related("task")
        ],
    }


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _decision(row: Resolution) -> dict[str, Any]:
    candidates = [_values(one) for one in row.candidates.all()]
    before = dated(row.discussed_in) if row.discussed_in else ""
    return {**_values(row), "candidates": candidates, "discussed_in": before}


def lines_of(record: Frozen) -> list[Line]:
    """The record as it is read out: title and words, in the order of paper."""
    return [
        *((title, words) for title, words in record["fields"] if words),
        *_people(record["attendances"]),
        *((f"决定 {row['number']}", _resolution(row)) for row in record["resolutions"]),
        *((f"以前定的：{text}", words) for text, words in record["followups"]),
        *_tasks(record["tasks"]),
    ]


def _people(rows: list[Row]) -> list[Line]:
    here = [row for row in rows if row["presence"] == Presence.PRESENT]
    away = [row for row in rows if row["presence"] != Presence.PRESENT]
    if not rows:
        return []
    heads = f"应到 {len(rows)}，实到 {len(here)}；有表决权 {_voters(rows)} 人，到会 {_voters(here)} 人"
    return [
        ("人数", heads),
        ("到会", "、".join(row["name"] + ("（来晚了）" if row["late"] else "") for row in here)),
        ("没有到会", "、".join(f"{row['name']}（{_why(row)}）" for row in away)),
    ]


def _voters(rows: Iterable[Row]) -> int:
    return sum(row["may_vote"] for row in rows)


def _why(row: Row) -> str:
    """Why somebody was not there, and with which papers they are not counted (MEM-43)."""
    reason = str(AbsenceReason(row["reason"]).label) if row["reason"] else "没有选原因"
    if not row["exclusion"]:
        return reason
    papers = ExclusionEntry(row["exclusion"], row["exclusion_paper"], row["exclusion_agreed_on"])
    return f"{reason}；{'' if row['excluded'] else '要求'}不计入应到：{exclusion_words(papers)}"


def _resolution(row: Row) -> str:
    """What was typed and, last, what the rules made of it."""
    candidates = tuple(_from_row(CandidateEntry, one, CANDIDATE) for one in row["candidates"])
    entry = replace(
        _from_row(ResolutionEntry, row, SAME),
        matter=Matter(row["matter"]),
        voting=Voting(row["voting"]),
        candidates=candidates,
    )
    names = Names(discussions={row["discussed_in_id"]: row.get("discussed_in") or "有"})
    return "\n".join(filter(None, [*decision_lines(entry, names), row["ruling"]]))


def _tasks(rows: Iterable[Row]) -> list[Line]:
    """What was given without a vote; what passed is said by its resolution."""
    own = [row for row in rows if row["resolution_id"] is None]
    return [
        (f"要办的事 {number}", task_words(_from_row(TaskEntry, row, TASK)))
        for number, row in enumerate(own, 1)
    ]


def _from_row(kind: Callable[..., T], row: Row, names: Iterable[str]) -> T:
    return kind(**{name: row[name] for name in names})


@dataclass(frozen=True)
class Change:
    """One line that two versions say differently."""

    title: str
    before: str
    after: str


def changes(before: Frozen, after: Frozen) -> list[Change]:
    """What the later version says differently, in the order of paper; of the people only who moved."""
    old, new = dict(lines_of(before)), dict(lines_of(after))
    titles = list(dict.fromkeys([*new, *old]))
    found = [Change(title, old.get(title, ""), new.get(title, "")) for title in titles]
    return [_shortened(change) for change in found if change.before != change.after]


def _shortened(change: Change) -> Change:
    if change.title != "到会":
        return change
    before, after = change.before.split("、"), change.after.split("、")
    return Change(
        change.title,
        "、".join(name for name in before if name not in after),
        "、".join(name for name in after if name not in before),
    )
