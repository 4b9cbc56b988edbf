"""What the form is first filled in with: an entry's values by the names of the fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.core.calendar import add_months
from apps.meetings.assessment import with_the_rest_in_favour
from apps.meetings.entries import MeetingEntry, ResolutionEntry
from apps.meetings.reading import SAME, TASK

MONTHS_TO_CARRY_OUT = 1


def initial_of(entry: MeetingEntry) -> dict[str, Any]:
    """The form's first values from an entry."""
    return {
        "kinds": [str(kind) for kind in entry.kinds],
        "held_on": entry.held_on,
        "begins": entry.held_at.time(),
        "ends": entry.ended_at.time() if entry.ended_at else None,
        "group": entry.group_id,
        "host": entry.host_id,
        "recorder": entry.recorder_id,
        "chosen": sorted(entry.chosen),
        "place": entry.place,
        "topic": entry.topic,
        "lecturer": entry.lecturer,
        "guests": entry.guests,
        "minutes": entry.minutes,
        "late_reason": entry.late_reason,
        **_tasks_initial(entry),
    }


def _tasks_initial(entry: MeetingEntry) -> dict[str, Any]:
    return {f"task_{row}_{name}": getattr(one, name) for row, one in enumerate(entry.tasks) for name in TASK}


def resolutions_initial(entry: MeetingEntry, voters_present: int) -> list[dict[str, Any]]:
    """The decisions' first values; a number that says only "the rest in favour" stays unsaid."""
    return [_resolution_initial(one, voters_present) for one in entry.resolutions]


def _resolution_initial(one: ResolutionEntry, voters_present: int) -> dict[str, Any]:
    unsaid = with_the_rest_in_favour(_without_number(one), voters_present).in_favour
    return {
        **{name: getattr(one, name) or None for name in SAME},
        "discussed_in": one.discussed_in_id,
        "matter": str(one.matter),
        "voting": str(one.voting),
        "in_favour": None if one.in_favour in (unsaid, None) or one.candidates else one.in_favour,
        **_candidates_initial(one),
    }


def _candidates_initial(one: ResolutionEntry) -> dict[str, Any]:
    """The rows of an election."""
    said: dict[str, Any] = {}
    for row, candidate in enumerate(one.candidates):
        for name in ("name", "in_favour", "against", "abstained"):
            said[f"candidate_{row}_{name}"] = getattr(candidate, name) or None
        said[f"candidate_{row}_written_in"] = not candidate.on_ballot
    return said


def _without_number(one: ResolutionEntry) -> ResolutionEntry:
    return ResolutionEntry(one.text, against=one.against, abstained=one.abstained)


def new_resolution(entry: MeetingEntry, names: Mapping[int, str]) -> dict[str, str]:
    """What a further decision is filled in with: the host sees to it within a month."""
    due = add_months(entry.held_on, MONTHS_TO_CARRY_OUT)
    return {
        "matter": "ordinary",
        "voting": "hands",
        "voted_on": "ordinary",
        "responsible": names.get(entry.host_id or 0, ""),
        "due_on": due.isoformat(),
    }
