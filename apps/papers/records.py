"""One meeting as its papers say it: plain words and numbers under the names that templates use.

Nothing but text, numbers, lists and mappings leaves this module, so that no template reaches a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from apps.core.calendar import CHINA, written
from apps.core.documents.wording import short_day
from apps.meetings.kinds import Kind
from apps.meetings.models import (
    Attendance,
    Candidate,
    FollowUp,
    Meeting,
    MeetingRevision,
    Presence,
    Resolution,
    State,
    Task,
)
from apps.meetings.records import AttendanceList, attendance_of
from apps.meetings.rules import names_in
from apps.meetings.sheets import with_source

Words = dict[str, Any]
Ordinals = dict[tuple[int, str], int]

_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|议题[一二三四五六七八九十]*[：:])")
_LONGEST_HEADING = 40
SPARE_GUESTS = 2
NONE = "无"


def record_of(meeting: Any, ordinals: Ordinals) -> Words:
    """Everything that a paper can say of a record that `queries.with_everything` fetched."""
    roll = attendance_of(meeting)
    return {
        **_head(meeting, ordinals),
        **_attendance(meeting, roll),
        **_content(meeting),
        "更正": [_correction(number, row) for number, row in enumerate(meeting.corrections, 1)],
        "照片": meeting.photos,
        "签到": sign_in_rows(_signers(meeting, roll)),
        "列席签到": guest_rows(meeting.guests),
    }


def _head(meeting: Meeting, ordinals: Ordinals) -> Words:
    day = held_on(meeting)
    return {
        "党支部": meeting.organization.name,
        "党小组": meeting.group.name if meeting.group else "",
        "会议类型": meeting.get_kinds_display(),
        "会议名称": title_of(meeting, ordinals),
        "主题": meeting.topic,
        "日期": written(day),
        "月日": short_day(day),
        "时间": hours_of(meeting),
        "地点": meeting.place,
        "主持人": str(meeting.host or ""),
        "记录人": str(meeting.recorder or ""),
        "讲课人": meeting.lecturer,
        "补录原因": meeting.late_reason,
        "说明": standing_of(meeting),
    }


def held_on(meeting: Meeting) -> date:
    """The day of the meeting by China's clock."""
    return meeting.held_at.astimezone(CHINA).date()


def hours_of(meeting: Meeting) -> str:
    """ "15:00—16:30", or the beginning alone."""
    start = f"{meeting.held_at.astimezone(CHINA):%H:%M}"
    return f"{start}—{meeting.ended_at.astimezone(CHINA):%H:%M}" if meeting.ended_at else start


def title_of(meeting: Meeting, ordinals: Ordinals) -> str:
    """ "2026年第11次主题党日、第4次党员大会" """
    names = [
        f"第{ordinals[meeting.pk, kind]}次{Kind(kind).label}"
        if (meeting.pk, kind) in ordinals
        else Kind(kind).label
        for kind in meeting.kinds
    ]
    return f"{held_on(meeting).year}年{'、'.join(names)}" if names else ""


def count_ordinals(rows: Iterable[tuple[int, int, int | None, Sequence[str], date]]) -> Ordinals:
    """Which meeting of its kind each was in its branch's (or group's) year; the rows in order of time."""
    seen: Counter[tuple[int, int | None, int, str]] = Counter()
    found: Ordinals = {}
    for pk, branch, group, kinds, day in rows:
        for kind in kinds:
            key = branch, group if kind == Kind.GROUP_MEETING else None, day.year, kind
            seen[key] += 1
            found[pk, kind] = seen[key]
    return found


def standing_of(meeting: Meeting) -> str:
    """What a reader of the paper has to know of the record's state; nothing of one that is handed in."""
    match meeting.state:
        case State.DRAFT:
            return "草稿，还没有交上"
        case State.RETURNED:
            return f"已退回：{meeting.return_reason}"
        case State.WITHDRAWN:
            return f"已撤回，不计入统计：{meeting.withdraw_reason}"
    return ""


def _attendance(meeting: Meeting, roll: AttendanceList) -> Words:
    voters, voters_here = roll.voters
    return {
        "应到": roll.expected,
        "实到": len(roll.present),
        "缺席": len(roll.absent),
        "有表决权": voters,
        "有表决权到会": voters_here,
        "到会人员": _names(roll.present),
        "晚到人员": _names(row for row in roll.present if row.late),
        "缺席人员": "、".join(_absentee(row) for row in roll.absent) or NONE,
        "不计入应到": "；".join(_excluded(row) for row in roll.absent if row.excluded),
        "列席人员": meeting.guests or NONE,
    }


def _names(rows: Iterable[Attendance]) -> str:
    return "、".join(row.member.name for row in rows)


def _excluded(row: Attendance) -> str:
    """Who is not counted among the expected where it is voted on persons, with both papers (MEM-43)."""
    agreed = f"，党员大会{written(row.exclusion_agreed_on)}通过" if row.exclusion_agreed_on else ""
    return f"{row.member.name}（{row.get_exclusion_display()}，{row.exclusion_paper}{agreed}）"


def _absentee(row: Attendance) -> str:
    return f"{row.member.name}（{row.get_reason_display() or '原因没有写'}）"


def _content(meeting: Meeting) -> Words:
    return {
        "内容": paragraphs_of(meeting.minutes),
        "上次落实": [_outcome(number, row) for number, row in enumerate(meeting.followups.all(), 1)],
        "决议": [_decision(meeting, row) for row in meeting.resolutions.all()],
        "任务": [_task(number, row) for number, row in enumerate(_own_tasks(meeting), 1)],
    }


def _correction(number: int, row: MeetingRevision) -> Words:
    """How a record that was handed in came to say something else; the old version stays in the system."""
    return {
        "序号": number,
        "日期": written(row.at.astimezone(CHINA).date()),
        "原因": row.reason,
        "更正人": str(row.by),
    }


def _outcome(number: int, row: FollowUp) -> Words:
    """What this meeting heard of something that an earlier one asked for."""
    return {
        "序号": number,
        "事项": row.task.text,
        "责任人": _responsible(row.task),
        "结果": row.get_outcome_display(),
        "说明": row.remark,
    }


def _own_tasks(meeting: Meeting) -> list[Task]:
    """What was asked for besides the decisions, which say themselves who carries them out."""
    return [row for row in meeting.tasks.all() if row.resolution_id is None]


def _task(number: int, row: Task) -> Words:
    return {
        "序号": number,
        "事项": row.text,
        "责任人": _responsible(row),
        "完成时限": _by(row.due_on),
    }


def _responsible(row: Task) -> str:
    return row.responsible or str(row.member or "")


def _by(day: date | None) -> str:
    return written(day) if day else ""


def paragraphs_of(text: str) -> list[Words]:
    """The paragraphs of a text; those that name an item of the agenda are headings."""
    lines = (line.strip() for line in text.splitlines())
    return [{"文字": line, "是标题": _is_heading(line)} for line in lines if line]


def _is_heading(line: str) -> bool:
    return bool(_HEADING.match(line)) and len(line) <= _LONGEST_HEADING and not line.endswith("。")


def _decision(meeting: Meeting, row: Resolution) -> Words:
    source = with_source(row.ruling, "", row.rule, held_on(meeting))
    return {
        "序号": row.number,
        "事项": row.text,
        "类别": row.get_matter_display(),
        "当事人": row.about,
        "表决": _votes(row),
        "候选人": [_candidate(each) for each in row.candidates.all()],
        "结果": {True: "通过", False: "未通过", None: ""}[row.passed],
        "判定": row.ruling,
        "依据": f"{source.document}{source.article}",
        "不同意见": paragraphs_of(row.dissent),
        "责任人": row.responsible,
        "完成时限": _by(row.due_on),
    }


def _votes(row: Resolution) -> str:
    """ "举手表决，赞成10票，反对0票，弃权1票"; of an election the ballots; nothing where none was counted."""
    if row.ballots_issued is not None:
        return _ballots(row)
    if not row.in_favour + row.against + row.abstained + row.written_in_favour:
        return ""
    votes = f"{_how(row)}，赞成{row.in_favour}票，反对{row.against}票，弃权{row.abstained}票"
    return f"{votes}，会前书面赞成{row.written_in_favour}票" if row.written_in_favour else votes


def _how(row: Resolution) -> str:
    return {"hands": "举手表决", "secret": "无记名投票"}[row.voting]


def _ballots(row: Resolution) -> str:
    counted = (
        f"发出选票{row.ballots_issued}张，收回{row.ballots_returned or 0}张，废票{row.ballots_void or 0}张"
    )
    return f"{_how(row)}，应选{row.seats}名，{counted}" if row.seats else f"{_how(row)}，{counted}"


def _candidate(row: Candidate) -> Words:
    return {
        "序号": row.number,
        "姓名": row.name if row.on_ballot else f"{row.name}（另选他人）",
        "赞成": row.in_favour,
        "不赞成": row.against,
        "弃权": row.abstained,
        "结果": {True: "当选", False: "未当选", None: ""}[row.elected],
    }


def _signers(meeting: Meeting, roll: AttendanceList) -> list[Words]:
    rows = sorted(
        [*roll.present, *roll.absent], key=lambda row: (not row.may_vote, row.member.pinyin, row.pk)
    )
    return [signer(row.member.name, "有" if row.may_vote else "无", _remark(row)) for row in rows]


def _remark(row: Attendance) -> str:
    if row.presence == Presence.PRESENT:
        return "晚到" if row.late else "到会"
    return row.get_reason_display() or row.get_presence_display()


def signer(name: str, vote: str, remark: str = "") -> Words:
    """One line of a sign-in sheet; `vote` says 有, or why there is none."""
    return {"姓名": name, "表决权": vote, "备注": remark}


def sign_in_rows(people: Sequence[Words]) -> list[Words]:
    """Two people in each row of the sheet, numbered from left to right."""
    numbered = [{"序号": number, **one} for number, one in enumerate(people, 1)]
    nobody = {"序号": "", **signer("", "")}
    pairs = zip(numbered[::2], [*numbered[1::2], nobody], strict=False)
    return [{"左": left, "右": right} for left, right in pairs]


def guest_rows(guests: str) -> list[Words]:
    """The guests by name and some empty lines for whoever comes besides."""
    return [{"姓名": name} for name in (*names_in(guests), *[""] * SPARE_GUESTS)]
