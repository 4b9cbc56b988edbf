"""Two people in one record: both versions, field by field, so that nobody's words are lost. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.core.calendar import CHINA
from apps.meetings.entries import MeetingEntry, ResolutionEntry
from apps.meetings.models import AbsenceReason


@dataclass(frozen=True)
class Difference:
    """One field that is not the same; `name` is the form's."""

    name: str
    title: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """Who saved in the meantime and what differs."""

    who: str
    differences: tuple[Difference, ...]


TITLES = {
    "kinds": "类型",
    "held_at": "时间",
    "ended_at": "结束时间",
    "place": "地点",
    "host_id": "主持人",
    "recorder_id": "记录人",
    "lecturer": "讲课人",
    "guests": "列席的人",
    "absences": "没有到会",
    "topic": "主题",
    "minutes": "记录",
    "resolutions": "决定",
    "late_reason": "补录原因",
    "life_year": "归属年度",
}


def differences(theirs: MeetingEntry, mine: MeetingEntry, names: Mapping[int, str]) -> tuple[Difference, ...]:
    """The fields that differ, in the order of the form, in words."""
    return tuple(
        Difference(name, title, in_words(theirs, name, names), in_words(mine, name, names))
        for name, title in TITLES.items()
        if getattr(theirs, name) != getattr(mine, name)
    )


def in_words(entry: MeetingEntry, name: str, names: Mapping[int, str]) -> str:
    """A field's value as it would be read out."""
    value = getattr(entry, name)
    match name:
        case "kinds":
            return "、".join(kind.label for kind in value)
        case "held_at" | "ended_at":
            return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}" if value else ""
        case "host_id" | "recorder_id":
            return names.get(value or 0, "")
        case "absences":
            return "、".join(_absence(member, reason, names) for member, reason in sorted(value.items()))
        case "resolutions":
            return "\n".join(_resolution(one) for one in value)
        case _:
            return str(value or "")


def _absence(member: int, reason: str, names: Mapping[int, str]) -> str:
    why = f"（{AbsenceReason(reason).label}）" if reason else ""
    return f"{names.get(member, '')}{why}"


def _resolution(one: ResolutionEntry) -> str:
    return f"{one.text}：赞成 {one.in_favour}，反对 {one.against}，弃权 {one.abstained}"
