"""What the open form knows so that it can be filled in without a signal: who is expected, what is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from apps.core.calendar import CHINA
from apps.meetings.entries import ExclusionEntry, MeetingEntry
from apps.meetings.kinds import Kind, Matter
from apps.meetings.minutes import DECIDED, HEARD, SUBJECT, phrases_for
from apps.meetings.models import Meeting
from apps.meetings.rolls import Roll, roll_of
from apps.meetings.rules import SETTLED_BY_THE_VOTE, Circle, circles_of
from apps.meetings.sheets import ExclusionRow, Sheet, parts_of, sheet_of
from apps.meetings.verdicts import verdict_data
from apps.meetings.voting import ADMISSION_MATTERS, SECRET_MATTERS
from apps.organizations.models import Organization

# What follows from the day, or from whom the system knows, and not from the kind.
NOT_BY_KIND = frozenset({"chosen", "late"})
# What a decision may be made of.
DECISION_PARTS = ("about", "votes", "election", "written", "before")
# Somebody who may not be counted: the script puts everybody's own number and name there.
NOBODY_YET = ExclusionRow(0, "", ExclusionEntry(""))


@dataclass(frozen=True)
class Standby:
    """The parts of the form from which a script draws when the server does not answer.

    `sheet` asks for every part and shows everybody. `rules` is JSON: for each kind its circles, what it asks
    for and its phrases, the committee's members (null: to be chosen), the group of each member, the words of
    headings, for each matter its parts and whether it is voted on in secret, the days of the committee's
    earlier meetings (MEET-15), and what a verdict needs (`verdicts`).
    """

    sheet: Sheet
    rules: str


def standby_of(
    branch: Organization,
    entry: MeetingEntry,
    on: date,
    own_phrases: Mapping[str, Sequence[str]],
    discussions: Iterable[Meeting] = (),
) -> Standby:
    committee = roll_of(branch, replace(entry, kinds=(Kind.COMMITTEE_MEETING,)))
    everybody = Roll(Circle.ALL_MEMBERS, committee.everybody, committee.everybody)
    sheets = {kind: _sheet_as(kind, entry, everybody, branch, on) for kind in Kind}
    asked = {str(kind): sorted({*sheet.asked} - NOT_BY_KIND) for kind, sheet in sheets.items()}
    parts = sorted({*NOT_BY_KIND, *(part for parts in asked.values() for part in parts)})
    whole = replace(sheets[Kind.GENERAL_MEETING], asked=tuple(parts), exclusions=(NOBODY_YET,))
    known = {
        "asked": asked,
        "phrases": {str(kind): phrases_for((kind,), own_phrases) for kind in Kind},
        "discussions": {row.pk: str(row.held_at.astimezone(CHINA).date()) for row in discussions},
        **_people(committee),
        **_rules(),
        **verdict_data(committee.everybody),
    }
    return Standby(whole, json.dumps(known, separators=(",", ":"), ensure_ascii=False))


def _sheet_as(kind: Kind, entry: MeetingEntry, roll: Roll, branch: Organization, on: date) -> Sheet:
    """The form as it would be for that kind alone, everybody there and nothing decided."""
    plain = replace(entry, kinds=(kind,), absences={}, resolutions=())
    return sheet_of(plain, roll, branch, handed_in=on)


def _people(committee: Roll) -> dict[str, Any]:
    return {
        "committee": None if committee.must_choose else [one.id for one in committee.people],
        "groups": {one.id: one.group_id for one in committee.everybody if one.group_id},
    }


def _rules() -> dict[str, Any]:
    return {
        "circles": {str(kind): [str(circle) for circle in circles_of(kind)] for kind in Kind},
        "headings": {
            "heard": HEARD,
            "subject": SUBJECT,
            "decided": DECIDED,
            "named": sorted(SETTLED_BY_THE_VOTE),
        },
        "decisions": {str(matter): _decision_parts(matter) for matter in Matter},
        "secret": sorted(SECRET_MATTERS),
    }


def _decision_parts(matter: Matter) -> list[str]:
    """What a decision asks for; opinions in writing count for admissions (MEET-12)."""
    return [*parts_of(matter), *(["written"] if matter in ADMISSION_MATTERS else [])]
