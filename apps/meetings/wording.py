"""The values of an entry as they would be read out: for two versions beside each other. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
class Names:
    """What the numbers of an entry are called: members, groups, what earlier meetings gave to do, and
    the committee's meetings in which something was talked over before."""

    people: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    tasks: Mapping[int, str] = field(default_factory=dict)
    discussions: Mapping[int, str] = field(default_factory=dict)


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
        why = exclusion_words(said)
    else:
        why = str(AbsenceReason(said).label) if said else ""
    return f"{names.people.get(member, '')}（{why}）" if why else names.people.get(member, "")


def exclusion_words(said: ExclusionEntry) -> str:
    """The case of somebody who is not counted, and the papers."""
    label = str(Exclusion(said.category).label)
    return "，".join(filter(None, (label, said.paper, str(said.agreed_on or ""))))


def _heard(said: FollowUpEntry) -> str:
    return "，".join(filter(None, (str(Outcome(said.outcome).label), said.remark)))


def task_words(one: TaskEntry | ResolutionEntry) -> str:
    """What is to be done, who does it, until when."""
    who = f"责任人 {one.responsible}" if one.responsible else ""
    return "，".join(filter(None, (one.text, who, f"{one.due_on} 前" if one.due_on else "")))


def decision_lines(one: ResolutionEntry, names: Names) -> list[str]:
    """Everything that somebody may have typed of a decision."""
    before = names.discussions.get(one.discussed_in_id or 0, "有")
    lines = (
        task_words(one),
        f"{one.matter.label}，{Voting(one.voting).label}",
        f"讨论的是 {one.about}" if one.about else "",
        f"事先讨论的支委会：{before}" if one.discussed_in_id else "",
        _ballots(one) if one.candidates or one.seats else _votes(one),
        *(_candidate(each) for each in one.candidates),
        f"不同意见：{one.dissent}" if one.dissent else "",
    )
    return [line for line in lines if line]


def _votes(one: ResolutionEntry) -> str:
    written = f"；会前书面赞成 {one.written_in_favour}" if one.written_in_favour else ""
    return f"赞成 {one.in_favour}，反对 {one.against}，弃权 {one.abstained}{written}"


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
    "resolutions": lambda value, names: "\n".join("；".join(decision_lines(one, names)) for one in value),
    "tasks": lambda value, _names: "\n".join(map(task_words, value)),
}
