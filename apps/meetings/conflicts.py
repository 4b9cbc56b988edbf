"""Two people in one record: both versions, field by field, so that nobody's words are lost. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import or_
from typing import Any

from apps.meetings.entries import LONGEST_REMARK, FollowUpEntry, MeetingEntry, ResolutionEntry, TaskEntry
from apps.meetings.rules import names_in
from apps.meetings.wording import Names, in_words


@dataclass(frozen=True)
class Difference:
    """One field that is not the same; `name` is the form's, `usual` what is taken unless somebody chooses."""

    name: str
    title: str
    theirs: str
    mine: str
    usual: str

    @property
    def joins(self) -> bool:
        """Whether both can be kept together."""
        return self.name in JOINS


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


# What a decision or a task may leave open for the other one to say.
FILLED_UP = ("responsible", "due_on", "about", "discussed_in_id")


def differences(theirs: MeetingEntry, mine: MeetingEntry, names: Names) -> tuple[Difference, ...]:
    """The fields that differ, in the order of the form, in words."""
    return tuple(
        Difference(
            name,
            title,
            in_words(theirs, name, names),
            in_words(mine, name, names),
            _usual(name, theirs, mine),
        )
        for name, title in TITLES.items()
        if getattr(theirs, name) != getattr(mine, name)
    )


def _usual(name: str, theirs: MeetingEntry, mine: MeetingEntry) -> str:
    """Both where they can be kept together; else one's own, unless one left it open."""
    if name in JOINS:
        return "both"
    return "mine" if getattr(mine, name) or not getattr(theirs, name) else "theirs"


def merged(theirs: MeetingEntry, mine: MeetingEntry, chosen: Mapping[str, str]) -> MeetingEntry:
    """One record of two: each field as it was chosen, "theirs", "mine" or "both", else as is usual."""
    said = {name: chosen.get(name) or _usual(name, theirs, mine) for name in TITLES}
    values = {name: _taken(name, how, theirs, mine) for name, how in said.items()}
    values["late"] = values["late"] - values["absences"].keys()
    return replace(mine, **values, listed=None)


def _taken(name: str, how: str, theirs: MeetingEntry, mine: MeetingEntry) -> Any:
    one, other = getattr(mine, name), getattr(theirs, name)
    if how == "theirs":
        return other
    return JOINS[name](one, other) if how == "both" and name in JOINS else one


def _both_texts(mine: str, theirs: str) -> str:
    """One's own first, the other's below; a text all of whose lines are in the other is there already."""
    own, others = set(mine.splitlines()), set(theirs.splitlines())
    if others <= own:
        return mine
    return theirs if own <= others else f"{mine}\n\n{theirs}"


def _both_guests(mine: str, theirs: str) -> str:
    return "、".join(dict.fromkeys([*names_in(mine), *names_in(theirs)]))


def _both_absences(mine: Mapping[int, str], theirs: Mapping[int, str]) -> dict[int, str]:
    """Whoever is missing in either; one's own reason, unless one gave none."""
    return {**theirs, **{member: why or theirs.get(member, "") for member, why in mine.items()}}


Heard = Mapping[int, FollowUpEntry]


def _both_heard(mine: Heard, theirs: Heard) -> dict[int, FollowUpEntry]:
    """How far each task is as oneself heard, with the words of both."""
    return {**theirs, **{task: _with_words_of(said, theirs.get(task)) for task, said in mine.items()}}


def _with_words_of(mine: FollowUpEntry, theirs: FollowUpEntry | None) -> FollowUpEntry:
    remarks = dict.fromkeys(filter(None, (mine.remark, theirs.remark if theirs else "")))
    return replace(mine, remark="；".join(remarks)[:LONGEST_REMARK])


Listed = ResolutionEntry | TaskEntry


def _both_lists(mine: tuple[Listed, ...], theirs: tuple[Listed, ...]) -> tuple[Listed, ...]:
    """What has the same words is one, filled up by the other; its votes are one's own."""
    others = {one.text: one for one in theirs}
    own = tuple(_filled_up(one, others.pop(one.text, None)) for one in mine)
    return (*own, *others.values())


def _filled_up(one: Listed, other: Listed | None) -> Listed:
    if other is None:
        return one
    open_ = [name for name in FILLED_UP if hasattr(one, name) and not getattr(one, name)]
    values = {name: getattr(other, name) for name in open_}
    if isinstance(one, ResolutionEntry) and isinstance(other, ResolutionEntry):
        values["dissent"] = _both_texts(one.dissent, other.dissent)
    return replace(one, **values)


# How two values are kept together, one's own first.
JOINS: Mapping[str, Callable[[Any, Any], Any]] = {
    "guests": _both_guests,
    "chosen": or_,
    "absences": _both_absences,
    "late": or_,
    "exclusions": lambda mine, theirs: {**theirs, **mine},
    "followups": _both_heard,
    "minutes": _both_texts,
    "resolutions": _both_lists,
    "tasks": _both_lists,
}
