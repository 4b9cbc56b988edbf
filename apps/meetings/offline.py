"""What the open form knows so that it can be filled in without a signal: who is expected, what is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from apps.meetings.entries import MeetingEntry
from apps.meetings.kinds import Kind, Matter
from apps.meetings.minutes import DECIDED, HEARD, SUBJECT, phrases_for
from apps.meetings.rolls import Roll, roll_of
from apps.meetings.rules import Circle, circles_of
from apps.meetings.sheets import Sheet, parts_of, sheet_of
from apps.meetings.voting import ADMISSION_MATTERS, SECRET_MATTERS
from apps.organizations.models import Organization

# What follows from the day, or from whom the system knows, and not from the kind.
NOT_BY_KIND = frozenset({"chosen", "late"})
# What a decision may be made of.
DECISION_PARTS = ("about", "votes", "election", "written")


@dataclass(frozen=True)
class Standby:
    """The parts of the form from which a script draws when the server does not answer.

    `sheet` asks for every part and shows everybody. `rules` is JSON: for each kind its circles, what it asks
    for and its phrases, the committee's members (null: to be chosen), the group of each member, the words of
    headings, and for each matter its parts and whether it is voted on in secret.
    """

    sheet: Sheet
    rules: str


def standby_of(
    branch: Organization, entry: MeetingEntry, on: date, own_phrases: Mapping[str, Sequence[str]]
) -> Standby:
    committee = roll_of(branch, replace(entry, kinds=(Kind.COMMITTEE_MEETING,)), {})
    everybody = Roll(Circle.ALL_MEMBERS, committee.everybody, committee.everybody)
    sheets = {kind: _sheet_as(kind, entry, everybody, branch, on) for kind in Kind}
    asked = {str(kind): sorted({*sheet.asked} - NOT_BY_KIND) for kind, sheet in sheets.items()}
    parts = sorted({*NOT_BY_KIND, *(part for parts in asked.values() for part in parts)})
    whole = replace(sheets[Kind.GENERAL_MEETING], asked=tuple(parts))
    phrases = {str(kind): phrases_for((kind,), own_phrases) for kind in Kind}
    return Standby(whole, _rules(asked, committee, phrases))


def _sheet_as(kind: Kind, entry: MeetingEntry, roll: Roll, branch: Organization, on: date) -> Sheet:
    """The form as it would be for that kind alone, everybody there and nothing decided."""
    plain = replace(entry, kinds=(kind,), absences={}, resolutions=())
    return sheet_of(plain, roll, branch, handed_in=on)


def _rules(asked: dict[str, list[str]], committee: Roll, phrases: dict[str, tuple[str, ...]]) -> str:
    known = {
        "circles": {str(kind): [str(circle) for circle in circles_of(kind)] for kind in Kind},
        "asked": asked,
        "committee": None if committee.must_choose else [one.id for one in committee.people],
        "groups": {one.id: one.group_id for one in committee.everybody if one.group_id},
        "phrases": phrases,
        "headings": {"heard": HEARD, "subject": SUBJECT, "decided": DECIDED},
        "decisions": {str(matter): _decision_parts(matter) for matter in Matter},
        "secret": sorted(SECRET_MATTERS),
    }
    return json.dumps(known, separators=(",", ":"), ensure_ascii=False)


def _decision_parts(matter: Matter) -> list[str]:
    """What a decision asks for; opinions in writing count for admissions (MEET-12)."""
    return [*parts_of(matter), *(["written"] if matter in ADMISSION_MATTERS else [])]
