"""What a new record is filled in with: as the branch would most likely fill it in itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from apps.core.calendar import CHINA, today
from apps.core.periods import Month
from apps.meetings.entries import MeetingEntry
from apps.meetings.extensions import LessonTopic
from apps.meetings.kinds import Kind
from apps.meetings.models import AbsenceReason, Meeting, State
from apps.meetings.plans import theme_for
from apps.meetings.queries import counting_meetings
from apps.meetings.reading import entry_of
from apps.members.queries import committee_on
from apps.members.vocabulary import Position
from apps.organizations.models import Organization
from apps.regulations.settings import settings_of
from apps.regulations.table import Duty, Per, duties

USUAL_HOUR = time(15, 0)
REMEMBERED_PLACES = 5
# In the order in which a secretary is asked for them; a talk or a review is never filled in unasked.
ASKED_FOR = (Kind.THEME_DAY, Kind.COMMITTEE_MEETING, Kind.LESSON, Kind.GENERAL_MEETING)


@dataclass(frozen=True)
class Wish:
    """What a link to a new record asks for: a kind, the month that is still lacking it, or the very day.

    `group` is the party group whose meeting it is, `like` a record that the new one is to be like: kinds,
    people, place, host and hour; `lesson` a topic that is on offer.
    """

    kind: Kind | None = None
    month: Month | None = None
    day: date | None = None
    group: int | None = None
    like: Meeting | None = None
    lesson: LessonTopic | None = None


def prefilled(branch: Organization, wish: Wish) -> MeetingEntry:
    """A new record as the branch would most likely fill it in."""
    day = _day_for(branch, wish)
    last = branch.meetings.exclude(state=State.WITHDRAWN).first()
    kinds = _kinds_of(wish.like) or ((wish.kind,) if wish.kind else (_kind_due(branch, day, last),))
    alike = wish.like or last_of_kinds(branch, kinds)
    secretary = _secretary_of(branch, day)
    entry = MeetingEntry(
        kinds=kinds,
        topic=_topic_of(branch, day, kinds, wish.lesson),
        lecturer=wish.lesson.lecturer if wish.lesson else "",
        held_at=datetime.combine(day, _hour_of(alike or last), CHINA),
        group_id=wish.group or (alike.group_id if alike else None),
        place=_place_of(branch, alike or last),
        host_id=(alike and alike.host_id) or secretary,
        recorder_id=(alike and alike.recorder_id) or (last and last.recorder_id) or secretary,
        chosen=_chosen_like(alike),
    )
    return _with_people_of(entry, wish.like) if wish.like else entry


def _topic_of(branch: Organization, day: date, kinds: Iterable[Kind], lesson: LessonTopic | None) -> str:
    if lesson:
        return lesson.title
    return theme_for(branch, Month.of(day)) if Kind.THEME_DAY in kinds else ""


def _kinds_of(meeting: Meeting | None) -> tuple[Kind, ...]:
    return tuple(Kind(kind) for kind in meeting.kinds) if meeting else ()


# Reasons that last: whoever was away or frail at the last meeting probably still is.
LASTING = frozenset({AbsenceReason.AWAY, AbsenceReason.FRAIL})


def _with_people_of(entry: MeetingEntry, meeting: Meeting) -> MeetingEntry:
    """Who is away for long, the guests, and the papers of those not counted, as the last time."""
    before = entry_of(meeting)
    absences = {pk: reason for pk, reason in before.absences.items() if reason in LASTING}
    kept = {pk: said for pk, said in before.exclusions.items() if pk in absences}
    return replace(entry, absences=absences, exclusions=kept, guests=before.guests)


def last_of_kinds(branch: Organization, kinds: Iterable[str]) -> Meeting | None:
    """The branch's last record that is all of the kinds and was handed in: a draft is like nothing yet."""
    rows = branch.meetings.exclude(state=State.WITHDRAWN).exclude(submitted_at=None)
    found: Meeting | None = rows.filter(kinds__contains=list(kinds)).first()
    return found


def record_of(branch: Organization, number: int | None) -> Meeting | None:
    """The branch's record of that number, unless it was withdrawn."""
    rows = branch.meetings.exclude(state=State.WITHDRAWN).filter(pk=number)
    found: Meeting | None = rows.first() if number else None
    return found


def _day_for(branch: Organization, wish: Wish) -> date:
    """The day asked for; of a month asked for its theme day when that is fixed, else its last; else today."""
    if wish.day is not None:
        return min(wish.day, today())
    if wish.month is None or today() in wish.month:
        return today()
    fixed = branch.fixed_theme_day
    return fixed.of(wish.month) if fixed else wish.month.last


def _hour_of(meeting: Meeting | None) -> time:
    return meeting.held_at.astimezone(CHINA).time() if meeting else USUAL_HOUR


def _place_of(branch: Organization, meeting: Meeting | None) -> str:
    return (meeting.place if meeting else "") or branch.meeting_place


def _chosen_like(meeting: Meeting | None) -> frozenset[int]:
    """Who was there the last time, so that a committee without seats is named once."""
    if meeting is None:
        return frozenset()
    return frozenset(meeting.attendances.values_list("member_id", flat=True))


def _secretary_of(branch: Organization, day: date) -> int | None:
    seat = committee_on(branch, day).filter(position=Position.SECRETARY).first()
    return seat.member_id if seat else None


def _kind_due(branch: Organization, day: date, last: Meeting | None) -> Kind:
    """The first duty of the day's period that has no record yet; otherwise what was held last."""
    own = settings_of(branch.path).on(day)
    rows = {row.kind: row for row in duties(on=day, overrides=own) if row.per is not Per.YEAR}
    for kind in ASKED_FOR:
        if _is_held_here(kind, branch, day) and _is_due(rows[kind], branch, day):
            return kind
    return Kind(last.kinds[0]) if last and last.kinds else Kind.THEME_DAY


def _is_due(row: Duty, branch: Organization, day: date) -> bool:
    held = counting_meetings([branch.path], row.per.period_of(day), row.kind)
    return held.count() < row.at_least


def _is_held_here(kind: Kind, branch: Organization, day: date) -> bool:
    return kind is not Kind.COMMITTEE_MEETING or committee_on(branch, day).exists()


def places_of(branch: Organization) -> list[str]:
    """Where the branch met lately, the most recent first."""
    recent = branch.meetings.exclude(place="").values_list("place", flat=True)[:30]
    return list(dict.fromkeys([*recent, branch.meeting_place]))[:REMEMBERED_PLACES]
