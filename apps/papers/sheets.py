"""The sign-in sheet before a meeting: who is expected on that day at a gathering of those kinds."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.calendar import written
from apps.core.documents.wording import short_day
from apps.meetings.entries import MeetingEntry
from apps.meetings.rolls import Expected, Roll, roll_of
from apps.organizations.models import Organization, PartyGroup
from apps.papers.kinds import Paper
from apps.papers.placeholders import blank_of
from apps.papers.records import Words, guest_rows, sign_in_rows, signer

SPARE_ROWS = 10  # lines for names by hand where nobody is known yet


@dataclass(frozen=True)
class Sheet:
    """A meeting that is still to come, as far as its sheet needs it."""

    branch: Organization
    entry: MeetingEntry
    group: PartyGroup | None = None


def sheet_of(sheet: Sheet) -> Words:
    """What the sheet says; the cells for signatures are empty."""
    entry = sheet.entry
    people = _signers(roll_of(sheet.branch, entry))
    return {
        **blank_of(Paper.SIGN_IN),
        "党支部": sheet.branch.name,
        "党小组": sheet.group.name if sheet.group else "",
        "会议类型": "、".join(kind.label for kind in entry.kinds),
        "主题": entry.topic,
        "日期": written(entry.held_on),
        "月日": short_day(entry.held_on),
        "时间": f"{entry.held_at:%H:%M}",
        "地点": entry.place,
        "应到": len(people) or "",
        "有表决权": sum(each.may_vote for each in people) or "",
        "签到": sign_in_rows([_line(each) for each in people] or [signer("", "")] * SPARE_ROWS * 2),
        "列席签到": guest_rows(""),
    }


def _signers(roll: Roll) -> list[Expected]:
    """Those with a vote first, each by name; nobody where somebody has to say first who is meant."""
    return sorted(roll.people, key=lambda each: not each.may_vote)


def _line(each: Expected) -> Words:
    return signer(each.name, each.without_vote or "有")
