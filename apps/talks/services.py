"""Writes: a day's talks of one member with others; a talk that was none is withdrawn."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from apps.core.access import Person, demand
from apps.core.calendar import today, written
from apps.core.errors import Refused
from apps.core.workflow import lock_for
from apps.organizations.models import Organization
from apps.talks.models import Occasion, Talk
from apps.talks.queries import RULE, people_on, rule_of


@transaction.atomic
def record_talks(
    branch: Organization,
    *,
    one: int,
    others: Collection[int],
    held_on: datetime.date,
    occasion: str = Occasion.ROUTINE,
    by: Person,
) -> int:
    """Write down that the member talked with each of the others that day; what is known already stays one.

    Gives how many were new.
    """
    demand(by, "talks.record", branch.path)
    _check_day(held_on)
    partners = set(others) - {one}
    _check_people(branch, {one, *partners}, held_on)
    if not partners:
        raise Refused("请点出和谁谈的。", field="others", rule=RULE)
    known = Talk.objects.standing().filter(branch=branch, held_on=held_on).count()
    Talk.objects.bulk_create(
        [_talk(branch, one, other, held_on, occasion, by) for other in sorted(partners)],
        ignore_conflicts=True,
    )
    return Talk.objects.standing().filter(branch=branch, held_on=held_on).count() - known


def _talk(branch: Organization, one: int, other: int, day: datetime.date, occasion: str, by: Person) -> Talk:
    first, second = sorted((one, other))
    return Talk(
        branch=branch, one_id=first, other_id=second, held_on=day, occasion=occasion, recorded_by_id=by.pk
    )


def _check_day(day: datetime.date) -> None:
    if day > today():
        raise Refused("这一天还没有到。", field="held_on")
    since = rule_of(today().year).since
    if since and day < since:
        raise Refused(f"能登记{written(since)}以后的谈话。", field="held_on", rule=RULE)


def _check_people(branch: Organization, ids: Collection[int], day: datetime.date) -> None:
    if strangers := set(ids) - people_on(branch, day).keys():
        raise Refused(
            f"选的人里有 {len(strangers)} 个{written(day)}不在本支部，请核对日期和人。", field="others"
        )


@transaction.atomic
def withdraw_talk(talk: Talk, *, reason: str, by: Person) -> Talk:
    """Declare that the talk was none; it stays where it is, with the reason, and counts no more."""
    demand(by, "talks.record", talk.branch.path)
    row = lock_for(talk)
    if not reason.strip():
        raise Refused("请写明原因。", field="reason")
    if row.withdrawn_at:
        raise Refused("这次谈话已经撤回过了。")
    row.withdrawn_at, row.withdraw_reason = timezone.now(), reason.strip()
    row.save(update_fields=["withdrawn_at", "withdraw_reason"])
    return row
