"""A record frozen as a value: what a version said, and what differs between two versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from apps.meetings.kinds import MATTER_LABELS, Matter
from apps.meetings.models import AbsenceReason, Meeting, Presence, Voting
from apps.meetings.records import facts_of

Frozen = Mapping[str, Any]
Line = tuple[str, str]
WORDS = {"主题": "topic", "列席": "guests", "记录": "minutes"}


def freeze(meeting: Meeting) -> dict[str, Any]:
    """The record as a JSON value: its fields in words, everybody, every resolution and task."""
    people = meeting.attendances.select_related("member").order_by("member__pinyin", "member_id")
    return {
        "fields": [*facts_of(meeting), *((title, getattr(meeting, name)) for title, name in WORDS.items())],
        "attendances": [{**_values(row), "name": row.member.name} for row in people],
        "resolutions": [
            {**_values(row), "candidates": [_values(one) for one in row.candidates.all()]}
            for row in meeting.resolutions.prefetch_related("candidates")
        ],
        "tasks": [_values(row) for row in meeting.tasks.all()],
        "followups": [
            [row.task.text, f"{row.get_outcome_display()}{row.remark and '：'}{row.remark}"]
            for row in meeting.followups.select_related("task")
        ],
    }


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def lines_of(record: Frozen) -> list[Line]:
    """The record as it is read out: title and words, in the order of paper."""
    return [
        *((title, words) for title, words in record["fields"] if words),
        *_people(record["attendances"]),
        *((f"决定 {row['number']}", _resolution(row)) for row in record["resolutions"]),
        *((f"以前定的：{text}", words) for text, words in record["followups"]),
        *((f"要办的事 {row['number']}", _task(row)) for row in record["tasks"]),
    ]


def _people(rows: list[dict[str, Any]]) -> list[Line]:
    expected = [row for row in rows if not row["excluded"]]
    here = [row for row in expected if row["presence"] == Presence.PRESENT]
    away = [row for row in rows if row["presence"] != Presence.PRESENT]
    if not rows:
        return []
    return [
        ("人数", f"应到 {len(expected)}，实到 {len(here)}"),
        ("到会", "、".join(row["name"] + ("（来晚了）" if row["late"] else "") for row in here)),
        ("没有到会", "、".join(f"{row['name']}（{_why(row)}）" for row in away)),
    ]


def _why(row: Mapping[str, Any]) -> str:
    if row["excluded"]:
        return "不计入应到"
    return str(AbsenceReason(row["reason"]).label) if row["reason"] else "没有选原因"


def _resolution(row: Mapping[str, Any]) -> str:
    written = f"，会前书面赞成 {row['written_in_favour']}" if row["written_in_favour"] else ""
    votes = f"赞成 {row['in_favour']}，反对 {row['against']}，弃权 {row['abstained']}{written}"
    said = [
        f"{row['text']}（{MATTER_LABELS[Matter(row['matter'])]}）",
        f"{Voting(row['voting']).label}：{votes}",
        *(f"{one['name']}：赞成 {one['in_favour']}" for one in row["candidates"]),
        row["ruling"],
        f"不同意见：{row['dissent']}" if row["dissent"] else "",
        _carried_out_by(row),
    ]
    return "\n".join(line for line in said if line)


def _carried_out_by(row: Mapping[str, Any]) -> str:
    parts = [f"责任人：{row['responsible']}" if row["responsible"] else "", _until(row["due_on"])]
    return "，".join(part for part in parts if part)


def _task(row: Mapping[str, Any]) -> str:
    return "\n".join(part for part in (row["text"], _carried_out_by(row)) if part)


def _until(day: date | str | None) -> str:
    return f"完成时限：{day}" if day else ""


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
