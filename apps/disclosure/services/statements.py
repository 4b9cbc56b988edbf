"""Statements of income and expense: put into drafts, exchanged, copied for a correction."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from apps.core.access import Person
from apps.core.saving import save_checked
from apps.core.workflow import lock_for
from apps.disclosure import frozen
from apps.disclosure.catalogue import INCOME_AND_EXPENSE, ITEMS
from apps.disclosure.models import LINE_FIELDS, Publication, Statement, StatementLine
from apps.disclosure.services.receipts import follow_lines, lines_in
from apps.disclosure.services.trail import tell
from apps.disclosure.services.villages import register_village
from apps.disclosure.states import OPEN
from apps.organizations.models import Organization, Village, VillagersGroup


@dataclass(frozen=True, slots=True)
class Sums:
    """A checked statement as an import hands it over; `lines` as in `StatementLine`, balances computed."""

    organization_id: int
    village: str
    body: str
    first_on: datetime.date
    last_on: datetime.date
    opening: Decimal
    income: Decimal
    expense: Decimal
    closing: Decimal
    lines: tuple[tuple[Any, ...], ...]
    group_id: int | None = None
    """The villagers' group whose book it is; None for the village's own."""


@transaction.atomic
def draft_statement(sums: Sums, *, by: Person) -> Publication:
    """A draft of the income and expense of a period. Whoever calls has checked the scope."""
    organization = Organization.objects.get(pk=sums.organization_id)
    village = register_village(organization, name=sums.village, body=sums.body, by=by)
    statement = _write_statement(village, sums)
    publication = Publication(
        village=village,
        group=statement.group,
        item=INCOME_AND_EXPENSE,
        first_on=sums.first_on,
        last_on=sums.last_on,
        title=titled(sums.first_on, sums.last_on, ITEMS[INCOME_AND_EXPENSE].title, statement.group),
        statement=statement,
    )
    save_checked(publication)
    tell("write", publication, by)
    return publication


@transaction.atomic
def redraft_statement(number: int, version: int, sums: Sums, *, by: Person) -> bool:
    """Put another statement into a draft; False when somebody changed the draft meanwhile."""
    publication = lock_for(Publication(pk=number))
    if publication.version != version or publication.state not in OPEN:
        return False
    before = lines_in(publication)
    retire(publication.statement)
    publication.statement = _write_statement(publication.village, sums)
    publication.version += 1
    save_checked(publication)
    follow_lines(publication, before)
    tell("write", publication, by)
    return True


def titled(first_on: datetime.date, last_on: datetime.date, what: str, group: VillagersGroup | None) -> str:
    """ "2026年10月财务收支（第三村民小组）" """
    return f"{frozen.period_words(first_on, last_on)}{what}{f'（{group}）' if group else ''}"


def retire(statement: Statement | None) -> None:
    if statement:
        statement.is_current = False
        statement.save(update_fields=["is_current"])


def _write_statement(village: Village, sums: Sums) -> Statement:
    names = ("first_on", "last_on", "opening", "income", "expense", "closing")
    statement = Statement(
        village=village,
        group_id=sums.group_id,
        body=sums.body or village.economic_body or village.name,
        **{name: getattr(sums, name) for name in names},
    )
    save_checked(statement)
    StatementLine.objects.bulk_create(
        _line(statement, number, line) for number, line in enumerate(sums.lines, 1)
    )
    return statement


def _line(statement: Statement, number: int, values: tuple[Any, ...]) -> StatementLine:
    return StatementLine(statement=statement, number=number, **dict(zip(LINE_FIELDS, values, strict=True)))


def copy_of(statement: Statement | None) -> Statement | None:
    """The same statement once more, for a correction to begin with."""
    if statement is None:
        return None
    retire(statement)
    lines = tuple(tuple(getattr(line, name) for name in LINE_FIELDS) for line in statement.lines.all())
    village = statement.village
    sums = Sums(
        village.organization_id,
        village.name,
        statement.body,
        statement.first_on,
        statement.last_on,
        statement.opening,
        statement.income,
        statement.expense,
        statement.closing,
        lines,
        statement.group_id,
    )
    return _write_statement(village, sums)
