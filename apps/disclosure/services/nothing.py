"""A word that nothing happened: written by the system, checked and published like everything else."""

from __future__ import annotations

import datetime

from django.db import transaction

from apps.core.access import Person, demand
from apps.core.calendar import today, written
from apps.core.errors import Refused
from apps.disclosure.catalogue import SAYS_NOTHING, Item, own_title
from apps.disclosure.due import GONE, counts_for
from apps.disclosure.ledgers import item_for
from apps.disclosure.models import DisclosureEvent, Publication
from apps.disclosure.queries import PREPARE
from apps.disclosure.rhythm import Span, period_at
from apps.disclosure.services.way import propose
from apps.organizations.models import Village

OVER = "这一期还没有过完，等过完再说有没有发生。"
NOT_SO = "“{}”不能写成本期无发生：财务要公布表，计划、报告总是有的，随时公开的没有就不用写。"


@transaction.atomic
def declare_nothing(
    village: Village, *, item: str, first_on: datetime.date, last_on: datetime.date, by: Person
) -> Publication:
    """Say of a period that nothing of an item happened in it, and hand that to the committee."""
    demand(by, PREPARE, village.organization.path)
    about = item_for(village, item)
    period = period_at(about.rhythm, first_on)
    if period is None or not about.may_be_nothing or (period.first, period.last) != (first_on, last_on):
        raise Refused(NOT_SO.format(about.title))
    if last_on >= today():
        raise Refused(OVER)
    Village.objects.select_for_update().get(pk=village.pk)
    _refuse_what_happened(village, about, period)
    draft = Publication.objects.create(
        village=village,
        item=about.code,
        item_title=own_title(about),
        audience=about.audience,
        first_on=first_on,
        last_on=last_on,
        title=f"{period.label}{about.title}{SAYS_NOTHING}",
        body=f"{written(first_on)}至{written(last_on)}，没有发生要公开的“{about.title}”。",
        nothing=True,
    )
    return propose(draft, by=by)


def _refuse_what_happened(village: Village, item: Item, period: Span) -> None:
    """Nobody says so of a period in which something was registered, or of which something was written."""
    events = DisclosureEvent.objects.filter(village=village, item=item.code, cancel_reason="")
    if event := events.filter(happened_on__range=(period.first, period.last)).first():
        raise Refused(f"{written(event.happened_on)}登记过“{event}”，不能写成本期无发生。")
    rows = Publication.objects.filter(village=village, group=None, item=item.code).exclude(state__in=GONE)
    if any(counts_for(row, period.first, period.last) for row in rows.defer("content", "body")):
        raise Refused("这一期已经写过这一项，请打开那一件接着办。")
