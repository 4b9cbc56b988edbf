"""A year of the demo villages' books: most published on time, some still on their way, one corrected."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from django.utils import timezone

from apps.core.calendar import CHINA
from apps.core.periods import Month
from apps.disclosure import chain, frozen
from apps.disclosure.catalogue import INCOME_AND_EXPENSE, ITEMS
from apps.disclosure.models import Deed, Publication, Statement, StatementLine
from apps.disclosure.states import State
from apps.home.demo import catalogue, disclosure_tables, receipts
from apps.organizations.kinds import Sector
from apps.organizations.models import Organization, Village

MONTHS = 12
EXPENSES = (
    ("支付村道路灯电费", 300, 1_600),
    ("支付报刊费", 200, 900),
    ("支付水渠清淤工钱", 800, 3_600),
    ("购办公用品", 150, 1_200),
    ("支付村组干部误工补贴", 2_000, 4_500),
    ("支付防汛物资款", 500, 3_000),
    ("走访慰问老人", 600, 2_400),
)
INCOMES = (
    ("收鱼塘发包款", 2_000, 9_000),
    ("收集体林地承包费", 1_000, 6_000),
    ("上级拨付村级组织运转经费", 4_000, 12_000),
)
TABLES_SEED = 76
LATE = 7  # one village of so many has its last month still on the way
STEPS = (("propose", 4), ("consent", 6), ("confirm", 7), ("publish", 8))


@dataclass
class Book:
    """A village with what its collective has."""

    village: Village
    balance: Decimal
    is_late: bool


def disclose(rows: Sequence[Organization], rng: Random, today: datetime.date, by: int) -> int:
    """Register the villages and publish a year of each one's statements; how many were published."""
    months = _months(today)
    books = [
        Book(village, Decimal(rng.randrange(6_000_000, 40_000_000)) / 100, number % LATE == LATE - 1)
        for number, village in enumerate(_villages(rows, months[0].first))
    ]
    drafts = [_draft(book, month, rng) for month in months for book in books]
    receipts.attach(drafts[-len(books) :: receipts.PICKED], by)
    drafts += disclosure_tables.drafts([book.village for book in books], TABLES_SEED, _published_by(today))
    late = {book.village.pk for book in books if book.is_late}
    drafts += catalogue.quarter([book.village for book in books], rng, today)
    Deed.objects.bulk_create(_deeds(drafts, late, months[-1], by))
    Publication.objects.bulk_update(drafts, ["state"], batch_size=500)
    return _publish([draft for draft in drafts if draft.state == State.CONFIRMED])


def _published_by(today: datetime.date) -> datetime.date:
    """Periods over on this day have been published by today."""
    return today - datetime.timedelta(days=STEPS[-1][1])


def _months(today: datetime.date) -> list[Month]:
    """The last twelve whose statements would be public by today."""
    month = Month.of(_published_by(today))
    return [month := month.previous() for _ in range(MONTHS)][::-1]


def _villages(rows: Sequence[Organization], since: datetime.date) -> list[Village]:
    in_villages = {row.pk for row in rows if row.sector == Sector.VILLAGE}
    tops = [row for row in rows if row.pk in in_villages and row.parent_id not in in_villages]
    return Village.objects.bulk_create(
        Village(organization=row, name=_name(row), economic_body=f"{_name(row)}股份经济合作社", since=since)
        for row in tops
    )


def _name(row: Organization) -> str:
    return row.name.removesuffix("党支部").removesuffix("党总支")


def _draft(book: Book, month: Month, rng: Random) -> Publication:
    entries = sorted(_entries(month, rng), key=lambda entry: entry[0])
    income = sum((into for _, _, into, _ in entries), Decimal(0))
    expense = sum((out for _, _, _, out in entries), Decimal(0))
    statement = Statement.objects.create(
        village=book.village,
        body=book.village.economic_body,
        first_on=month.first,
        last_on=month.last,
        opening=book.balance,
        income=income,
        expense=expense,
        closing=book.balance + income - expense,
    )
    StatementLine.objects.bulk_create(_lines(statement, entries))
    book.balance = statement.closing
    return Publication.objects.create(
        village=book.village,
        item=INCOME_AND_EXPENSE,
        first_on=month.first,
        last_on=month.last,
        title=f"{month.label}{ITEMS[INCOME_AND_EXPENSE].title}",
        statement=statement,
        director="王某",
        supervisor="赵某",
        accountant="孙某",
    )


def _entries(month: Month, rng: Random) -> Iterator[tuple[datetime.date, str, Decimal, Decimal]]:
    for kinds, chosen, is_income in ((EXPENSES, 5, False), (INCOMES, 2, True)):
        for summary, low, high in rng.sample(kinds, chosen):
            amount = Decimal(rng.randrange(low * 100, high * 100)) / 100
            day = month.first.replace(day=rng.randrange(1, 29))
            yield day, summary, *((amount, Decimal(0)) if is_income else (Decimal(0), amount))


def _lines(
    statement: Statement, entries: Sequence[tuple[datetime.date, str, Decimal, Decimal]]
) -> Iterator[StatementLine]:
    balance = statement.opening
    for number, (day, summary, into, out) in enumerate(entries, 1):
        balance += into - out
        yield StatementLine(
            statement=statement,
            number=number,
            on=day,
            voucher=f"记-{number:03}",
            summary=summary,
            income=into,
            expense=out,
            balance=balance,
            handler="李某",
            approver="王某",
        )


def _deeds(drafts: Sequence[Publication], late: set[int], last: Month, by: int) -> Iterator[Deed]:
    """The steps of each, up to the committee's desk for those that are late."""
    for draft in drafts:
        waits = draft.village_id in late and draft.last_on == last.last
        draft.state = State.PROPOSED if waits else State.CONFIRMED
        following = Month.of(draft.last_on).next()
        for action, day in STEPS[: 1 if waits else len(STEPS)]:
            names = {"consent": "赵某、钱某", "confirm": "村党支部和村委会成员"}.get(action, "")
            note = "账目清楚，同意公布。" if action == "consent" else ""
            on = following.first.replace(day=day)
            yield Deed(publication=draft, action=action, on=on, names=names, note=note, by_id=by)


def _publish(drafts: Sequence[Publication]) -> int:
    """Freeze and chain them, village by village in the order of time, with the database's consent."""
    rows = Publication.objects.filter(pk__in=[draft.pk for draft in drafts])
    rows = rows.select_related("village__organization", "statement", "table")
    rows = rows.prefetch_related("deeds", "statement__lines", "files__attachment")
    last: dict[int, tuple[int, str]] = {}
    published = list(rows.order_by("last_on", "pk"))
    for row in published:
        number, previous = last.get(row.village_id, (0, chain.FIRST))
        on = Month.of(row.last_on).next().first.replace(day=STEPS[-1][1])
        row.published_at = timezone.make_aware(datetime.datetime.combine(on, datetime.time(10)), CHINA)
        row.chain_number, row.previous_checksum, row.state = number + 1, previous, State.PUBLISHED
        row.content = frozen.content_of(row)
        row.checksum = chain.checksum(row.content, previous)
        last[row.village_id] = row.chain_number, row.checksum
    names = ["published_at", "chain_number", "previous_checksum", "state", "content", "checksum"]
    Publication.objects.bulk_update(published, names, batch_size=200)
    return len(published)
