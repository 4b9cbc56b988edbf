"""One open form: what it is filled in with, who can be named, what the server says to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4
from zlib import crc32

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from apps.core.access import SignedInRequest
from apps.core.calendar import today
from apps.core.periods import Month
from apps.meetings import corrections, prefilling, queries
from apps.meetings.assessment import assess
from apps.meetings.attached import attached_to
from apps.meetings.entries import FollowUpEntry, MeetingEntry
from apps.meetings.extensions import LessonTopic, topic_of_key, topics_on_offer
from apps.meetings.followups import open_tasks
from apps.meetings.forms import EXCLUSIONS, LATE_REASONS, OUTCOMES, REASONS, RecordForm, can_be_recorded
from apps.meetings.initials import initial_of, new_resolution, resolutions_initial
from apps.meetings.kinds import NOT_RECORDED, Kind
from apps.meetings.lecturers import candidates_for, written_names
from apps.meetings.minutes import framed, headings_of, phrases_for, usual_topic
from apps.meetings.offline import DECISION_PARTS, Standby, standby_of
from apps.meetings.reading import entry_of
from apps.meetings.records import dated
from apps.meetings.rolls import Roll, roll_of
from apps.meetings.rules import likely_days
from apps.meetings.sheets import Item, Sheet, sheet_of
from apps.meetings.workflow import CORRECTED_FROM
from apps.organizations.queries import groups_of

if TYPE_CHECKING:
    from apps.meetings.models import Meeting, Task
    from apps.organizations.models import Organization

T = TypeVar("T")
Heard = list[tuple["Task", FollowUpEntry]]
SHOWN_TOPICS = 8
ASKED_AT_ONCE = 6


@dataclass
class Desk:
    """One open form: the branch, the stored record if there is one, and what was sent."""

    request: SignedInRequest
    branch: Organization
    meeting: Meeting | None = None
    data: QueryDict | None = None
    version: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def stored(self) -> MeetingEntry:
        """What the form is first filled in with."""
        if self.meeting:
            return queries.with_life_year(entry_of(self.meeting), self.branch, self.meeting)
        entry = prefilling.prefilled(self.branch, wish_of(self.request, self.branch))
        return queries.with_life_year(entry, self.branch, None)

    @cached_property
    def day(self) -> date:
        """The day whose people can be named: what was sent, or is stored."""
        said = _read(date.fromisoformat, self.sent.get("held_on", ""))
        return said if said and can_be_recorded(said) else self.stored.held_on

    @cached_property
    def people(self) -> list[tuple[int, str]]:
        return queries.people_for(self.branch, self.day, self.meeting)

    @property
    def named(self) -> str:
        """Whether the people to choose from are still those of the page."""
        return str(crc32(repr(self.people).encode()))

    @cached_property
    def form(self) -> RecordForm:
        choices: dict[str, Any] = {
            "people": self.people,
            "groups": [(group.pk, str(group)) for group in groups_of(self.branch, self.day)],
            "discussions": [(row.pk, dated(row)) for row in self.discussions],
        }
        if self.data is not None:
            return RecordForm(self.data, **choices)
        entry = self.stored
        voters_present = assess(entry, self.roll).voters[1]
        key = self.meeting.client_key if self.meeting else uuid4()
        initial = {**initial_of(entry), "client_key": key, "page": uuid4()}
        decisions = resolutions_initial(entry, voters_present)
        return RecordForm(**choices, initial=initial, resolutions=decisions)

    @cached_property
    def discussions(self) -> list[Meeting]:
        """The committee's meetings in which a matter of this one may have been talked over (MEET-15)."""
        return queries.committee_meetings_before(self.branch, self.day)

    @cached_property
    def entry(self) -> MeetingEntry:
        """What was sent, as far as it could be read; before anything was sent, what is stored."""
        if self.data is None:
            return self.stored
        self.form.is_valid()
        return queries.with_life_year(self.form.entry(), self.branch, self.meeting)

    @cached_property
    def roll(self) -> Roll:
        return roll_of(self.branch, self.entry, queries.recorded_on(self.meeting, self.entry.held_on))

    @property
    def sheet(self) -> Sheet:
        everything = list(self.form.resolutions)
        told = everything if self.data is None else self.form.told
        return sheet_of(
            self.entry,
            self.roll,
            self.branch,
            handed_in=queries.day_of_hand_in(self.meeting, Month.of(self.entry.held_on)),
            forms=(everything, told),
        )

    @cached_property
    def tasks(self) -> list[Task]:
        """What earlier meetings gave to do."""
        return open_tasks(self.branch, self.entry, self.meeting)

    @property
    def followups(self) -> tuple[Heard, Heard]:
        """The first item of every meeting: each task and what was heard of it; those of longer ago apart."""
        heard = [(task, self.entry.followups.get(task.pk, FollowUpEntry(""))) for task in self.tasks]
        return heard[:ASKED_AT_ONCE], heard[ASKED_AT_ONCE:]

    @property
    def phrases(self) -> tuple[str, ...]:
        return phrases_for(self.entry.kinds, settings.PARTYBUILD_PHRASES)

    @property
    def days(self) -> list[tuple[str, date]]:
        """Days that are likely, each a tap."""
        return likely_days(self.branch.fixed_theme_day, today())

    def add_frame(self) -> None:
        """Put the headings that are lacking into the minutes."""
        tasks = {task.pk: task.text for task in self.tasks}
        self.fill(minutes=framed(self.entry.minutes, headings_of(self.entry, tasks)))

    def fill(self, **values: str) -> None:
        """Draw the form with other values in some fields."""
        data = self.sent.copy()
        for name, value in values.items():
            data[name] = value
        self.redraw(data)

    @property
    def lecturers(self) -> list[str]:
        """Who is offered as lecturer; nobody where there is no lesson."""
        if Kind.LESSON not in self.entry.kinds:
            return []
        return written_names(candidates_for(self.branch, self.entry.held_on))

    @property
    def lesson_topics(self) -> list[LessonTopic]:
        """Topics to tap, where there is a lesson."""
        return topics_on_offer(self.branch, self.entry.held_on)[:SHOWN_TOPICS]

    @property
    def standby(self) -> Standby:
        """What a script draws from while there is no signal."""
        return standby_of(self.branch, self.entry, today(), settings.PARTYBUILD_PHRASES, self.discussions)

    @property
    def blank_resolution(self) -> Item:
        return Item(self.form.resolutions.empty_form, shown=DECISION_PARTS)

    @property
    def client_key(self) -> UUID:
        """By which the record is known before it is stored."""
        if self.data is None:
            return UUID(str(self.form.meeting.initial["client_key"]))
        return self.form.edit().client_key

    @property
    def last(self) -> Meeting | None:
        """The record that a new one can be like."""
        if self.meeting or self.data is not None:
            return None
        return prefilling.last_of_kinds(self.branch, self.entry.kinds)

    @classmethod
    def for_stored(cls, request: SignedInRequest, meeting: Meeting) -> Desk:
        """The form of a stored record, with what the user wrote into a correction and did not hand in."""
        draft = corrections.own_correction(meeting, request.user) if meeting.submitted_at else None
        if draft is None:
            return cls(request, meeting.organization, meeting, version=meeting.version)
        data, extra = corrections.sent_again(draft), {"correction": draft}
        desk = cls(request, meeting.organization, meeting, data, draft.version, extra)
        desk.form.is_valid()
        return desk

    @property
    def is_correction(self) -> bool:
        """Whether the form writes a handed-in record anew, beside its old version."""
        return self.meeting is not None and self.meeting.state == CORRECTED_FROM

    @property
    def is_answer(self) -> bool:
        """Whether the page answers what was sent, so that no older copy on the phone is offered beside it."""
        return self.request.method == "POST"

    @property
    def absorbs(self) -> str:
        """The draft of the same meeting whose words are in this form, by its id."""
        return str(self.extra.get("absorbs") or self._goes_along("absorbs"))

    def _goes_along(self, name: str) -> str:
        """What is sent with the form and is no field of it; it outlives a merge, which draws the form."""
        return str(self.sent.get(name) or self.request.POST.get(name, ""))

    @property
    def title(self) -> str:
        if self.is_correction:
            return "更正这次会的记录"
        return "改这次会的记录" if self.meeting else "记一次会"

    @property
    def action(self) -> str:
        if self.meeting and self.is_correction:
            return reverse("meetings:correct", args=[self.meeting.pk])
        if self.meeting:
            return reverse("meetings:edit", args=[self.meeting.pk])
        return f"{reverse('meetings:new')}?branch={self.branch.code}"

    @property
    def back(self) -> str:
        if self.meeting and self.meeting.submitted_at:
            return reverse("meetings:detail", args=[self.meeting.pk])
        return reverse("meetings:list")

    def add_resolution(self) -> None:
        """Draw one more decision, filled in as far as can be guessed."""
        data = self.sent.copy()
        number = len(self.form.resolutions.forms)
        names = {one.id: one.name for one in self.roll.everybody}
        for name, value in new_resolution(self.entry, names).items():
            data[f"resolutions-{number}-{name}"] = value
        data["resolutions-TOTAL_FORMS"] = str(number + 1)
        self.redraw(data)

    def redraw(self, data: QueryDict) -> None:
        """Draw the form with other values than were sent."""
        self.data = data
        self._forget()
        self.form.is_valid()

    def turn_to(self, meeting: Meeting, entry: MeetingEntry) -> None:
        """Go on with a stored record, filled in with the entry."""
        self.meeting, self.version, self.data = meeting, meeting.version, None
        self._forget()
        self.__dict__["stored"] = entry

    def _forget(self) -> None:
        for name in ("form", "entry", "roll", "day", "people", "discussions", "tasks"):
            self.__dict__.pop(name, None)

    @property
    def sent(self) -> QueryDict:
        return self.data if self.data is not None else QueryDict()

    def drawn(self, template: str = "meetings/record.html", *, status: int = 200) -> HttpResponse:
        context = {
            "branch": self.branch,
            "meeting": self.meeting,
            "form": self.form.meeting,
            "resolutions": self.form.resolutions,
            "sheet": self.sheet,
            "desk": self,
            "version": self.version,
            "action": self.action,
            "owner": f"{self.request.user.pk}.{self.branch.pk}",
            "reasons": REASONS,
            "outcomes": OUTCOMES,
            "exclusion_choices": EXCLUSIONS,
            "late_reasons": LATE_REASONS,
            "usual_topic": usual_topic(self.entry),
            "last": self.last,
            "places": prefilling.places_of(self.branch),
            "lecturers": self.lecturers,
            "lesson_topics": SimpleLazyObject(lambda: self.lesson_topics),
            "title": self.title,
            "back": self.back,
            "saved": "",
            "drafts": [],
            "wrong": "",
            "complaints": self.form.complaints if self.data is not None else [],
            "conflict": None,
            "twins": [],
            "correction_reason": self._goes_along("reason"),
            "reason_wrong": "",
            "correction": None,
            "attached": SimpleLazyObject(lambda: attached_to(self.client_key, self.branch.path)),
            **self.extra,
        }
        return render(self.request, template, context, status=status)


def wish_of(request: SignedInRequest, branch: Organization) -> prefilling.Wish:
    """What a link asks for, as far as it can be read: kind, month, day, group, the record to be like."""
    kind = request.GET.get("kind", "")
    lesson = topic_of_key(branch, today(), request.GET.get("lesson", ""))
    kind = Kind.LESSON if lesson else kind
    return prefilling.Wish(
        kind=Kind(kind) if kind in set(Kind) - NOT_RECORDED else None,
        month=_read(Month.parse, request.GET.get("month", "")),
        day=_read(date.fromisoformat, request.GET.get("day", "")),
        group=_read(int, request.GET.get("group", "")),
        like=prefilling.record_of(branch, _read(int, request.GET.get("like", ""))),
        lesson=lesson,
    )


def _read(parse: Callable[[str], T], text: str) -> T | None:
    try:
        return parse(text)
    except ValueError:
        return None
