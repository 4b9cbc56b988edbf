"""Reads: topics and lecturers that somebody is offered, lessons with their evaluation, who gave which."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from apps.core.access import Person
from apps.core.calendar import today
from apps.core.periods import Year
from apps.core.scope import Reader, ScopedQuerySet
from apps.lessons import rules
from apps.lessons.models import Evaluation, Lecturer, OfferedQuerySet, Topic
from apps.lessons.rules import Result
from apps.meetings.extensions import LessonTopic
from apps.meetings.kinds import Kind
from apps.meetings.models import Meeting, MeetingQuerySet, Presence
from apps.meetings.queries import held_in, lectures_of, meetings_for
from apps.members.models import Seat
from apps.members.queries import secretary_seats
from apps.organizations.models import Organization, OrganizationQuerySet
from apps.organizations.queries import ancestors

VIEW, KEEP, EVALUATE = "lessons.view", "lessons.keep", "lessons.evaluate"


def topics_for(user: Reader) -> OfferedQuerySet:
    """The topics of the user's organizations and of those above them, newest year first."""
    rows: OfferedQuerySet = Topic.objects.visible_to(user)
    return rows.select_related("organization", "lecturer")


def topics_offered_to(branch: Organization, day: datetime.date) -> list[LessonTopic]:
    """What the branch and those above it offer for the lessons of the day's year, the nearest first."""
    rows = Topic.objects.offered().filter(
        organization__path__in=[branch.path, *ancestors(branch.path)], year=day.year
    )
    nearest = rows.select_related("lecturer").order_by("-organization__path", "id")
    return [LessonTopic(row.pk, row.title, row.lecturer.name if row.lecturer else "") for row in nearest]


def lecturers_for(user: Reader) -> OfferedQuerySet:
    """The pool of the user's organizations and of those above them."""
    rows: OfferedQuerySet = Lecturer.objects.visible_to(user)
    return rows.select_related("organization", "member")


def keepers(user: Reader) -> OrganizationQuerySet:
    """For which organizations the user keeps topics."""
    rows: OrganizationQuerySet = Organization.objects.within(user, KEEP)
    return rows.current().order_by("path")


def pool_keepers(user: Reader) -> OrganizationQuerySet:
    """For which organizations the user keeps lecturers: those that have branches below them."""
    return keepers(user).exclude(pk__in=Organization.objects.branches())


def pool_of(branch: Organization, _day: datetime.date) -> set[int]:
    """The members among the lecturers who are offered to the branch."""
    rows = Lecturer.objects.offered().filter(organization__path__in=[branch.path, *ancestors(branch.path)])
    return set(rows.exclude(member=None).order_by().values_list("member_id", flat=True))


def lessons_for(user: Reader) -> MeetingQuerySet:
    """The lessons on record that the user may see, with their evaluations, newest first."""
    rows = meetings_for(user).filter(kinds__contains=[Kind.LESSON])
    found: MeetingQuerySet = rows.select_related("organization", "evaluation__answers").defer("minutes")
    return found


def evaluations_for(user: Reader) -> ScopedQuerySet:
    rows: ScopedQuerySet = Evaluation.objects.visible_to(user)
    return rows.select_related("meeting__organization", "answers")


def evaluation_by(token: str) -> Evaluation | None:
    """The evaluation of a link; None for a link that nobody gave out."""
    rows = Evaluation.objects.select_related("meeting__organization", "answers")
    found: Evaluation | None = rows.filter(token=token.replace("\0", "")).first()
    return found


def is_open(evaluation: Evaluation) -> bool:
    return rules.is_open(evaluation.closes_on, closed=evaluation.closed_at is not None, on=today())


def answers_of(evaluation: Evaluation) -> int:
    """How many there are, on paper and by the link."""
    return int(evaluation.answers.number + evaluation.papers)


def result_of(evaluation: Evaluation) -> Result | None:
    """What may be shown; None while somebody may still answer, so that nobody sees one answer come in."""
    if is_open(evaluation):
        return None
    link = rules.tally(evaluation.answers.number, evaluation.answers.counts)
    return rules.result(link, rules.tally(evaluation.papers, evaluation.paper_counts))


def most_answers(meeting: Meeting) -> int:
    """More answers than were there, with guests, are not taken."""
    return meeting.attendances.filter(presence=Presence.PRESENT).count() + rules.GUESTS


@dataclass(frozen=True)
class Given:
    """A lesson that somebody gave; `may_open` where the reader may see its record."""

    meeting: Meeting
    may_open: bool


@dataclass(frozen=True)
class SecretaryLessons:
    """A secretary with the lessons of the year."""

    seat: Seat
    lessons: tuple[Given, ...]


def secretaries_for(user: Person) -> list[Seat]:
    """The secretaries of today whom the user may see, in the order of the tree; one query."""
    return list(secretary_seats(user, today()))


def lessons_of_secretaries(seats: Iterable[Seat], year: int, user: Person) -> list[SecretaryLessons]:
    """Each of them with the lessons that count; one query."""
    rows = list(seats)
    given: dict[int, list[Given]] = defaultdict(list)
    for meeting in lectures_of({seat.member_id for seat in rows}, year):
        may_open = user.may("meetings.view", meeting.organization.path)
        given[meeting.lecturer_member_id or 0].append(Given(meeting, may_open))
    return [SecretaryLessons(seat, tuple(given.get(seat.member_id, ()))) for seat in rows]


def lessons_of_year(rows: MeetingQuerySet, year: int) -> MeetingQuerySet:
    found: MeetingQuerySet = rows.filter(held_in(Year(year)))
    return found


def name_in_roster(lecturer: Lecturer) -> str:
    """How the form names the member behind a lecturer."""
    return f"{lecturer.member}（{lecturer.member.branch}）" if lecturer.member else ""
