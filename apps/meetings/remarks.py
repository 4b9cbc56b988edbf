"""What the office says to a record, and the branch's answer; no chain of approval, nothing waits for it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.core.access import Person, demand
from apps.core.errors import Refused
from apps.core.scope import Reader
from apps.core.workflow import lock_for
from apps.meetings.models import Meeting, Remark
from apps.organizations.models import Organization


@transaction.atomic
def remark_on(meeting: Meeting, *, text: str, by: Person) -> Remark:
    """Say something to a record that the branch should see; the record goes on counting."""
    demand(by, "meetings.remark", meeting.organization.path)
    if not text.strip():
        raise Refused("请写一句说明。", field="text")
    said: Remark = Remark.objects.create(meeting=meeting, text=text.strip(), by_id=by.pk)
    return said


@transaction.atomic
def answer_remark(remark: Remark, *, answer: str, by: Person) -> Remark:
    """Answer it, or with no words mark it as read; the first answer stays."""
    demand(by, "meetings.record", remark.meeting.organization.path)
    row = lock_for(remark)
    if row.answer or (row.closed_at and not answer.strip()):
        raise Refused("这条说明已经有答复了，请刷新页面再看。")
    row.answer, row.closed_by_id, row.closed_at = answer.strip(), by.pk, timezone.now()
    row.save()
    return row


def remarks_of(meeting: Meeting) -> QuerySet[Remark]:
    return meeting.remarks.select_related("by", "closed_by")


def remark_for(user: Reader, meeting: Meeting, number: int) -> Remark:
    """One remark to a record that the user may read; raises Remark.DoesNotExist."""
    found: Remark = (
        Remark.objects.visible_to(user)
        .select_related("meeting__organization")
        .get(pk=number, meeting=meeting)
    )
    return found


def open_remarks_to(branch: Organization) -> QuerySet[Remark]:
    """Remarks to the branch's records that it has neither answered nor read, oldest first."""
    rows: QuerySet[Remark] = Remark.objects.filter(meeting__organization=branch, closed_at=None)
    return rows.select_related("meeting", "by")
