"""Two people in one record: both versions, field by field, so that nobody's words are lost. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

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

    @property
    def joins(self) -> bool:
        """Whether both can be kept together; they are unless somebody says otherwise."""
        return self.name in JOINED


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
    "late": "来晚了",
    "exclusions": "不计入应到",
    "followups": "以前定的事",
    "topic": "主题",
    "minutes": "记录",
    "resolutions": "决定",
    "tasks": "要办的事",
    "late_reason": "补录原因",
    "life_year": "归属年度",
}


def _both_texts(mine: str, theirs: str) -> str:
    """One's own first, the other's below; a text all of whose lines are in the other is there already."""
    own, others = set(mine.splitlines()), set(theirs.splitlines())
    if others <= own:
        return mine
    return theirs if own <= others else f"{mine}\n\n{theirs}"


JOINED = ("absences", "late", "exclusions", "followups", "minutes", "resolutions", "tasks")


def merged(theirs: MeetingEntry, mine: MeetingEntry, chosen: Mapping[str, str]) -> MeetingEntry:
    """One record of two: each field "theirs", "mine" or "both", which is usual for what can be joined."""
    said = {name: chosen.get(name, "both" if name in JOINED else "mine") for name in TITLES}
    values = {name: _taken(name, how, theirs, mine) for name, how in said.items()}
    values["late"] = values["late"] - values["absences"].keys()
    return replace(mine, **values, chosen=theirs.chosen | mine.chosen, listed=None)


def _taken(name: str, how: str, theirs: MeetingEntry, mine: MeetingEntry) -> Any:
    one, other = getattr(mine, name), getattr(theirs, name)
    if how == "theirs":
        return other
    return _both(name, one, other) if how == "both" else one


def _both(name: str, mine: Any, theirs: Any) -> Any:
    """Both minutes below each other, whoever was named in either, every decision and task once."""
    match name:
        case "minutes":
            return _both_texts(mine, theirs)
        case "late":
            return mine | theirs
        case "absences":
            return {**theirs, **{member: why or theirs.get(member, "") for member, why in mine.items()}}
        case "exclusions" | "followups":
            return {**theirs, **mine}
        case _:
            known = {one.text for one in mine}
            return (*mine, *(one for one in theirs if one.text not in known))


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
    if name == "kinds":
        return "、".join(kind.label for kind in value)
    if isinstance(value, datetime):
        return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if name in ("host_id", "recorder_id"):
        return names.get(value or 0, "")
    if name in ("absences", "late", "exclusions"):
        return _people(name, value, names)
    return _things(name, value) if name in ("resolutions", "tasks", "followups") else str(value or "")


def _people(name: str, value: Any, names: Mapping[int, str]) -> str:
    if name == "absences":
        return "、".join(_absence(member, reason, names) for member, reason in sorted(value.items()))
    return "、".join(names.get(member, "") for member in sorted(value))


def _things(name: str, value: Any) -> str:
    if name == "followups":
        return f"{len(value)} 件有回音" if value else ""
    return "\n".join(_resolution(one) if name == "resolutions" else one.text for one in value)


def _absence(member: int, reason: str, names: Mapping[int, str]) -> str:
    why = f"（{AbsenceReason(reason).label}）" if reason else ""
    return f"{names.get(member, '')}{why}"


def _resolution(one: ResolutionEntry) -> str:
    return f"{one.text}：赞成 {one.in_favour}，反对 {one.against}，弃权 {one.abstained}"
