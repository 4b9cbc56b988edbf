"""Writes: waivers, given and revoked for a reason by an office above; never by the branch for itself."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.periods import Period
from apps.core.saving import save_checked
from apps.figures.duties.judging import judge_one
from apps.figures.models import Waiver
from apps.figures.rules import DutyState
from apps.organizations.models import Organization

WAIVE = "figures.waive"


@transaction.atomic
def give_waiver(organization: Organization, *, rule: str, period: Period, reason: str, by: Person) -> Waiver:
    """Release an organization from one duty of one period."""
    demand(by, WAIVE, organization.path)
    _check_not_own(organization, by)
    _check_open(organization, rule, period)
    waiver = Waiver(
        organization=organization, rule=rule, period=str(period), reason=reason.strip(), author_id=by.pk
    )
    save_checked(waiver)
    _tell("figures.waive", waiver, by, waiver.reason)
    return waiver


@transaction.atomic
def revoke_waiver(waiver: Waiver, *, reason: str, by: Person) -> Waiver:
    """Take the release back; it stays on record."""
    row: Waiver = Waiver.objects.select_for_update().select_related("organization").get(pk=waiver.pk)
    demand(by, WAIVE, row.organization.path)
    _check_not_own(row.organization, by)
    if row.revoked_at:
        raise Refused("这一项已经收回了。")
    row.revoked_at, row.revoked_by_id, row.revoke_reason = timezone.now(), by.pk, reason.strip()
    save_checked(row)
    _tell("figures.revoke_waiver", row, by, row.revoke_reason)
    return row


def _check_not_own(organization: Organization, by: Person) -> None:
    if by.may("meetings.record", organization.path):
        raise Refused("记录这个支部会议的人，不能准许自己免办，请找上一级。")


def _check_open(organization: Organization, rule: str, period: Period) -> None:
    states = {each.state for each in judge_one(organization.pk, rule, period, on=today())}
    if not states:
        raise Refused("这个党组织没有这项要办的事。", rule=rule.partition("/")[0])
    if states <= {DutyState.DONE, DutyState.EXEMPT}:
        raise Refused("这一项已经完成，或者本来就不用办。", rule=rule.partition("/")[0])


def _tell(action: str, waiver: Waiver, by: Person, reason: str) -> None:
    path = waiver.organization.path
    rule, period = waiver.rule, waiver.period
    record(action, by=by, on=waiver, organization_path=path, reason=reason, rule=rule, period=period)
