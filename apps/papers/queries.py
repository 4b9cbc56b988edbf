"""Reads: the records that somebody may print, with all that a paper says; templates and jobs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import CharField, Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Cast, Coalesce

from apps.attachments.kinds import Kind
from apps.attachments.models import Attachment
from apps.core.access import Person
from apps.core.calendar import CHINA
from apps.core.periods import Year
from apps.core.scope import Reader
from apps.meetings.models import (
    Attendance,
    Cause,
    FollowUp,
    Meeting,
    MeetingQuerySet,
    MeetingRevision,
    Resolution,
    State,
    Task,
)
from apps.meetings.queries import held_in, meetings_for
from apps.organizations.models import Organization, OrganizationQuerySet
from apps.papers.kinds import OF_A_VILLAGE, OF_MEETINGS, Paper, permission_for
from apps.papers.layouts import built_in
from apps.papers.models import PaperJob, PaperJobQuerySet, PaperTemplate
from apps.papers.orders import Order
from apps.papers.records import Ordinals, count_ordinals

PRINT = OF_MEETINGS
REPLACE = "papers.replace"
CHUNK = 200
_NAME = ("id", "name", "pinyin")


def record_for(user: Reader, number: int) -> Meeting:
    """One record with all that its papers say; raises Meeting.DoesNotExist outside the scope."""
    found: Meeting = with_everything(meetings_for(user)).get(pk=number)
    return found


def with_everything(rows: MeetingQuerySet) -> MeetingQuerySet:
    """The rows with people, decisions, tasks, what became of the last ones, corrections and how many photos.

    Seven more queries for all.
    """
    people = Attendance.objects.select_related("member").order_by("member__pinyin", "member_id")
    people = people.only(*(field.attname for field in Attendance._meta.fields), *_of("member"))
    followups = FollowUp.objects.select_related("task__member")
    corrections = MeetingRevision.objects.filter(cause=Cause.CORRECTED).select_related("by").defer("record")
    photos = Attachment.objects.filter(
        owner=Cast(OuterRef("client_key"), CharField()), kind=Kind.PHOTO, withdrawn_at=None
    )
    counted = photos.order_by().values("owner").annotate(number=Count("pk")).values("number")
    rows = rows.annotate(photos=Coalesce(Subquery(counted), 0))
    found: MeetingQuerySet = rows.select_related(
        "organization", "group", "host", "recorder"
    ).prefetch_related(
        Prefetch("attendances", people),
        Prefetch("resolutions", Resolution.objects.prefetch_related("candidates")),
        Prefetch("tasks", Task.objects.select_related("member")),
        Prefetch("followups", followups),
        Prefetch("revisions", corrections, to_attr="corrections"),
    )
    return found


def with_attendance(rows: MeetingQuerySet) -> list[Meeting]:
    """The rows with who was there, without the minutes; one more query for all."""
    people = Attendance.objects.only("meeting_id", "presence")
    slim = rows.select_related("host", "group").defer("minutes")
    return list(slim.prefetch_related(Prefetch("attendances", people)))


def _of(relation: str) -> list[str]:
    """Nothing protected is read for a name."""
    return [f"{relation}__{name}" for name in _NAME]


def records_ordered(user: Reader, order: Order) -> MeetingQuerySet:
    """What was handed in of the order's time and place, branch by branch, oldest first."""
    rows = meetings_for(user).filter(held_in(order.period), state=State.SUBMITTED)
    rows = rows.filter(organization__path__startswith=order.path)
    if order.kinds:
        rows = rows.filter(kinds__overlap=list(order.kinds))
    found: MeetingQuerySet = rows.order_by("organization__path", "held_at", "id")
    return found


def in_chunks(rows: MeetingQuerySet, size: int = CHUNK) -> Iterator[tuple[list[Meeting], Ordinals]]:
    """All rows with everything, some at a time, so that memory has an end."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        chunk = list(with_everything(rows.filter(pk__in=keys[start : start + size])))
        yield chunk, ordinals_of(chunk)


def ordinals_of(meetings: Iterable[Meeting]) -> Ordinals:
    """Which meeting of its kind in the year each is; one query."""
    rows = list(meetings)
    branches = {row.organization_id for row in rows}
    days = [row.held_at.astimezone(CHINA).date() for row in rows]
    if not days:
        return {}
    first, last = Year.of(min(days)).first, max(days)
    counted = Q(state=State.SUBMITTED) | Q(pk__in=[row.pk for row in rows])
    found = Meeting.objects.filter(counted, organization__in=branches, **_between(first, last))
    values = found.order_by("held_at", "id").values_list("pk", "organization", "group", "kinds", "held_at")
    return count_ordinals(
        (pk, branch, group, kinds, held_at.astimezone(CHINA).date())
        for pk, branch, group, kinds, held_at in values
    )


def _between(first: date, last: date) -> dict[str, datetime]:
    end = datetime.combine(last, time.max, CHINA)
    return {"held_at__gte": datetime.combine(first, time(), CHINA), "held_at__lte": end}


def papers_for(user: Person) -> list[Paper]:
    """The kinds of paper that the user may print somewhere."""
    return [paper for paper in Paper if user.may(permission_for(paper))]


def places_of(user: Reader) -> OrganizationQuerySet:
    """The organizations of which the user may print any paper, in administrative order."""
    rows: OrganizationQuerySet = Organization.objects.none()
    for permission in (PRINT, *OF_A_VILLAGE.values()):
        rows = rows | Organization.objects.within(user, permission)
    return rows.order_by("path")


def places_for(user: Reader) -> OrganizationQuerySet:
    """The organizations of whose meetings the user may print papers, in administrative order."""
    rows: OrganizationQuerySet = Organization.objects.within(user, PRINT)
    return rows.order_by("path")


def branches_below(user: Reader, order: Order) -> OrganizationQuerySet:
    """The branches below the order's place that stood in its period."""
    last, first = order.period.last, order.period.first
    stood = Q(founded_on=None) | Q(founded_on__lte=last)
    stands = Q(dissolved_on=None) | Q(dissolved_on__gte=first)
    return places_for(user).below(order.path).branches().filter(stood, stands)


def branch_for(user: Reader, code: str) -> Organization:
    """The branch of that code; raises Organization.DoesNotExist outside the scope."""
    found: Organization = places_for(user).branches().get(code=code.replace("\0", ""))
    return found


def counties_for(user: Reader) -> OrganizationQuerySet:
    """The counties whose templates the user may replace."""
    rows: OrganizationQuerySet = Organization.objects.within(user, REPLACE).filter(parent=None)
    return rows


def template_of(path: str, paper: Paper) -> bytes:
    """The template by which the papers of an organization are made: its county's own, or the built-in one."""
    own = in_use(path.split("/", 1)[0], [paper]).get(paper)
    return bytes(own.content) if own else built_in(paper)


def in_use(county: str, papers: Collection[Paper]) -> dict[str, PaperTemplate]:
    """The county's own templates that are used now, by kind of paper."""
    rows = PaperTemplate.objects.filter(organization__code=county, paper__in=papers, in_use=True)
    return {row.paper: row for row in rows.select_related("uploaded_by")}


def versions_of(county: Organization, paper: Paper) -> list[PaperTemplate]:
    """All templates that the county uploaded for a kind of paper, the newest first."""
    rows = PaperTemplate.objects.filter(organization=county, paper=paper).defer("content")
    return list(rows.select_related("uploaded_by"))


def version_for(user: Reader, pk: int) -> PaperTemplate | None:
    """One uploaded template, if the user may replace it."""
    rows: Any = PaperTemplate.objects.visible_to(user)
    found: PaperTemplate | None = rows.select_related("organization").filter(pk=pk).first()
    return found


def jobs_for(user: Person) -> PaperJobQuerySet:
    """What the user asked for and is still kept, newest first."""
    return PaperJob.objects.visible_to(user)
