"""Two people in one record: both versions, field by field, so that nobody's words are lost. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from apps.core.calendar import CHINA
from apps.meetings.entries import (
    CandidateEntry,
    ExclusionEntry,
    FollowUpEntry,
    MeetingEntry,
    ResolutionEntry,
    TaskEntry,
)
from apps.meetings.models import AbsenceReason, Exclusion, Outcome, Voting


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
    "group_id": "党小组",
    "held_at": "时间",
    "ended_at": "结束时间",
    "place": "地点",
    "host_id": "主持人",
    "recorder_id": "记录人",
    "lecturer": "讲课人",
    "guests": "列席的人",
    "chosen": "参加的人",
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


JOINED = ("chosen", "absences", "late", "exclusions", "followups", "minutes", "resolutions", "tasks")


def merged(theirs: MeetingEntry, mine: MeetingEntry, chosen: Mapping[str, str]) -> MeetingEntry:
    """One record of two: each field "theirs", "mine" or "both", which is usual for what can be joined."""
    said = {name: chosen.get(name, "both" if name in JOINED else "mine") for name in TITLES}
    values = {name: _taken(name, how, theirs, mine) for name, how in said.items()}
    values["late"] = values["late"] - values["absences"].keys()
    return replace(mine, **values, listed=None)


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
        case "late" | "chosen":
            return mine | theirs
        case "absences":
            return {**theirs, **{member: why or theirs.get(member, "") for member, why in mine.items()}}
        case "exclusions" | "followups":
            return {**theirs, **mine}
        case _:
            known = {one.text for one in mine}
            return (*mine, *(one for one in theirs if one.text not in known))


@dataclass(frozen=True)
class Names:
    """What the numbers of an entry are called: members, groups, what earlier meetings gave to do."""

    people: Mapping[int, str]
    groups: Mapping[int, str] = field(default_factory=dict)
    tasks: Mapping[int, str] = field(default_factory=dict)


def differences(theirs: MeetingEntry, mine: MeetingEntry, names: Names) -> tuple[Difference, ...]:
    """The fields that differ, in the order of the form, in words."""
    return tuple(
        Difference(name, title, in_words(theirs, name, names), in_words(mine, name, names))
        for name, title in TITLES.items()
        if getattr(theirs, name) != getattr(mine, name)
    )


def in_words(entry: MeetingEntry, name: str, names: Names) -> str:
    """A field's value as it would be read out."""
    value = getattr(entry, name)
    return _WORDS[name](value, names) if value and name in _WORDS else str(value or "")


def _moment(value: datetime, _names: Names) -> str:
    return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _member(value: int, names: Names) -> str:
    return names.people.get(value, "")


def _members(value: frozenset[int], names: Names) -> str:
    return "、".join(names.people.get(member, "") for member in sorted(value))


def _absent(value: Mapping[int, str | ExclusionEntry], names: Names) -> str:
    return "、".join(_somebody(member, said, names) for member, said in sorted(value.items()))


def _followups(value: Mapping[int, FollowUpEntry], names: Names) -> str:
    return "\n".join(f"{names.tasks.get(pk, '')}：{_heard(said)}" for pk, said in sorted(value.items()))


def _somebody(member: int, said: str | ExclusionEntry, names: Names) -> str:
    """A name with why they were not there, or why they are not counted."""
    if isinstance(said, ExclusionEntry):
        label = str(Exclusion(said.category).label)
        why = "，".join(filter(None, (label, said.paper, str(said.agreed_on or ""))))
    else:
        why = str(AbsenceReason(said).label) if said else ""
    return f"{names.people.get(member, '')}（{why}）" if why else names.people.get(member, "")


def _heard(said: FollowUpEntry) -> str:
    return "，".join(filter(None, (str(Outcome(said.outcome).label), said.remark)))


def _task(one: TaskEntry | ResolutionEntry) -> Iterator[str]:
    """What is to be done, who does it, until when."""
    yield one.text
    if one.responsible:
        yield f"责任人 {one.responsible}"
    if one.due_on:
        yield f"{one.due_on} 前"


def _resolution(one: ResolutionEntry) -> str:
    """Everything that somebody may have typed of a decision."""
    votes = f"赞成 {one.in_favour}，反对 {one.against}，弃权 {one.abstained}"
    return "；".join(
        filter(
            None,
            (
                "，".join(_task(one)),
                f"{one.matter.label}，{Voting(one.voting).label}",
                f"讨论的是 {one.about}" if one.about else "",
                "" if one.candidates else votes,
                f"会前书面赞成 {one.written_in_favour}" if one.written_in_favour else "",
                _ballots(one) if one.candidates else "",
                *(_candidate(each) for each in one.candidates),
                f"不同意见：{one.dissent}" if one.dissent else "",
            ),
        )
    )


def _ballots(one: ResolutionEntry) -> str:
    papers = f"发出 {one.ballots_issued}，收回 {one.ballots_returned}，废票 {one.ballots_void}"
    return f"应选 {one.seats}，{papers}"


def _candidate(one: CandidateEntry) -> str:
    written_in = "" if one.on_ballot else "（另写的）"
    return f"{one.name}{written_in} 赞成 {one.in_favour}，不赞成 {one.against}，弃权 {one.abstained}"


_WORDS: Mapping[str, Callable[[Any, Names], str]] = {
    "kinds": lambda value, _names: "、".join(kind.label for kind in value),
    "group_id": lambda value, names: names.groups.get(value, ""),
    "held_at": _moment,
    "ended_at": _moment,
    "host_id": _member,
    "recorder_id": _member,
    "chosen": _members,
    "late": _members,
    "absences": _absent,
    "exclusions": _absent,
    "followups": _followups,
    "resolutions": lambda value, _names: "\n".join(map(_resolution, value)),
    "tasks": lambda value, _names: "\n".join("，".join(_task(one)) for one in value),
}
