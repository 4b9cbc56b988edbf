"""Who a petitioner is: shown with a reason on record, and forgotten when it is needed no more (PRIV-04)."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from apps.core.access import Person
from apps.core.calendar import today
from apps.opinions.models import Opinion
from apps.opinions.queries import may_reveal
from apps.opinions.rules import Petitioner
from apps.opinions.services.trail import days, path_of, require, tell


@transaction.atomic
def reveal(opinion: Opinion, *, reason: str, by: Person) -> Petitioner:
    """The name and contact, written down with the reason before anybody sees them (PRIV-16)."""
    if not may_reveal(by, opinion):
        raise PermissionDenied
    require(reason, "请写明为什么要看。", field="reason")
    tell("reveal", opinion, by, reason=reason)
    return opinion.who


def forget_petitioners() -> int:
    """Delete names and contacts of what was closed long enough ago; how many."""
    kept = Opinion.objects.filter(closed_on__isnull=False, is_anonymous=False, forgotten_on=None)
    return sum(_forgotten(number) for number in list(kept.values_list("pk", flat=True)))


@transaction.atomic
def _forgotten(number: int) -> bool:
    rows = Opinion.objects.select_for_update(of=("self",)).select_related("village__organization")
    row = rows.get(pk=number)
    kept = datetime.timedelta(days=days("PRIV-04", path_of(row), "petitioner"))
    if row.closed_on is None or row.closed_on + kept >= today():
        return False
    row.petitioner = row.contact = None
    row.forgotten_on = today()
    row.version += 1
    row.save()
    tell("forget", row, None)
    return True
