"""Tables: filled in by hand or from a workbook, changed while they are drafts, copied for a correction."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from django.db import transaction

from apps.core.access import Person, demand
from apps.core.calendar import today
from apps.core.errors import Refused
from apps.core.saving import CHANGED_MEANWHILE, save_checked
from apps.core.workflow import lock_for
from apps.disclosure.models import Publication, Table
from apps.disclosure.queries import PREPARE, PREPARE_FINANCE
from apps.disclosure.services.receipts import follow_lines, lines_in
from apps.disclosure.services.statements import titled
from apps.disclosure.services.trail import refuse_other_village, refuse_unless_open, tell
from apps.disclosure.states import State
from apps.disclosure.tables.cells import stored, values_of
from apps.disclosure.tables.checks import completed, faults
from apps.disclosure.tables.kinds import Fault, Given, TableKind, Values
from apps.organizations.models import Village, VillagersGroup
from apps.regulations.table import limit

NOT_OVER = "这一段时间还没有过完，等过完再填。"
THERE_IS_ONE = "这个村的“{}”已经有了，请打开那一件改；已经公布的请另出一版更正。"


def demand_filling(by: Person, village: Village, kind: TableKind) -> None:
    """The village's own people fill in every table, whoever keeps its books those of money (FIN-07)."""
    path = village.organization.path
    if not (kind.is_finance and by.may(PREPARE_FINANCE, path)):
        demand(by, PREPARE, path)


def given_for(first_on: datetime.date, last_on: datetime.date) -> Given:
    """What the checks ask besides the rows; the number of the rules as on the period's last day."""
    return Given(first_on, last_on, Fraction(limit("FIN-04", "settlement", on=last_on).value))


def warnings_of(publication: Publication) -> list[Fault]:
    """What is not wrong in its table, but worth a look."""
    table = publication.filled
    if table is None:
        return []
    given = given_for(publication.first_on, publication.last_on)
    rows = values_of(table.about, table.rows)
    return [fault for fault in faults(table.about, rows, given) if fault.is_warning]


@transaction.atomic
def fill_table(
    village: Village,
    kind: TableKind,
    *,
    first_on: datetime.date,
    last_on: datetime.date,
    rows: Sequence[Values],
    by: Person,
    group: VillagersGroup | None = None,
) -> Publication:
    """A draft with a table, of the village or of one of its groups."""
    demand_filling(by, village, kind)
    return draft_table(village, kind, first_on=first_on, last_on=last_on, rows=rows, by=by, group=group)


@transaction.atomic
def draft_table(
    village: Village,
    kind: TableKind,
    *,
    first_on: datetime.date,
    last_on: datetime.date,
    rows: Sequence[Values],
    by: Person,
    group: VillagersGroup | None = None,
) -> Publication:
    """The same for an import, which has checked the scope; one table of a kind for a village and period."""
    if last_on > today():
        raise Refused(NOT_OVER, field="last_on")
    Village.objects.select_for_update().get(pk=village.pk)
    refuse_other_village(group, village)
    title = titled(first_on, last_on, kind.title, group)
    if table_of_period(village.pk, kind, first_on, last_on, group=group.pk if group else None):
        raise Refused(THERE_IS_ONE.format(title), field="last_on")
    publication = Publication(
        village=village, group=group, item=kind.item, first_on=first_on, last_on=last_on, title=title
    )
    save_checked(publication)
    save_checked(Table(publication=publication, kind=kind.code, rows=_sound(publication, kind, rows)))
    tell("write", publication, by)
    return publication


def table_of_period(
    village: int | None,
    kind: TableKind,
    first_on: datetime.date,
    last_on: datetime.date,
    *,
    group: int | None = None,
) -> Table | None:
    """The table of these days that is on its way or in force."""
    rows = Table.objects.select_related("publication__village__organization").filter(
        kind=kind.code,
        publication__village=village,
        publication__group=group,
        publication__first_on=first_on,
        publication__last_on=last_on,
    )
    return rows.exclude(publication__state__in=[State.REPLACED, State.WITHDRAWN]).order_by("-id").first()


def _sound(publication: Publication, kind: TableKind, rows: Sequence[Values]) -> list[dict[str, str]]:
    """The rows as they are stored; refused with the first thing that is wrong in them."""
    whole = completed(kind, rows)
    given = given_for(publication.first_on, publication.last_on)
    for fault in faults(kind, whole, given):
        if not fault.is_warning:
            raise Refused(f"第 {fault.row + 1} 行：{fault.sentence}{fault.advice}")
    return stored(kind, whole)


@transaction.atomic
def refill_table(
    publication: Publication, *, version: int, rows: Sequence[Values], by: Person
) -> Publication:
    """Other rows for a draft; refused when somebody else was faster."""
    demand_filling(by, publication.village, Table.objects.get(publication=publication).about)
    return redraft_table(publication, version=version, rows=rows, by=by)


@transaction.atomic
def redraft_table(
    publication: Publication, *, version: int, rows: Sequence[Values], by: Person
) -> Publication:
    """The same for an import, which has checked the scope."""
    row = lock_for(publication)
    refuse_unless_open(row)
    if row.version != version:
        raise Refused(CHANGED_MEANWHILE)
    before = lines_in(row)
    table = Table.objects.get(publication=row)
    table.rows = _sound(row, table.about, rows)
    save_checked(table)
    follow_lines(row, before)
    row.version = version + 1
    save_checked(row)
    tell("write", row, by)
    return row


def copy_of_table(publication: Publication, draft: Publication) -> None:
    """The same table once more, for a correction to begin with."""
    if table := publication.filled:
        save_checked(Table(publication=draft, kind=table.kind, rows=table.rows))
