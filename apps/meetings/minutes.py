"""Helpers for the minutes: headings from what was entered, and ready phrases with gaps. Pure.

Nothing here says what was said: a heading repeats what stands elsewhere on the form, and a phrase has gaps
that must be filled before the record is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from apps.meetings.entries import FollowUpEntry, MeetingEntry
from apps.meetings.kinds import Kind
from apps.meetings.models import Outcome
from apps.meetings.rules import words_of

_NUMERALS = "一二三四五六七八九十"
_HEADING = re.compile(rf"^[{_NUMERALS}]+、", re.MULTILINE)
# The words of a heading are enough to know that it stands there already, whatever its number.
GAP = "《　》"
DECIDED = "讨论表决："
HEARD = "上次事项的办理情况："
SUBJECT = f"学习{GAP}"
_BETWEEN_ITEMS = re.compile(r"[；;]")

PHRASES: Mapping[Kind, tuple[str, ...]] = {
    Kind.THEME_DAY: (
        "学习了《　》。",
        "＿＿发言：",
        "参加志愿服务：＿＿。",
        "主持人小结：",
    ),
    Kind.GENERAL_MEETING: (
        "支委会报告了＿＿。",
        "＿＿发言：",
        "不同意见：",
        "主持人宣布表决结果：",
    ),
    Kind.COMMITTEE_MEETING: (
        "传达了《　》。",
        "研究了＿＿。",
        "＿＿的意见：",
        "会议决定：",
    ),
    Kind.GROUP_MEETING: ("学习了《　》。", "＿＿发言：", "组长小结："),
    Kind.LESSON: ("党课题目：《　》。", "主要内容：", "＿＿发言："),
    Kind.LIFE_MEETING: ("会前听取的意见：", "＿＿对照检查：", "＿＿批评：", "整改事项："),
    Kind.MEMBER_REVIEW: ("＿＿个人自评：", "党员互评：", "民主测评发出＿＿张，收回＿＿张。"),
    Kind.TALK: ("谈话人：＿＿。",),
}


def phrases_for(kinds: Iterable[Kind], own: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The ready phrases of the kinds and the county's own, each once."""
    found = [phrase for kind in kinds for phrase in (*PHRASES.get(kind, ()), *own.get(str(kind), ()))]
    return tuple(dict.fromkeys(found))


def headings_of(entry: MeetingEntry, tasks: Mapping[int, str]) -> list[str]:
    """What the meeting went through as far as the form knows it; `tasks` are the words of earlier tasks."""
    agenda = agenda_of(entry.topic) or ([] if entry.minutes.strip() else [SUBJECT])
    return [*_heard(entry, tasks), *agenda, *decision_headings(entry)]


def agenda_of(topic: str) -> list[str]:
    """The items of the agenda: what semicolons part."""
    return [item.strip() for item in _BETWEEN_ITEMS.split(topic) if item.strip()]


def _heard(entry: MeetingEntry, tasks: Mapping[int, str]) -> Iterator[str]:
    heard = [_outcome(tasks[pk], said) for pk, said in entry.followups.items() if pk in tasks]
    if heard:
        yield f"{HEARD}{'；'.join(heard)}"


def _outcome(task: str, said: FollowUpEntry) -> str:
    remark = f"，{said.remark}" if said.remark else ""
    return f"{task}（{Outcome(said.outcome).label}{remark}）"


def decision_headings(entry: MeetingEntry) -> list[str]:
    """A heading for each decision that says what it is about."""
    told = (one.text or words_of(one.matter, one.about) for one in entry.resolutions)
    return list(dict.fromkeys(f"{DECIDED}{words}" for words in told if words))


def with_new_decisions(entry: MeetingEntry) -> str:
    """The minutes with a heading for decisions made since; as they are where nobody uses headings."""
    headings = decision_headings(entry)
    if not is_framed(entry) or entry.minutes.count(DECIDED) >= len(headings):
        return entry.minutes
    return framed(entry.minutes, headings)


def framed(minutes: str, headings: Iterable[str]) -> str:
    """The minutes with every heading that is lacking put below, numbered on."""
    lacking = [heading for heading in headings if heading not in minutes]
    first = len(_HEADING.findall(minutes))
    lines = [f"{numeral(first + number)}、{heading}" for number, heading in enumerate(lacking, 1)]
    return "\n".join(filter(None, [minutes.rstrip(), *lines]))


def is_framed(entry: MeetingEntry) -> bool:
    """Whether the minutes have headings as they are put there, so that a new one belongs below.

    Whoever writes headings of their own is not helped unasked.
    """
    ready = (HEARD, DECIDED, SUBJECT.removesuffix(GAP), *agenda_of(entry.topic))
    lines = entry.minutes.splitlines()
    return any(_HEADING.sub("", line).startswith(ready) for line in lines if _HEADING.match(line))


def numeral(number: int) -> str:
    """一, 十, 十一, 二十三: up to 99."""
    tens, ones = divmod(number, 10)
    shown = _NUMERALS[ones - 1] if ones else ""
    if not tens:
        return shown
    return f"{_NUMERALS[tens - 1] if tens > 1 else ''}十{shown}"


def usual_topic(entry: MeetingEntry) -> str:
    """What the meeting is called where nobody says otherwise: "11月主题党日、党员大会"."""
    kinds = "、".join(kind.label for kind in entry.kinds)
    return f"{entry.held_on.month}月{kinds}" if kinds else ""


def with_topic(entry: MeetingEntry) -> MeetingEntry:
    """The entry called as such meetings are, where nobody called it anything."""
    return entry if entry.topic else replace(entry, topic=usual_topic(entry))
