"""Writes: who sits on a committee."""

from __future__ import annotations

import datetime

from django.db import transaction

from apps.audit.records import record
from apps.core.access import Person
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.members import rules
from apps.members.models import Member, Seat
from apps.members.vocabulary import Position, Status
from apps.organizations.models import Term


@transaction.atomic
def seat_member(term: Term, member: Member, *, position: str, since: datetime.date, by: Person) -> Seat:
    """Give a member a position in the committee of a running term."""
    row = Term.objects.select_for_update(of=("self",)).select_related("organization").get(pk=term.pk)
    _check_term(row, since)
    _check_member(row, member, since)
    if position == Position.SECRETARY and row.seats.filter(position=position, until=None).exists():
        raise Refused("已经有书记。请先登记原来的书记免职。", field="position")
    seat = Seat(term=row, member=member, position=position, since=since)
    save_checked(seat)
    record("members.seat", by=by, on=seat, organization_path=row.organization.path, day=str(since))
    return seat


@transaction.atomic
def unseat_member(seat: Seat, *, until: datetime.date, by: Person) -> Seat:
    """End a position from a day on."""
    rows = Seat.objects.select_for_update(of=("self",)).select_related("term__organization")
    row: Seat = rows.get(pk=seat.pk)
    if row.until is not None:
        raise Refused("这个职务已经登记了免职。")
    if until > today():
        raise Refused("免职日期还没有到。", field="until")
    if until < row.since:
        raise Refused("免职日期不能早于任职日期。", field="until")
    row.until = until
    save_checked(row)
    path = row.term.organization.path
    record("members.unseat", by=by, on=row, organization_path=path, day=str(until))
    return row


def _check_term(term: Term, since: datetime.date) -> None:
    if term.ended_on is not None:
        raise Refused("这一届已经卸任。请登记到新的一届。")
    if since > today():
        raise Refused("任职日期还没有到。", field="since")
    if since < term.elected_on:
        raise Refused("任职日期不能早于本届的当选日期。", field="since")


def _check_member(term: Term, member: Member, since: datetime.date) -> None:
    if member.status != Status.ACTIVE:
        raise Refused(f"{member}的党籍状态是“{member.get_status_display()}”，不能任职。", field="member")
    if not member.branch.path.startswith(term.organization.path):
        raise Refused(f"{member}不在这个党组织。", field="member")
    if not rules.has_vote(member, since):
        raise Refused(
            f"{member}没有被选举权：预备党员和留党察看期间的党员不能任职。", field="member", rule="MEET-14"
        )
