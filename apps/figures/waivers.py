"""Reads of waivers: which duties somebody was released from, and who may see that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from apps.core.lookups import Ids
from apps.core.periods import Period
from apps.core.scope import Reader
from apps.figures.models import Waiver

Waived = Mapping[tuple[int, str, str], str]
"""The reason by organization, key of the rule, and period ("2026-10")."""


def waived_in(ids: Sequence[int], periods: Iterable[Period]) -> Waived:
    """What holds of the waivers in the periods; one query."""
    names = [str(period) for period in periods]
    rows = Waiver.objects.filter(revoked_at=None, period__in=names, organization__any=Ids(ids))
    found = rows.order_by().values_list("organization_id", "rule", "period", "reason")
    return {(organization, rule, period): reason for organization, rule, period, reason in found}


def waivers_for(user: Reader) -> QuerySet[Waiver]:
    """The waivers that the user may see, newest first, revoked ones too."""
    rows = Waiver.objects.visible_to(user)
    return rows.select_related("organization", "author", "revoked_by")


def waivers_of(user: Reader, organization_id: int, rule: str, period: Period) -> list[Waiver]:
    """Everything that was waived and revoked of one duty, newest first."""
    rows = waivers_for(user)
    return list(rows.filter(organization_id=organization_id, rule=rule, period=str(period)))
