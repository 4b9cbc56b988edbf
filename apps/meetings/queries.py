"""Reads: the records somebody may see, one record whole, and what a day, a key or a reader finds of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.core.access import Person
from apps.core.calendar import CHINA, today
from apps.core.lookups import Ids
from apps.core.periods import Month, Period, Year
from apps.core.scope import Reader
from apps.meetings import rules
from apps.meetings.entries import MeetingEntry
from apps.meetings.kinds import Kind
from apps.meetings.models import (
    Attendance,
    CorrectionDraft,
    Meeting,
    MeetingQuerySet,
    MeetingRevision,
    Presence,
    Remark,
    State,
)
from apps.meetings.rolls import NOTHING_RECORDED, Recorded, everybody_on
from apps.members.models import Member
from apps.organizations.models import Organization
from apps.regulations.settings import settings_of


def meetings_for(user: Reader) -> MeetingQuerySet:
    """The records that the user may see, newest first; drafts only those of their own branch."""
    rows: MeetingQuerySet = Meeting.objects.visible_to(user)
    return rows.select_related("organization", "group")


def listed(rows: MeetingQuerySet) -> MeetingQuerySet:
    """The rows as a list shows them: with heads and what came after, without the minutes."""
    slim: MeetingQuerySet = rows.defer("minutes").select_related("submitted_by")
    return with_aftermath(with_heads(slim))


def with_aftermath(rows: MeetingQuerySet) -> MeetingQuerySet:
    """The rows with the number of their version, of the corrections begun and of the remarks to them."""
    remarks = Remark.objects.filter(meeting=OuterRef("pk")).order_by()
    found: MeetingQuerySet = rows.annotate(
        revision=1 + _number_of(MeetingRevision.objects.filter(meeting=OuterRef("pk")).order_by()),
        begun=_number_of(CorrectionDraft.objects.filter(meeting=OuterRef("pk")).order_by()),
        remark_count=_number_of(remarks),
        open_remarks=_number_of(remarks.filter(closed_at=None)),
    )
    return found


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.values("meeting").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def with_heads(rows: MeetingQuerySet) -> MeetingQuerySet:
    """The rows with how many were expected and how many came.

    Counted for each row by itself, so that a page of a county's records counts only those that it shows.
    """
    people = Attendance.objects.filter(meeting=OuterRef("pk")).order_by()
    counted: MeetingQuerySet = rows.annotate(
        expected=_number_of(people), present=_number_of(people.filter(presence=Presence.PRESENT))
    )
    return counted


def record_for(user: Reader, number: int) -> Meeting:
    """One record with everybody and every resolution; raises Meeting.DoesNotExist outside the scope."""
    rows = meetings_for(user).select_related("organization", "group", "host", "recorder", "edited_by")
    found: Meeting = with_details(rows).get(pk=number)
    return found


def with_details(rows: MeetingQuerySet) -> MeetingQuerySet:
    """The rows with everybody, by name, every resolution, what is to be done and what was heard of it."""
    people = Attendance.objects.select_related("member").order_by("member__pinyin", "member_id")
    found: MeetingQuerySet = rows.prefetch_related(
        Prefetch("attendances", people), "resolutions__candidates", "tasks", "followups__task"
    )
    return found


def branches_for(user: Person) -> QuerySet[Organization]:
    """The branches whose meetings the user records."""
    rows: QuerySet[Organization] = Organization.objects.within(user, "meetings.record").branches().current()
    return rows


def drafts_of(branch: Organization) -> list[Meeting]:
    """What was begun and not handed in, newest first."""
    return list(branch.meetings.filter(state=State.DRAFT).defer("minutes")[:3])


def counting_meetings(paths: Iterable[str], period: Period, kind: str | None = None) -> MeetingQuerySet:
    """The submitted records that count in the period below the paths: the list behind the figures.

    Without a kind: every gathering that counts for any. Scope is the caller's, by `paths`.
    """
    rows: MeetingQuerySet = Meeting.objects.filter(state=State.SUBMITTED, counted_kinds__len__gte=1)
    below = reduce(or_, (Q(organization__path__startswith=path) for path in paths), Q(pk__in=[]))
    of_kind = Q(counted_kinds__contains=[kind]) if kind else Q()
    return rows.filter(below, held_in(period), of_kind)


def lectures_of(member_ids: Iterable[int], year: int) -> MeetingQuerySet:
    """The lessons that the members gave in the year, as far as their records count, the first first."""
    rows = _lectures(member_ids).filter(held_in(Year(year)))
    return rows.select_related("organization").defer("minutes").order_by("held_at", "id")


def lectures_by(
    member_ids: Iterable[int], *, first: date, last: date, handed_in_by: datetime | None = None
) -> Counter[int]:
    """How many lessons that count each of the members gave from one day to another, anywhere; one query.

    With `handed_in_by`, records that came later are left out (10.2).
    """
    rows = _lectures(member_ids).filter(_held_between(first, last))
    if handed_in_by is not None:
        rows = rows.filter(submitted_at__lte=handed_in_by)
    return Counter(rows.order_by().values_list("lecturer_member_id", flat=True))


def _lectures(member_ids: Iterable[int]) -> MeetingQuerySet:
    rows: MeetingQuerySet = Meeting.objects.filter(
        state=State.SUBMITTED, counted_kinds__contains=[Kind.LESSON], lecturer_member__in=list(member_ids)
    )
    return rows


def held_in(period: Period, lookup: str = "held_at") -> Q:
    """The condition that a meeting (reached by `lookup`) was held in the period, by China's clock."""
    return _held_between(period.first, period.last, lookup)


def _held_between(first: date, last: date, lookup: str = "held_at") -> Q:
    start = datetime.combine(first, time(), CHINA)
    end = datetime.combine(last + timedelta(days=1), time(), CHINA)
    return Q(**{f"{lookup}__gte": start, f"{lookup}__lt": end})


def life_meetings(ids: Iterable[int], year: int) -> dict[int, int]:
    """How many valid life meetings of the year each of the organizations held (MEET-07); one query."""
    rows = Meeting.objects.filter(organization__any=Ids(ids), life_year=year, **_VALID_LIFE_MEETING)
    return dict(rows.values_list("organization").annotate(held=Count("pk")).order_by())


_VALID_LIFE_MEETING = {"state": State.SUBMITTED, "counted_kinds__contains": [Kind.LIFE_MEETING]}


def with_life_year(entry: MeetingEntry, branch: Organization, meeting: Meeting | None) -> MeetingEntry:
    """The entry with the year to which its life meeting belongs (MEET-07).

    Where nobody chose among the years that are possible: last year, while that has no life meeting yet.
    """
    if Kind.LIFE_MEETING not in entry.kinds:
        return replace(entry, life_year=None)
    years = rules.life_years(entry.held_on, settings_of(branch.path).on(entry.held_on))
    if entry.life_year in years:
        return entry
    held = branch.meetings.filter(life_year=years[0], **_VALID_LIFE_MEETING)
    taken = held.exclude(pk=meeting.pk if meeting else None).exists()
    return replace(entry, life_year=years[-1] if taken else years[0])


def day_of_hand_in(meeting: Meeting | None, month: Month) -> date:
    """The day that decides whether the record, handed in now for the month, needs a late reason (RPT-01).

    The first time it was handed in for that same month, else today: a correction is not late for itself.
    """
    if meeting is None or meeting.submitted_at is None:
        return today()
    times = meeting.history.filter(held_in(month), state=State.SUBMITTED)
    first: datetime | None = times.aggregate(at=Min("submitted_at"))["at"]
    return first.astimezone(CHINA).date() if first else today()


def recorded_on(meeting: Meeting | None, day: date) -> Recorded:
    """What a record tells of its people that was handed in for the day; nothing for any other."""
    if meeting is None or meeting.submitted_at is None or meeting.held_at.astimezone(CHINA).date() != day:
        return NOTHING_RECORDED
    votes = dict(meeting.attendances.values_list("member_id", "may_vote"))
    return Recorded(votes, meeting.group_id if Kind.GROUP_MEETING in meeting.kinds else None)


DAYS_BEFORE = 120


def committee_meetings_before(branch: Organization, day: date) -> list[Meeting]:
    """The committee's meetings in the months before the day, in which a matter may have been talked over."""
    until = datetime.combine(day + timedelta(days=1), time(), CHINA)
    rows = branch.meetings.filter(
        kinds__contains=[Kind.COMMITTEE_MEETING],
        state=State.SUBMITTED,
        held_at__gte=until - timedelta(days=DAYS_BEFORE),
        held_at__lt=until,
    )
    return list(rows.defer("minutes"))


def last_meeting_of(branch: Organization) -> Meeting | None:
    """The last record handed in, for the first screen."""
    found: Meeting | None = branch.meetings.filter(state=State.SUBMITTED).first()
    return found


def branch_for(user: Person, code: str) -> Organization:
    """The branch of that code in which the user records meetings; raises Organization.DoesNotExist."""
    rows = Organization.objects.within(user, "meetings.record").branches()
    found: Organization = rows.get(code=code.replace("\0", ""))  # which no text in the database holds
    return found


def same_meeting_candidates(branch: Organization, entry: MeetingEntry, *, but: UUID) -> list[Meeting]:
    """Other records that may be of the same meeting: the day and a kind in common, and the same group."""
    begins = datetime.combine(entry.held_on, time(), CHINA)
    same_day = Q(held_at__gte=begins, held_at__lt=begins + timedelta(days=1))
    alike = branch.meetings.filter(same_day, kinds__overlap=[*entry.kinds], group_id=entry.group_id)
    others = alike.exclude(state=State.WITHDRAWN).exclude(client_key=but)
    return list(others.select_related("edited_by").defer("minutes"))


def rows_again(meetings: Iterable[Meeting]) -> MeetingQuerySet:
    """Records that somebody may see already, as a list shows them."""
    rows: MeetingQuerySet = Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings])
    return listed(rows.select_related("organization", "group"))


def branch_at(path: str) -> Organization:
    """The organization that stands there; for a reader whose scope was checked."""
    found: Organization = Organization.objects.get(path=path)
    return found


def record_by_key(branch: Organization, key: UUID) -> Meeting | None:
    """The branch's record of that key."""
    found: Meeting | None = branch.meetings.filter(client_key=key).first()
    return found


def people_for(branch: Organization, day: date, meeting: Meeting | None = None) -> list[tuple[int, str]]:
    """Who can be named on the form: the branch's members of the day, and whoever the record names already."""
    people = {one.id: one.name for one in everybody_on(branch, day)}
    if meeting:
        named = Member.objects.filter(
            Q(attendances__meeting=meeting) | Q(pk__in=[meeting.host_id, meeting.recorder_id])
        )
        people |= dict(named.values_list("pk", "name"))
    return list(people.items())
