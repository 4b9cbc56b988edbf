"""A correction while it is written: kept as typed, gone on with or given up; the record stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.errors import Refused
from apps.core.workflow import lock_for
from apps.meetings.models import CorrectionDraft, Meeting
from apps.meetings.workflow import CORRECTED_FROM

RECORD = "meetings.record"
Said = Mapping[str, Sequence[str]]
# The longest minutes that anybody wrote are a tenth of it.
MOST_CHARACTERS = 200_000
NOT_SAID = frozenset({"csrfmiddlewaretoken", "step"})


@transaction.atomic
def keep_correction(meeting: Meeting, *, said: Said, version: int, by: Person) -> CorrectionDraft:
    """Keep what was typed so far, complete or not; one draft for each person and record."""
    demand(by, RECORD, meeting.organization.path)
    row = lock_for(meeting)
    if row.state != CORRECTED_FROM:
        raise Refused(f"这条记录现在是“{row.get_state_display()}”，不用更正。")
    if sum(len(value) for values in said.values() for value in values) > MOST_CHARACTERS:
        raise Refused("写得太长，存不下了。")
    draft, is_new = CorrectionDraft.objects.update_or_create(
        meeting=row, by_id=by.pk, defaults={"said": dict(said), "version": version}
    )
    if is_new:
        _tell("begin_correction", row, by)
    return draft


@transaction.atomic
def discard_correction(meeting: Meeting, *, by: Person) -> None:
    """Give one's own correction up; its words stay in the history."""
    demand(by, RECORD, meeting.organization.path)
    if forget_correction(meeting, by=by):
        _tell("discard_correction", meeting, by)


def forget_correction(meeting: Meeting, *, by: Person) -> bool:
    """Drop one's own draft, whose words are in the record now or given up; whether there was one."""
    deleted, _ = CorrectionDraft.objects.filter(meeting=meeting, by_id=by.pk).delete()
    return bool(deleted)


def corrections_of(meeting: Meeting, user: Person) -> QuerySet[CorrectionDraft]:
    """What was begun on the record and not handed in, as far as the user may correct it too."""
    rows: QuerySet[CorrectionDraft] = CorrectionDraft.objects.visible_to(user).filter(meeting=meeting)
    return rows.select_related("by").defer("said")


def own_correction(meeting: Meeting, user: Person) -> CorrectionDraft | None:
    """What the user wrote so far."""
    rows = CorrectionDraft.objects.visible_to(user).filter(meeting=meeting, by_id=user.pk)
    found: CorrectionDraft | None = rows.select_related("by").first()
    return found


def said_in(sent: QueryDict) -> dict[str, list[str]]:
    """The fields of a form as they can be kept; a NUL is in no text of the database."""
    names = [name for name in sent if name not in NOT_SAID]
    return {name: [str(value).replace("\0", "") for value in sent.getlist(name)] for name in names}


def sent_again(draft: CorrectionDraft) -> QueryDict:
    """The kept fields as the form would send them."""
    data = QueryDict(mutable=True)
    for name, values in draft.said.items():
        data.setlist(name, values)
    return data


def _tell(deed: str, meeting: Meeting, by: Person) -> None:
    record(f"meetings.{deed}", by=by, on=meeting, organization_path=meeting.organization.path)
