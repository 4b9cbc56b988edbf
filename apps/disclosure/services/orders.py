"""Ordering a village to publish (VAD-08); the publication itself answers."""

from __future__ import annotations

import datetime

from django.db import transaction

from apps.audit.records import record
from apps.core.access import Person, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.saving import save_checked
from apps.core.workflow import lock_for
from apps.disclosure.catalogue import item_named, own_title
from apps.disclosure.due import counts_for
from apps.disclosure.ledgers import item_for
from apps.disclosure.models import DisclosureEvent, Order, Publication
from apps.disclosure.queries import ORDER, ORDER_FINANCE
from apps.organizations.models import Village

PUBLISHED = "这一项已经公布了，不用责令。公布不真实的，先由乡镇或者县民政局撤回那一件，再责令重新公布。"


@transaction.atomic
def order(
    village: Village,
    *,
    item: str,
    first_on: datetime.date,
    last_on: datetime.date,
    reason: str,
    due_on: datetime.date,
    event: DisclosureEvent | None = None,
    by: Person,
) -> Order:
    """Order a village to publish what it owes, until a day."""
    demand_ordering(by, village, item)
    about = item_for(village, item)
    if due_on < today():
        raise Refused("期限不能早于今天。", field="due_on")
    if last_on > today():
        raise Refused("这一期还没有过完，过完没有公布的才责令。", field="last_on")
    if event and (event.village_id, event.item) != (village.pk, item):
        raise Refused("这件事是别的村或者别的事项的。", field="event")
    row = Order(
        village=village,
        item=item,
        item_title=own_title(about),
        first_on=first_on,
        last_on=last_on,
        reason=reason.strip(),
        due_on=due_on,
        event=event,
        ordered_by_id=by.pk,
    )
    if any(_answers(row, published) for published in _published(village, item)):
        raise Refused(PUBLISHED)
    save_checked(row)
    record("disclosure.order", by=by, on=row, organization_path=village.organization.path, reason=row.reason)
    return row


@transaction.atomic
def rescind(order: Order, *, reason: str, by: Person) -> Order:
    """Take back what was ordered by mistake; it stays on record, with the reason."""
    demand_ordering(by, order.village, order.item)
    row = lock_for(order)
    if not reason.strip():
        raise Refused("请写明撤销的原因。", field="reason")
    if row.answered_by_id or row.cancel_reason:
        raise Refused("村里已经公布，或者已经撤销，不能再撤销。")
    row.cancel_reason = reason.strip()
    save_checked(row)
    path = row.village.organization.path
    record("disclosure.rescind_order", by=by, on=row, organization_path=path, reason=row.cancel_reason)
    return row


def may_order(by: Person, village: Village, item: str) -> bool:
    """The township and the civil-affairs desk order anything, the agriculture desk what concerns money."""
    path = village.organization.path
    return by.may(ORDER, path) or (item_named(item, "").is_finance and by.may(ORDER_FINANCE, path))


def demand_ordering(by: Person, village: Village, item: str) -> None:
    if not may_order(by, village, item):
        demand(by, ORDER, village.organization.path)


def answer_orders(publication: Publication, by: Person) -> None:
    """Close the orders that this publication answers; in the transaction of publishing."""
    if publication.group_id:  # it was the village that was ordered
        return
    waiting = Order.objects.select_for_update().waiting()
    for row in waiting.filter(village=publication.village_id, item=publication.item):
        if _answers(row, publication):
            row.answered_by, row.answered_on = publication, today()
            row.save(update_fields=["answered_by", "answered_on"])
            path = publication.village.organization.path
            record("disclosure.answer_order", by=by, on=row, organization_path=path)


def _published(village: Village, item: str) -> list[Publication]:
    rows = Publication.objects.filter(village=village, group=None, item=item, state="published")
    return list(rows.defer("content", "body"))


def _answers(row: Order, publication: Publication) -> bool:
    if row.event_id:
        return publication.event_id == row.event_id
    return counts_for(publication, row.first_on, row.last_on)
